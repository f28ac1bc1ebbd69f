"""Selectors in words: who owes something."""

from collections.abc import Iterable

from cyclekit.model.selectors import Everyone, Kind, Selection, Selector, UnitId, Where
from cyclekit.words.anchors import Both
from cyclekit.words.cycles import listed
from cyclekit.words.names import IDS, Names, quoted


def said_selection(selection: Selection, names: Names = IDS) -> Both:
    """Which units are meant.

    >>> said_selection(Selection((Kind("county"), UnitId("hq")))).en
    'every “county” and “hq”'
    """
    said = _union(selection.parts, names)
    if not selection.excluded:
        return said
    but = _union(selection.excluded, names)
    return Both(f"{said.en}, but not {but.en}", f"{said.zh}，{but.zh}除外")


def _union(selectors: Iterable[Selector], names: Names) -> Both:
    return listed(_said(each, names) for each in selectors)


def _said(selector: Selector, names: Names) -> Both:
    match selector:
        case Everyone():
            return Both("everyone", "全体单位")
        case UnitId(id=unit):
            return names.unit(unit)
        case Kind(kind=kind):
            return Both(f"every {quoted(kind)}", f"各{quoted(kind)}")
        case Where(tests=tests, excluded=excluded):
            wanted = listed(
                (_test(name, value, names, alone=len(tests) == 1) for name, value in tests),
                last=Both(" and ", "且"),
                by=Both(", ", "、"),
            )
            said = Both(f"all {wanted.en}" if tests else "all", f"{wanted.zh}的单位")
            if not excluded:
                return said
            but = _union(excluded, names)
            return Both(f"{said.en} (but not {but.en})", f"{said.zh}（{but.zh}除外）")


def _test(name: str, value: str, names: Names, *, alone: bool) -> Both:
    match name:
        case "under":
            top = names.unit(value)
            return Both(f"from {top.en} down", f"{'' if alone else '属于'}{top.zh}及其下级")
        case "id":
            return Both(f"with the id {quoted(value)}", f"编号为{quoted(value)}")
        case "kind":
            return Both(f"of kind {quoted(value)}", f"类别为{quoted(value)}")
        case "tag":
            return Both(f"with the tag {quoted(value)}", f"带标签{quoted(value)}")
        case _:
            return Both(f"with {quoted(name)} {quoted(value)}", f"{quoted(name)}为{quoted(value)}")
