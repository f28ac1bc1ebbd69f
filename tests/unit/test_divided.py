"""A schedule in parts by units, cut by hand."""

from cyclekit.civil.cycles import Months
from cyclekit.civil.labels import read_span
from cyclekit.engine.expand import expand
from cyclekit.model.divided import divided, owed_by, rows_of
from cyclekit.model.obligation import Obligation, PeriodException, Rulebook
from cyclekit.model.pipeline import Course, DayOfMonth, Due, DueList
from cyclekit.model.roster import Roster
from cyclekit.model.schedule import Schedule
from cyclekit.model.selectors import Selection, UnitId
from cyclekit.model.text import Text
from cyclekit.model.timing import Every, Once

MARCH = read_span("2023-03")


def book(id: str, units: str, *rules: Obligation) -> Rulebook:  # noqa: A002 (the field's own word)
    """A rulebook of some units."""
    return Rulebook(id, Text.of(id), Roster(list(units)), rules)


def rules() -> tuple[Obligation, ...]:
    """A monthly duty that was waived for the fourth unit in March, and one that the first and fourth owe together."""
    waived = PeriodException("2023-03", MARCH, units=Selection((UnitId("d"),)), reason="flood")
    monthly = Every(Months(1, "month"), DueList((Due(Course(DayOfMonth(20))),)))
    some = Selection((UnitId("a"), UnitId("d")))
    return (
        Obligation("r", monthly, Text.of("r"), exceptions=(waived,)),
        Obligation("joint", Once(read_span("2023-03-05")), Text.of("joint"), some, jointly=True, lead="d"),
    )


def keys(schedule: Schedule) -> list[str]:
    """Who owes what."""
    return [f"{each.key.obligation} {each.key.unit} {each.status.value}" for each in schedule]


def test_units_are_shared_out_in_the_order_of_their_rosters() -> None:
    """Five units in two parts are two and three; a part may begin in one rulebook and end in the next."""
    one, two = book("one", "abc"), book("two", "de")
    assert divided([book("one", "abcde")], 2) == [{"one": range(2)}, {"one": range(2, 5)}]
    assert divided([one, two], 2) == [{"one": range(2)}, {"one": range(2, 3), "two": range(2)}]
    assert divided([two], 5) == [{"two": range(1)}, {"two": range(1, 2)}]
    assert divided([book("none", "")], 3) == [{}]


def test_each_occurrence_is_in_the_part_of_its_unit() -> None:
    """A joint one in that of who leads it; what was waived for one unit stays with that one."""
    schedule = expand(book("book", "abcd", *rules()), MARCH)
    first, second = (rows_of(schedule, runs) for runs in divided(schedule.rulebooks, 2))
    assert keys(first) == ["r a scheduled", "r b scheduled"]
    assert keys(second) == ["joint d scheduled", "r c scheduled", "r d waived"]
    assert keys(rows_of(schedule, {})) == []


def test_a_joint_occurrence_is_owed_wherever_one_takes_part() -> None:
    """Whole in the parts of both who owe it, and in no other one."""
    schedule = expand(book("book", "abcd", *rules()), MARCH)
    parts = [keys(owed_by(schedule, runs)) for runs in divided(schedule.rulebooks, 4)]
    assert parts == [
        ["joint d scheduled", "r a scheduled"],
        ["r b scheduled"],
        ["r c scheduled"],
        ["joint d scheduled", "r d waived"],
    ]
