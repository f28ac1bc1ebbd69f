"""`cyclekit feed`, as it is used."""

import os
from pathlib import Path

import pytest
from icalendar import Calendar

from cyclekit.workspace.exporting import write_file
from tests.edge.running import run, spawn
from tests.examples import EXAMPLE, NAMELESS


@pytest.fixture
def example(tmp_path: Path) -> Path:
    """The example as a file."""
    path = tmp_path / "example.yaml"
    path.write_text(EXAMPLE, encoding="utf-8")
    return path


def test_a_feed_is_written(tmp_path: Path, example: Path) -> None:
    """A feed is written to the file, how many events it has is told, and nothing else is left in the folder."""
    out = tmp_path / "feeds" / "north.ics"
    out.parent.mkdir()
    ran = run("feed", example, "--unit", "north", "--within", "2026", "-o", out)
    assert (ran.exit_code, ran.stdout) == (0, f"{out}: 5 events\n")
    assert len(Calendar.from_ical(out.read_bytes()).walk("VEVENT")) == 5
    assert list(out.parent.iterdir()) == [out]


def test_a_feed_to_the_standard_output(tmp_path: Path, example: Path) -> None:
    """`-o -` writes the very bytes of the file to the standard output, in any locale."""
    out = tmp_path / "north.ics"
    args = ("feed", example, "--unit", "north", "--within", "2026", "--lang", "zh", "-o")
    assert spawn(*args, out).returncode == 0
    assert spawn(*args, "-", LC_ALL="C").stdout == out.read_bytes()
    assert "季报" in str(Calendar.from_ical(out.read_bytes()).walk("VEVENT")[0]["SUMMARY"])


def test_the_stamp_is_given(example: Path) -> None:
    """`--stamp` is the day of every DTSTAMP."""
    ran = run("feed", example, "--unit", "north", "--within", "2026", "--stamp", "2024-02-29", "-o", "-")
    assert ran.stdout.count("DTSTAMP:20240229T000000Z") == 5


def test_whose_feed(tmp_path: Path, example: Path) -> None:
    """Where there is one unit it need not be named; where there are several they are listed."""
    alone = tmp_path / "alone.yaml"
    alone.write_text(NAMELESS, encoding="utf-8")
    assert run("feed", alone, "--within", "2026", "-o", "-").stdout.count("BEGIN:VEVENT") == 12
    ran = run("feed", example, "--within", "2026", "-o", "-")
    assert ran.exit_code == 2
    assert "example/top, example/north, example/south, example/idle" in ran.stderr


def test_where_it_cannot_be_written(tmp_path: Path, example: Path) -> None:
    """A folder that is not there, and a folder in place of a file, are exit code 2, named as they were given."""
    for out in (tmp_path / "no" / "x.ics", tmp_path):
        ran = run("feed", example, "--unit", "north", "--within", "2026", "-o", out)
        assert ran.exit_code == 2
        assert ran.stderr.endswith(f": {out}\n")


