"""Occurrences as CSV."""

import csv
import io
from pathlib import Path

import attrs
import pytest

from cyclekit.adapters.csvfile import BOM, COLUMNS, guarded, lines
from cyclekit.adapters.jsonlines import record
from cyclekit.model.text import Text
from cyclekit.words.occurrences import quota_words, source_words, unit_words
from tests.examples import NAMELESS, expand


def rows_of(text: str) -> list[dict[str, str]]:
    """The rows of a sheet by column."""
    return list(csv.DictReader(io.StringIO(text.removeprefix(BOM), newline="")))


def test_a_sheet_begins_with_a_bom(tmp_path: Path) -> None:
    """A sheet begins with a byte order mark unless asked not to, and its lines end as RFC 4180 has it."""
    schedule = expand(tmp_path)
    assert "".join(lines(schedule)).startswith(f"{BOM}key,rulebook,")
    assert "".join(lines(schedule, bom=False)).startswith("key,rulebook,")
    assert all(line.endswith("\r\n") for line in lines(schedule))


def test_what_a_row_says(tmp_path: Path) -> None:
    """A row has dates as ISO text and quota, title, source and names in words of the language."""
    schedule = expand(tmp_path)
    row = rows_of("".join(lines(schedule, language="zh")))[0]
    assert list(row) == list(COLUMNS)
    assert row["key"] == "example/report/north/2026Q1"
    assert (row["nominal"], row["due"], row["time"], row["opens"]) == ("2026-03-20", "2026-03-31", "", "")
    assert (row["title"], row["quota"], row["unit_name"], row["source"]) == (
        "季报",
        "简报至少 2",
        "北区",
        "Act 7（Council）",
    )
    assert len(rows_of("".join(lines(schedule)))) == len(schedule)


def test_a_joint_row_names_everyone(tmp_path: Path) -> None:
    """A joint row has all units in one cell, with blanks between."""
    joint = next(row for row in rows_of("".join(lines(expand(tmp_path)))) if row["units"])
    assert (joint["unit"], joint["units"]) == ("top", "north south top")


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "＋1", "－1", "＠1"])
def test_no_cell_is_a_formula(text: str) -> None:
    """What a spreadsheet would take for a formula gets an apostrophe before it."""
    assert guarded(text) == f"'{text}"


def test_a_title_is_no_formula(tmp_path: Path) -> None:
    """A title from a rule file is guarded like any text; the unit without a name is empty."""
    row = rows_of("".join(lines(expand(tmp_path, "2026", NAMELESS))))[0]
    assert (row["title"], row["unit"], row["unit_name"]) == ("'=1+1", "", "")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_row_is_its_occurrence(language: str, tmp_path: Path) -> None:
    """Each row, whatever stands before it, tells what its record and the words of its own occurrence tell."""
    schedule = expand(tmp_path)
    for occurrences in (list(schedule), list(schedule)[::-1]):
        rows = rows_of("".join(lines(occurrences, language=language)))
        for row, each in zip(rows, occurrences, strict=True):
            told = record(each)
            for name in (
                "key",
                "rulebook",
                "obligation",
                "unit",
                "period",
                "opens",
                "nominal",
                "due",
                "time",
                "closes",
            ):
                assert row[name] == (told[name] or "")
            assert row["number"] == str(each.number)
            assert row["status"] == told["status"]
            assert row["provisional"] == ("true" if each.provisional else "false")
            assert row["title"] == guarded(each.title.get(language))
            assert row["quota"] == quota_words(each.quota, language)
            assert row["source"] == (source_words(each.source, language) if each.source else "")
            assert row["unit_name"] == unit_words(each.unit, language)


@pytest.mark.parametrize("title", ["a,b", 'a "b" c', "a\nb", "a b", "'"])
def test_a_cell_is_read_back(title: str, tmp_path: Path) -> None:
    """Commas, quotes and line ends in a text are read back as they were, by any reader of RFC 4180."""
    schedule = expand(tmp_path, "2026", NAMELESS.replace("=1+1", "x"))
    (line,) = schedule.lines
    changed = attrs.evolve(line.obligation, title=Text.of(title), notes=Text.of(title))
    line.obligation = changed
    assert {row["title"] for row in rows_of("".join(lines(schedule)))} == {title}
