"""Tables, pages, columns and texts where they are out of the ordinary: too many, too narrow, or nothing at all."""

import datetime as dt
import io
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

import cyclekit
from cyclekit.adapters import xlsx
from cyclekit.adapters.arrow import files
from cyclekit.adapters.explanation import render as render_explanation
from cyclekit.adapters.pages import agenda, index_page, pages, site, unit_page
from cyclekit.adapters.pages.addresses import subscription
from cyclekit.adapters.pages.glance import stretches
from cyclekit.adapters.pages.listing import matching
from cyclekit.adapters.report import full as render_report
from cyclekit.adapters.saying import Owed, full, plainly, rules
from cyclekit.adapters.table import render as render_table
from cyclekit.civil.conventions import Convention
from cyclekit.civil.cycles import Months
from cyclekit.civil.labels import read_span
from cyclekit.civil.spans import Bounds
from cyclekit.civil.working import WorkingCalendar
from cyclekit.diagnostics import Diagnostic, Place
from cyclekit.engine.expand import expand as expanded
from cyclekit.engine.explain import explain_occurrence
from cyclekit.errors import LimitError
from cyclekit.model.compact import Coded, Repeated
from cyclekit.model.obligation import Obligation, PeriodException, Rulebook
from cyclekit.model.pipeline import Adjust, Course, DayOfMonth, Due, DueDate, DueList
from cyclekit.model.roster import Roster
from cyclekit.model.schedule import Schedule
from cyclekit.model.selectors import Selection, UnitId
from cyclekit.model.text import Text
from cyclekit.model.timing import Every, Standing
from tests.examples import expand

TWENTIETH = Due(Course(DayOfMonth(20)))


def monthly(*dues: Due, id: str = "r", **fields: Any) -> Obligation:  # noqa: A002 (the field's own word)
    """A duty of every month."""
    return Obligation(id, Every(Months(1, "month"), DueList(dues or (TWENTIETH,))), Text.of(id), **fields)


def book(*obligations: Obligation, units: str = "ab", id: str = "book", **roster: Any) -> Rulebook:  # noqa: A002
    """A rulebook of some units."""
    return Rulebook(id, Text.of(id), Roster(list(units), **roster), obligations)


def due(*books: Rulebook, within: str = "2026") -> Schedule:
    """What is due in a horizon."""
    return expanded(books, read_span(within))


def waived(month: str, unit: str) -> PeriodException:
    """A ruling on one month of one unit."""
    return PeriodException(month, read_span(month), units=Selection((UnitId(unit),)), reason="flood")


# ------------------------------------------------------------------------------------------------- columns


@pytest.mark.parametrize("month", ["2026-01", "2026-02", "2026-03"])
def test_columns_have_rulings_on_single_units(month: str) -> None:
    """Whether the first, a middle or the last date was waived for one unit: every row is there once."""
    schedule = due(book(monthly(exceptions=(waived(month, "a"),))), within="2026-01..2026-03")
    table = schedule.to_arrow().read_all()
    told = zip(*(table[name].to_pylist() for name in ("period", "unit", "status")), strict=True)
    alone = schedule.for_unit("a").to_arrow().read_all()
    assert sorted(alone["period"].to_pylist()) == ["2026-01", "2026-02", "2026-03"]
    assert sorted(told) == [
        (f"2026-0{each}", unit, "waived" if (f"2026-0{each}", unit) == (month, "a") else "scheduled")
        for each in (1, 2, 3)
        for unit in "ab"
    ]


def test_a_date_that_was_moved_for_the_only_unit_leaves_no_rows_behind() -> None:
    """The row that the exception was taken from has nobody left."""
    only = monthly(exceptions=(waived("2026-01", "a"), waived("2026-01", "b")))
    table = due(book(only), within="2026-01").to_arrow().read_all()
    assert sorted(table["unit"].to_pylist()) == ["a", "b"]
    assert table["status"].to_pylist() == ["waived", "waived"]


@pytest.mark.parametrize(("batch_rows", "sizes"), [(12, [12] * 6), (48, [48, 24]), (60, [60, 12]), (100, [72])])
def test_small_batches_are_put_together_as_far_as_there_is_room(batch_rows: int, sizes: list[int]) -> None:
    """Six duties of twelve dates each: as many share a batch as fit."""
    schedule = due(book(*(monthly(id=f"r{number}") for number in range(6)), units="a"))
    assert [batch.num_rows for batch in schedule.to_arrow(batch_rows=batch_rows)] == sizes


