"""Schedules of swaps and bonds, as Strata and QuantLib make them.

Start and end are dates that a contract states, so each is owed `once`. The dates between them are a cycle: where
they roll on a day up to the 28th, its periods begin on that day (`year_start`) and `stub: drop` says that a period
which the contract cuts is no period of its own; otherwise its periods are of months, and its day is one of the first.
"""

import calendar
import datetime as dt
import re
from collections.abc import Sequence

import attrs

from tests.conformance.running import by_obligation, expand, rule_file
from tests.truth.scores import Judgement, Verdict, matching
from tests.truth.tables import Row

BY_LENGTH = "a choice between a short and a long stub by its length"
CYCLES = {1: "month", 3: "quarter", 6: "half_year", 12: "year"}
CALENDARS = {"TARGET": "XECB", "Japan": "JP", "UnitedStates": "US", "NullCalendar": "all_days"}
CONVENTIONS = {
    "Unadjusted": "none",
    "Following": "following",
    "ModifiedFollowing": "modified_following",
    "Preceding": "preceding",
}
MONTHS = {name: number for number, name in enumerate(calendar.month_name) if name}
FREQUENCIES = {"Monthly": 1, "Quarterly": 3}
SHORTEST_MONTH = dt.timedelta(days=28)
#: How far around its stated dates a schedule is looked at.
MARGIN = dt.timedelta(days=31)


@attrs.frozen
class Plan:
    """A schedule: its stated dates, and the cycle between them.

    ``first`` and ``last`` bound the periods of the cycle. ``backward``: the periods are counted from the end, so a
    date is the end of a period and not its beginning.
    """

    start: dt.date
    end: dt.date
    first: dt.date
    last: dt.date
    months: int
    anchor: str
    calendar: str = "weekdays"
    adjust: str = "modified_following"
    adjust_start: str = "modified_following"
    adjust_end: str = "modified_following"
    backward: bool = False
    drop: bool = False


def judge_strata(rows: Sequence[Row]) -> list[Judgement]:
    """Adjusted and unadjusted dates of each row."""
    return [_judged_strata(row) for row in rows]


def judge_quantlib(rows: Sequence[Row]) -> list[Judgement]:
    """Adjusted dates of each row."""
    return [matching(row, row.dates, sorted(_dates(_of_quantlib(row)))) for row in rows]


def _judged_strata(row: Row) -> Judgement:
    said = dict(each.split("=", 1) for each in row.obligation.split())
    if said["stub"].startswith("SMART"):
        return Judgement(row, Verdict.NOT_APPLICABLE, BY_LENGTH)
    found = _dates(_of_strata(row, said))
    unadjusted = re.search(r"unadjusted=([-\d ]+)", row.note)
    assert unadjusted
    wanted = dict(zip(row.dates, map(dt.date.fromisoformat, unadjusted[1].split()), strict=True))
    return matching(row, sorted(wanted.items()), sorted(found.items()))


def _of_strata(row: Row, said: dict[str, str]) -> Plan:
    start, end = map(dt.date.fromisoformat, row.period.split(".."))
    roll = re.search(r"resolvedRoll=(\w+)", row.note)
    months = re.fullmatch(r"P(\d+)M", said["freq"])
    assert roll
    bounds = [None if said[name] == "null" else dt.date.fromisoformat(said[name]) for name in _BOUNDS]
    stated = [each for each in bounds if each]
    return Plan(
        start,
        end,
        bounds[0] or start,
        bounds[1] or end,
        0 if said["freq"] == "TERM" else int(months[1]) if months else 1,
        _anchor(roll[1]),
        calendar="JP" if "JPY" in said["bda"] else "weekdays",
        adjust_start="none" if said["override"] == "BDA_NONE" else "modified_following",
        backward=said["stub"].endswith("INITIAL") and not stated,
        drop=said["stub"].startswith("LONG"),
    )


_BOUNDS = ("firstRegular", "lastRegular")


def _anchor(roll: str) -> str:
    match roll.split("_"):
        case ["EOM"]:
            return "day: last"
        case ["IMM"]:
            return "weekday: wed, nth: 3"
        case ["DAY", day]:
            return f"day: {day}"
        case _:
            return ""


