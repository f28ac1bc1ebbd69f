"""Compiling what rulebooks ask for: known calendars as they are, own ones out of them, each file's for itself."""

import datetime as dt
from pathlib import Path

import pytest

import cyclekit
from cyclekit import CalendarError, Rulebook
from cyclekit.api import as_horizon, compile_calendars
from cyclekit.civil.spans import Span
from cyclekit.civil.working import WorkingCalendar
from cyclekit.civil.yearly import YearlySpan
from cyclekit.engine.explain import explain
from cyclekit.engine.own_calendars import compile_all
from cyclekit.model.own_calendar import NamedDays, OwnCalendar
from cyclekit.model.roster import Roster
from cyclekit.model.text import Text
from cyclekit.sources.public_holidays import compile_calendar

DAYS = (dt.date(2023, 7, 10).toordinal(), dt.date(2023, 7, 20).toordinal())
Asked = list[tuple[str, int, int]]


def book_of(*calendars: OwnCalendar, name: str = "demo") -> Rulebook:
    """A rulebook with these calendars and nothing else."""
    return Rulebook(name, Text.of(name), Roster([]), (), calendars=calendars)


def known(code: str, first: int, last: int) -> WorkingCalendar:
    """Monday to Friday, under any code."""
    return WorkingCalendar(code, first, last)


def test_bases_are_compiled_over_the_same_days() -> None:
    """Those of the same file included, and a known one that several build on only once."""
    asked: Asked = []

    def asking(code: str, first: int, last: int) -> WorkingCalendar:
        asked.append((code, first, last))
        return known(code, first, last)

    book = book_of(OwnCalendar("a", ("b", "CN", "US")), OwnCalendar("b", ("CN",)))
    compiled = compile_all([book], {"demo/a": DAYS, "US": (1, 30)}, asking)
    assert sorted(asked) == [("CN", *DAYS), ("US", 1, 30), ("US", *DAYS)]
    assert {key: (each.id, each.first, each.last) for key, each in compiled.items()} == {
        "demo/a": ("demo/a", *DAYS),
        "US": ("US", 1, 30),
    }


def test_where_nothing_is_worked_it_looks_farther() -> None:
    """A window inside a recess is widened until there is a working day to go to, and to come from."""
    recess = OwnCalendar("court", ("weekdays",), suspended=(YearlySpan((7, 1), (8, 31)),))
    closed = Span(dt.date(2018, 1, 1), dt.date(2026, 12, 31))
    for own in (recess, OwnCalendar("court", ("weekdays",), closed=(NamedDays(closed, "rebuilding"),))):
        calendar = compile_all([book_of(own)], {"demo/court": DAYS}, known)["demo/court"]
        assert calendar.first < DAYS[0] < DAYS[1] < calendar.last
        assert calendar.preceding(DAYS[0]) < DAYS[0] < calendar.following(DAYS[0])


@pytest.mark.parametrize(
    ("calendars", "blamed"),
    [
        ((OwnCalendar("a", ("weekdays",), weekend=frozenset(range(7))),), "demo/a"),
        ((OwnCalendar("a", ("b",)), OwnCalendar("b", ("CN",), suspended=(YearlySpan((1, 1), (12, 31)),))), "demo/b"),
        ((OwnCalendar("a", ("b",)), OwnCalendar("b", ("a",))), "demo/"),
    ],
)
def test_what_cannot_be_compiled_is_named(calendars: tuple[OwnCalendar, ...], blamed: str) -> None:
    """CalendarError names the calendar that has no working day, or one of a loop."""
    with pytest.raises(CalendarError) as caught:
        compile_all([book_of(*calendars)], {"demo/a": DAYS}, known)
    assert caught.value.calendar.startswith(blamed)


RULES = """cyclekit: 1
id: {id}
calendar: court
calendars:
  court: {{base: {base}, closed: {{06-01: {name}}}}}
units: some.units.yaml
obligations:
  letter: {{every: month, due: {{day: 1, adjust: following}}}}
"""


def two_books(folder: Path) -> list[Rulebook]:
    """Two files that both have a `court`, and one file of units for both, of which one names that calendar."""
    (folder / "some.units.yaml").write_text("- {id: a}\n- {id: b, calendar: court}\n", encoding="utf-8")
    books = []
    for name, base, closing in (("east", "weekdays", "Children's Day"), ("west", "all_days", "Madaraka Day")):
        path = folder / f"{name}.yaml"
        path.write_text(RULES.format(id=name, base=base, name=closing), encoding="utf-8")
        books.append(cyclekit.load(path))
    return books


