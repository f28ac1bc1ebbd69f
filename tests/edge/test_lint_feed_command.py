"""`cyclekit lint-feed`, as it is used."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from cyclekit.cli import main
from tests.edge.running import loaded_by, run, spawn

GOOD = (
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTAMP:20260101T000000Z\r\n"
    "DTSTART;VALUE=DATE:20260105\r\nSUMMARY:季报\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)


@pytest.fixture
def feeds(tmp_path: Path) -> tuple[Path, Path]:
    """A good feed and a bad one."""
    good, bad = tmp_path / "good.ics", tmp_path / "bad.ics"
    good.write_bytes(GOOD.encode())
    bad.write_bytes(GOOD.replace("SUMMARY:季报", "SUMMARY:季, 报\u2028").replace("UID:1\r\n", "").encode())
    return good, bad


def test_a_good_feed(feeds: tuple[Path, Path]) -> None:
    """A good feed has no problems, and the exit code is 0."""
    ran = run("lint-feed", feeds[0])
    assert (ran.exit_code, ran.stdout) == (0, "1 file: no problems\n")


def test_a_bad_feed_as_text(feeds: tuple[Path, Path]) -> None:
    """Each problem is told with its line, a caret and what to write instead; the exit code is 1."""
    ran = run("lint-feed", *feeds)
    assert ran.exit_code == 1
    assert f"error[feed-property]: VEVENT has no UID\n --> {feeds[1]}:4:1\n" in ran.stdout
    assert "7 | SUMMARY:季, 报<U+2028>\n" in ran.stdout
    assert "= help: Write \\,\n" in ran.stdout
    assert ran.stdout.endswith("2 files: 3 errors\n")


def test_a_bad_feed_in_chinese(feeds: tuple[Path, Path]) -> None:
    """Everything is told in Chinese where that is asked for."""
    ran = run("lint-feed", feeds[1], "--lang", "zh")
    assert "错误[feed-property]：VEVENT 缺少 UID" in ran.stdout
    assert ran.stdout.endswith("1 个文件：3 个错误\n")


def test_a_line_for_each(feeds: tuple[Path, Path]) -> None:
    """`--format line` has a line for each problem, as compilers write them."""
    lines = run("lint-feed", *feeds, "--format", "line").stdout.splitlines()
    assert lines[0] == f"{feeds[1]}:4:1: error[feed-property] VEVENT has no UID (Add a line UID:…)"
    assert len(lines) == 3


def test_an_object_for_each(feeds: tuple[Path, Path]) -> None:
    """`--format json` has an object for each problem, with code, place and words."""
    found = [json.loads(line) for line in run("lint-feed", *feeds, "--format", "json").stdout.splitlines()]
    assert [(each["code"], each["line"], each["column"]) for each in found] == [
        ("feed-property", 4, 1),
        ("feed-value", 7, 1),
        ("feed-octets", 7, 13),
    ]
    assert {each["severity"] for each in found} == {"error"}


def test_no_such_file(tmp_path: Path) -> None:
    """A file that is not there, or a folder, is exit code 2."""
    assert run("lint-feed", tmp_path / "no.ics").exit_code == 2
    assert run("lint-feed", tmp_path).exit_code == 2


def test_the_standard_input(feeds: tuple[Path, Path]) -> None:
    """A feed that comes on the standard input is looked at, and is called -."""
    runner = CliRunner(env={"LC_ALL": "C.UTF-8"})
    ran = runner.invoke(main, ["lint-feed", "-", "--format", "line"], input=feeds[1].read_bytes())
    assert ran.exit_code == 1
    assert ran.stdout.startswith("-:4:1: error[feed-property] VEVENT has no UID")
    assert runner.invoke(main, ["lint-feed", "-"], input=feeds[0].read_bytes()).exit_code == 0


def test_what_a_property_holds_is_told_by_its_type(feeds: tuple[Path, Path]) -> None:
    """The name of a type stands without an article, whatever letter it begins with."""
    feeds[0].write_bytes(GOOD.replace("SUMMARY", "SEQUENCE:one\r\nSUMMARY").encode())
    assert "= help: Its type is INTEGER (RFC 5545, section 3.3)\n" in run("lint-feed", feeds[0]).stdout


def test_any_bytes(tmp_path: Path) -> None:
    """Whatever a file holds, it is told that it is no calendar, in any locale."""
    odd = tmp_path / "odd.ics"
    odd.write_bytes(bytes(range(256)))
    for form in ("text", "line", "json"):
        ran = spawn("lint-feed", odd, "--format", form, LC_ALL="C")
        assert ran.returncode == 1, ran.stderr


def test_it_needs_no_library(feeds: tuple[Path, Path]) -> None:
    """Neither icalendar nor the holidays are loaded to look at a feed."""
    assert loaded_by("lint-feed", feeds[0]).isdisjoint({"icalendar", "holidays", "yaml", "rich"})
