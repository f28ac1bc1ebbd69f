"""Events that a rule cannot tell apart, or that no rule waits for."""

import datetime as dt

import pytest

from cyclekit.civil.labels import read_span
from cyclekit.engine.expand import expand
from cyclekit.errors import EventError
from cyclekit.model.event import Event
from cyclekit.model.obligation import Obligation, Rulebook
from cyclekit.model.pipeline import Add, Course, Due, DueList, TriggerDate
from cyclekit.model.roster import Roster
from cyclekit.model.text import Text
from cyclekit.model.timing import OfEvent, Upon

DAY = dt.date(2026, 3, 2)


def told(dates: int, *events: Event) -> list[str]:
    """What is due upon events: so many dates for each, a day apart."""
    dues = tuple(Due(Course(TriggerDate(), (Add(number, "days"),))) for number in range(1, dates + 1))
    rule = Obligation("report", Upon(OfEvent("breach"), DueList(dues)), Text.of("report"))
    book = Rulebook("book", Text.of("book"), Roster(["a"]), (rule,))
    found = expand(book, read_span("2026"), events={"breach": events})
    return [f"{each.period}#{each.number} {each.due:%m-%d}" for each in found]


def test_the_second_event_of_a_day_has_a_number() -> None:
    """Where each gives one date, the number tells the events apart."""
    assert told(1, Event(DAY), Event(DAY)) == ["2026-03-02#1 03-03", "2026-03-02#2 03-03"]


def test_two_events_of_a_day_need_ids_where_each_gives_several_dates() -> None:
    """The number tells the dates apart then, and two events without ids would share their keys."""
    with pytest.raises(EventError, match="two on 2026-03-02, and report has several due dates"):
        told(2, Event(DAY), Event(DAY))
    assert told(2, Event(DAY), Event(DAY, "second")) == [
        "2026-03-02#1 03-03",
        "second#1 03-03",
        "2026-03-02#2 03-04",
        "second#2 03-04",
    ]


def test_events_that_cannot_be_used_are_refused() -> None:
    """Two of one id, and one that no rule waits for."""
    with pytest.raises(EventError, match="two events have the id second"):
        told(1, Event(DAY, "second"), Event(DAY, "second"))
    with pytest.raises(EventError, match="no rule waits for it"):
        expand(Rulebook("book", Text.of("book"), Roster(["a"]), ()), read_span("2026"), events={"beach": [Event(DAY)]})