def test_an_id_is_local_to_its_file(tmp_path: Path) -> None:
    """Two files with a `court` each: every unit goes by the one of its own file."""
    books = two_books(tmp_path)
    schedule = cyclekit.expand(books, "2023-06")
    assert {(each.key.rulebook, each.key.unit): str(each.due) for each in schedule} == {
        ("east", "a"): "2023-06-02",
        ("east", "b"): "2023-06-02",
        ("west", "a"): "2023-06-02",
        ("west", "b"): "2023-06-02",
    }
    compiled = compile_calendars(books, as_horizon("2023-06"))
    assert set(compiled) == {"east/court", "west/court"}
    saturday = dt.date(2023, 6, 3).toordinal()
    assert [compiled[key].is_working(saturday) for key in ("east/court", "west/court")] == [False, True]


def test_explaining_names_the_closed_day(tmp_path: Path) -> None:
    """The calendar as its file calls it, and the name of the day that was moved from."""
    books = two_books(tmp_path)
    schedule = cyclekit.expand(books, "2023-06")
    way = {each.key.rulebook: explain(schedule, each.key).way[-1] for each in schedule}
    assert {book: (step.calendar, str(step.passed[0].named.name)) for book, step in way.items()} == {
        "east": ("court", "Children's Day"),
        "west": ("court", "Madaraka Day"),
    }


LONG = """cyclekit: 1
id: demo
calendar: court
calendars:
  court: {base: weekdays, suspended: 05-15..08-31}
obligations:
  forward: {every: 10 days, origin: 2023-01-01, due: {adjust: following}}
  back: {every: 10 days, origin: 2023-01-01, due: {adjust: preceding}}
"""


def halves_and_whole(book: Rulebook, horizon: Span, cut: dt.date) -> None:
    """What is due in two parts of a horizon is what is due in all of it."""
    whole = [(each.key, each.due) for each in cyclekit.expand(book, horizon)]
    parts = [Span(horizon.first, cut), Span(cut + dt.timedelta(days=1), horizon.last)]
    assert [(each.key, each.due) for part in parts for each in cyclekit.expand(book, part)] == whole


@pytest.mark.parametrize("cut", ["2023-05-12", "2023-05-14", "2023-06-01", "2023-08-31", "2023-09-01"])
def test_a_horizon_may_be_cut_anywhere_in_a_long_recess(cut: str, tmp_path: Path) -> None:
    """A recess of a hundred days, which dates are moved across in both directions."""
    path = tmp_path / "demo.yaml"
    path.write_text(LONG, encoding="utf-8")
    book = cyclekit.load(path)
    # 36 periods end in the year, and the one that ended on Saturday, 31 December 2022 is followed into it.
    assert len(cyclekit.expand(book, "2023")) == 73
    halves_and_whole(book, as_horizon("2023"), dt.date.fromisoformat(cut))


@pytest.mark.parametrize("cut", ["2023-02-27", "2023-06-30", "2023-09-25"])
def test_a_horizon_may_be_cut_where_much_is_suspended(cut: str, tmp_path: Path) -> None:
    """Twenty days of each month are not counted: a hundred days take ten months, in both directions."""
    suspended = ", ".join(f"{month:02}-01..20" for month in range(1, 13))
    text = LONG.replace("05-15..08-31", f"[{suspended}]").partition("obligations:")[0]
    rules = "  later: {every: month, due: {day: 25, add: 100 days}}\n"
    rules += "  earlier: {every: month, due: {day: 25, add: -100 days}}\n"
    path = tmp_path / "demo.yaml"
    path.write_text(f"{text}obligations:\n{rules}", encoding="utf-8")
    book = cyclekit.load(path)
    assert len(cyclekit.expand(book, "2023")) == 24
    halves_and_whole(book, as_horizon("2023"), dt.date.fromisoformat(cut))


CHINESE = """cyclekit: 1
id: demo
calendar: office
calendars:
  office: {base: CN, closed: {03-01: founding day}}
obligations:
  report: {every: year, due: {date: 03-01, adjust: following}}
"""


def test_how_far_it_is_known_comes_from_its_bases(tmp_path: Path) -> None:
    """Beyond China's last arranged year a date is provisional in an own calendar too, before the first refused."""
    path = tmp_path / "demo.yaml"
    path.write_text(CHINESE, encoding="utf-8")
    book = cyclekit.load(path)
    compiled = compile_calendars([book], as_horizon("2000..2040"))["demo/office"]
    china = compile_calendar("CN", compiled.first, compiled.last)
    assert (compiled.known_from, compiled.known_until) == (china.known_from, china.known_until)
    assert compiled.origin == f"CN: {china.origin}"
    assert compiled.known_from is not None
    assert compiled.known_until is not None
    last_year = dt.date.fromordinal(compiled.known_until).year
    for year in (last_year, last_year + 1):
        (report,) = cyclekit.expand(book, f"{year}-03")
        assert report.due > report.nominal
        assert report.provisional is (year > last_year)
    with pytest.raises(cyclekit.BeforeDataError) as caught:
        cyclekit.expand(book, f"{dt.date.fromordinal(compiled.known_from).year - 1}-03")
    assert caught.value.calendar == "demo/office"
