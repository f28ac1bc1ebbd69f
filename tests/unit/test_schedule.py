"""Schedules: what is due in a horizon, counted, listed and asked for."""

import datetime as dt
from typing import Any

import attrs
import pytest

from cyclekit.civil.cycles import Days, Months
from cyclekit.civil.labels import read_span
from cyclekit.civil.spans import Bounds
from cyclekit.engine.expand import expand
from cyclekit.errors import LimitError, UnknownOccurrenceError, UnknownUnitError
from cyclekit.model.compact import Texts
from cyclekit.model.identity import Key
from cyclekit.model.obligation import Change, Obligation, Rulebook, Source
from cyclekit.model.pipeline import Course, DayOfMonth, Due, DueByPosition, DueList, PeriodStart
from cyclekit.model.roster import Roster
from cyclekit.model.schedule import Schedule
from cyclekit.model.selectors import Selection, UnitId
from cyclekit.model.text import Text
from cyclekit.model.timing import Every, Once, Standing

A = Selection((UnitId("a"),))


def rule(id: str, timing: Any, **fields: Any) -> Obligation:  # noqa: A002 (the field's own word)
    """An obligation of everyone."""
    return Obligation(id, timing, Text.of(id.upper()), **fields)


def book(*rules: Obligation, id: str = "book", units: str = "ab", **fields: Any) -> Rulebook:  # noqa: A002
    """A rulebook of some units."""
    return Rulebook(id, Text.of(id), Roster(list(units)), rules, **fields)


MONTHLY = Every(Months(1, "month"))
TWICE = Every(
    Months(1, "month"), DueList((Due(Course(DayOfMonth(20))), Due(Course(DayOfMonth(20)), title=Text.of("again"))))
)


def test_units_in_columns_are_listed_as_those_in_lists_are() -> None:
    """Occurrences of units whose ids are a column of texts have the same keys and dates as of a list, in that order."""
    lists = book(rule("r", TWICE), rule("some", MONTHLY, selection=A), units="abc")
    columns = attrs.evolve(lists, roster=Roster(Texts.of("abc")))
    one, other = (list(expand(each, read_span("2023-01..2023-02"))) for each in (lists, columns))
    assert [(each.key, each.due, each.unit.id) for each in one] == [
        (each.key, each.due, each.unit.id) for each in other
    ]
    assert [type(each.key.unit) for each in other] == [str] * 14


def keys(schedule: Schedule) -> list[str]:
    """Every key as text."""
    return [str(each.key) for each in schedule]


def test_the_order_is_stated() -> None:
    """By due date, rulebook, obligation, unit, period and number, all by their ids."""
    first = book(rule("s", TWICE), rule("r", TWICE), units="ba")
    second = book(rule("r", TWICE), id="Another", units="a")
    assert keys(expand([first, second], read_span("2023-01"))) == [
        "Another/r/a/2023-01",
        "Another/r/a/2023-01#2",
        "book/r/a/2023-01",
        "book/r/a/2023-01#2",
        "book/r/b/2023-01",
        "book/r/b/2023-01#2",
        "book/s/a/2023-01",
        "book/s/a/2023-01#2",
        "book/s/b/2023-01",
        "book/s/b/2023-01#2",
    ]


def test_several_periods_may_be_due_on_one_day() -> None:
    """They are listed by their labels."""
    thrice = Every(Months(1, "month"), DueByPosition((("1", Due(Course(DayOfMonth(5, "next")))),)))
    same_day = rule("r", Every(Days(10, dt.date(2023, 1, 1).toordinal()), DueList((Due(Course(DayOfMonth(-1))),))))
    assert keys(expand(book(same_day, units="a"), read_span("2023-01-31")).for_unit("a")) == [
        "book/r/a/2023-01-01..10",
        "book/r/a/2023-01-11..20",
        "book/r/a/2023-01-21..30",
    ]
    assert keys(expand(book(rule("r", thrice), units="a"), read_span("2023"))) == ["book/r/a/2023-01"]


def test_an_occurrence_shows_what_stands_in_its_row() -> None:
    """Every fact of an occurrence, read from the columns."""
    source = Source(document="No. 57", issuer="City")
    timing = Every(Months(3, "quarter"), DueList((Due(Course(DayOfMonth(20)), opens=Course(PeriodStart())),)))
    only = book(rule("r", timing, source=Source(article="3")), units="a", source=source)
    (one,) = expand(only, read_span("2023Q1"))
    assert one.key == Key("book", "r", "a", "2023Q1", 1)
    assert (one.period, one.number, str(one.title)) == ("2023Q1", 1, "R")
    assert [str(each) for each in (one.opens, one.nominal, one.due)] == ["2023-01-01", "2023-03-20", "2023-03-20"]
    assert (one.status.value, one.provisional, one.time, one.quota) == ("scheduled", False, None, ())
    assert (one.unit.id, [unit.id for unit in one.units], one.is_joint) == ("a", ["a"], False)
    assert one.source == Source(document="No. 57", issuer="City", article="3")
    assert (one.exception, one.absorbed_by) == (None, None)
    assert tuple(dt.date.fromordinal(day) for day in one.period_days) == (dt.date(2023, 1, 1), dt.date(2023, 3, 31))
    assert one != "something else"
    assert repr(one) == "<Occurrence book/r/a/2023Q1 due 2023-03-20 scheduled>"


