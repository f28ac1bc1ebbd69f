"""Business day conventions and date arithmetic: Strata's and QuantLib's tables, and those of dates-calc."""

import datetime as dt
import re
from collections.abc import Sequence

import cyclekit
from tests.conformance.running import Obligation, expand, rule_file
from tests.truth.scores import Judgement, Verdict, matching, one_by_one
from tests.truth.tables import Row, UnreadableRowError, day, meant, parts

STRATA = {
    "NO_ADJUST": "none",
    "FOLLOWING": "following",
    "MODIFIED_FOLLOWING": "modified_following",
    "MODIFIED_FOLLOWING_BI_MONTHLY": "half_month_modified_following",
    "PRECEDING": "preceding",
    "MODIFIED_PRECEDING": "modified_preceding",
    "NEAREST": "nearest",
}
#: What becomes of a month's last day, and whether the result is held within its month on a working day.
ADDITION = {"NONE": "clamp", "LAST_DAY": "sticky", "LAST_BUSINESS_DAY": "sticky, adjust: preceding"}
#: What a month's last day becomes where dates-calc rounds: exact additions need no word.
ROUNDING = {"date + period": "error", "date + period, round=DOWN": "clamp", "date + period, round=UP": "next"}
QUANTLIB = {
    "Unadjusted": "none",
    "Following": "following",
    "ModifiedFollowing": "modified_following",
    "Preceding": "preceding",
    "ModifiedPreceding": "modified_preceding",
    "HalfMonthModifiedFollowing": "half_month_modified_following",
    "Nearest": "nearest",
}
UNITS = {"months": "months", "weeks": "weeks", "BUSINESS days": "working days", "days": "days"}
#: How far around its dates a table is looked at, so that a date that is wrong is found too.
MARGIN = dt.timedelta(days=366)


def judge_strata(rows: Sequence[Row]) -> list[Judgement]:
    """`once` with a convention, and an event with months added, on a calendar of weekends alone."""
    return one_by_one(lambda row: _judged(row, _strata(row), "weekdays"), rows)


def _strata(row: Row) -> Obligation:
    word = re.split(r"[ ;]", row.obligation)[0]
    if row.set == "strata_bdc":
        return (f"once: {row.period}", f"adjust: {meant(STRATA, word)}")
    months = parts(r"\S+ \+ (\d+)M$", row.period)[1]
    return _upon(f"add: {months} months, month_end: {meant(ADDITION, word)}")


def judge_quantlib(rows: Sequence[Row]) -> list[Judgement]:
    """An event, a shift and a convention, on South Africa's calendar."""
    return one_by_one(lambda row: _judged(row, _quantlib(row), "ZA"), rows)


def _quantlib(row: Row) -> Obligation:
    """`eom=true`: a month's last day stays one, and no convention takes it out of its month."""
    said = parts(r"(\w+); calendar=SouthAfrica; eom=(true|false)$", row.obligation)
    shift = parts(r"\S+ \+ (-?\d+) (.+)$", row.period)
    convention = meant(QUANTLIB, said[1])
    settings = ""
    if said[2] == "true":
        settings = ", month_end: sticky"
        convention = {"following": "modified_following"}.get(convention, convention)
    return _upon(f"add: {shift[1]} {meant(UNITS, shift[2])}{settings}, adjust: {convention}")


def judge_dates_calc(rows: Sequence[Row]) -> list[Judgement]:
    """An event with years, months or days added. Where the table calls a day ambiguous, `month_end: error` does."""
    return one_by_one(_judged_dates_calc, rows)


def _judged_dates_calc(row: Row) -> Judgement:
    if row.set == "dates_calc_ambiguous" and not _is_refused(row):
        return Judgement(row, Verdict.DIFFERING, "month_end: error gives a date")
    return _judged(row, _dates_calc(row, meant(ROUNDING, row.obligation)), "all_days")


def _dates_calc(row: Row, month_end: str) -> Obligation:
    counts = parts(r"\S+ \+ \[(-?\d+) years, (-?\d+) months, (-?\d+) days\]$", row.period).groups()
    shifts = [f"{count} {unit}" for count, unit in zip(counts, ("years", "months", "days"), strict=True) if int(count)]
    if len(shifts) != 1:
        raise UnreadableRowError("more than one unit of time")
    return _upon(f"add: {shifts[0]}" + (f", month_end: {month_end}" if "days" not in shifts[0] else ""))


def _is_refused(row: Row) -> bool:
    try:
        _expand(row, _dates_calc(row, "error"), "all_days")
    except cyclekit.MissingDayError:
        return True
    return False


def _upon(due: str) -> Obligation:
    return ("upon: {event: start}", f"due: {{{due}}}")


def _judged(row: Row, said: Obligation, calendar: str) -> Judgement:
    return matching(row, [row.date], _expand(row, said, calendar))


def _expand(row: Row, said: Obligation, calendar: str) -> list[dt.date]:
    """The dates of an obligation, with the row's first day as the event that it may wait for."""
    start = day(row.period[:10])
    events = {"start": [start]} if any("upon" in each for each in said) else None
    first, last = sorted([start, row.date])
    schedule = expand(rule_file({"row": said}, f"calendar: {calendar}"), first - MARGIN, last + MARGIN, events)
    return [each.due for each in schedule]
