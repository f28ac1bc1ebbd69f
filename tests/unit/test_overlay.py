"""Exceptions, waivers and absorption, as they come out of expanding."""

import datetime as dt
import tracemalloc
from typing import Any

import pytest

from cyclekit.civil.conventions import Convention
from cyclekit.civil.cycles import Months
from cyclekit.civil.fiscal import YearStart
from cyclekit.civil.labels import read_span
from cyclekit.civil.spans import Bounds
from cyclekit.civil.working import WorkingCalendar
from cyclekit.engine.expand import expand
from cyclekit.errors import CalendarError
from cyclekit.model.compact import Coded, Texts
from cyclekit.model.identity import Key, Status
from cyclekit.model.obligation import Obligation, PeriodException, Rulebook
from cyclekit.model.pipeline import Add, Adjust, Course, DayOfMonth, Due, DueList, PeriodEnd
from cyclekit.model.roster import Roster
from cyclekit.model.schedule import Schedule
from cyclekit.model.selectors import Kind, Selection, UnitId
from cyclekit.model.text import Text
from cyclekit.model.timing import Dated, Dates, Every, OfObligation, Once, Upon

MONTHLY = Every(Months(1, "month"))
A, B = Selection((UnitId("a"),)), Selection((UnitId("b"),))


def rule(id: str, timing: Any = MONTHLY, **fields: Any) -> Obligation:  # noqa: A002 (the field's own word)
    """An obligation of everyone, at the end of each month."""
    return Obligation(id, timing, Text.of(id), **fields)


def but(
    label: str, due: str | None = None, units: Selection | None = None, number: int | None = None
) -> PeriodException:
    """An exception: moved to a day, or waived."""
    moved = dt.date.fromisoformat(due) if due else None
    return PeriodException(label, read_span(label), number, moved, reason="" if due else "waived", units=units)


def listed(*rules: Obligation, within: str = "2023-01", units: str = "ab", **roster: Any) -> list[str]:
    """What is due in a horizon, each as one line."""
    book = Rulebook("book", Text.of("book"), Roster(list(units), **roster), rules)
    return [
        f"{each.key.obligation} {each.key.unit} {each.period}{f'#{each.number}' if each.number > 1 else ''} {each.due}"
        + (f" {each.status.value}" if each.status.value != "scheduled" else "")
        + (f" by {each.absorbed_by}" if each.absorbed_by else "")
        for each in expand(book, read_span(within))
    ]


def test_an_exception_moves_one_period_and_keeps_its_key() -> None:
    """The occurrence is due on the day written, wherever that is, and leaves the place where it was."""
    moved = rule("r", exceptions=(but("2023-01", "2024-07-05"),))
    assert listed(moved, units="a") == []
    assert listed(moved, units="a", within="2024-07-05") == ["r a 2023-01 2024-07-05"]


def test_an_exception_for_some_units_leaves_the_others() -> None:
    """The other units keep the date of the rule."""
    moved = rule("r", exceptions=(but("2023-01", "2023-01-20", A),))
    assert listed(moved) == ["r a 2023-01 2023-01-20", "r b 2023-01 2023-01-31"]


def test_a_waived_occurrence_stays_in_the_results() -> None:
    """It is listed as waived on the day on which it would have been due."""
    assert listed(rule("r", exceptions=(but("2023-01"),)), units="a") == ["r a 2023-01 2023-01-31 waived"]


@pytest.mark.parametrize(
    ("rulings", "expected"),
    [
        ((but("2023-01", "2023-01-20"), but("2023-01", "2023-01-25")), "r a 2023-01 2023-01-25"),
        ((but("2023-01"), but("2023-01", "2023-01-25")), "r a 2023-01 2023-01-25"),
        ((but("2023-01", "2023-01-25"), but("2023-01")), "r a 2023-01 2023-01-25 waived"),
        ((but("2023-01", "2023-01-25", A), but("2023-01", "2023-01-26")), "r a 2023-01 2023-01-26"),
    ],
)
def test_the_last_ruling_counts(rulings: tuple[PeriodException, ...], expected: str) -> None:
    """A list under one label holds what was announced one after the other."""
    assert listed(rule("r", exceptions=rulings), units="a") == [expected]


