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
from tests.truth.scores import Judgement, Verdict, matching, one_by_one
from tests.truth.tables import Row, UnreadableRowError, day, meant, parts

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
FREQUENCIES = {"Daily": 0, "Monthly": 1, "Quarterly": 3, "Semiannual": 6, "Annual": 12}
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
    return one_by_one(_judged_strata, rows)


def judge_quantlib(rows: Sequence[Row]) -> list[Judgement]:
    """Adjusted dates of each row."""
    return one_by_one(lambda row: matching(row, row.dates, sorted(_dates(_of_quantlib(row)))), rows)


def _judged_strata(row: Row) -> Judgement:
    said = dict(each.split("=", 1) for each in row.obligation.split())
    if said["stub"].startswith("SMART"):
        return Judgement(row, Verdict.NOT_APPLICABLE, BY_LENGTH)
    found = _dates(_of_strata(row, said))
    unadjusted = parts(r".*?unadjusted=([-\d ]+)", row.note)[1].split()
    wanted = dict(zip(row.dates, map(day, unadjusted), strict=True))
    return matching(row, sorted(wanted.items()), sorted(found.items()))


def _of_strata(row: Row, said: dict[str, str]) -> Plan:
    start, end = map(day, parts(r"(.+)\.\.(.+)", row.period).groups())
    roll = parts(r".*?resolvedRoll=(\w+)", row.note)[1]
    months = re.fullmatch(r"P(\d+)M", said["freq"])
    bounds = [None if said[name] == "null" else day(said[name]) for name in _BOUNDS]
    stated = [each for each in bounds if each]
    return Plan(
        start,
        end,
        bounds[0] or start,
        bounds[1] or end,
        0 if said["freq"] == "TERM" else int(months[1]) if months else 1,
        _anchor(roll),
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
        case ["DAY", number]:
            return f"day: {number}"
        case ["ROLL", "NONE"]:
            return ""
        case _:
            raise UnreadableRowError(f"not understood: {roll!r}")


def _of_quantlib(row: Row) -> Plan:
    call = re.sub(r"\s", "", row.obligation)
    start = _argument(call, "from") or row.dates[0]
    end = _argument(call, "to") or row.dates[-1]
    first = _argument(call, "withFirstDate")
    tenor = parts(r".*?(?:withTenor\((\d+)\*(Months|Years)\)|withFrequency\((\w+)\))", call)
    conventions = dict(re.findall(r"with(\w*Convention)\((\w+)\)", call))
    adjust = meant(CONVENTIONS, conventions.get("Convention", ""))
    months = meant(FREQUENCIES, tenor[3]) if tenor[3] else int(tenor[1]) * (12 if tenor[2] == "Years" else 1)
    forward = "backwards" not in call
    anchor = "day: last" if "endOfMonth" in call else f"day: {end.day}"
    return Plan(
        start,
        end,
        first or (_months_on(start, months) if forward and months else start),
        end,
        months,
        anchor if months else "daily",
        calendar=meant(CALENDARS, parts(r".*?withCalendar\((\w+)", call)[1]),
        adjust=adjust,
        adjust_start=adjust,
        adjust_end=meant(CONVENTIONS, str(conventions.get("TerminationDateConvention", conventions["Convention"]))),
    )


def _argument(call: str, name: str) -> dt.date | None:
    found = re.search(rf"\.{name}\(Date\((\d+),([A-Z][a-z]+),(\d+)\)\)", call)
    return dt.date(int(found[3]), meant(MONTHS, found[2]), int(found[1])) if found else None


def _months_on(start: dt.date, months: int) -> dt.date:
    """The first of the month so many months later."""
    month = start.year * 12 + start.month - 1 + months
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