def _of_quantlib(row: Row) -> Plan:
    call = re.sub(r"\s", "", row.obligation)
    start = _argument(call, "from") or row.dates[0]
    end = _argument(call, "to") or row.dates[-1]
    first = _argument(call, "withFirstDate")
    tenor = re.search(r"withTenor\((\d+)\*(Months|Years)\)|withFrequency\((\w+)\)", call)
    conventions = dict(re.findall(r"with(\w*Convention)\((\w+)\)", call))
    where = re.search(r"withCalendar\((\w+)", call)
    assert tenor
    assert where
    adjust = CONVENTIONS[conventions["Convention"]]
    months = FREQUENCIES.get(tenor[3], 0) if tenor[3] else int(tenor[1]) * (12 if tenor[2] == "Years" else 1)
    forward = "backwards" not in call
    anchor = "day: last" if "endOfMonth" in call else f"day: {end.day}"
    return Plan(
        start,
        end,
        first or (_months_on(start, months) if forward and months else start),
        end,
        months,
        anchor if months else "daily",
        calendar=CALENDARS[where[1]],
        adjust=adjust,
        adjust_start=adjust,
        adjust_end=CONVENTIONS[conventions["TerminationDateConvention"]] if len(conventions) > 1 else adjust,
    )


def _argument(call: str, name: str) -> dt.date | None:
    found = re.search(rf"\.{name}\(Date\((\d+),([A-Z][a-z]+),(\d+)\)\)", call)
    return dt.date(int(found[3]), MONTHS[found[2]], int(found[1])) if found else None


def _months_on(day: dt.date, months: int) -> dt.date:
    """The first of the month so many months later."""
    month = day.year * 12 + day.month - 1 + months
    return dt.date(month // 12, month % 12 + 1, 1)


def _dates(plan: Plan) -> dict[dt.date, dt.date]:
    """The dates of a schedule, each with its nominal date: that of the cycle, where a stated one coincides."""
    obligations: dict[str, tuple[str, ...]] = {
        "start": (f"once: {plan.start}", f"adjust: {plan.adjust_start}"),
        "end": (f"once: {plan.end}", f"adjust: {plan.adjust_end}"),
    }
    is_all_stub = plan.drop and plan.end - plan.start < plan.months * SHORTEST_MONTH
    if plan.anchor and not is_all_stub:
        obligations["cycle"] = (*_cycle(plan), f"adjust: {plan.adjust}")
    text = rule_file(obligations, f"calendar: {plan.calendar}")
    found = by_obligation(expand(text, plan.start - MARGIN, plan.end + MARGIN))
    dates = {each.due: each.nominal for name in ("start", "end") for each in found[name]}
    inside = (each for each in found.get("cycle", ()) if each.nominal <= plan.end)
    return dates | {each.due: each.nominal for each in inside}


def _cycle(plan: Plan) -> tuple[str, ...]:
    bounds = (f"from: {plan.first}", f"until: {plan.last}")
    rolls = re.fullmatch(r"day: (\d+)", plan.anchor)
    if plan.anchor == "daily":
        return ("every: day", *bounds)
    if rolls is None or int(rolls[1]) > 28:
        origin = (f"origin: {plan.first:%Y-%m}",) if plan.months > 1 else ()
        return (f"every: {plan.months} months", *origin, *bounds, f"due: {{month: first, {plan.anchor}}}")
    # The year of the cycle begins in the month of a roll date, so that its months, quarters or halves do.
    month = plan.end.month if plan.backward else plan.first.month
    cycle = (f"every: {CYCLES[plan.months]}", f"year_start: {month:02}-{int(rolls[1]):02}")
    stub = ("stub: drop",) if plan.drop else ()
    if plan.backward:
        before = plan.last - dt.timedelta(days=1)
        return (*cycle, f"from: {plan.first}", f"until: {before}", *stub, "due: {at: end, add: 1 day}")
    return (*cycle, *bounds, *stub, "due: {at: start}")
