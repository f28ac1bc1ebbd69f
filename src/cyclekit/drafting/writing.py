"""The text of a drafted rule file: what the dates suggest, what they leave open, every date that no rule explains."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

import attrs

from cyclekit.civil.cycles import Months
from cyclekit.drafting.proposing import Proposal
from cyclekit.drafting.spelling import cycle_lines, flow, plan_text, text
from cyclekit.model.listed import DateList, ListedDate
from cyclekit.model.pipeline import UNIT, asks_calendar

if TYPE_CHECKING:
    from cyclekit.drafting.cutting import Case

_ID = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]{0,62}[A-Za-z0-9])?")
MOST_NAMED, MOST_OTHERS = 12, 3


@attrs.frozen
class Drafted:
    """One obligation of a draft: its id, its dates, and what was proposed for them.

    The first proposal that is enough is ``chosen``; None where the dates are written out.
    """

    id: str
    dates: tuple[ListedDate, ...]
    proposals: tuple[Proposal, ...]
    units: tuple[str, ...] = ()

    @property
    def chosen(self) -> Proposal | None:
        """The proposal that the draft takes up."""
        return next(iter(each for each in self.proposals if each.is_enough), None)

    @property
    def title(self) -> str:
        """What the list calls it."""
        return self.dates[0].title or self.id


def drafted(groups: Iterable[tuple[Sequence[ListedDate], Sequence[Proposal]]]) -> list[Drafted]:
    """Obligations with ids of their own. Where no rule is enough, units with other dates have one each."""
    found: list[Drafted] = []
    taken: set[str] = set()
    for dates, proposals in groups:
        whole = Drafted("", tuple(dates), tuple(proposals), _units(dates))
        parts = (
            [whole] if whole.chosen else [attrs.evolve(whole, dates=each, units=_units(each)) for each in _alike(dates)]
        )
        for part in parts:
            name = _free(_id_of(part.dates[0]), taken)
            taken.add(name.lower())
            found.append(attrs.evolve(part, id=name))
    return found


def _units(dates: Iterable[ListedDate]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each.unit for each in dates if each.unit))


def _alike(dates: Sequence[ListedDate]) -> Iterator[tuple[ListedDate, ...]]:
    """The dates of units that have the same ones, without those that stand in the list twice."""
    by_unit: dict[str, list[ListedDate]] = {}
    for each in dates:
        by_unit.setdefault(each.unit, []).append(each)
    same: dict[tuple[tuple[object, ...], ...], list[str]] = {}
    for unit, several in by_unit.items():
        same.setdefault(tuple(sorted((each.day, each.period, each.number) for each in several)), []).append(unit)
    for units in same.values():
        yield tuple(each for unit in units for each in by_unit[unit])


def _id_of(listed: ListedDate) -> str:
    if _ID.fullmatch(listed.name):
        return listed.name
    slug = re.sub(r"[^A-Za-z0-9]+", "-", listed.name or listed.title).strip("-").lower()[:40].strip("-")
    return slug if _ID.fullmatch(slug) and re.search("[a-z]", slug) else "obligation"


def _free(name: str, taken: Iterable[str]) -> str:
    number, free = 1, name
    while free.lower() in taken:
        number += 1
        free = f"{name}-{number}"
    return free


def file_id(name: str) -> str:
    """An id for a rule file, from the name of the list.

    >>> file_id("Deadlines 2023"), file_id("日程")
    ('deadlines-2023', 'draft')
    """
    slug = re.sub(r"[^A-Za-z0-9]+", "-", name).strip("-").lower()[:60].strip("-")
    return slug or "draft"


# -------------------------------------------------------------------------------------------------------- the file


_COMMENTS = {
    "head": (
        "Drafted from {list}. What stands here was proposed, and is right only where the document says so.",
        "根据 {list} 起草。以下内容均为推测，须与原文件核对后方可使用。",
    ),
    "not-read": ("not read: {place}: {text}", "未读取：{place}：{text}"),
    "no-rule": ("no rule was found that explains these dates", "没有找到能解释这些日期的规则"),
    "of": ("{explained} of {total}: {rule}", "{total} 个中的 {explained} 个：{rule}"),
    "explains": ("explains {explained} of {total} dates", "可解释 {total} 个日期中的 {explained} 个"),
    "or": ("or, {explained} of {total}: {rule}", "或（{total} 个中的 {explained} 个）：{rule}"),
    "gaps": (
        "it also gives a date in periods of which the list has none ({count}): {periods}",
        "在列表没有日期的期间（{count} 个）也会产生日期：{periods}",
    ),
    "missed": ("not explained by the rule: {places}", "规则未能解释：{places}"),
}


def _comment(language: str, name: str, **values: object) -> str:
    return "# " + _COMMENTS[name][language == "zh"].format_map(values)


def place_words(place: str, language: str = "en") -> str:
    """Where in its list a date stands: the row of a sheet in words, anything else (an event's UID) as it is.

    >>> place_words("row 7", "zh")
    '第 7 行'
    """
    row = re.fullmatch(r"row ([0-9]+)", place)
    return f"第 {row[1]} 行" if row and language == "zh" else place


def rule_file(
    listed: DateList, obligations: Sequence[Drafted], *, name: str, units_file: str = "", language: str = "en"
) -> str:
    """The text of a rule file for these obligations. ``name`` is what the list is called."""
    used = Counter(each.chosen.calendar for each in obligations if each.chosen and _asks(each.chosen))
    named = {each: count for each, count in used.items() if each not in (None, UNIT)}
    calendar = max(named, key=lambda each: named[each]) if named else None
    lines = [
        _comment(language, "head", list=" ".join(name.split())),
        "cyclekit: 1",
        f"id: {file_id(name.rpartition('.')[0] or name)}",
        f"title: {text(listed.title)}",
        *([f"calendar: {calendar}"] if calendar else []),
    ]
    units = _units(each for obligation in obligations for each in obligation.dates)
    if units_file:
        lines.append(f"units: {text(units_file)}")
    elif units:
        lines.append("units:")
        lines += [f"  - {flow([('id', unit_ids(units)[each]), ('name', text(each))])}" for each in units]
    for lost in listed.unreadable:
        lines.append(
            _comment(language, "not-read", place=place_words(lost.place, language), text=" ".join(lost.text.split()))
        )
    lines.append("obligations:" if obligations else "obligations: {}")
    for each in obligations:
        lines += _obligation(each, units, calendar, language)
    return "\n".join(lines) + "\n"


def unit_ids(units: Sequence[str]) -> dict[str, str]:
    """An id for each unit of a list: its own name where that can be one."""
    found: dict[str, str] = {}
    for number, unit in enumerate(units, 1):
        own = unit if _ID.fullmatch(unit) else f"unit-{number}"
        found[unit] = _free(own, {each.lower() for each in found.values()})
    return found


def _asks(proposal: Proposal) -> bool:
    plans = [proposal.timing.plan, *(each.plan for each in proposal.changes)]
    parts = [part for plan in plans for due in plan.dues for part in (due.course.anchor, *due.course.steps)]
    return any(asks_calendar(part) for part in parts)


def _obligation(each: Drafted, units: Sequence[str], calendar: str | None, language: str) -> Iterator[str]:
    yield f"  {each.id}:"
    yield f"    title: {text(each.title)}"
    ids = unit_ids(units)
    if each.units and set(each.units) != set(units):
        yield f"    applies_to: [{', '.join(ids[unit] for unit in each.units)}]"
    if each.chosen is None:
        yield from _listed(each, language)
    else:
        yield from _ruled(each, each.chosen, ids, calendar, language)


def _listed(each: Drafted, language: str) -> Iterator[str]:
    yield f"    {_comment(language, 'no-rule')}"
    for other in each.proposals[:2]:
        said = _comment(language, "of", explained=other.explained, total=other.total, rule=rule_text(other))
        yield f"    {said}"
    labels = _labels(each.dates)
    yield "    dates:"
    for label, one in sorted(labels.items(), key=lambda pair: pair[1].day):
        yield f"      {label}: {one.day}"


def _labels(dates: Sequence[ListedDate]) -> dict[str, ListedDate]:
    """A label for each date: its period, where every one has another; else the day."""
    one_unit = [each for each in dates if each.unit == dates[0].unit]
    periods = Counter(each.period for each in one_unit)
    usable = all(re.fullmatch(r"[0-9]{4}(Q[1-4]|H[12]|-[0-9]{2}|-W[0-9]{2})?", label) for label in periods)
    if usable and max(periods.values()) == 1:
        return {each.period: each for each in one_unit}
    return {each.day.isoformat(): each for each in one_unit}


def _ruled(each: Drafted, chosen: Proposal, ids: dict[str, str], calendar: str | None, language: str) -> Iterator[str]:
    yield f"    {_comment(language, 'explains', explained=chosen.explained, total=chosen.total)}"
    others = [other for other in each.proposals if other is not chosen and other.is_enough]
    for other in others[:MOST_OTHERS]:
        said = _comment(language, "or", explained=other.explained, total=other.total, rule=rule_text(other))
        yield f"    {said}"
    if chosen.gaps:
        named = ", ".join(chosen.gaps[:MOST_NAMED]) + (", …" if len(chosen.gaps) > MOST_NAMED else "")
        yield f"    {_comment(language, 'gaps', count=len(chosen.gaps), periods=named)}"
    for key, value in cycle_lines(chosen.timing):
        yield f"    {key}: {value}"
    if not chosen.timing.year_of_unit:
        yield f"    from: {_first_label(each, chosen)}"
    if _asks(chosen) and chosen.calendar != calendar:
        yield f"    calendar: {chosen.calendar}"
    yield f"    due: {plan_text(chosen.timing.plan, monthly=_is_monthly(chosen))}"
    if chosen.changes:
        yield "    changes:"
    for change in chosen.changes:
        since = [("from", change.since)] if change.since else []
        whom = [("units", "[" + ", ".join(ids[unit] for unit in change.units) + "]")] if change.units else []
        yield f"      - {flow([*since, *whom, ('due', plan_text(change.plan, monthly=_is_monthly(chosen)))])}"
    if chosen.missed:
        yield "    exceptions:"
        yield from _exceptions(chosen, ids, language, several=len(each.units) > 1)


def _first_label(each: Drafted, chosen: Proposal) -> str:
    return chosen.first or min(one.day for one in each.dates).isoformat()


def _exceptions(chosen: Proposal, ids: dict[str, str], language: str, *, several: bool) -> Iterator[str]:
    by_label: dict[str, list[Case]] = {}
    numbered = len(chosen.timing.plan.dues) > 1 and len(chosen.timing.plan.at(chosen.missed[0].period.position)) > 1
    for case in chosen.missed:
        label = case.period.label + (f"#{case.number}" if numbered else "")
        by_label.setdefault(label, []).append(case)
    for label, cases in by_label.items():
        places = ", ".join(place_words(case.listed.place, language) for case in cases)
        yield f"      {_comment(language, 'missed', places=places)}"
        rulings = []
        for case in cases:
            whom = [("units", ids[case.listed.unit])] if several else []
            rulings.append(flow([("due", case.listed.day.isoformat()), *whom]))
        yield f"      {label}: {rulings[0]}" if len(rulings) == 1 else f"      {label}: [{', '.join(rulings)}]"


def rule_text(proposal: Proposal) -> str:
    """A proposal on one line, in the words of a rule file."""
    pairs = [*cycle_lines(proposal.timing), ("due", plan_text(proposal.timing.plan, monthly=_is_monthly(proposal)))]
    if proposal.calendar and _asks(proposal):
        pairs.append(("calendar", proposal.calendar))
    if proposal.changes:
        parts = [
            flow(
                [
                    *([("from", one.since)] if one.since else []),
                    *([("units", "[" + ", ".join(one.units) + "]")] if one.units else []),
                    ("due", plan_text(one.plan, monthly=_is_monthly(proposal))),
                ]
            )
            for one in proposal.changes
        ]
        pairs.append(("changes", "[" + ", ".join(parts) + "]"))
    return ", ".join(f"{key}: {value}" for key, value in pairs)


def _is_monthly(proposal: Proposal) -> bool:
    cycle = proposal.timing.cycle
    return isinstance(cycle, Months) and cycle.n == 1
