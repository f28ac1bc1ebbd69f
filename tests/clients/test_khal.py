"""khal, a calendar of the terminal from Debian, takes every feed and shows what it says."""

import csv
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.clients

ROOT = Path(__file__).parents[2]
CONFIG = """\
[calendars]
[[deadlines]]
path = {folder}
type = calendar
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
    """Each unit's feed, imported into an empty calendar, is listed by khal on its golden days, by its titles."""
    assert shutil.which("khal"), "`make clients` installs it"
    out = tmp_path / "out"
    export = [sys.executable, "-m", "cyclekit", "export", str(ROOT / "rules" / "cn" / f"{book}.yaml")]
    subprocess.run([*export, "--within", BOOKS[book], "--out", str(out), "--lang", "zh"], check=True)
    text = (ROOT / "tests" / "golden" / f"{book}.csv").read_text(encoding="utf-8")
    golden = list(csv.DictReader(text.splitlines()))
    titles: dict[str, set[str]] = {}
    for each in json.loads((out / "deadlines.json").read_text(encoding="utf-8"))["occurrences"]:
        titles.setdefault(each["due"], set()).add(each["title"]["zh"])
    feeds = sorted((out / f"cn-{book}").glob("*.ics"))
    assert feeds
    for feed in feeds:
        unit = feed.stem
        folder = tmp_path / unit
        folder.mkdir()
        config = tmp_path / f"{unit}.conf"
        config.write_text(CONFIG.format(folder=folder, database=tmp_path / f"{unit}.db"), encoding="utf-8")
        khal(config, "import", "--batch", "-a", "deadlines", str(feed))
        first, last = _days(BOOKS[book])
        listed = khal(config, "list", "--once", "--format", "{start-date} {title}", "--day-format", "", first, last)
        found = sorted(re.findall(r"^\d{4}-\d\d-\d\d", listed, re.MULTILINE))
        wanted = sorted(
            row["due"]
            for row in golden
            if unit in (row["unit"], *row["units"].split())
            and row["status"] == "scheduled"
            and first <= row["due"] <= last
        )
        assert found == wanted, unit
        for line in listed.splitlines():
            day, _, title = line.partition(" ")
            assert any(title.startswith(each) for each in titles.get(day, ())), line


def _days(within: str) -> tuple[str, str]:
    first, dots, last = within.partition("..")
    return (first, last) if dots else (f"{first}-01-01", f"{first}-12-31")
