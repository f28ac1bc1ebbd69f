"""khal, a calendar of the terminal from Debian, takes every feed and shows what it says."""

import csv
import json
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.clients.programs import DEMO, ROOT

pytestmark = pytest.mark.clients
CONFIG = """\
[calendars]
{calendars}
[locale]
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
local_timezone = Asia/Shanghai
default_timezone = Asia/Shanghai
[sqlite]
path = {database}
"""
CALENDAR = """\
[[{unit}]]
path = {folder}
type = calendar
"""
BOOKS = {
    "anqing-2022": "2022-10-01..2023-12-31",
    "jiujiang-2022": "2022-10-01..2023-12-31",
    "qinhuangdao-2022": "2022-09-30..2023-12-31",
    "wuhu-2020": "2020",
}


def khal(config: Path, *words: str) -> str:
    """What khal prints; a failure shows what it complained about."""
    done = subprocess.run(["khal", "-c", str(config), *words], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("book", BOOKS)
def test_khal_lists_what_the_golden_list_has(book: str, tmp_path: Path) -> None:
    """The feed that `make demo` published for each unit, imported, is listed by khal on its golden days, by title."""
    assert shutil.which("khal"), "`make clients` installs it"
    text = (ROOT / "tests" / "golden" / f"{book}.csv").read_text(encoding="utf-8")
    golden = list(csv.DictReader(text.splitlines()))
    titles: dict[str, set[str]] = {}
    for each in json.loads((DEMO / "deadlines.json").read_text(encoding="utf-8"))["occurrences"]:
        titles.setdefault(each["due"], set()).add(each["title"]["zh"])
    feeds = sorted((DEMO / f"cn-{book}" / "units").glob("*.ics"))
    assert feeds
    units = [feed.stem for feed in feeds]
    for unit in units:
        (tmp_path / unit).mkdir()
    calendars = "".join(CALENDAR.format(unit=unit, folder=tmp_path / unit) for unit in units)
    config = tmp_path / "config"
    config.write_text(CONFIG.format(calendars=calendars, database=tmp_path / "khal.db"), encoding="utf-8")
    for feed in feeds:
        khal(config, "import", "--batch", "-a", feed.stem, str(feed))
    first, last = _days(BOOKS[book])
    # One list of all of them, since khal takes its time to start.
    listed = khal(config, "list", "--format", "{calendar}|{start-date}|{title}", "--day-format", "", first, last)
    rows = [line.split("|", 2) for line in listed.splitlines() if line]
    assert all(any(title.startswith(each) for each in titles.get(day, ())) for _, day, title in rows)
    for unit in units:
        wanted = sorted(
            row["due"]
            for row in golden
            if unit in (row["unit"], *row["units"].split())
            and row["status"] == "scheduled"
            and first <= row["due"] <= last
        )
        assert sorted(day for calendar, day, _ in rows if calendar == unit) == wanted, unit


def _days(within: str) -> tuple[str, str]:
    first, dots, last = within.partition("..")
    return (first, last) if dots else (f"{first}-01-01", f"{first}-12-31")
