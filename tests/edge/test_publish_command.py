"""`cyclekit publish`, as it is used."""

import datetime as dt
import json
import os
import re
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from icalendar import Calendar, Component

from cyclekit.publishing.manifest import flaws
from tests.edge.running import run, spawn
from tests.examples import EXAMPLE, NAMELESS

DAYS = ("--within", "2026..2027")


def published(folder: Path) -> dict[str, bytes]:
    """Every file of the site that readers see."""
    site = folder / "current" / "site"
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}


def moment(event: Component, name: str) -> dt.datetime:
    """A moment that an event tells."""
    found: dt.datetime = event.decoded(name)
    return found


def events(data: bytes) -> dict[str, dict[str, object]]:
    """The events of a feed by their UIDs, each with what tells its version."""
    return {
        str(event["UID"]): {
            "sequence": event.decoded("SEQUENCE"),
            "modified": moment(event, "LAST-MODIFIED"),
            "created": moment(event, "CREATED"),
            "stamp": moment(event, "DTSTAMP"),
            "status": str(event["STATUS"]),
            "summary": str(event["SUMMARY"]),
        }
        for event in Calendar.from_ical(data).walk("VEVENT")
    }


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    """A folder with two rule files."""
    folder = tmp_path / "rules"
    folder.mkdir()
    (folder / "example.yaml").write_text(EXAMPLE, encoding="utf-8")
    (folder / "alone.yaml").write_text(NAMELESS, encoding="utf-8")
    return folder


def edit(rules: Path, old: str, new: str) -> None:
    """Change the rule file of the example."""
    path = rules / "example.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_what_is_published(tmp_path: Path, rules: Path) -> None:
    """There is a feed for each unit, subtree, kind and obligation, one for all, lists in three forms, and pages."""
    out = tmp_path / "deep" / "out"
    ran = run("publish", rules, "--to", out, *DAYS)
    assert (ran.exit_code, ran.stdout) == (0, f"{out}/current/site: 24 files, 24 of them new or changed, 0 removed\n")
    assert published(out).keys() == {
        "all.ics",
        "alone/obligations/filing.ics",
        "alone/units/_.ics",
        "deadlines.csv",
        "deadlines.json",
        "deadlines.xlsx",
        "example/kinds/city.ics",
        "example/kinds/county.ics",
        "example/obligations/far.ics",
        "example/obligations/letter.ics",
        "example/obligations/report.ics",
        "example/obligations/summary.ics",
        "example/under/top.ics",
        "example/units/idle.ics",
        "example/units/north.ics",
        "example/units/south.ics",
        "example/units/top.ics",
        "index.html",
        "pages.css",
        "alone/_.html",
        "example/idle.html",
        "example/north.html",
        "example/south.html",
        "example/top.html",
    }
    assert flaws(out / "current") == []


def test_only_some_feeds(tmp_path: Path, rules: Path) -> None:
    """`--by` chooses which feeds there are."""
    run("publish", rules, "--to", tmp_path / "out", *DAYS, "--by", "kind", "--by", "all", "--no-xlsx")
    feeds = {"all.ics", "example/kinds/city.ics", "example/kinds/county.ics"}
    assert published(tmp_path / "out").keys() == feeds | {"deadlines.csv", "deadlines.json"}


def test_the_same_again(tmp_path: Path, rules: Path) -> None:
    """Publishing the same again, later, touches no file and moves no link."""
    out = tmp_path / "out"
    run("publish", rules, "--to", out, *DAYS, "--stamp", "2026-01-01")
    before = (published(out), (out / "current").readlink(), os.lstat(out / "current").st_mtime_ns)
    ran = run("publish", rules, "--to", out, *DAYS, "--stamp", "2026-01-05T12:00Z")
    assert ran.stdout == f"{out}/current/site: 24 files, nothing has changed\n"
    assert (published(out), (out / "current").readlink(), os.lstat(out / "current").st_mtime_ns) == before


def test_a_file_that_is_as_it_was_keeps_its_date(tmp_path: Path, rules: Path) -> None:
    """Of a publication that changes something, the other files are the very same files."""
    out = tmp_path / "out"
    run("publish", rules, "--to", out, *DAYS)
    same = out / "current" / "site" / "alone" / "units" / "_.ics"
    os.utime(same, (1, 1))
    before = same.stat().st_ino
    edit(rules, "2026Q1: {due: 2026-03-31", "2026Q1: {due: 2026-03-30")
    run("publish", rules, "--to", out, *DAYS)
    assert (out / "current").readlink() == Path("generations/2")
    assert (same.stat().st_ino, same.stat().st_mtime) == (before, 1)


