"""`cyclekit export`, as it is used."""

import json
import sys
from pathlib import Path

import pytest
from icalendar import Calendar

from cyclekit.adapters.ical import templates
from tests.edge.running import run, spawn
from tests.examples import EXAMPLE, NAMELESS
from tests.repo.tree import REPO

RULES = REPO / "rules" / "cn"


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below a folder."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    """A folder with two rule files."""
    folder = tmp_path / "rules"
    folder.mkdir()
    (folder / "example.yaml").write_text(EXAMPLE, encoding="utf-8")
    (folder / "alone.yaml").write_text(NAMELESS, encoding="utf-8")
    return folder


def test_what_is_written(tmp_path: Path, rules: Path) -> None:
    """There is a feed for each unit, one for all, and the lists as JSON and CSV."""
    out = tmp_path / "deep" / "out"
    ran = run("export", rules, "--within", "2026", "--out", out)
    assert (ran.exit_code, ran.stdout) == (0, f"{out}: 8 files, 8 of them new or changed\n")
    assert contents(out).keys() == {
        "alone/_.ics",
        "example/top.ics",
        "example/north.ics",
        "example/south.ics",
        "example/idle.ics",
        "all.ics",
        "deadlines.json",
        "deadlines.csv",
    }
    found = json.loads((out / "deadlines.json").read_text(encoding="utf-8"))
    listed = run("due", rules, "--within", "2026", "--format", "json").stdout.splitlines()
    assert found["occurrences"] == [json.loads(line) for line in listed]
    csv = spawn("due", rules, "--within", "2026", "--format", "csv", "--lang", "en")
    assert (out / "deadlines.csv").read_bytes() == csv.stdout


def test_a_feed_is_that_of_the_feed_command(tmp_path: Path, rules: Path) -> None:
    """Each unit's file has the very bytes that `cyclekit feed` writes."""
    args = ("--within", "2026", "--lang", "zh", "--stamp", "2026-02-03")
    run("export", rules, "--out", tmp_path / "out", *args)
    run("feed", rules, "--unit", "south", "-o", tmp_path / "south.ics", *args)
    assert (tmp_path / "out" / "example" / "south.ics").read_bytes() == (tmp_path / "south.ics").read_bytes()


def test_all_is_everyone(tmp_path: Path) -> None:
    """The feed for all has every event of every unit once, with the name of its unit."""
    run("export", RULES, "--within", "2020..2027", "--out", tmp_path, "--lang", "zh")
    read = {path: Calendar.from_ical(data) for path, data in contents(tmp_path).items() if path.endswith(".ics")}
    uids = {path: [str(event["UID"]) for event in each.walk("VEVENT")] for path, each in read.items()}
    everyone = uids.pop("all.ics")
    listed = json.loads((tmp_path / "deadlines.json").read_text(encoding="utf-8"))["occurrences"]
    assert len(set(everyone)) == len(everyone) == sum(each["status"] != "absorbed" for each in listed)
    assert set().union(*uids.values()) == set(everyone)
    summaries = {str(event["SUMMARY"]) for event in read["all.ics"].walk("VEVENT")}
    assert "桐城市总工会：季度小结" in summaries


def test_the_same_again_changes_nothing(tmp_path: Path, rules: Path) -> None:
    """A second export changes no file, and other files in the folder stay as they are."""
    out = tmp_path / "out"
    run("export", rules, "--within", "2026", "--out", out)
    (out / "example" / "gone.ics").write_bytes(b"old")
    before = contents(out)
    ran = run("export", rules, "--within", "2026", "--out", out)
    assert ran.stdout == f"{out}: 8 files, 0 of them new or changed\n"
    assert contents(out) == before


def test_bytes_do_not_depend_on_the_machine(tmp_path: Path) -> None:
    """In another time zone, locale and hash seed the same bytes come out."""
    args = ("export", RULES, "--within", "2022-10..2023", "--lang", "zh", "--out")
    spawn(*args, tmp_path / "one", TZ="Pacific/Apia", LC_ALL="C", PYTHONHASHSEED="1")
    spawn(*args, tmp_path / "two", TZ="America/New_York", LC_ALL="C.UTF-8", PYTHONHASHSEED="2")
    assert contents(tmp_path / "one") == contents(tmp_path / "two") != {}


def test_nothing_is_written_from_broken_files(tmp_path: Path, rules: Path) -> None:
    """Where a rule file has errors nothing is written, and the exit code is 1."""
    (rules / "broken.yaml").write_text("cyclekit: 1\n", encoding="utf-8")
    ran = run("export", rules, "--within", "2026", "--out", tmp_path / "out")
    assert ran.exit_code == 1
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("name", ["all.ics", "Deadlines.json", "Pages.css"])
def test_an_id_that_is_a_file_of_the_export(tmp_path: Path, rules: Path, name: str) -> None:
    """A rulebook whose folder would be a file of the export is refused before anything is written."""
    (rules / "alone.yaml").write_text(NAMELESS.replace("alone", name), encoding="utf-8")
    ran = run("export", rules, "--within", "2026", "--out", tmp_path / "out")
    assert ran.exit_code == 2
    assert name in ran.stderr
    assert not (tmp_path / "out").exists()


