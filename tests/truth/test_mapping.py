"""The table of what published dates are about, and what becomes of a row."""

import datetime as dt
from pathlib import Path

import attrs
import pytest

import cyclekit
from cyclekit import Occurrence
from tests.truth import scores
from tests.truth.mapping import About, about, mapping, vintages
from tests.truth.periods import event_of, found_for
from tests.truth.scores import Judgement, Verdict
from tests.truth.shipped import judge_published, shipped
from tests.truth.tables import Row, UnreadableRowError, meant, rows_of, tables_in

RULES = """cyclekit: 1
id: rules
calendar: weekdays
units: [{id: north}, {id: south, year_start: 07-01}]
obligations:
  monthly: {every: month, applies_to: north, opens: {day: 1}, due: {month: next, day: 15}}
  quarterly: {every: quarter, year_start: unit, due: {add: 28 days}}
  weekly: {every: week, origin: 2009-04-25, applies_to: north, due: [{at: start, add: 6 days}, {add: 5 days}]}
  yearly: {every: year, year_start: 04-06, applies_to: north, due: {date: 05-31}}
"""


@pytest.fixture(scope="module")
def occurrences(tmp_path_factory: pytest.TempPathFactory) -> list[Occurrence]:
    """What the rules above give in a few years."""
    path = tmp_path_factory.mktemp("rules") / "rules.yaml"
    path.write_text(RULES, encoding="utf-8")
    return list(cyclekit.expand(cyclekit.load(path), "2009..2023"))


def row(period: str, *, due: str = "2009-05-15", obligation: str = "Deposit", name: str = "set") -> Row:
    """A row of a published table."""
    return Row(name, obligation, period, due, "", "somewhere", "stored-page/high")


def line(obligation: str, period: str, unit: str = "", number: str = "") -> About:
    """What a row is about."""
    return About("set", "Deposit", "rules", obligation, unit, period, number)


@pytest.mark.parametrize("line", mapping(), ids=lambda line: f"{line.set}-{line.begins}")
def test_every_line_names_what_is_there(line: About) -> None:
    """The rulebook, the obligation and the unit of each line are those of a shipped rule file."""
    book = shipped()[line.rulebook]
    assert line.obligation in [each.id for each in book]
    assert not line.unit or line.unit in book.roster.ids


def test_the_longest_beginning_counts() -> None:
    """A row belongs to the line that says most about it; without any it is refused."""
    lines = tuple(attrs.evolve(line("a", "label"), begins=begins) for begins in ("Form", "Form 941", "Deposit"))
    assert about(row("2009", obligation="Form 941: last day"), lines).begins == "Form 941"
    with pytest.raises(UnreadableRowError, match="no line for"):
        about(row("2009", obligation="Other"), lines)


@pytest.mark.parametrize(
    ("period", "reading", "obligation", "unit", "key"),
    [
        ("2009-04", "label", "monthly", "", "rules/monthly/north/2009-04"),
        ("published 2009-04", "published", "monthly", "", "rules/monthly/north/2009-04"),
        ("2009-05-01..", "opens", "monthly", "", "rules/monthly/north/2009-05"),
        ("Q 2009-03-31", "ends", "quarterly", "north", "rules/quarterly/north/2009Q1"),
        ("2009-Q1", "quarter", "quarterly", "north", "rules/quarterly/north/2009Q1"),
        ("2022-Q2(Oct-Dec)", "fiscal-quarter", "quarterly", "south", "rules/quarterly/south/FY2022Q2"),
        ("2021/22", "tax-year", "yearly", "", "rules/yearly/north/FY2021"),
        ("report 2009-04-28", "holds", "yearly", "", "rules/yearly/north/FY2009"),
        ("2009-04-25..2009-04-28", "payday", "weekly", "", "rules/weekly/north/2009-04-25..05-01"),
        ("2009-04-29..2009-05-01", "payday", "weekly", "", "rules/weekly/north/2009-04-25..05-01#2"),
    ],
)
def test_what_a_source_calls_a_period(
    occurrences: list[Occurrence], period: str, reading: str, obligation: str, unit: str, key: str
) -> None:
    """Each way to name a period leads to one occurrence, of the right unit and number."""
    found = found_for(line(obligation, reading, unit), row(period), occurrences)
    assert [str(each.key) for each in found] == [key]


