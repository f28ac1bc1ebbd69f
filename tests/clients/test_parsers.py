"""What `make demo` left is read by ical.js (Mozilla's parser), libical and icalendar: same count, dates and texts."""

import datetime as dt
import json
import subprocess
from collections.abc import Iterator
from pathlib import Path

import icalendar
import pytest

from tests.clients.programs import DEMO, ROOT, installed

# One process for all of them: the feeds are read once.
pytestmark = [pytest.mark.clients, pytest.mark.xdist_group("parsers")]

#: UID, first day, day after the last, title, description, status.
TEXTS = ("summary", "description", "status")
Event = tuple[str, str, str, str, str, str]


@pytest.fixture(scope="module")
def feeds() -> list[Path]:
    """The feeds that `make demo` left."""
    found = sorted(DEMO.rglob("*.ics"))
    assert len(found) > 80, "`make demo` leaves them"
    return found


@pytest.fixture(scope="module")
def by_icalendar(feeds: list[Path]) -> dict[Path, list[Event]]:
    """The events of each feed as icalendar reads them."""
    return {path: list(_by_icalendar(path)) for path in feeds}


def _by_icalendar(path: Path) -> Iterator[Event]:
    for each in icalendar.Calendar.from_ical(path.read_bytes()).walk("VEVENT"):
        start, end = (f"{each.decoded(name):%Y%m%d}" for name in ("DTSTART", "DTEND"))
        uid, title, text, status = (str(each.get(name, "")) for name in ("UID", "SUMMARY", "DESCRIPTION", "STATUS"))
        yield uid, start, end, title, text, status


def test_the_list_and_the_feed_agree(by_icalendar: dict[Path, list[Event]]) -> None:
    """The feed of everyone has an event for each occurrence of `deadlines.json` but the absorbed, on its day."""
    listed = json.loads((DEMO / "deadlines.json").read_text("utf-8"))["occurrences"]
    wanted = sorted(each["due"].replace("-", "") for each in listed if each["status"] != "absorbed")
    events = by_icalendar[DEMO / "all.ics"]
    assert sorted(each[1] for each in events) == wanted
    assert len({each[0] for each in events}) == len(events)
    for _, start, end, title, text, _ in events:
        assert dt.date.fromisoformat(end) - dt.date.fromisoformat(start) == dt.timedelta(days=1)
        assert title
        assert text


def test_ical_js_reads_the_same(feeds: list[Path], by_icalendar: dict[Path, list[Event]]) -> None:
    """ical.js finds the same events as icalendar in every feed, with the same days and texts."""
    library = installed("node/node_modules/ical.js/dist/ical.js")
    command = ["node", str(ROOT / "tests" / "clients" / "node" / "read.mjs"), str(library), *map(str, feeds)]
    done = subprocess.run(command, capture_output=True, check=True)
    told = json.loads(done.stdout)
    names = ("uid", "start", "end", "summary", "description", "status")
    for path in feeds:
        found = [
            tuple((each[name] or "").replace("-", "", 2 * (name in names[1:3])) for name in names)
            for each in told[str(path)]
        ]
        assert found == by_icalendar[path], path


def test_libical_reads_the_same(tmp_path: Path, feeds: list[Path], by_icalendar: dict[Path, list[Event]]) -> None:
    """The parser libical finds in every feed the events that icalendar finds, with the same days and texts."""
    program = tmp_path / "read"
    source = ROOT / "tests" / "clients" / "libical_read.c"
    subprocess.run(["gcc", "-O1", "-Wall", "-Wextra", "-Werror", "-o", program, source, "-lical"], check=True)
    for path in feeds:
        done = subprocess.run([program, path], capture_output=True, check=False)
        assert done.returncode == 0, path
        texts = list(_texts(done.stdout))
        found = [tuple(texts[start : start + 6]) for start in range(0, len(texts), 6)]
        assert found == by_icalendar[path], path


def _texts(told: bytes) -> Iterator[str]:
    at = 0
    while at < len(told):
        length, _, _ = told[at : at + 20].partition(b":")
        start = at + len(length) + 1
        at = start + int(length) + 1
        yield told[start : at - 1].decode()
