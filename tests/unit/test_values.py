"""What the values of the model are like for whoever holds one: equal, shown, refused."""

import datetime as dt
from typing import Any

import pytest

from cyclekit.civil.cycles import Months
from cyclekit.civil.labels import read_span
from cyclekit.civil.spans import Bounds
from cyclekit.civil.working import WorkingCalendar
from cyclekit.engine.expand import expand
from cyclekit.model.compact import Coded, Repeated
from cyclekit.model.event import Event
from cyclekit.model.numbers import Chosen
from cyclekit.model.obligation import Obligation, PeriodException, Rulebook
from cyclekit.model.parts import parts
from cyclekit.model.pipeline import Course, DayOfMonth, Due, DueDate, DueList, WorkingDay
from cyclekit.model.roster import NO_PARENT, Roster
from cyclekit.model.rows import Rows
from cyclekit.model.selectors import Selection, UnitId
from cyclekit.model.text import Text
from cyclekit.model.timing import Every
from cyclekit.sources.dated_rows import of_rows

APRIL = read_span("2023-04")


def monthly(due: Due, **fields: Any) -> Obligation:
    """A duty of every month."""
    return Obligation("r", Every(Months(1, "month"), DueList((due,))), Text.of("r"), **fields)


def book(rule: Obligation, units: str = "ab", **roster: Any) -> Rulebook:
    """A rulebook of some units."""
    return Rulebook("book", Text.of("book"), Roster(list(units), **roster), (rule,))


PLAIN = monthly(Due(Course(DayOfMonth(20))))


def test_a_column_is_shown_by_its_length() -> None:
    """A million entries are not printed: which kind of column it is, and how long."""
    assert repr(Repeated("x", 10**6)) == "<Repeated of 1000000>"
    assert repr(Coded.of(["a", "b"])) == "<Coded of 2>"


def test_chosen_numbers_are_a_set() -> None:
    """Equal sets have one hash, however they are held."""
    assert hash(Chosen(range(3))) == hash(Chosen([0, 1, 2])) == hash(frozenset({0, 1, 2}))
    assert len({Chosen(range(3)), frozenset({0, 1, 2})}) == 1


def test_an_event_is_of_a_whole_minute() -> None:
    """Rules count no seconds, so that an event with some is refused, with its time."""
    with pytest.raises(ValueError, match="08:30:15 is not a whole minute"):
        Event(dt.datetime(2023, 5, 1, 8, 30, 15))  # noqa: DTZ001 (local time)
    assert Event(dt.datetime(2023, 5, 1, 8, 30)).at == dt.datetime(2023, 5, 1, 8, 30)  # noqa: DTZ001 (local time)


def test_a_rulebook_has_no_other_obligations() -> None:
    """KeyError for one that it does not have."""
    assert book(PLAIN)["r"] is PLAIN
    with pytest.raises(KeyError, match="other"):
        book(PLAIN)["other"]


def test_an_occurrence_may_stand_in_a_set() -> None:
    """The same one out of two schedules is one."""
    first, second = (list(expand(book(PLAIN), APRIL)) for _ in range(2))
    assert first == second
    assert len({*first, *second}) == 2


def test_a_schedule_shows_its_horizon_and_its_size() -> None:
    """It is not listed: both units owe one thing, by one line."""
    assert repr(expand(book(PLAIN), APRIL)) == "<Schedule 2023-04-01..2023-04-30: 2 occurrences in 1 lines>"


def test_a_title_of_the_due_date_is_that_of_every_occurrence() -> None:
    """It stands for the obligation's own, and a clock time holds for each as well."""
    rule = monthly(Due(Course(DayOfMonth(20)), title=Text.of("return"), time=17 * 60))
    found = list(expand(book(rule, "a"), read_span("2023-04..2023-05")))
    assert [(str(each.title), each.time) for each in found] == [("return", "17:00")] * 2


def test_levels_are_counted_from_the_top() -> None:
    """Nobody above anybody: none; and where all stand below one, one."""
    assert Roster(["a", "b"], parents=Repeated(NO_PARENT, 2)).levels == 0
    assert Roster(["a", "b"]).levels == 0
    assert Roster(["a", "b", "c"], parents=[NO_PARENT, 0, 1]).levels == 2


def test_the_units_above_one_are_told_from_the_nearest() -> None:
    """Office, county, city: the county is nearer to the office."""
    roster = Roster(["city", "county", "office"], parents=[NO_PARENT, 0, 1])
    assert [unit.id for unit in roster["office"].above] == ["county", "city"]
    assert roster["city"].above == []