def test_a_deadline_that_moves(tmp_path: Path, rules: Path) -> None:
    """A moved deadline is the same event in a later version; the events beside it keep theirs."""
    out = tmp_path / "out"
    run("publish", rules, "--to", out, *DAYS, "--stamp", "2026-01-01")
    before = events(published(out)["example/units/north.ics"])
    edit(rules, "2026Q1: {due: 2026-03-31", "2026Q1: {due: 2026-03-30")
    run("publish", rules, "--to", out, *DAYS, "--stamp", "2026-02-01T08:30Z")
    after = events(published(out)["example/units/north.ics"])
    moved = "example~report~north~2026Q1@cyclekit.invalid"
    assert after.keys() == before.keys()
    assert {uid for uid in before if before[uid] != after[uid]} == {moved}
    assert after[moved]["sequence"] == 1
    assert str(after[moved]["modified"]) == str(after[moved]["stamp"]) == "2026-02-01 08:30:00+00:00"
    assert after[moved]["created"] == before[moved]["created"]


@pytest.mark.parametrize(
    ("asked", "links"),
    [
        ((), {"all.ics", "deadlines.csv", "deadlines.json", "deadlines.xlsx"}),
        (("--no-xlsx",), {"all.ics", "deadlines.csv", "deadlines.json"}),
        (("--no-lists", "--by", "unit"), set()),
    ],
)
def test_pages_lead_to_what_is_there(tmp_path: Path, rules: Path, asked: tuple[str, ...], links: set[str]) -> None:
    """The index leads to the feed of everyone and to the lists as far as they are published, and to nothing else."""
    run("publish", rules, "--to", tmp_path / "out", *DAYS, *asked)
    site = published(tmp_path / "out")
    found = {name for name in re.findall(r'href="([^":#]+)"', site["index.html"].decode()) if "units/" not in name}
    assert {name for name in found if not name.endswith((".html", "/", ".css"))} == links
    assert links <= site.keys()


def test_tasks_beside_events(tmp_path: Path, rules: Path) -> None:
    """With --tasks each unit has to-dos in a calendar of their own, in the same version; a change moves both."""
    out = tmp_path / "out"
    run("publish", rules, "--to", out, *DAYS, "--tasks", "--stamp", "2026-01-01", "--by", "unit")
    edit(rules, "2026Q1: {due: 2026-03-31", "2026Q1: {due: 2026-03-30")
    run("publish", rules, "--to", out, *DAYS, "--tasks", "--stamp", "2026-02-01", "--by", "unit")
    site = published(out)
    assert {each for each in site if "/tasks/" in each} == {
        each.replace("/units/", "/tasks/") for each in site if "/units/" in each and each.endswith(".ics")
    }
    tasks = {str(each["UID"]): each for each in Calendar.from_ical(site["example/tasks/north.ics"]).walk("VTODO")}
    moved = tasks["example~report~north~2026Q1@task.cyclekit.invalid"]
    assert (moved.decoded("DUE"), moved.decoded("SEQUENCE")) == (dt.date(2026, 3, 30), 1)
    assert len(tasks) == len(events(site["example/units/north.ics"]))


def test_alarms_are_content(tmp_path: Path, rules: Path) -> None:
    """Events that get alarms are later versions; those without reminders stay as they were."""
    out = tmp_path / "out"
    run("publish", rules, "--to", out, *DAYS, "--stamp", "2026-01-01")
    ran = run("publish", rules, "--to", out, *DAYS, "--stamp", "2026-02-01", "--alarms", "--lead-events")
    assert ran.exit_code == 0
    data = published(out)["example/units/north.ics"]
    found = events(data)
    assert found["example~report~north~2026Q4@cyclekit.invalid"]["sequence"] == 1
    assert {found[uid]["sequence"] for uid in found if "~letter~" in uid} == {0}
    # Ten days before 31 March, and three working days before it (30, 27 and 26 March).
    leads = {str(each["UID"]): each.decoded("DTSTART") for each in Calendar.from_ical(data).walk("VEVENT")}
    uid = "example~report~north~2026Q1@{}.ahead.cyclekit.invalid"
    assert leads[uid.format("10d")] == dt.date(2026, 3, 21)
    assert leads[uid.format("3wd")] == dt.date(2026, 3, 26)
    assert data.count(b"BEGIN:VALARM") > 0