def test_an_exception_may_name_one_of_several_dues() -> None:
    """`2023-01#2` is the second due date of the period; a waiver without a number is for all."""
    two = Every(Months(1, "month"), DueList((Due(Course(DayOfMonth(10))), Due(Course(DayOfMonth(20))))))
    moved = rule("r", two, exceptions=(but("2023-01", "2023-01-25", number=2),))
    assert listed(moved, units="a") == ["r a 2023-01 2023-01-10", "r a 2023-01#2 2023-01-25"]
    waived = rule("r", two, exceptions=(but("2023-01"),))
    assert listed(waived, units="a") == ["r a 2023-01 2023-01-10 waived", "r a 2023-01#2 2023-01-20 waived"]


def test_what_names_one_of_several_dues_counts_before_what_names_all() -> None:
    """Whichever was announced first: the second due date keeps the ruling of its own."""
    two = Every(Months(1, "month"), DueList((Due(Course(DayOfMonth(10))), Due(Course(DayOfMonth(20))))))
    one, every = but("2023-01", "2023-01-25", number=2), but("2023-01", "2023-01-28")
    for rulings in ((one, every), (every, one)):
        expected = ["r a 2023-01#2 2023-01-25", "r a 2023-01 2023-01-28"]
        assert listed(rule("r", two, exceptions=rulings), units="a") == expected


def test_a_fiscal_year_of_the_units_is_each_unit_s_own() -> None:
    """Under `FY2023` the exception holds for the year of that name of every unit, though their days differ."""
    yearly = Every(Months(12, "year"), year_of_unit=True)
    exception = PeriodException("FY2023", read_span("2023-04..2024-03"), None, dt.date(2025, 1, 15))
    years = [YearStart(4, 1), YearStart(7, 1), YearStart(4, 1, named_last=True)]
    assert listed(rule("r", yearly, exceptions=(exception,)), units="abc", year_starts=years, within="2025-01") == [
        "r a FY2023 2025-01-15",
        "r b FY2023 2025-01-15",
        "r c FY2023 2025-01-15",
    ]


def test_one_stands_for_another_on_the_same_nominal_day() -> None:
    """The absorbed one stays in the results and says which one stands for it."""
    quarterly = rule("q", Every(Months(3, "quarter")), absorbs=("r",))
    assert listed(rule("r"), quarterly, units="a", within="2023Q1") == [
        "r a 2023-01 2023-01-31",
        "r a 2023-02 2023-02-28",
        "q a 2023Q1 2023-03-31",
        "r a 2023-03 2023-03-31 absorbed by q",
    ]


def test_a_waived_one_absorbs_nothing() -> None:
    """What does not take place cannot stand for anything."""
    quarterly = rule("q", Every(Months(3, "quarter")), absorbs=("r",), exceptions=(but("2023Q1"),))
    assert listed(rule("r"), quarterly, units="a", within="2023-03") == [
        "q a 2023Q1 2023-03-31 waived",
        "r a 2023-03 2023-03-31",
    ]


def test_an_absorbed_one_absorbs_for_every_unit() -> None:
    """Also for a unit for which it was itself absorbed alone, and whatever the order of the ids."""
    first = rule("a1", selection=A, absorbs=("b2",))
    second, third = rule("b2", absorbs=("c3",)), rule("c3")
    assert listed(first, second, third) == [
        "a1 a 2023-01 2023-01-31",
        "b2 a 2023-01 2023-01-31 absorbed by a1",
        "b2 b 2023-01 2023-01-31",
        "c3 a 2023-01 2023-01-31 absorbed by b2",
        "c3 b 2023-01 2023-01-31 absorbed by b2",
    ]


def test_a_joint_one_is_absorbed_where_all_who_take_part_are_covered() -> None:
    """One whose part is covered for some units only stays; one that is covered by two dates of one rule goes."""
    joint = rule("j", jointly=True, lead="a")
    assert listed(joint, rule("r", absorbs=("j",), selection=A)) == ["j a 2023-01 2023-01-31", "r a 2023-01 2023-01-31"]
    moved_for_one = rule("r", absorbs=("j",), exceptions=(but("2023-01", "2023-01-20", A),))
    assert listed(joint, moved_for_one) == [
        "r a 2023-01 2023-01-20",
        "j a 2023-01 2023-01-31 absorbed by r",
        "r b 2023-01 2023-01-31",
    ]