def test_a_large_batch_does_not_wait_for_small_ones() -> None:
    """One date of a few units, then many: what was put aside comes first, and in its order."""
    once = monthly(id="a", bounds=Bounds(dt.date(2026, 1, 1), dt.date(2026, 1, 31)))
    schedule = due(book(once, monthly(id="b")))
    batches = list(schedule.to_arrow(batch_rows=30))
    assert [batch.num_rows for batch in batches] == [2, 24]
    assert [set(batch.column("obligation").to_pylist()) for batch in batches] == [{"a"}, {"b"}]


@pytest.mark.parametrize("names", [Repeated(Text.of("office"), 2), Coded([Text.of("office")], bytes(2))])
def test_one_name_of_many_units(names: Any) -> None:
    """However a roster holds its names, each unit has its own."""
    table = due(book(monthly(), names=names), within="2026-01").to_arrow().read_all()
    assert table["unit_name"].to_pylist() == ["office", "office"]


def test_a_file_of_nothing_has_its_columns() -> None:
    """A schedule without any date is written as a Parquet file without rows."""
    sink = io.BytesIO()
    files.parquet(due(book(monthly()), within="2026-01-01..2026-01-10"), sink)
    table = pa.parquet.read_table(io.BytesIO(sink.getvalue()))
    assert table.num_rows == 0
    assert "due" in table.column_names


# ----------------------------------------------------------------------------------------------- workbooks


def test_a_sheet_has_only_so_many_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    """More occurrences than rows are refused before anything is written: how many, and what leaves the sheet out."""
    monkeypatch.setattr(xlsx, "MOST_ROWS", 24)
    assert xlsx.workbook(due(book(monthly(), units="a")))
    with pytest.raises(LimitError, match="24 occurrences in a sheet: the limit is 23; --no-xlsx raises it"):
        xlsx.workbook(due(book(monthly())))


def test_columns_are_as_wide_as_what_was_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows behind the first thousands do not matter for the width: every cell is there all the same."""
    schedule = due(book(monthly()))
    whole = xlsx.workbook(schedule)
    monkeypatch.setattr(xlsx, "LOOKED_AT", 1)
    assert xlsx.workbook(schedule)
    assert whole


# --------------------------------------------------------------------------------------------------- pages


def test_an_address_of_no_publication_is_refused() -> None:
    """Nothing can be subscribed to at a path without a host."""
    with pytest.raises(ValueError, match="no address of a publication: 'duties'"):
        subscription("duties", "a.ics", "A")


def test_an_index_offers_the_feeds_of_all() -> None:
    """To subscribe to where it has an address, and as files where it has none."""
    schedule = due(book(monthly()))
    feeds = [("All of it", "all.ics")]
    offered = index_page(schedule, feeds=feeds, base_url="https://example.org/duties").decode()
    assert "webcal://example.org/duties/all.ics" in offered
    alone = index_page(schedule, feeds=feeds).decode()
    assert "webcal:" not in alone
    assert "All of it" in alone


def test_months_over_the_turn_of_a_year_stand_together() -> None:
    """Up to a year's worth of months is one stretch; more is told year by year."""
    assert [each.key for each in stretches(read_span("2026-11-21..2027-11-20"))] == ["2026-2027"]
    assert [each.key for each in stretches(read_span("2026-11-21..2028-11-20"))] == ["2026", "2027", "2028"]


def test_months_of_two_years_say_their_year(tmp_path: Path) -> None:
    """Below a heading of two years each small month has its own; below that of one it has none."""
    together = dict(pages(expand(tmp_path, "2026-06..2027-02")))["example/north.html"].decode()
    assert "January 2027" in together
    assert "November 2026" in together


def test_what_a_search_without_words_finds() -> None:
    """Nothing: blanks are no words."""
    books = [book(monthly(), units="ab")]
    assert [number for _, number in matching(books, "A")] == [0]
    assert list(matching(books, "  ")) == []


def test_pages_of_two_files_do_not_mix() -> None:
    """Each unit has what its own file says, with the duties that have no date."""
    first = book(monthly(id="dated"), Obligation("always", Standing(), Text.of("Ever")), id="one")
    second = book(monthly(id="other"), Obligation("never", Standing(), Text.of("Elsewhere")), id="two")
    made = dict(pages(due(first, second)))
    assert {name for name in made if name.endswith(".html")} == {
        "index.html",
        *(f"{name}/{unit}.html" for name in ("one", "two") for unit in "ab"),
    }
    page = made["one/a.html"].decode()
    assert ("dated" in page, "Ever" in page, "other" in page, "Elsewhere" in page) == (True, True, False, False)


