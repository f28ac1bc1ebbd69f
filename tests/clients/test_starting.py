"""From nothing to a subscribed calendar, as the page on starting tells it, in khal."""

import re
import subprocess
from pathlib import Path

import pytest

from tests.edge.walking import steps, take

pytestmark = pytest.mark.clients

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


def khal(config: Path, *words: str | Path) -> str:
    """What khal prints; a failure shows what it complained about."""
    done = subprocess.run(["khal", "-c", config, *words], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_page_leads_to_a_calendar_in_khal(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """After the steps of the page, khal lists what the licensing office owes in the first half of 2026, by its day."""
    folder, calendars, config = tmp_path / "empty", tmp_path / "calendars", tmp_path / "khal.conf"
    folder.mkdir()
    calendars.mkdir()
    monkeypatch.chdir(folder)
    for step in steps():
        take(step, folder)
    config.write_text(CONFIG.format(folder=calendars, database=tmp_path / "khal.db"), encoding="utf-8")
    khal(config, "import", "--batch", "-a", "deadlines", folder / "public" / "office" / "licensing.ics")
    words = ("list", "--once", "--format", "{start-date} {title}", "--day-format", "", "2026-01-01", "2026-06-30")
    found = [line for line in khal(config, *words).splitlines() if re.match(r"\d{4}", line)]
    # In 2026, 10 January and 25 January, 25 April are days of a weekend; 25 February is worked, and so is 10 April.
    assert sorted(found) == [
        "2026-01-12 Analysis of the quarter",
        "2026-01-26 Statistics",
        "2026-02-25 Statistics",
        "2026-03-25 Statistics",
        "2026-04-10 Analysis of the quarter",
        "2026-04-27 Statistics",
        "2026-05-25 Statistics",
        "2026-06-25 Statistics",
    ]