def test_a_file_is_replaced_as_a_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where writing fails, the old file is still there in full, and nothing unfinished beside it."""
    path = tmp_path / "a.ics"
    assert write_file(path, b"old")

    def fail(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OSError, match="No space") as failed:
        write_file(path, b"new")
    assert failed.value.filename == str(path)
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_that_is_the_same_is_left_alone(tmp_path: Path) -> None:
    """A file with the same bytes keeps its date, so that nobody fetches it again."""
    path = tmp_path / "a.ics"
    assert write_file(path, b"same")
    os.utime(path, (1, 1))
    assert not write_file(path, b"same")
    assert path.stat().st_mtime == 1


def test_links_are_followed(tmp_path: Path) -> None:
    """What a link points at is replaced, and the link stays."""
    (tmp_path / "there").mkdir()
    link = tmp_path / "link.ics"
    link.symlink_to(tmp_path / "there" / "a.ics")
    assert write_file(link, b"new")
    assert link.is_symlink()
    assert (tmp_path / "there" / "a.ics").read_bytes() == b"new"


def test_a_new_file_can_be_read_by_all(tmp_path: Path) -> None:
    """A new file has the rights that the umask gives, so that a web server can read it."""
    old = os.umask(0o022)
    try:
        write_file(tmp_path / "a.ics", b"new")
    finally:
        os.umask(old)
    assert (tmp_path / "a.ics").stat().st_mode & 0o777 == 0o644


def test_a_feed_of_what_was_known(example: Path) -> None:
    """`--known-on` gives the event as it stood before its exception was announced."""

    def starts(*options: str) -> list[str]:
        ran = run("feed", example, "--unit", "north", "-o", "-", "--within", "2026-03", *options)
        return [line for line in ran.stdout.splitlines() if line.startswith("DTSTART;VALUE=DATE:")]

    assert starts("--known-on", "2026-03-09") == ["DTSTART;VALUE=DATE:20260320"]
    assert starts() == ["DTSTART;VALUE=DATE:20260331"]


REMINDED = EXAMPLE.replace("remind: [10 days, 3 working days]", "remind: [10 days, 3 working days]\n    tags: money")


@pytest.fixture
def reminded(tmp_path: Path) -> Path:
    """The example with a tag, as a file."""
    path = tmp_path / "example.yaml"
    path.write_text(REMINDED, encoding="utf-8")
    return path


def test_tasks_alarms_and_lead_events(reminded: Path) -> None:
    """Each kind is written where it is asked for; how many tasks there are is told."""
    args = ("feed", reminded, "--unit", "north", "--within", "2026", "-o")
    plain = run(*args, "-").stdout
    assert plain.count("BEGIN:VEVENT") == 5
    assert "VALARM" not in plain
    tasks = run(*args, "-", "--tasks").stdout
    assert (tasks.count("BEGIN:VTODO"), tasks.count("BEGIN:VEVENT")) == (5, 0)
    assert run(*args, reminded.with_name("t.ics"), "--tasks").stdout.endswith("t.ics: 5 tasks\n")
    alarms = run(*args, "-", "--alarms").stdout
    # Two reminders for each of the two reports that are neither waived nor absorbed.
    assert alarms.count("BEGIN:VALARM") == 2 * 2
    assert run(*args, "-", "--lead-events").stdout.count("@3wd.ahead.") == 3
    assert run(*args, reminded.with_name("e.ics"), "--lead-events").stdout.endswith("e.ics: 11 events\n")


def test_what_a_feed_tells_of_itself(reminded: Path) -> None:
    """Method, colour and how soon to look again are options."""
    args = ("feed", reminded, "--unit", "north", "--within", "2026", "-o", "-")
    lines = run(*args, "--method", "publish", "--color", "Teal", "--refresh", "24").stdout.splitlines()
    for line in ("METHOD:PUBLISH", "COLOR:teal", "X-APPLE-CALENDAR-COLOR:#008080", "X-PUBLISHED-TTL:P1D"):
        assert line in lines
    assert "REFRESH" not in run(*args, "--refresh", "0").stdout
    assert "REFRESH-INTERVAL;VALUE=DURATION:PT12H" in run(*args).stdout


def test_options_that_cannot_be(reminded: Path) -> None:
    """A colour that is none, and reminders among tasks, are wrong uses, and told in the reader's language."""
    args = ("feed", reminded, "--unit", "north", "--within", "2026", "-o", "-")
    ran = run(*args, "--color", "tael", "--lang", "zh")
    assert (ran.exit_code, "“tael”不是颜色" in ran.stderr) == (2, True)
    assert run(*args, "--tasks", "--lead-events").exit_code == 2
    assert run(*args, "--method", "REQUEST").exit_code == 2


def test_every_option_makes_a_feed_that_programs_take(reminded: Path, tmp_path: Path) -> None:
    """What is written with every option is a feed that `lint-feed` finds nothing wrong with."""
    out = tmp_path / "a.ics"
    args = ("feed", reminded, "--unit", "north", "--within", "2026", "-o", out, "--method", "PUBLISH", "--alarms")
    for more in (("--tasks",), ("--lead-events", "--color", "#123456"), ("--lang", "zh", "--stamp", "2026-02-03")):
        assert run(*args, *more).exit_code == 0
        assert run("lint-feed", out).exit_code == 0


def test_a_date_tells_why_it_is_the_one(tmp_path: Path) -> None:
    """A moved date names the holiday that moved it, in the reader's language."""
    path = tmp_path / "r.yaml"
    text = "cyclekit: 1\nid: r\ncalendar: CN\nobligations: {o: {every: month, due: {day: 1, adjust: following}}}\n"
    path.write_text(text, encoding="utf-8")
    args = ("feed", path, "--within", "2026-10", "-o", "-", "--lang")
    chinese, english = ("".join(run(*args, each).stdout.splitlines()).replace(" ", "") for each in ("zh", "en"))
    assert "原定：2026-10-01（周四）" in chinese
    assert "2026-10-01至2026-10-03是国庆节" in chinese
    assert "2026-10-01to2026-10-03areNationalDay" in english