def test_a_joint_one_absorbs_for_all_who_take_part() -> None:
    """Not only for the one that leads."""
    assert listed(rule("j", jointly=True, lead="a", absorbs=("r",)), rule("r")) == [
        "j a 2023-01 2023-01-31",
        "r a 2023-01 2023-01-31 absorbed by j",
        "r b 2023-01 2023-01-31 absorbed by j",
    ]


@pytest.mark.parametrize(
    ("absorbed", "day", "label"),
    [
        (Once(read_span("2023-12"), before=True), "2023-11-30", "once"),
        (Dates((Dated("x", read_span("2023"), dt.date(2025, 6, 1)),)), "2025-06-01", "x"),
        (Dates((Dated("x", read_span("2023"), dt.date(2021, 6, 1)),)), "2021-06-01", "x"),
        (Every(Months(12, "year"), DueList((Due(Course(DayOfMonth(10, "next"))),))), "2024-01-10", "2023"),
    ],
)
def test_what_was_moved_far_is_absorbed_all_the_same(absorbed: Any, day: str, label: str) -> None:
    """Whether one stands for another does not depend on how near the horizon lies to the day they share."""
    span = read_span("2023-12") if label == "once" else read_span("2023")
    moved = PeriodException(label, span, None, dt.date(2030, 1, 1))
    bounds = Bounds(span.first, span.last)
    far = rule("far", absorbed, exceptions=(moved,), bounds=bounds)
    near = rule("near", Once(read_span(day)), absorbs=("far",))
    assert listed(far, near, units="a", within="2030") == [f"far a {label} 2030-01-01 absorbed by near"]


@pytest.mark.parametrize("steps", [(), (Adjust(Convention.PRECEDING),)], ids=["stays", "moves-back"])
def test_absorbing_looks_over_the_seam_of_a_horizon(steps: tuple[Adjust, ...]) -> None:
    """Both are nominally due on Sunday 30 April; the one moved into May is absorbed by the one that is due in April."""
    calendar = WorkingCalendar("weekdays", dt.date(2022, 1, 1).toordinal(), dt.date(2024, 12, 31).toordinal())

    def monthly(*adjusting: Adjust) -> Every:
        return Every(Months(1, "month"), DueList((Due(Course(steps=adjusting)),)))

    rules = (rule("back", monthly(*steps), absorbs=("on",)), rule("on", monthly(Adjust(Convention.FOLLOWING))))
    book = Rulebook("book", Text.of("book"), Roster(["a"]), rules, calendar="weekdays")
    for horizon in ("2023-05-01", "2023-04-20..2023-05-01"):
        one = list(expand(book, read_span(horizon), {"weekdays": calendar}))[-1]
        assert (one.key.obligation, one.absorbed_by) == ("on", "back")


def test_a_date_that_rests_on_unknown_days_is_refused_unless_it_was_moved() -> None:
    """What an exception says is final rests on nothing."""
    known = dt.date(2023, 6, 1).toordinal()
    calendar = WorkingCalendar(
        "x", dt.date(2022, 1, 1).toordinal(), dt.date(2024, 12, 31).toordinal(), known_from=known
    )
    adjusted = Every(Months(1, "month"), DueList((Due(Course(DayOfMonth(-1), (Adjust(Convention.FOLLOWING),))),)))

    def due(*exceptions: PeriodException) -> list[dt.date]:
        only = rule("r", adjusted, exceptions=exceptions, bounds=Bounds(dt.date(2023, 4, 1), dt.date(2023, 4, 30)))
        book = Rulebook("book", Text.of("book"), Roster(["a", "b"]), (only,), calendar="x")
        return [each.due for each in expand(book, read_span("2023"), {"x": calendar})]

    with pytest.raises(CalendarError, match="2023-04"):
        due()
    with pytest.raises(CalendarError, match="2023-04"):
        due(but("2023-04", None, A), but("2023-04", None, B))
    assert due(but("2023-04", "2023-05-04")) == [dt.date(2023, 5, 4)] * 2


