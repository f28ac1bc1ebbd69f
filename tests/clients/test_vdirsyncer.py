"""vdirsyncer, which copies calendars between servers and folders, takes the feed of everyone from a web server."""

import functools
import http.server
import re
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.clients.programs import DEMO, installed

pytestmark = pytest.mark.clients

CONFIG = """\
[general]
status_path = "{folder}/status"
[pair deadlines]
a = "published"
b = "mine"
collections = null
conflict_resolution = "a wins"
[storage published]
type = "http"
url = "{url}"
read_only = true
[storage mine]
type = "filesystem"
path = "{folder}/mine"
fileext = ".ics"
"""


@pytest.fixture
def served(tmp_path: Path) -> Iterator[str]:
    """Where a web server serves a folder of this test."""
    (tmp_path / "site").mkdir()
    handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=str(tmp_path / "site"))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def said(path: Path) -> list[str]:
    """The day, the title and the text of each event of a calendar."""
    text = re.sub("\r?\n[ \t]", "", path.read_bytes().decode()).replace("\r\n", "\n")
    events = re.findall(r"BEGIN:VEVENT\n(.*?)END:VEVENT", text, re.DOTALL)
    line = re.compile(r"^(?:DTSTART|SUMMARY|DESCRIPTION).*", re.MULTILINE)
    return sorted("\n".join(sorted(line.findall(each))) for each in events)


def sync(config: Path) -> str:
    """Synchronise, and give back what vdirsyncer told about it."""
    command = [str(installed("bin/vdirsyncer")), "--config", str(config), "--verbosity", "INFO", "sync"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stderr + done.stdout


def test_every_event_is_copied_once(tmp_path: Path, served: str) -> None:
    """The first run copies all events that `make demo` published, the second none; what has left is deleted after."""
    config = tmp_path / "config"
    config.write_text(CONFIG.format(folder=tmp_path, url=f"{served}/all.ics"), encoding="utf-8")
    feed = tmp_path / "site" / "all.ics"
    feed.write_bytes((DEMO / "all.ics").read_bytes())
    events = said(feed)
    discover = [str(installed("bin/vdirsyncer")), "--config", str(config), "discover"]
    subprocess.run(discover, check=True, capture_output=True, input=b"y\n")
    first = sync(config)
    assert first.count("Copying (uploading) item") == len(events)
    # It gives each a UID made of its content, as the UIDs of a web server's feed may be new each time.
    assert sorted(each for path in (tmp_path / "mine").glob("*.ics") for each in said(path)) == events
    assert "item" not in sync(config)
    head, *chunks = feed.read_bytes().split(b"BEGIN:VEVENT\r\n")
    kept = [head, *chunks[: len(events) // 2], chunks[-1]]
    feed.write_bytes(b"BEGIN:VEVENT\r\n".join(kept))
    told = sync(config)
    assert told.count("Deleting item") == len(events) + 1 - len(kept) > 0
    assert "Copying" not in told
