"""Business day conventions and date arithmetic: Strata's and QuantLib's tables, and those of dates-calc."""

import datetime as dt
import re
from collections.abc import Mapping, Sequence

import cyclekit
from tests.conformance.running import Obligation, by_obligation, expand, rule_file
from tests.truth.scores import Judgement, Verdict, matching
from tests.truth.tables import Row

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
QUANTLIB = {
    "Unadjusted": "none",
    "Following": "following",
    "ModifiedFollowing": "modified_following",
    "Preceding": "preceding",
    "ModifiedPreceding": "modified_preceding",
    "HalfMonthModifiedFollowing": "half_month_modified_following",
    "Nearest": "nearest",
}
UNITS = {"M": "months", "months": "months", "weeks": "weeks", "BUSINESS days": "working days", "days": "days"}
#: How far around its dates a table is looked at, so that a date that is wrong is found too.
MARGIN = dt.timedelta(days=366)


def judge_strata(rows: Sequence[Row]) -> list[Judgement]:
    """`once` with a convention, and an event with months added, on a calendar of weekends alone."""
    return _judged(rows, {_name(number): _strata(number, row) for number, row in enumerate(rows)}, "weekdays")


def _strata(number: int, row: Row) -> Obligation:
    word = re.split(r"[ ;]", row.obligation)[0]
    if row.set == "strata_bdc":
        return (f"once: {row.period}", f"adjust: {STRATA[word]}")
    months = re.fullmatch(r"\S+ \+ (\d+)M", row.period)[1]  # type: ignore[index]
    return _upon(number, f"add: {months} months, month_end: {ADDITION[word]}")


def judge_quantlib(rows: Sequence[Row]) -> list[Judgement]:
    """An event, a shift and a convention, on South Africa's calendar."""
    return _judged(rows, {_name(number): _quantlib(number, row) for number, row in enumerate(rows)}, "ZA")


def _quantlib(number: int, row: Row) -> Obligation:
    """`eom=true`: a month's last day stays one, and no convention takes it out of its month."""
    said = re.fullmatch(r"(\w+); calendar=SouthAfrica; eom=(true|false)", row.obligation)
    shift = re.fullmatch(r"\S+ \+ (-?\d+) (months|weeks|BUSINESS days)", row.period)
    assert said
    assert shift
    convention = QUANTLIB[said[1]]
    settings = ""
    if said[2] == "true":
        settings = ", month_end: sticky"
        convention = {"following": "modified_following"}.get(convention, convention)
    return _upon(number, f"add: {shift[1]} {UNITS[shift[2]]}{settings}, adjust: {convention}")


def judge_dates_calc(rows: Sequence[Row]) -> list[Judgement]:
    """An event with years, months or days added. Where the table calls a day ambiguous, `month_end: error` does."""
    said = {_name(number): _dates_calc(number, row, "clamp") for number, row in enumerate(rows)}
    judged = _judged(rows, said, "all_days")
    for number, row in enumerate(rows):
        if row.set == "dates_calc_ambiguous" and not _is_refused(number, row):
            judged[number] = Judgement(row, Verdict.DIFFERING, "month_end: error gives a date")
    return judged


def _dates_calc(number: int, row: Row, month_end: str) -> Obligation:
    years, months, days = map(int, re.findall(r"(\d+) (?:years|months|days)", row.period))
    parts = [f"{count} {unit}" for count, unit in ((years, "years"), (months, "months"), (days, "days")) if count]
    assert len(parts) == 1
    return _upon(number, f"add: {parts[0]}" + (f", month_end: {month_end}" if months or years else ""))


def _is_refused(number: int, row: Row) -> bool:
    text = rule_file({_name(number): _dates_calc(number, row, "error")})
    try:
        expand(text, row.date, row.date, _events([row], number))
    except cyclekit.MissingDayError:
        return True
    return False


def _name(number: int) -> str:
    return f"row-{number}"


def _upon(number: int, due: str) -> Obligation:
    return (f"upon: {{event: {_name(number)}}}", f"due: {{{due}}}")


def _events(rows: Sequence[Row], start: int = 0) -> dict[str, list[dt.date]]:
    return {_name(start + number): [dt.date.fromisoformat(row.period[:10])] for number, row in enumerate(rows)}


def _judged(rows: Sequence[Row], obligations: Mapping[str, Obligation], calendar: str) -> list[Judgement]:
    schedule = expand(
        rule_file(obligations, f"calendar: {calendar}"),
        min(row.date for row in rows) - MARGIN,
        max(row.date for row in rows) + MARGIN,
        {name: days for name, days in _events(rows).items() if any("upon" in said for said in obligations[name])},
        max_years=200,
    )
    found = by_obligation(schedule)
    dues = ([each.due for each in found.get(_name(number), ())] for number in range(len(rows)))
    return [matching(row, [row.date], due) for row, due in zip(rows, dues, strict=True)]
