"""RFC 5545's own examples, and the tests of python-dateutil, as `every: {rrule: …}`."""

import ast
import datetime as dt
import re
import zoneinfo
from collections.abc import Mapping, Sequence

import attrs

from tests.conformance.running import by_obligation, expand, rule_file
from tests.truth.scores import Judgement, Verdict, matching, one_by_one
from tests.truth.tables import Row, UnreadableRowError, parts

FINER = "a recurrence finer than a day"
#: What is finer than a day: by its frequency, or by clock times within it.
FINER_WORDS = re.compile(r"HOURLY|MINUTELY|SECONDLY|BYHOUR|BYMINUTE|BYSECOND", re.IGNORECASE)
#: How far a rule is looked at beyond its last published instance, to see that a list which ends does end.
BEYOND = dt.timedelta(days=3 * 366)
WEEKDAYS = "MO,TU,WE,TH,FR,SA,SU"


@attrs.frozen
class Rule:
    """A recurrence: where it starts, what an obligation says, and how many of its instances are meant."""

    start: dt.date
    said: tuple[str, ...]
    count: int | None = None


def judge(rows: Sequence[Row]) -> list[Judgement]:
    """Every row as an obligation of its own."""
    return one_by_one(_judged, rows)


def _judged(row: Row) -> Judgement:
    if FINER_WORDS.search(row.obligation):
        return Judgement(row, Verdict.NOT_APPLICABLE, FINER)
    rule = _of_dateutil(row) if row.set == "rrule_dateutil" else _of_rfc(row)
    text = rule_file({"row": rule.said}, "calendar: GB-ENG")
    schedule = expand(text, rule.start, row.dates[-1] + BEYOND, max_years=400)
    found = [each.due for each in by_obligation(schedule).get("row", ())]
    return matching(row, row.dates, found[: rule.count])


def _of_rfc(row: Row) -> Rule:
    zone, start = parts(r"DTSTART=(\S+) (\S+)", row.period).groups()
    first = dt.datetime.fromisoformat(start).replace(tzinfo=zoneinfo.ZoneInfo(zone))
    text = re.sub(r"(?<=UNTIL=)\w+", lambda found: _last_day(found[0], first), row.obligation)
    prefix = "PREFIX" in row.note
    return Rule(first.date(), (_every(text, first.date()),), len(row.dates) if prefix else None)


def _last_day(until: str, first: dt.datetime) -> str:
    """A point in time as the last day whose instance does not lie after it: rule files count in days."""
    at = dt.datetime.strptime(until, "%Y%m%dT%H%M%SZ").replace(tzinfo=dt.UTC)
    day = at.astimezone(first.tzinfo).date()
    if dt.datetime.combine(day, first.timetz()) > at:
        day -= dt.timedelta(days=1)
    return day.strftime("%Y%m%d")


def _every(text: str, start: dt.date) -> str:
    return f'every: {{rrule: "{text}", start: {start}}}'


def _of_dateutil(row: Row) -> Rule:
    """A call of dateutil's, as the rule of RFC 5545 that means the same.

    dateutil takes what the RFC refuses (BYMONTHDAY in a weekly rule, BYWEEKNO in any but a yearly one) and what a
    rule file refuses because libraries read it differently; all of these pick days by themselves, so that a
    monthly, a yearly or a daily rule with the same days means the same. Easter is no part of the RFC; here it is
    the anchor `holiday`.
    """
    call = ast.parse(row.obligation, mode="eval").body
    if not isinstance(call, ast.Call):
        raise UnreadableRowError("no call")
    said = {each.arg or "": each.value for each in call.keywords}
    frequency = ast.unparse(call.args[0])
    first = _datetime(said.pop("dtstart"))
    rule = {name.upper(): _numbers(value) for name, value in said.items() if name not in {"until", "byeaster"}}
    if "BYWEEKDAY" in rule:
        weekdays = rule.pop("BYWEEKDAY")
        # dateutil passes over the number of a weekday where a week or a day has only one.
        rule["BYDAY"] = re.sub(r"[-\d]", "", weekdays) if frequency in {"WEEKLY", "DAILY"} else weekdays
    if "byeaster" in said:
        offset = int(_numbers(said["byeaster"]))
        return Rule(first.date(), ("every: year", *_easter(offset)), int(rule["COUNT"]))
    if "until" in said:
        until = _datetime(said["until"])
        day = until.date() - dt.timedelta(days=until.time() < first.time())
        rule["UNTIL"] = day.strftime("%Y%m%d")
    if "BYWEEKNO" in rule:
        rule.setdefault("BYDAY", WEEKDAYS)
    picking = _picking(frequency, rule)
    if picking != frequency and rule.get("INTERVAL", "1") != "1":
        raise UnreadableRowError("an interval of a frequency that is not kept")
    text = ";".join([f"FREQ={picking}", *(f"{name}={value}" for name, value in rule.items())])
    return Rule(first.date(), (_every(text, first.date()),))


def _picking(frequency: str, rule: Mapping[str, str]) -> str:
    """The frequency at which RFC 5545 allows a rule to pick its days."""
    if "BYWEEKNO" in rule or "BYYEARDAY" in rule:
        return "YEARLY"
    if "BYMONTHDAY" in rule and frequency in {"YEARLY", "WEEKLY"}:
        return "MONTHLY"
    return frequency


def _easter(offset: int) -> tuple[str, ...]:
    """So many days after Easter Sunday, which is the day before Easter Monday."""
    shift = f", add: {offset - 1} days" if offset != 1 else ""
    return (f"due: {{holiday: Easter Monday{shift}}}",)


def _datetime(node: ast.expr) -> dt.datetime:
    if not isinstance(node, ast.Call):
        raise UnreadableRowError(f"not understood: {ast.unparse(node)}")
    return dt.datetime(*(ast.literal_eval(each) for each in node.args))  # noqa: DTZ001 (the tests of dateutil have no zone)


def _numbers(node: ast.expr) -> str:
    """`(1, 3)` as `1,3`, and `(TU(3), TH(-3))` as `3TU,-3TH`."""
    match node:
        case ast.Tuple(elts=each):
            return ",".join(map(_numbers, each))
        case ast.Call(func=weekday, args=[nth]):
            return f"{ast.unparse(nth)}{ast.unparse(weekday)}"
        case _:
            return ast.unparse(node)