def test_the_folder_is_a_file(tmp_path: Path, rules: Path) -> None:
    """A file in place of the folder is exit code 2."""
    (tmp_path / "out").write_bytes(b"")
    assert run("export", rules, "--within", "2026", "--out", tmp_path / "out").exit_code == 2


def test_an_export_of_what_was_known(tmp_path: Path, rules: Path) -> None:
    """`--known-on` leaves out of every file what was announced later."""
    run("export", rules, "--within", "2026-03", "--known-on", "2026-03-09", "--out", tmp_path / "out")
    found = json.loads((tmp_path / "out" / "deadlines.json").read_text(encoding="utf-8"))
    reports = {each["due"] for each in found["occurrences"] if each["obligation"] == "report"}
    assert reports == {"2026-03-20"}


def test_tasks_beside_events(tmp_path: Path, rules: Path) -> None:
    """With `--tasks` each unit, and everyone, has a second file with the tasks; the events stay as they were."""
    run("export", rules, "--within", "2026", "--out", tmp_path / "plain")
    ran = run("export", rules, "--within", "2026", "--out", tmp_path / "tasks", "--tasks", "--color", "teal")
    assert ran.stdout.endswith("14 files, 14 of them new or changed\n")
    found = contents(tmp_path / "tasks")
    tasks = {name for name in found if name.endswith("~tasks.ics")}
    assert tasks == {
        *("alone/_~tasks.ics", "all~tasks.ics"),
        *(f"example/{unit}~tasks.ics" for unit in ("top", "north", "south", "idle")),
    }
    assert found.keys() - tasks == contents(tmp_path / "plain").keys()
    north = Calendar.from_ical(found["example/north~tasks.ics"])
    assert len(north.walk("VTODO")) == 5
    assert found["example/north.ics"].count(b"COLOR:teal") == 1


def test_every_file_is_one_that_programs_take(tmp_path: Path, rules: Path) -> None:
    """Every calendar of an export is one that `lint-feed` finds nothing wrong with."""
    run("export", rules, "--within", "2026", "--out", tmp_path, "--tasks", "--alarms", "--lead-events")
    files = sorted(tmp_path.rglob("*.ics"))
    assert len(files) == 12
    assert run("lint-feed", *files).stdout == "12 files: no problems\n"


def test_nothing_is_written_of_a_faulty_feed(tmp_path: Path, rules: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A feed that the linter finds something wrong with is not written, and the exit code is 1."""
    monkeypatch.setattr(templates, "CRLF", b"\n")
    ran = run("export", rules, "--within", "2026", "--out", tmp_path / "out")
    assert ran.exit_code == 1
    assert "calendar programs would not take" in ran.stderr
    assert not list(tmp_path.rglob("*.ics"))


def test_pages(tmp_path: Path, rules: Path) -> None:
    """`--pages` writes an index, a page for each unit beside its feed, and a style sheet, in the language asked for."""
    out = tmp_path / "out"
    args = (
        "export",
        rules,
        "--within",
        "2026",
        "--lang",
        "zh",
        "--pages",
        "--base-url",
        "https://example.org/d",
        "--out",
        out,
    )
    assert run(*args).stdout == f"{out}：15 个文件，其中 15 个新增或有变化\n"
    names = set(contents(out))
    assert {name.replace(".ics", ".html") for name in names if "/" in name} <= names
    assert {"index.html", "pages.css"} <= names
    page = (out / "example" / "north.html").read_text(encoding="utf-8")
    assert "webcal://example.org/d/example/north.ics" in page
    assert '<html lang="zh-CN">' in page
    index = (out / "index.html").read_text(encoding="utf-8")
    assert all(f'href="{name}"' in index for name in ("all.ics", "deadlines.csv", "deadlines.json", "alone/_.html"))
    assert run(*args).stdout == f"{out}：15 个文件，其中 0 个新增或有变化\n"


def test_pages_name_the_holiday(tmp_path: Path) -> None:
    """A page tells the holiday that moved a date, in its language: 22 June 2023 was the Dragon Boat Festival."""
    text = "cyclekit: 1\nid: a\ncalendar: CN\nobligations: {o: {once: 2023-06-22, adjust: following}}\n"
    (tmp_path / "a.yaml").write_text(text, encoding="utf-8")
    run("export", tmp_path / "a.yaml", "--within", "2023", "--lang", "zh", "--pages", "--out", tmp_path / "out")
    page = (tmp_path / "out" / "a" / "_.html").read_text(encoding="utf-8")
    assert "2023-06-22（周四）" in page
    assert "端午节" in page
    assert 'datetime="2023-06-25"' in page


def test_pages_need_their_extra(tmp_path: Path, rules: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where Jinja2 is not installed, `--pages` says what to install, and writes nothing."""
    for name in [each for each in sys.modules if each.startswith("cyclekit.adapters.pages")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "jinja2", None)
    ran = run("export", rules, "--within", "2026", "--pages", "--out", tmp_path / "out")
    assert ran.exit_code == 2
    assert "cyclekit[pages]" in ran.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("base", ["example.org", "https://example.org/?a=b", "file:///tmp"])
def test_a_base_url_that_is_none(tmp_path: Path, rules: Path, base: str) -> None:
    """What is no plain web address is a wrong option."""
    ran = run("export", rules, "--within", "2026", "--pages", "--base-url", base, "--out", tmp_path / "out")
    assert ran.exit_code == 2
    assert base in ran.stderr
    assert not (tmp_path / "out").exists()
