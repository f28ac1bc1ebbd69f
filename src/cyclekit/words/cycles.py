"""Cycles in words: “each quarter (Q1 and Q3 only)”, 「每季度（仅第一季度、第三季度）」."""

import datetime as dt
from collections.abc import Iterable, Iterator

from cyclekit.civil.cycles import Days, Months, Weeks
from cyclekit.civil.periods import ListOfPeriods
from cyclekit.civil.recurrence import Recurrence
from cyclekit.model.timing import Every
from cyclekit.words.anchors import Both, date_of_year, each_name, each_of, frame_of, weekday_words
from cyclekit.words.periods import month_name

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_NAMES = {
    "Q1": Both("Q1", "第一季度"),
    "Q2": Both("Q2", "第二季度"),
    "Q3": Both("Q3", "第三季度"),
    "Q4": Both("Q4", "第四季度"),
    "H1": Both("the first half", "上半年"),
    "H2": Both("the second half", "下半年"),
}
#: From this year on a phase is looked for, where the calendar year does not settle it.
_SOME_YEAR = 2000


def said_cycle(timing: Every, *, brief: bool = False) -> tuple[Both, bool]:
    """A cycle with all that is said of it, and whether that is its name alone, as “each quarter” is.

    ``brief``: periods that a rule file lists are not listed again.
    """
    name = _name(timing, brief=brief)
    details = list(_details(timing))
    if not details:
        frame = each_of(frame_of(timing))
        # “By each day” is nothing that one would say, and a rule's days are more than days.
        return name, frame.every and frame.kind != "day"
    en, zh = "; ".join(each.en for each in details), "；".join(each.zh for each in details)
    return Both(f"{name.en} ({en})", f"{name.zh}（{zh}）"), False


def said_position(position: str, timing: Every) -> Both:
    """A position in the year: “Q1”, “March”, “number 3 of the year” in a fiscal one."""
    if position in _NAMES:
        return _NAMES[position]
    if _in_calendar_years(timing):
        return Both(month_name(int(position)), month_name(int(position), "zh"))
    return Both(f"number {position} of the year", f"年度第 {position} 个")


def listed(each: Iterable[Both], *, by: Both = Both(", ", "、"), last: Both = Both(" and ", "、")) -> Both:  # noqa: B008
    """Several words in a row: “Q1, Q2 and Q4”."""
    found = list(each)
    if len(found) < 2:
        return found[0] if found else Both("", "")
    en = f"{by.en.join(one.en for one in found[:-1])}{last.en}{found[-1].en}"
    return Both(en, f"{by.zh.join(one.zh for one in found[:-1])}{last.zh}{found[-1].zh}")


def _name(timing: Every, *, brief: bool) -> Both:
    cycle = timing.cycle
    match cycle:
        case Months(n=n, spelling="years"):
            return Both(f"every {n // 12} years", f"每 {n // 12} 年")
        case Months(n=n, spelling="months"):
            return Both(f"every {n} months", f"每 {n} 个月")
        case Weeks(n=n) if n > 1:
            return Both(f"every {n} weeks", f"每 {n} 周")
        case Days(n=n) if n > 1:
            return Both(f"every {n} days", f"每 {n} 天")
        case Recurrence():
            rule, start = _rule(cycle), dt.date.fromordinal(cycle.start)
            return Both(f"each day of {rule} from {start} on", f"自 {start} 起按 {rule} 逐日")
        case ListOfPeriods() if brief:
            return Both("each of the periods listed", "所列各期")
        case ListOfPeriods(entries=entries):
            spans = [(each.label, *map(dt.date.fromordinal, each[:2])) for each in entries]
            said = listed(Both(f"{name} ({a} to {b})", f"{name}（{a} 至 {b}）") for name, a, b in spans)
            return Both(f"each of {said.en}", f"{said.zh}各期")
        case _:
            return each_name(cycle)