def test_a_number_chooses_among_due_dates(occurrences: list[Occurrence]) -> None:
    """Where a period has several due dates, the line says which one a row means."""
    found = found_for(line("weekly", "holds", number="2"), row("2009-04-28"), occurrences)
    assert [each.number for each in found] == [2]


def test_events_of_rows() -> None:
    """An event is supplied on the first day that a row's period names."""
    assert event_of(line("a", "event:filing"), row("AP end 1999-03-31")) == ("filing", dt.date(1999, 3, 31))
    assert event_of(line("a", "label"), row("2009")) is None
    with pytest.raises(UnreadableRowError, match="not understood"):
        event_of(line("a", "event:filing"), row("2009"))


def test_vintages_are_days() -> None:
    """The day as of which a row is looked at can be read."""
    assert vintages()
    assert all(dt.date.fromisoformat(day) for day in vintages().values())


def test_tables_are_read_by_name(tmp_path: Path) -> None:
    """Every table of a folder is found; a folder that is not there holds none."""
    text = "set,obligation,period,due,note,source,confidence\na,b,c,2009-05-15 2009-05-16T09:00,,,memory/high\n"
    (tmp_path / "a.csv").write_text(text, encoding="utf-8")
    found = tables_in(tmp_path)
    assert found == {"a": rows_of(tmp_path / "a.csv")}
    assert found["a"][0].dates == [dt.date(2009, 5, 15), dt.date(2009, 5, 16)]
    assert not found["a"][0].is_certain
    assert tables_in(tmp_path / "nowhere") == {}


def test_a_line_for_each_set() -> None:
    """The table counts what became of the rows, and is printed in columns."""
    judged = [Judgement(row("1"), Verdict.RULE), Judgement(row("2"), Verdict.DIFFERING, "nothing")]
    lines = scores.table({"set": judged}, (Verdict.RULE, Verdict.DIFFERING))
    assert lines[2:] == ["| set | 2 | 1 | 1 |"]
    assert scores.aligned(lines).splitlines()[1].split() == ["set", "2", "1", "1"]
    assert len(scores.differing(judged)) == 1


def test_only_what_is_listed_is_disputed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A differing row is disputed where the list gives the date that was found, and differing otherwise."""
    path = tmp_path / "disputed.csv"
    path.write_text("set,period,published,ours,reason\nset,1,2009-05-15,2009-05-18,why\n", encoding="utf-8")
    monkeypatch.setattr(scores, "DISPUTED", path)
    judged = [
        Judgement(row("1"), Verdict.DIFFERING, "2009-05-18"),
        Judgement(row("2"), Verdict.DIFFERING, "2009-05-18"),
        Judgement(row("1"), Verdict.DIFFERING, "2009-05-19"),
    ]
    assert [each.verdict for each in scores.with_disputes(judged)] == [
        Verdict.DISPUTED,
        Verdict.DIFFERING,
        Verdict.DIFFERING,
    ]


def test_a_row_that_is_not_understood_stops_no_other() -> None:
    """What a row says for the first time makes it differ, with the reason, and the next row is judged."""

    def judge(row: Row) -> Judgement:
        return scores.matching(row, row.date, meant({"1": dt.date(2009, 5, 15)}, row.period))

    judged = scores.one_by_one(judge, [row("0"), row("1"), row("1", due="later")])
    assert [each.verdict for each in judged] == [Verdict.DIFFERING, Verdict.MATCHED, Verdict.DIFFERING]
    assert [each.found for each in judged] == [
        "UnreadableRowError: not understood: '0'",
        "",
        "UnreadableRowError: 'later' is no day",
    ]


def test_a_row_without_a_line_differs() -> None:
    """A row that the table of rows does not name is told of, and stops no other."""
    judged = judge_published([row("2009"), row("2025-01", name="us_ssa", obligation="SSI: 1st", due="2024-12-31")])
    assert [each.verdict for each in judged] == [Verdict.DIFFERING, Verdict.RULE]


def test_a_filer_with_another_year() -> None:
    """A report about a year that does not end with the calendar's is found with the filers of that year."""
    judged = judge_published(
        [row("FYE 2022-06-30", name="us_sec", obligation="10-K large accelerated", due="2022-08-29")]
    )
    assert [each.verdict for each in judged] == [Verdict.RULE]


def test_the_page_says_the_figures() -> None:
    """A line that the page does not hold is told."""
    assert scores.missing_on_page(["| no such set | 1 |"]) == ["docs/truth.md does not say: | no such set | 1 |"]