def test_a_change_in_the_same_second(tmp_path: Path, rules: Path) -> None:
    """What changes again at the same moment, or by a clock that went back, is modified a second later."""
    out = tmp_path / "out"
    uid = "example~report~north~2026Q1@cyclekit.invalid"
    told = []
    for day, stamp in (("31", "2026-01-01"), ("30", "2026-01-01"), ("29", "2025-01-01")):
        (rules / "example.yaml").write_text(EXAMPLE.replace("2026-03-31", f"2026-03-{day}"), encoding="utf-8")
        run("publish", rules, "--to", out, *DAYS, "--stamp", stamp)
        event = events(published(out)["example/units/north.ics"])[uid]
        told.append((event["sequence"], str(event["modified"])))
    assert told == [
        (0, "2026-01-01 00:00:00+00:00"),
        (1, "2026-01-01 00:00:01+00:00"),
        (2, "2026-01-01 00:00:02+00:00"),
    ]


def test_what_is_no_longer_owed(tmp_path: Path, rules: Path) -> None:
    """A duty that the rules no longer have is shown as cancelled for the time that was said, and then not at all."""
    out = tmp_path / "out"
    keep = (*DAYS, "--keep", "30")
    run("publish", rules, "--to", out, *keep, "--stamp", "2026-01-01")
    edit(rules, "  letter:\n    title: Letter\n", "  note:\n    title: Note\n")
    uid = "example~letter~top~once@cyclekit.invalid"
    run("publish", rules, "--to", out, *keep, "--stamp", "2026-02-01")
    for name in ("units/south", "units/top", "under/top", "kinds/county", "obligations/letter"):
        event = events(published(out)[f"example/{name}.ics"])[uid]
        assert (event["status"], event["sequence"]) == ("CANCELLED", 1)
        assert str(event["summary"]).startswith("[Cancelled] ")
    listed = json.loads(published(out)["deadlines.json"])["occurrences"]
    assert not [each for each in listed if each["obligation"] == "letter"]
    run("publish", rules, "--to", out, *keep, "--stamp", "2026-03-02")
    assert uid in events(published(out)["all.ics"])
    run("publish", rules, "--to", out, *keep, "--stamp", "2026-03-03")
    assert uid not in events(published(out)["all.ics"])
    assert "example/obligations/letter.ics" not in published(out)


def test_a_unit_that_goes(tmp_path: Path, rules: Path) -> None:
    """The feed of a unit that the rules no longer have goes on, with its events cancelled, also in Chinese."""
    out = tmp_path / "out"
    run("publish", rules, "--to", out, *DAYS, "--lang", "zh")
    edit(rules, "  - {id: south, name: {zh: 南区, en: South}, kind: county, parent: top}\n", "")
    edit(rules, "applies_to: [north, south, top]", "applies_to: [north, top]")
    edit(rules, "applies_to: south", "applies_to: north")
    run("publish", rules, "--to", out, *DAYS, "--lang", "zh")
    south = events(published(out)["example/units/south.ics"])
    assert {event["status"] for event in south.values()} == {"CANCELLED"}
    assert all(str(event["summary"]).startswith("[已取消] ") for event in south.values())
    assert "example~report~south~2027Q1@cyclekit.invalid" in south
    everyone = events(published(out)["all.ics"])
    assert "南区" in str(everyone["example~report~south~2027Q1@cyclekit.invalid"]["summary"])


def test_what_comes_back(tmp_path: Path, rules: Path) -> None:
    """A duty that comes back goes on with its sequence, and is no longer cancelled."""
    out = tmp_path / "out"
    uid = "example~letter~top~once@cyclekit.invalid"
    told = []
    for text in (EXAMPLE, EXAMPLE.replace("  letter:", "  note:"), EXAMPLE):
        (rules / "example.yaml").write_text(text, encoding="utf-8")
        run("publish", rules, "--to", out, *DAYS)
        event = events(published(out)["all.ics"])[uid]
        told.append((event["sequence"], event["status"]))
    assert told == [(0, "CONFIRMED"), (1, "CANCELLED"), (2, "CONFIRMED")]