def test_a_part_of_a_kind_holds_all_its_units() -> None:
    """Also where the units of one kind are there at different times, and where a part would hold nothing."""
    opened = (Bounds(dt.date(2023, 5, 1)),)
    roster = {"kinds": ["x", "x", "y"], "active": [(), opened, ()]}
    waived = PeriodException("2023-04", APRIL, units=Selection((UnitId("c"),)), reason="flood")
    schedule = expand(book(monthly(Due(), exceptions=(waived,)), "abc", **roster), read_span("2023-04..2023-05"))
    found = {labels[0][1]: [str(each.key) for each in part] for labels, part in parts(schedule, ("kind",))}
    assert found == {
        "x": ["book/r/a/2023-04", "book/r/a/2023-05", "book/r/b/2023-05"],
        "y": ["book/r/c/2023-04", "book/r/c/2023-05"],
    }


def test_no_part_is_empty() -> None:
    """The only date of the second unit's kind is moved into the next year: in its own it leaves nothing behind."""
    moved = PeriodException("2023-04", APRIL, due=dt.date(2024, 1, 10), units=Selection((UnitId("b"),)))
    rule = monthly(Due(), exceptions=(moved,), bounds=Bounds(APRIL.first, APRIL.last))
    schedule = expand(book(rule, kinds=["x", "y"]), read_span("2023..2024"))
    found = [([label for _, label in labels], len(part)) for labels, part in parts(schedule, ("year", "kind"))]
    assert found == [(["2023", "x"], 1), (["2024", "y"], 1)]


def test_a_ruling_for_some_of_units_that_come_and_go() -> None:
    """Ten units that open month after month: what is waived for the last of them is waived for it alone."""
    units = "abcdefghij"
    active = [(Bounds(dt.date(2022, month, 1)),) for month in range(1, 11)]
    waived = PeriodException("2023-04", APRIL, units=Selection((UnitId("j"),)), reason="flood")
    found = expand(book(monthly(Due(), exceptions=(waived,)), units, active=active), read_span("2022..2023-04"))
    assert [str(each.key) for each in found if each.status.value == "waived"] == ["book/r/j/2023-04"]


def test_a_closing_may_rest_on_days_before_the_data() -> None:
    """An exception moves the date; what it closes with is still counted from the 25th working day of April."""
    by = {"x": WorkingCalendar("x", 700_000, 760_000, known_from=dt.date(2023, 4, 20).toordinal())}
    moved = PeriodException("2023-04", APRIL, due=dt.date(2023, 4, 27))
    timing = Due(Course(DayOfMonth(10)), opens=Course(WorkingDay(3)), closes=Course(DueDate()))
    rule = monthly(timing, exceptions=(moved,), bounds=Bounds(APRIL.first, APRIL.last))
    rules = Rulebook("book", Text.of("book"), Roster(["a"]), (rule,), calendar="x")
    (found,) = expand(rules, APRIL, by, doubtful=True)
    assert (found.due, found.unknown) == (dt.date(2023, 4, 27), ("x", dt.date(2023, 4, 1).toordinal()))


def test_a_list_of_dates_tells_what_it_could_not_read() -> None:
    """A row with a date is one, and a text where a date should stand is told with its place."""
    found = of_rows([["title", "due"], ["report", "2023-04-20"], ["audit", "soon"]], "list.csv")
    assert [(each.title, each.day, each.place) for each in found.dates] == [("report", dt.date(2023, 4, 20), "row 2")]
    assert [each.place for each in found.unreadable] == ["row 3"]


def test_units_of_equal_ends_are_told_apart() -> None:
    """Four of six units and four others, the first and the last of them the same: each has its own rows."""
    one, other = (Selection(tuple(map(UnitId, units))) for units in ("abdf", "acef"))
    rules = tuple(
        Obligation(name, Every(Months(1, "month"), DueList((Due(),))), Text.of(name), selection=selection)
        for name, selection in (("one", one), ("other", other))
    )
    schedule = expand(Rulebook("book", Text.of("book"), Roster(list("abcdef")), rules), APRIL)
    rows = Rows(schedule.lines)
    owed = {
        unit: [line.obligation.id for line, _, _ in rows.slices(schedule.rulebooks[0], number)]
        for number, unit in enumerate("abcdef")
    }
    assert owed == {
        "a": ["one", "other"],
        "b": ["one"],
        "c": ["other"],
        "d": ["one"],
        "e": ["other"],
        "f": ["one", "other"],
    }