def test_an_exception_for_two_of_a_million_gathers_nobody_else() -> None:
    """An exception for some of very many units leaves holes for those and makes no set of the others."""
    ids = Texts.of(f"u{number:06}" for number in range(300_000))
    every = Every(Months(1, "month"), DueList((Due(Course(DayOfMonth(20))),)))
    only = Selection((UnitId("u000007"), UnitId("u299999")))
    waived = PeriodException("2026-05", read_span("2026-05"), reason="", units=only)
    rules = (Obligation("report", every, Text.of("report"), exceptions=(waived,)),)
    book = Rulebook("book", Text.of("book"), Roster(ids), rules)
    tracemalloc.start()
    schedule = expand(book, read_span("2026"))
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(schedule) == 12 * 300_000
    assert [line.holes for line in schedule.lines if line.holes] == [{4: frozenset({7, 299_999})}]
    found = schedule[Key("book", "report", "u299999", "2026-05")]
    assert found.status is Status.WAIVED
    assert schedule[Key("book", "report", "u000008", "2026-05")].status is Status.SCHEDULED
    assert most < 3_000_000


#: 300,000 units, of which each second is a branch; a month's report of everyone, and a quarter's on the same days.
MANY = 300_000
TWENTIETH = DueList((Due(Course(DayOfMonth(20))),))
BRANCHES = Selection((Kind("branch"),))


def of_many(*rules: Obligation) -> tuple[Schedule, int]:
    """What very many units owe in a year, and the most memory that finding it took."""
    ids = Texts.of(f"u{number:06}" for number in range(MANY))
    kinds = Coded(["office", "branch"], bytes(number % 2 for number in range(MANY)))
    book = Rulebook("book", Text.of("book"), Roster(ids, kinds=kinds), rules)
    BRANCHES.units(book.roster)
    tracemalloc.start()
    schedule = expand(book, read_span("2026"))
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return schedule, most


def absorbed(schedule: Schedule, unit: str) -> list[str]:
    """The periods of a unit's monthly report for which another one stands."""
    return [each.period for each in schedule.for_unit(unit) if each.absorbed_by == "quarterly"]


def test_what_stands_for_the_reports_of_a_million_gathers_nobody() -> None:
    """Where all who owe the one owe the other, no set of them is made."""
    quarterly = rule("quarterly", Every(Months(3, "quarter"), TWENTIETH), absorbs=("monthly",))
    schedule, most = of_many(rule("monthly", Every(Months(1, "month"), TWENTIETH)), quarterly)
    assert len(schedule) == 16 * MANY
    assert absorbed(schedule, "u000007") == ["2026-03", "2026-06", "2026-09", "2026-12"]
    assert most < 3_000_000


def test_what_stands_for_the_reports_of_half_a_million_gathers_them_once() -> None:
    """Where some of those who owe the one owe the other, all rows from which they are taken share one set of them."""
    quarterly = rule("quarterly", Every(Months(3, "quarter"), TWENTIETH), absorbs=("monthly",), selection=BRANCHES)
    schedule, _ = of_many(rule("monthly", Every(Months(1, "month"), TWENTIETH)), quarterly)
    assert len(schedule) == 12 * MANY + 4 * MANY // 2
    assert absorbed(schedule, "u000007") == ["2026-03", "2026-06", "2026-09", "2026-12"]
    assert absorbed(schedule, "u000008") == []
    (holed,) = [line.holes for line in schedule.lines if line.holes]
    assert sorted(holed) == [2, 5, 8, 11]
    assert len({id(units) for units in holed.values()}) == 1
    assert {len(units) for units in holed.values()} == {MANY // 2}


def test_what_the_duties_of_a_million_fire_is_theirs_together() -> None:
    """Units that owe what fires another duty have that in one share; the others have it once, at the latest date."""
    ten_days_on = DueList((Due(Course(PeriodEnd(), (Add(10, "days"),))),))
    fired = rule("fired", Upon(OfObligation("monthly"), ten_days_on))
    monthly = rule("monthly", Every(Months(1, "month"), TWENTIETH), selection=BRANCHES)
    schedule, most = of_many(monthly, fired)
    lines = [line for line in schedule.lines if line.obligation.id == "fired"]
    assert [[len(each.units) for each in line.shares] for line in lines] == [[MANY // 2], [MANY // 2]]
    for unit in ("u000007", "u000008"):
        dues = [each.due.isoformat() for each in schedule.for_unit(unit) if each.obligation.id == "fired"]
        assert dues[:2] == ["2026-01-10", "2026-02-10"]
    assert most < 12_000_000