def test_a_waived_one_disappears(tmp_path: Path, rules: Path) -> None:
    """What the rules waive is shown as cancelled for the time that was said, and stays in the lists."""
    out = tmp_path / "out"
    uid = "example~report~north~2026Q2@cyclekit.invalid"
    run("publish", rules, "--to", out, *DAYS, "--keep", "30", "--stamp", "2026-01-01")
    assert events(published(out)["all.ics"])[uid]["status"] == "CANCELLED"
    run("publish", rules, "--to", out, *DAYS, "--keep", "30", "--stamp", "2026-02-01")
    assert uid not in events(published(out)["all.ics"])
    listed = json.loads(published(out)["deadlines.json"])["occurrences"]
    assert [each["status"] for each in listed if each["key"] == "example/report/north/2026Q2"] == ["waived"]


def test_days_that_pass(tmp_path: Path, rules: Path) -> None:
    """What lies before the days that are published is left out, is not cancelled, and comes back as it was."""
    out = tmp_path / "out"
    uid = "example~report~north~2026Q1@cyclekit.invalid"
    run("publish", rules, "--to", out, "--within", "2026..2027")
    before = events(published(out)["all.ics"])[uid]
    run("publish", rules, "--to", out, "--within", "2027..2028")
    assert uid not in events(published(out)["all.ics"])
    run("publish", rules, "--to", out, "--within", "2026..2027")
    assert events(published(out)["all.ics"])[uid] == before


def test_the_days_that_are_published(tmp_path: Path, rules: Path) -> None:
    """Left out, the days are whole months: from twelve before this one to twenty-four after it."""
    out = tmp_path / "out"
    horizons = []
    for today in ("2026-03-01", "2026-03-31"):
        run("publish", rules, "--to", out, "--today", today)
        horizons.append(json.loads(published(out)["deadlines.json"])["horizon"])
    assert horizons == [{"first": "2025-03-01", "last": "2028-03-31"}] * 2


def test_more_than_half_would_go(tmp_path: Path, rules: Path) -> None:
    """A publication that would take away more than half of the feeds is refused, and changes nothing."""
    out = tmp_path / "out"
    run("publish", rules, "--to", out, *DAYS)
    before = published(out)
    ran = run("publish", rules / "alone.yaml", "--to", out, *DAYS)
    assert ran.exit_code == 2
    assert "11 of 14 feeds" in ran.stderr
    assert published(out) == before
    assert run("publish", rules / "alone.yaml", "--to", out, *DAYS, "--force").exit_code == 0
    assert {each["status"] for each in events(published(out)["example/units/north.ics"]).values()} == {"CANCELLED"}


def test_a_file_of_somebody_else(tmp_path: Path, rules: Path) -> None:
    """A file that was not published is never deleted, wherever it lies."""
    out = tmp_path / "out"
    for day in (31, 30, 29, 28):
        (rules / "example.yaml").write_text(EXAMPLE.replace("2026-03-31", f"2026-03-{day}"), encoding="utf-8")
        run("publish", rules, "--to", out, *DAYS)
        (out / "current" / "site" / "mine.txt").write_text("mine", encoding="utf-8")
    assert sorted(path.relative_to(out).as_posix() for path in out.rglob("mine.txt")) == [
        f"generations/{number}/site/mine.txt" for number in (1, 2, 3, 4)
    ]
    assert not (out / "generations" / "2" / "manifest.json").exists()
    assert flaws(out / "generations" / "3") == []


def test_one_publisher_at_a_time(tmp_path: Path, rules: Path) -> None:
    """While somebody publishes to a folder, another one is told so and changes nothing."""
    import fcntl  # noqa: PLC0415

    out = tmp_path / "out"
    run("publish", rules, "--to", out, *DAYS)
    with (out / ".lock").open() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        ran = run("publish", rules, "--to", out, *DAYS)
    assert ran.exit_code == 2
    assert "somebody else publishes" in ran.stderr
    assert run("publish", rules, "--to", out, *DAYS).exit_code == 0


