"""Schedules in parts."""

import pytest

from cyclekit.civil.cycles import Months
from cyclekit.civil.labels import read_span
from cyclekit.engine.expand import expand
from cyclekit.model.obligation import Obligation, PeriodException, Rulebook
from cyclekit.model.parts import NONE, parts
from cyclekit.model.pipeline import Course, DayOfMonth, Due, DueList
from cyclekit.model.roster import Roster
from cyclekit.model.schedule import Schedule
from cyclekit.model.selectors import Selection, UnitId
from cyclekit.model.text import Text
from cyclekit.model.timing import Every


def schedule() -> Schedule:
    """Two quarterly obligations of four units over the turn of a year; one date of one unit is waived."""
    every = Every(Months(3, "quarter"), DueList((Due(Course(DayOfMonth(20))),)))
    roster = Roster(["a", "b", "c", "d"], kinds=["county", "office", None, "county"])
    only = Selection((UnitId("d"),))
    waived = PeriodException("2026Q3", read_span("2026Q3"), reason="", units=only)
    rules = (Obligation("one", every, Text.of("one"), exceptions=(waived,)), Obligation("two", every, Text.of("two")))
    return expand(Rulebook("book", Text.of("book"), roster, rules), read_span("2026-07-01..2027-06-30"))


@pytest.mark.parametrize("keys", [(), ("year",), ("kind",), ("obligation", "year"), ("year", "kind", "rulebook")])
def test_every_occurrence_is_in_one_part(keys: tuple[str, ...]) -> None:
    """The parts hold together what the schedule does, each occurrence once, and each as its labels say."""
    whole = schedule()
    found = list(parts(whole, keys))
    assert sorted(str(each.key) for _, part in found for each in part) == sorted(str(each.key) for each in whole)
    assert all(len(part) == len(list(part)) > 0 for _, part in found)
    assert [labels for labels, _ in found] == sorted({labels for labels, _ in found})
    for labels, part in found:
        for each in part:
            said = {
                "year": str(each.due.year),
                "kind": each.unit.kind or NONE,
                "rulebook": each.rulebook.id,
                "obligation": each.obligation.id,
            }
            assert labels == tuple((key, said[key]) for key in keys)


def test_the_parts_by_hand() -> None:
    """Four units owe two things twice a year: eight in each half, of which kinds have four, two and two."""
    found = {labels: len(part) for labels, part in parts(schedule(), ("year", "kind"))}
    assert found == {
        (("year", year), ("kind", kind)): count
        for year in ("2026", "2027")
        for kind, count in (("county", 8), ("office", 4), (NONE, 4))
    }


def test_a_key_that_there_is_not() -> None:
    """A schedule is parted by the keys there are."""
    with pytest.raises(KeyError):
        list(parts(schedule(), ("month",)))
