"""Events with clock times, ids and clocks that are put back; and what a joint duty fires for its units."""

import datetime as dt
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

import cyclekit
from cyclekit.civil.labels import read_span
from cyclekit.engine.expand import expand
from cyclekit.errors import EventError
from cyclekit.model.event import Event
from cyclekit.model.obligation import Obligation, Rulebook
from cyclekit.model.pipeline import Add, Course, Due, DueList, TriggerDate
from cyclekit.model.roster import Roster
from cyclekit.model.text import Text
from cyclekit.model.timing import OfEvent, Upon
from tests.examples import load

BERLIN = ZoneInfo("Europe/Berlin")


def book_of(hours: int) -> Rulebook:
    """A report that is due so many hours after a breach, in Berlin."""
    course = Course(TriggerDate(), (Add(hours, "hours"),))
    rule = Obligation("report", Upon(OfEvent("breach"), DueList((Due(course),))), Text.of("report"))
    return Rulebook("book", Text.of("book"), Roster(["a"]), (rule,), timezone="Europe/Berlin")


def told(hours: int, *events: Event) -> list[str]:
    """What is due upon breaches, each with its period, number, day and clock time."""
    found = expand(book_of(hours), read_span("2026"), events={"breach": events}, zones={"Europe/Berlin": BERLIN})
    return [f"{each.period}#{each.number} {each.due:%m-%d} {divmod(each.minute or 0, 60)}" for each in found]


@pytest.mark.parametrize("name", ["leak", None])
def test_hours_are_counted_from_the_clock_time(name: str | None) -> None:
    """With an id or without: 14:30 on 2 March and 72 hours are 14:30 on 5 March."""
    label = name or "2026-03-02"
    assert told(72, Event(dt.datetime(2026, 3, 2, 14, 30, tzinfo=BERLIN), name)) == [f"{label}#1 03-05 (14, 30)"]


@pytest.mark.parametrize("name", ["leak", None])
def test_an_hour_that_comes_twice_is_told_apart(name: str | None) -> None:
    """On 25 October 2026 clocks go back from 03:00 to 02:00: an hour after the first 02:30 it is 02:30, then 03:30."""
    label = name or "2026-10-25"
    first = dt.datetime(2026, 10, 25, 2, 30, tzinfo=BERLIN)
    assert told(1, Event(first, name)) == [f"{label}#1 10-25 (2, 30)"]
    assert told(1, Event(first.replace(fold=1), name)) == [f"{label}#1 10-25 (3, 30)"]


def test_events_of_a_day_are_numbered_by_their_clock_times() -> None:
    """In whatever order they are handed in, also in the hour that comes twice."""
    early, late = (dt.datetime(2026, 3, 2, hour, 15, tzinfo=BERLIN) for hour in (9, 21))
    assert told(24, Event(late), Event(early)) == ["2026-03-02#1 03-03 (9, 15)", "2026-03-02#2 03-03 (21, 15)"]
    again = dt.datetime(2026, 10, 25, 2, 30, tzinfo=BERLIN)
    assert told(1, Event(again.replace(fold=1)), Event(again)) == [
        "2026-10-25#1 10-25 (2, 30)",
        "2026-10-25#2 10-25 (3, 30)",
    ]


def test_an_event_that_no_rule_waits_for_is_named_with_those_that_are_waited_for() -> None:
    """So that whoever misspelt it sees the name that was meant."""
    with pytest.raises(EventError) as caught:
        expand(book_of(1), read_span("2026"), events={"breech": [Event(dt.date(2026, 3, 2))]})
    assert str(caught.value).count("'breech'") == 1
    assert str(caught.value).endswith("no rule waits for it; those with a rule: breach")
    none = Rulebook("book", Text.of("book"), Roster(["a"]), ())
    with pytest.raises(EventError, match=r"'breech'.*no rule waits for it, nor for any other$"):
        expand(none, read_span("2026"), events={"breech": [Event(dt.date(2026, 3, 2))]})


JOINT = """cyclekit: 1
id: book
units:
  - {id: a}
  - {id: b, active: 2026-02..2026-03}
  - {id: c, active: [2026-01, 2026-03]}
  - {id: d}
obligations:
  meeting: {applies_to: [a, b, c], jointly: true, lead: a, every: month, until: 2026-04, due: {day: 10}}
  minutes: {applies_to: [a, b, c], upon: meeting, due: {add: 5 days}}
  digest: {applies_to: d, upon: meeting, due: {add: 7 days}}
"""


def test_what_meets_jointly_reports_each_by_itself(tmp_path: Path) -> None:
    """Minutes are owed by those who were there in that month; who never meets owes a digest of each meeting."""
    schedule = cyclekit.expand(load(tmp_path, JOINT), "2026")
    owed = {unit: [f"{each.due:%m-%d}" for each in schedule.for_unit(unit)] for unit in "abcd"}
    minutes = {
        unit: [f"{each.due:%m-%d}" for each in schedule.for_unit(unit) if each.obligation.id == "minutes"]
        for unit in "abc"
    }
    assert minutes == {
        "a": ["01-15", "02-15", "03-15", "04-15"],
        "b": ["02-15", "03-15"],
        "c": ["01-15", "03-15"],
    }
    assert owed["d"] == ["01-17", "02-17", "03-17", "04-17"]
