"""A schedule as a table."""

from pathlib import Path

import pytest

import cyclekit
from cyclekit.adapters.table import render
from cyclekit.words.display import columns
from tests.examples import NAMELESS, expand
from tests.repo.tree import REPO


@pytest.mark.parametrize("width", [40, 80, 120, 200])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_table_fits(tmp_path: Path, width: int, language: str) -> None:
    """No line is wider than asked for, wide characters counted as two, and none ends in blanks."""
    for line in render(expand(tmp_path), language=language, width=width).splitlines():
        assert columns(line) <= width
        assert line == line.rstrip()


def test_what_a_table_says(tmp_path: Path) -> None:
    """A row has weekday, id and name, title, period, and what is out of the ordinary."""
    text = render(expand(tmp_path, "2026"))
    rows = [" ".join(line.split()) for line in text.splitlines()]
    assert rows[0] == "example Example"
    assert (
        "2026-03-31 Tue north North Quarterly report 2026Q1 洪水; moved from 2026-03-20 Fri; bulletins: at least 2"
        in rows
    )
    assert "2026-05-01 Fri top City union Letter once with north south" in rows
    assert "2026-06-20 Sat south South Quarterly report 2026Q2 waived; no meeting; bulletins: at least 2" in rows
    assert "2026-09-20 Sun north North Quarterly report 2026Q3 absorbed by Summary; bulletins: at least 2" in rows
    assert "Major matters exactly 90 % north south" in rows
    assert rows[-1] == ("2026-01-01..2026-12-31: 10 due dates, 2 of them waived, 1 of them absorbed, 1 standing duty")


def test_a_table_in_chinese(tmp_path: Path) -> None:
    """In Chinese, heads, weekdays, statuses and the last line are Chinese."""
    rows = [" ".join(line.split()) for line in render(expand(tmp_path, "2030"), language="zh").splitlines()]
    assert rows[1] == "截止 单位 名称 事项 所属期 说明"
    assert "2030-10-04 周五 south 南区 远 once 暂定；原定 2030-10-01 周二" in rows
    assert rows[-1] == "2030-01-01..2030-12-31：10 个截止日，其中并入 1 个，常态事项 1 项"


def test_columns_without_a_word_are_left_out(tmp_path: Path) -> None:
    """A file that names no unit has a table without units, and markup in a title is plain text."""
    text = render(expand(tmp_path, "2026-01", NAMELESS.replace("=1+1", '"[red]:smile:[/red]"')))
    assert "Unit" not in text
    assert "[red]:smile:[/red]" in text


@pytest.mark.parametrize("length", [1, 12, 20, 26, 27, 64])
@pytest.mark.parametrize("width", [30, 40, 45, 50, 55, 60, 80])
def test_no_id_is_cut(tmp_path: Path, length: int, width: int) -> None:
    """However narrow the table, every character of an id is there, over several lines if need be."""
    units = f"units: [{{id: {'x' * length}, name: 名称}}]\nobligations"
    text = render(expand(tmp_path, "2026", NAMELESS.replace("obligations", units)), width=width)
    assert "…" not in text
    assert (text.count("x"), text.count("名"), text.count("+")) == (length * 12, 12, 12)


def test_colours_are_asked_for(tmp_path: Path) -> None:
    """Without colour there is no escape sequence; with it, waived and absorbed rows are dim."""
    schedule = expand(tmp_path, "2026")
    assert "\x1b" not in render(schedule)
    assert "\x1b[2m2026-06-20" in render(schedule, colour=True)


def test_nothing_due_is_said(tmp_path: Path) -> None:
    """A horizon without due dates gives a line that says so."""
    schedule = expand(tmp_path, "1990", NAMELESS.replace("    every", "    from: 2026\n    every"))
    assert render(schedule) == "1990-01-01..1990-12-31: 0 due dates\n"


def test_each_rulebook_has_its_table() -> None:
    """Several rulebooks come one after the other, by id, each with its heading."""
    books = [cyclekit.load(REPO / "rules" / "cn" / f"{name}.yaml") for name in ("wuhu-2020", "anqing-2022")]
    text = render(cyclekit.expand(books, "2020..2022"))
    assert text.index("cn-anqing-2022  County") < text.index("cn-wuhu-2020  Wuhu")