def test_a_standing_duty_says_who_owes_it_with_whom() -> None:
    """Together with all the others, or under the lead of one; of many, some are named and the rest counted."""
    units = [f"u{number:02}" for number in range(40)]
    joint = Obligation("joint", Standing(), Text.of("Together"), jointly=True, lead="u01")
    led = Obligation("led", Standing(), Text.of("Led"), lead="u01")
    many, few = (
        dict(pages(due(Rulebook("book", Text.of("book"), Roster(some), (joint, led)))))["book/u00.html"].decode()
        for some in (units, units[:6])
    )
    assert "u00, u01, u02, u03, u04, u05<" in few
    assert "u00, u01, u02, u03, u04, u05 and 34 more<" in many
    assert many.count(">u01<") == few.count(">u01<") == 1


def test_a_page_tells_what_is_out_of_the_ordinary(tmp_path: Path) -> None:
    """The second date of a period is numbered, and a clock time has its zone."""
    twice = monthly(TWENTIETH, Due(Course(DayOfMonth(25)), time=17 * 60))
    zoned = book(twice, units="a", timezones=["Asia/Shanghai"])
    schedule = cyclekit.expand(zoned, "2026-01")
    page = dict(pages(schedule))["book/a.html"].decode()
    assert "by 17:00" in page
    assert "Asia/Shanghai" in page
    assert tmp_path.exists()


def test_pages_are_the_same_in_little_room(monkeypatch: pytest.MonkeyPatch) -> None:
    """How many rows and bodies are kept for other units does not show in any page."""
    schedule = due(book(monthly(id="r"), monthly(id="s", selection=Selection((UnitId("b"),))), units="abc"))
    plenty = dict(pages(schedule))
    monkeypatch.setattr(site, "KEPT", 1)
    monkeypatch.setattr(agenda, "_KEPT", 1)
    assert dict(pages(schedule)) == plenty
    assert [unit_page(schedule, unit) for unit in "abc"] == [plenty[f"book/{unit}.html"] for unit in "abc"]


# --------------------------------------------------------------------------------------------------- texts


def test_a_table_says_until_when_it_is_taken() -> None:
    """What is accepted after its due date has the last day beside it, in either language."""
    late = Due(Course(DayOfMonth(20)), closes=Course(DueDate(), ()))
    schedule = due(book(monthly(late), units="a"), within="2026-01")
    assert "accepted until 2026-01-20" in " ".join(render_table(schedule, width=200).split())
    assert "受理至 2026-01-20" in " ".join(render_table(schedule, language="zh", width=200).split())


def test_diagnostics_without_a_line_have_no_excerpt() -> None:
    """What is wrong with a table in a database is told with its row, and no text below."""
    wrong = Diagnostic("bad-id", "bad-id", Place("OFFICES", 7, 1), {"text": "x"})
    with_line = "".join(render_report([wrong], lambda _: "x,y"))
    without = "".join(render_report([wrong], lambda _: ""))
    assert "7 | x,y" in with_line
    assert "--> OFFICES:7:1" in without
    assert "|" not in without


def test_a_narrow_explanation_goes_on_below_its_labels() -> None:
    """The second of two calendars has no label of its own, and stands below the first one, however narrow."""
    steps = (Adjust(Convention.FOLLOWING, "x"), Adjust(Convention.PRECEDING, "y"))
    rules_of = book(monthly(Due(Course(DayOfMonth(20), steps))), units="a")
    day = dt.date(2026, 1, 1).toordinal()
    calendars = {name: WorkingCalendar(name, day - 400, day + 400, origin=f"gazette {name}") for name in "xy"}
    schedule = expanded(rules_of, read_span("2026-01"), calendars)
    explanation = explain_occurrence(schedule, next(iter(schedule)))
    narrow, wide = (render_explanation(explanation, width=width) for width in (24, 120))
    assert max(map(len, narrow.splitlines())) <= 24
    assert "".join(narrow.split()) == "".join(wide.split())
    assert wide.count("Calendar") == narrow.count("Calendar") == 1


def test_rules_are_said_once_for_each_obligation() -> None:
    """Of two files, each obligation with its sentences; for one unit alone, only what that unit owes."""
    changed = Obligation("ever", Standing(), Text.of("Ever"), selection=Selection((UnitId("a"),)))
    first = book(monthly(id="r"), changed, id="one")
    second = book(monthly(id="s"), id="two")
    said = list(rules(due(first, second)))
    assert [each.split()[0] for each in said] == ["r", "ever", "s"]
    assert "20th" in said[0]
    alone = list(rules(due(first, second).for_unit("two/a"), alone=True))
    assert [each.split()[0] for each in alone] == ["s"]


def test_an_obligation_is_said_with_its_place() -> None:
    """Where it stands, its id, and the sentences below, without any colour."""
    rules_of = book(monthly())
    (block,) = full([Owed(Place("a.yaml", 4, 3), rules_of, rules_of["r"])])
    assert block.startswith("a.yaml:4:3: r\n  ")
    assert plainly("x", "place") == "x"