def test_a_due_date_may_have_a_title_of_its_own() -> None:
    """Where it has none, the obligation's is shown."""
    assert [str(each.title) for each in expand(book(rule("r", TWICE), units="a"), read_span("2023-01"))] == [
        "R",
        "again",
    ]


def test_a_joint_duty_is_one_occurrence_of_all() -> None:
    """Its lead is in the key, everyone in `units`, and each of them finds it."""
    joint = rule("r", MONTHLY, jointly=True, lead="b")
    schedule = expand(book(joint, units="cba"), read_span("2023-01"))
    (one,) = schedule
    assert (str(one.key), [unit.id for unit in one.units], len(schedule)) == ("book/r/b/2023-01", ["a", "b", "c"], 1)
    assert [keys(schedule.for_unit(unit)) for unit in "abc"] == [["book/r/b/2023-01"]] * 3


def test_a_key_finds_its_occurrence() -> None:
    """A key that nothing has raises UnknownOccurrenceError, which holds the key."""
    schedule = expand(book(rule("r", TWICE)), read_span("2023"))
    key = Key("book", "r", "b", "2023-05", 2)
    assert schedule[key].key == key
    for other in (key._replace(unit="c"), key._replace(period="2024-05"), key._replace(number=3)):
        with pytest.raises(UnknownOccurrenceError) as caught:
            schedule[other]
        assert caught.value.key == other


def test_a_unit_is_found_by_its_id_or_with_its_rulebook() -> None:
    """An id that several rulebooks have asks for more, and says what there is."""
    schedule = expand(
        [book(rule("r", MONTHLY)), book(rule("r", MONTHLY), id="other", units="bc")], read_span("2023-01")
    )
    assert keys(schedule.for_unit("a")) == ["book/r/a/2023-01"]
    assert keys(schedule.for_unit("other/b")) == ["other/r/b/2023-01"]
    with pytest.raises(UnknownUnitError) as several:
        schedule.for_unit("b")
    assert several.value.candidates == ("book/b", "other/b")
    for name in ("d", "book/c", "gone/a"):
        with pytest.raises(UnknownUnitError) as none:
            schedule.for_unit(name)
        assert none.value.candidates == ()


def test_an_obligation_is_found_by_its_id() -> None:
    """In every rulebook that has it; an id that none has raises KeyError."""
    schedule = expand(book(rule("r", MONTHLY), rule("s", MONTHLY), units="a"), read_span("2023-01"))
    assert keys(schedule.for_obligation("s")) == ["book/s/a/2023-01"]
    with pytest.raises(KeyError):
        schedule.for_obligation("t")


def test_standing_duties_are_listed_and_never_scheduled() -> None:
    """Each with the units that owe it, in the order of ids; a unit asked for sees its own."""
    schedule = expand(book(rule("s", Standing()), rule("t", Standing(), selection=A), units="ba"), read_span("2023"))
    assert (len(schedule), list(schedule)) == (0, [])
    owed = [(duty.obligation.id, [unit.id for unit in duty.units]) for duty in schedule.standing]
    assert owed == [("s", ["a", "b"]), ("t", ["a"])]
    assert [duty.obligation.id for duty in schedule.for_unit("b").standing] == ["s"]


def test_a_change_for_units_makes_their_rule_another() -> None:
    """Those units owe what the change says, and the others what stands above; of two changes the later counts."""
    base = rule("r", MONTHLY)
    early = Obligation("r", Every(Months(1, "month"), DueList((Due(Course(DayOfMonth(10))),))), Text.of("early"))
    later = Obligation("r", Every(Months(1, "month"), DueList((Due(Course(DayOfMonth(15))),))), Text.of("later"))
    changed = Obligation(
        "r",
        MONTHLY,
        Text.of("r"),
        changes=(Change(Selection(), early), Change(A, later)),
    )
    assert [str(each.due) for each in expand(book(base), read_span("2023-01"))] == ["2023-01-31", "2023-01-31"]
    due = [(each.unit.id, str(each.due), str(each.title)) for each in expand(book(changed), read_span("2023-01"))]
    assert due == [("b", "2023-01-10", "early"), ("a", "2023-01-15", "later")]