@pytest.mark.parametrize("name", ["state.json", "manifest.json"])
def test_a_damaged_publication(tmp_path: Path, rules: Path, name: str) -> None:
    """Where what is remembered has been changed by hand, nothing is published on it."""
    out = tmp_path / "out"
    run("publish", rules, "--to", out, *DAYS)
    (out / "current" / name).write_text("{}", encoding="utf-8")
    ran = run("publish", rules, "--to", out, *DAYS)
    assert ran.exit_code == 2
    assert name in ran.stderr


def test_current_is_no_link(tmp_path: Path, rules: Path) -> None:
    """A folder in which `current` is something else is not published to."""
    (tmp_path / "out" / "current").mkdir(parents=True)
    assert run("publish", rules, "--to", tmp_path / "out", *DAYS).exit_code == 2


def test_a_folder_within_a_publication(tmp_path: Path, rules: Path) -> None:
    """Nothing is published into a generation, whose files would be taken away with it."""
    out = tmp_path / "out"
    run("publish", rules, "--to", out, *DAYS)
    before = published(out)
    assert run("publish", rules, "--to", out / "current" / "site", *DAYS).exit_code == 2
    assert published(out) == before
    assert flaws(out / "current") == []


def test_files_of_somebody_else_among_the_generations(tmp_path: Path, rules: Path) -> None:
    """A file that is called like a generation stays, and is in nobody's way."""
    out = tmp_path / "out"
    run("publish", rules, "--to", out, *DAYS)
    (out / "generations" / "99").write_text("mine", encoding="utf-8")
    edit(rules, "2026Q1: {due: 2026-03-31", "2026Q1: {due: 2026-03-30")
    assert run("publish", rules, "--to", out, *DAYS).exit_code == 0
    assert (out / "generations" / "99").read_text(encoding="utf-8") == "mine"


def test_the_generation_before_is_kept(tmp_path: Path, rules: Path) -> None:
    """After going back by hand, what is kept beside the new generation is the one that was out there, whole."""
    out = tmp_path / "out"
    stamps = iter(("2026-01-01", "2026-01-02", "2026-01-03"))
    run("publish", rules, "--to", out, *DAYS, "--stamp", next(stamps))
    edit(rules, "2026Q1: {due: 2026-03-31", "2026Q1: {due: 2026-03-30")
    run("publish", rules, "--to", out, *DAYS, "--stamp", next(stamps))
    (out / "generations" / "2" / "site" / "all.ics").write_bytes(b"spoilt")
    (out / "current").unlink()
    (out / "current").symlink_to("generations/1")
    assert run("publish", rules, "--to", out, *DAYS, "--stamp", next(stamps)).exit_code == 0
    assert sorted(each.name for each in (out / "generations").iterdir()) == ["1", "3"]
    assert flaws(out / "generations" / "1") == flaws(out / "current") == []


def test_a_kind_too_long_for_a_name(tmp_path: Path, rules: Path) -> None:
    """A kind of any length has a feed, and each its own."""
    edit(rules, "id: north, name: {zh: 北区, en: North}, kind: county", f"id: north, name: N, kind: {'县' * 90}")
    edit(rules, "id: south, name: {zh: 南区, en: South}, kind: county", f"id: south, name: S, kind: {'县' * 91}")
    edit(rules, "applies_to: county", "applies_to: [north, south]")
    ran = run("publish", rules, "--to", tmp_path / "out", *DAYS)
    assert ran.exit_code == 0, ran.stderr
    long = [each for each in published(tmp_path / "out") if each.startswith(f"example/kinds/{'县' * 60}")]
    assert len(long) == 2


def test_what_no_file_system_can_name_is_cleaned_up(tmp_path: Path, rules: Path) -> None:
    """A name that could not be made stands in a journal: the next publication passes over it."""
    out = tmp_path / "out"
    run("publish", rules, "--to", out, *DAYS)
    (out / "generations" / "2" / "site").mkdir(parents=True)
    (out / ".journal").write_text(f"2\nsite\nsite/{'x' * 300}/a.ics\nsite/{'x' * 300}\n", encoding="utf-8")
    assert run("publish", rules, "--to", out, *DAYS).exit_code == 0
    assert not (out / ".journal").exists()
    assert [each.name for each in (out / "generations").iterdir()] == ["1"]