def _details(timing: Every) -> Iterator[Both]:
    """What a cycle's name leaves open: where its year and its periods begin, and which of them are meant."""
    cycle = timing.cycle
    match cycle:
        case Months():
            yield from _of_months(cycle, own=timing.year_of_unit)
        case Weeks(n=1, origin=origin) if origin % 7 != 1:
            day = weekday_words(dt.date.fromordinal(origin).weekday())
            yield Both(f"from {day.en} on", f"自{day.zh}起")
        case Weeks(n=n, origin=origin) | Days(n=n, origin=origin) if n > 1:
            day = dt.date.fromordinal(origin)  # type: ignore[assignment]
            yield Both(f"one begins on {day}", f"其一始于 {day}")
        case _:
            pass
    for positions, only in ((timing.only, True), (timing.skip, False)):
        if positions:
            yield _taken(timing, positions, only=only)
    if timing.drop_stubs:
        yield Both("whole ones only", "残缺周期不计")


def _of_months(cycle: Months, *, own: bool) -> Iterator[Both]:
    year = cycle.year
    named = Both(", named by the year in which they end", "，以末年命名") if year.named_last else Both("", "")
    if own:
        yield Both(f"in years of each unit's own{named.en}", f"按各单位自己的年度{named.zh}")
    if not year.is_calendar_year:
        day = date_of_year(year.month, year.day)
        yield Both(f"in years from {day.en} on{named.en}", f"年度自 {day.zh}起{named.zh}")
    if cycle.phase != year.offset % cycle.n:
        yield _phase(cycle)


def _phase(cycle: Months) -> Both:
    """A month in which some period begins; with its year, where it is not the same month every year."""
    month = cycle.phase + -(-12 * _SOME_YEAR // cycle.n) * cycle.n
    month -= cycle.n if month - cycle.n >= 12 * _SOME_YEAR else 0
    name = Both(month_name(month % 12 + 1), month_name(month % 12 + 1, "zh"))
    if 12 % cycle.n == 0:
        return Both(f"one begins in {name.en}", f"其一始于 {name.zh}")
    return Both(f"one begins in {name.en} {month // 12}", f"其一始于 {month // 12} 年 {name.zh}")


def _taken(timing: Every, positions: frozenset[str], *, only: bool) -> Both:
    names = listed(said_position(each, timing) for each in sorted(positions, key=_order))
    ending = isinstance(timing.cycle, Months) and timing.cycle.spelling == "months"
    if ending and _in_calendar_years(timing):
        names = Both(f"those that end in {names.en}", f"止于 {names.zh}的")
    space = " " if names.zh[0].isdigit() else ""
    if only:
        return Both(f"{names.en} only", f"仅{space}{names.zh}")
    return Both(f"without {names.en}", f"不含{space}{names.zh}")


def _in_calendar_years(timing: Every) -> bool:
    return isinstance(timing.cycle, Months) and timing.cycle.year.is_calendar_year and not timing.year_of_unit


def _order(position: str) -> tuple[int, str]:
    return (int(position) if position.isdigit() else 0, position)


def _rule(cycle: Recurrence) -> str:
    """The rule as RFC 5545 writes it."""
    parts = [("FREQ", cycle.frequency.upper()), ("INTERVAL", "" if cycle.interval == 1 else str(cycle.interval))]
    lists: list[tuple[str, Iterable[object]]] = [
        ("BYMONTH", cycle.months),
        ("BYWEEKNO", cycle.weeks),
        ("BYYEARDAY", cycle.year_days),
        ("BYMONTHDAY", cycle.month_days),
        ("BYDAY", (f"{count or ''}{WEEKDAYS[day]}" for count, day in cycle.weekdays)),
        ("BYSETPOS", cycle.positions),
    ]
    parts += [(name, ",".join(map(str, values))) for name, values in lists]
    parts += [
        ("WKST", WEEKDAYS[cycle.week_start] if cycle.week_start else ""),
        ("COUNT", str(cycle.count or "")),
        ("UNTIL", dt.date.fromordinal(cycle.until).isoformat().replace("-", "") if cycle.until else ""),
    ]
    return ";".join(f"{name}={value}" for name, value in parts if value)