@pytest.mark.parametrize(
    ("active", "periods"),
    [
        ((), ["2023Q1", "2023Q2", "2023Q3", "2023Q4"]),
        ((Bounds(dt.date(2023, 3, 31), dt.date(2023, 7, 1)),), ["2023Q1", "2023Q2", "2023Q3"]),
        ((Bounds(None, dt.date(2023, 1, 1)), Bounds(dt.date(2023, 12, 31), None)), ["2023Q1", "2023Q4"]),
        ((Bounds(dt.date(2024, 1, 1), None),), []),
    ],
)
def test_a_unit_owes_the_periods_in_which_it_exists(active: tuple[Bounds, ...], periods: list[str]) -> None:
    """A period counts when it overlaps one of the unit's spans; the other units are not concerned."""
    roster = Roster(["a", "b"], active=[active, ()])
    only = Rulebook("book", Text.of("book"), roster, (rule("r", Every(Months(3, "quarter"))),))
    schedule = expand(only, read_span("2023"))
    assert [each.period for each in schedule.for_unit("a")] == periods
    assert (len(schedule.for_unit("b")), len(schedule)) == (4, 4 + len(periods))


@pytest.mark.parametrize(
    ("bounds", "drop", "periods"),
    [
        ((None, None), False, ["2023Q1", "2023Q2", "2023Q3", "2023Q4"]),
        (("2023-02-15", "2023-08-01"), False, ["2023Q1", "2023Q2", "2023Q3"]),
        (("2023-02-15", "2023-08-01"), True, ["2023Q2"]),
        (("2023-04-01", "2023-06-30"), True, ["2023Q2"]),
        (("2023-05-05", "2023-05-05"), False, ["2023Q2"]),
        (("2023-05-05", "2023-05-05"), True, []),
    ],
)
def test_bounds_choose_among_periods(bounds: tuple[str | None, str | None], drop: bool, periods: list[str]) -> None:
    """A period counts when it overlaps the range; `stub: drop` leaves out one that the range cuts."""
    first, last = (dt.date.fromisoformat(each) if each else None for each in bounds)
    only = rule("r", Every(Months(3, "quarter"), drop_stubs=drop), bounds=Bounds(first, last))
    assert [each.period for each in expand(book(only, units="a"), read_span("2023"))] == periods


def test_bounds_that_leave_nothing_give_nothing() -> None:
    """A file that begins after its obligation ends has no period between the two."""
    over = Bounds(None, dt.date(2023, 3, 31))
    rules = (rule("r", Every(Months(12, "year")), bounds=over), rule("s", Once(read_span("2023")), bounds=over))
    file = book(*rules, units="a", bounds=Bounds(dt.date(2023, 6, 1), None))
    assert len(expand(file, read_span("2022..2024"))) == 0


def test_once_is_due_on_the_last_day_or_on_the_day_before() -> None:
    """A span is due on its last day; `before` is the day before it begins, and the period stays the span."""
    rules = (rule("by", Once(read_span("2023-06"))), rule("before", Once(read_span("2023-12"), before=True)))
    schedule = expand(book(*rules, units="a"), read_span("2023"))
    assert [(str(each.key), str(each.due)) for each in schedule] == [
        ("book/by/a/once", "2023-06-30"),
        ("book/before/a/once", "2023-11-30"),
    ]
    assert len(expand(book(*rules, units="a"), read_span("2023-11-30"))) == 1


def test_a_horizon_has_a_limit_that_can_be_raised() -> None:
    """LimitError names the setting."""
    with pytest.raises(LimitError) as caught:
        expand(book(rule("r", MONTHLY)), read_span("1900..2000"))
    assert caught.value.setting == "max_years"
    assert len(expand(book(rule("r", MONTHLY), units="a"), read_span("1900..1999"), max_years=100)) == 1200


@pytest.mark.parametrize("year", ["0001", "9999"])
def test_the_ends_of_the_calendar_can_be_expanded(year: str) -> None:
    """A recurring rule whose next date would lie beyond gives those that do not."""
    both = [
        rule("next", Every(Months(1, "month"), DueList((Due(Course(DayOfMonth(5, which))),)))) for which in ("next",)
    ]
    both += [rule("previous", Every(Months(1, "month"), DueList((Due(Course(DayOfMonth(5, "previous"))),))))]
    schedule = expand(book(*both, units="a"), read_span(year))
    assert (len(schedule.for_obligation("next")), len(schedule.for_obligation("previous"))) == (
        (11, 12) if year == "0001" else (12, 11)
    )


def test_counting_does_not_multiply_out() -> None:
    """A hundred thousand units are counted from one line of twelve rows."""
    many = Rulebook("book", Text.of("book"), Roster([f"u{n}" for n in range(100_000)]), (rule("r", MONTHLY),))
    schedule = expand(many, read_span("2023"))
    assert len(schedule) == 1_200_000
    assert sum(line.rows for line in schedule.lines) == 12
    assert len(list(schedule.for_unit("u77"))) == 12


def test_standing_duties_differ_by_unit_where_changes_say_so() -> None:
    """A standing duty with a change is listed for each form of it, with the units that owe it so."""
    change = Change(A, rule("s", Standing(), lead="b"))
    whole = book(rule("s", Standing(), changes=(change,)), units="abc")
    duties = expand(whole, read_span("2026")).standing
    found = [([unit.id for unit in duty.units], duty.obligation.lead) for duty in duties]
    assert found == [(["b", "c"], None), (["a"], "b")]