@pytest.mark.parametrize(
    ("old", "new", "sequence"),
    [
        ("kind: report; a,b", "kind: report; a,b\n    tags: [x]", 1),
        ("title: {zh: 季报, en: Quarterly report}", "title: {zh: 季度报告, en: Quarterly report}", 0),
        ("remind: [10 days, 3 working days]", "remind: [10 days]", 1),
    ],
)
def test_what_counts_as_a_change(tmp_path: Path, rules: Path, old: str, new: str, sequence: int) -> None:
    """A new version is what says something else to its readers: categories and reminders do, other languages not."""
    out = tmp_path / "out"
    run("publish", rules, "--to", out, *DAYS, "--stamp", "2026-01-01", "--lang", "en")
    before = published(out)["example/units/north.ics"]
    edit(rules, old, new)
    run("publish", rules, "--to", out, *DAYS, "--stamp", "2026-02-01", "--lang", "en")
    after = published(out)["example/units/north.ics"]
    assert events(after)["example~report~north~2026Q4@cyclekit.invalid"]["sequence"] == sequence
    assert (after == before) is not bool(sequence)


def test_bytes_do_not_depend_on_the_machine(tmp_path: Path, rules: Path) -> None:
    """With SOURCE_DATE_EPOCH, the same bytes come out in another time zone and with another hash seed."""
    epoch = {"SOURCE_DATE_EPOCH": "1767225600"}
    spawn("publish", rules, "--lang", "zh", "--to", tmp_path / "a", TZ="Pacific/Apia", PYTHONHASHSEED="1", **epoch)
    spawn("publish", rules, "--lang", "zh", "--to", tmp_path / "b", TZ="America/New_York", PYTHONHASHSEED="2", **epoch)
    one, two = tmp_path / "a" / "current", tmp_path / "b" / "current"
    assert (one / "manifest.json").read_bytes() == (two / "manifest.json").read_bytes()
    assert published(tmp_path / "a") == published(tmp_path / "b") != {}
    assert json.loads(published(tmp_path / "a")["deadlines.json"])["horizon"]["first"] == "2025-01-01"


def test_addresses(tmp_path: Path, rules: Path) -> None:
    """With `--base-url` each feed tells where it is read."""
    run("publish", rules, "--to", tmp_path / "out", *DAYS, "--base-url", "https://example.org/due/")
    feed = published(tmp_path / "out")["example/units/north.ics"]
    assert b"\r\nURL;VALUE=URI:https://example.org/due/example/units/north.ics\r\n" in feed


@pytest.mark.parametrize(
    "url", ["example.org", "ftp://example.org", "https://example.org/?a=1", "https://", "https:///x", "https://u:p@h/x"]
)
def test_an_address_that_is_none(tmp_path: Path, rules: Path, url: str) -> None:
    """What is no address of a site is an error of usage."""
    assert run("publish", rules, "--to", tmp_path / "out", "--base-url", url).exit_code == 2
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("stamp", ["yesterday", "2026-01-01T10:00", "1969-12-31"])
def test_a_moment_that_is_none(tmp_path: Path, rules: Path, stamp: str) -> None:
    """A moment without its offset, or before 1970, is an error of usage."""
    assert run("publish", rules, "--to", tmp_path / "out", "--stamp", stamp).exit_code == 2


def test_a_spreadsheet(tmp_path: Path, rules: Path) -> None:
    """The workbook has texts as texts and dates as dates, and its head stays in view."""
    run("publish", rules, "--to", tmp_path / "out", *DAYS)
    with zipfile.ZipFile(BytesIO(published(tmp_path / "out")["deadlines.xlsx"])) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
        texts = book.read("xl/sharedStrings.xml").decode()
    assert "<t>=1+1</t>" in texts
    assert "<f>" not in sheet
    assert 'state="frozen"' in sheet
    # 5 January 2026 is day 46027 of Excel's calendar.
    assert "<v>46027</v>" in sheet


def test_without_the_extra(tmp_path: Path, rules: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without XlsxWriter the command says what to install, and what to write instead."""
    monkeypatch.setattr("cyclekit.cli.publish.find_spec", lambda _name: None)
    ran = run("publish", rules, "--to", tmp_path / "out", *DAYS)
    assert ran.exit_code == 2
    assert "--no-xlsx" in ran.stderr
    assert run("publish", rules, "--to", tmp_path / "out", *DAYS, "--no-xlsx").exit_code == 0
