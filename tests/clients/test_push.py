"""`cyclekit push` into calendars of Radicale and Xandikos, started here."""

import base64
import http.client
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.clients.programs import PASSWORD, ROOT, USER, Server, serving
from tests.edge.running import spawn

pytestmark = pytest.mark.clients

RULES = """\
cyclekit: 1
id: office
title: {en: Office, zh: 办公室}
units:
  - {id: north, name: {zh: 北区, en: North}}
  - {id: south, name: {zh: 南区, en: South}}
obligations:
  report:
    title: {zh: "月报；一, 二", en: "Report; a, b"}
    every: month
    due: {day: 20}
    notes: |
      C:\\New
      second line
  letter:
    title: Letter
    applies_to: north
    once: 2026-05-01
"""
#: North's letter is owed no more, and South's May report is moved for both.
MOVED = "    exceptions: {2026-05: {due: 2026-05-22, reason: 洪水}}\n"
CHANGED = RULES.partition("  letter:")[0] + MOVED
#: Twelve reports for each of two units, and a letter.
COUNT = 25
LETTER = "office~letter~north~once@cyclekit.invalid"
MAY = "office~report~north~2026-05@cyclekit.invalid"
JUNE = "office~report~north~2026-06@cyclekit.invalid"


@pytest.fixture(scope="module", params=["radicale", "xandikos"])
def server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server that runs for all tests of this file; each has a calendar of its own."""
    with serving(request.param, tmp_path_factory.mktemp("server") / request.param) as found:
        yield found


@pytest.fixture
def calendar(request: pytest.FixtureRequest) -> str:
    """The name of a calendar that no other test has."""
    return re.sub(r"[^a-z]+", "-", request.node.originalname)


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    """The rule file."""
    path = tmp_path / "rules.yaml"
    path.write_text(RULES, encoding="utf-8")
    return path


def push(server: Server, calendar: str, rules: Path, *more: str) -> tuple[int, str]:
    """Push the year 2026, and give back the exit code and what was said."""
    where = ("--to", server.address(calendar), *server.login)
    ran = spawn("push", rules, "--within", "2026", "--lang", "en", *where, *more, CYCLEKIT_PASSWORD=PASSWORD)
    return ran.returncode, (ran.stdout + ran.stderr).decode()


def asked(server: Server, method: str, path: str, body: str = "", **headers: str) -> tuple[int, str, str]:
    """What the server answers to somebody else: the status, the ETag and the text."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
    token = base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request(method, path, body.encode() or None, {"Authorization": f"Basic {token}", **named})
    answer = connection.getresponse()
    text = answer.read().decode()
    connection.close()
    return answer.status, answer.getheader("ETag") or "", text


def path_of(server: Server, calendar: str, uid: str) -> str:
    """Where an object is."""
    return f"{server.home}{calendar}/{quote(uid, safe='~@')}.ics"


def edited(server: Server, calendar: str, uid: str, old: str, new: str) -> None:
    """Change an object as a client of somebody would."""
    path = path_of(server, calendar, uid)
    status, etag, text = asked(server, "GET", path)
    assert status == 200
    assert old in text
    put = asked(server, "PUT", path, text.replace(old, new, 1), If_Match=etag, Content_Type="text/calendar")
    assert put[0] in {200, 201, 204}


def told(text: str) -> str:
    """The line that sums up."""
    return next(line.partition("/: ")[2] for line in text.splitlines() if " put, " in line)


def test_only_what_has_changed_is_put(server: Server, calendar: str, rules: Path) -> None:
    """All are put, then none, and after a change one is put for each unit and one deleted."""
    assert push(server, calendar, rules)[0] == 0
    code, text = push(server, calendar, rules)
    assert (code, told(text)) == (0, f"0 put, 0 deleted, {COUNT} unchanged, 0 left alone")
    rules.write_text(CHANGED, encoding="utf-8")
    north = push(server, f"{calendar}-n", rules, "--unit", "north")
    assert told(north[1]) == "12 put, 0 deleted, 0 unchanged, 0 left alone"
    rules.write_text(RULES, encoding="utf-8")
    assert told(push(server, f"{calendar}-n", rules, "--unit", "north")[1]).startswith("2 put, 0 deleted, 11 unch")
    rules.write_text(CHANGED, encoding="utf-8")
    code, text = push(server, f"{calendar}-n", rules, "--unit", "north")
    assert (code, told(text)) == (0, "1 put, 1 deleted, 11 unchanged, 0 left alone")
    assert asked(server, "GET", path_of(server, f"{calendar}-n", LETTER))[0] == 404
    moved = asked(server, "GET", path_of(server, f"{calendar}-n", MAY))[2]
    assert "DTSTART;VALUE=DATE:20260522" in moved
    assert int(re.findall(r"SEQUENCE:(\d+)", moved)[0]) > 0


def test_a_trial_changes_nothing(server: Server, calendar: str, rules: Path) -> None:
    """A dry run says what would be done, and neither makes a calendar nor puts anything."""
    code, text = push(server, calendar, rules, "--dry-run")
    assert code == 0
    assert f"would put {COUNT} and delete 0" in text
    assert f"put         {LETTER}" in text
    code, text = push(server, calendar, rules)
    assert (code, told(text)) == (0, f"{COUNT} put, 0 deleted, 0 unchanged, 0 left alone")


def test_an_edit_survives(server: Server, calendar: str, rules: Path) -> None:
    """What somebody edited is told and left, whether our side has changed or not, until overwriting is asked for."""
    assert push(server, calendar, rules)[0] == 0
    alarm = "BEGIN:VALARM\r\nACTION:DISPLAY\r\nDESCRIPTION:x\r\nTRIGGER:-P1D\r\nEND:VALARM\r\nEND:VEVENT"
    for uid in (MAY, JUNE):
        edited(server, calendar, uid, "END:VEVENT", alarm)
    edited(server, calendar, LETTER, "Letter", "Letter in my own words")
    code, text = push(server, calendar, rules)
    assert (code, told(text)) == (0, f"0 put, 0 deleted, {COUNT - 3} unchanged, 3 left alone")
    assert f"left alone  {JUNE}: edited there\n" in text
    rules.write_text(CHANGED, encoding="utf-8")
    code, text = push(server, calendar, rules)
    assert (code, told(text)) == (3, f"1 put, 0 deleted, {COUNT - 4} unchanged, 3 left alone")
    assert f"{MAY}: edited there, and changed in the rules since" in text
    assert f"{LETTER}: edited there, and no longer in the rules" in text
    assert "TRIGGER:-P1D" in asked(server, "GET", path_of(server, calendar, MAY))[2]
    assert "my own words" in asked(server, "GET", path_of(server, calendar, LETTER))[2]
    code, text = push(server, calendar, rules, "--overwrite")
    assert (code, told(text)) == (0, f"2 put, 1 deleted, {COUNT - 3} unchanged, 0 left alone")
    assert "TRIGGER" not in asked(server, "GET", path_of(server, calendar, MAY))[2]


def test_others_are_not_touched(server: Server, calendar: str, rules: Path) -> None:
    """Entries of somebody, of another unit and of days that are past stay as they are."""
    own = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:mine\r\nDTSTAMP:20260101T000000Z\r\n"
    own += "DTSTART:20260501T080000Z\r\nSUMMARY:Mine\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    assert push(server, calendar, rules, "--unit", "north")[0] == 0
    path = f"{server.home}{calendar}/mine.ics"
    assert asked(server, "PUT", path, own, Content_Type="text/calendar")[0] in {201, 204}
    _, etag, _ = asked(server, "GET", path)
    assert told(push(server, calendar, rules, "--unit", "south")[1]).startswith("12 put, 0 deleted")
    rules.write_text(CHANGED, encoding="utf-8")
    late = push(server, calendar, rules, "--unit", "north", "--within", "2026-06..12")
    assert told(late[1]) == "0 put, 0 deleted, 7 unchanged, 0 left alone"
    assert asked(server, "GET", path)[1] == etag


def test_a_calendar_for_each_unit(server: Server, calendar: str, rules: Path) -> None:
    """With --by unit each unit has its calendar, and a second run finds all of them unchanged."""
    # Radicale wants the calendars beside each other; so does this path.
    where = ("--to", f"caldav://127.0.0.1:{server.port}{server.home}", *server.login, "--by", "unit")
    rules.write_text(RULES.replace("id: office", f"id: {calendar}"), encoding="utf-8")
    said = []
    for _ in range(2):
        ran = spawn("push", rules, "--within", "2026", "--lang", "zh", *where, CYCLEKIT_PASSWORD=PASSWORD)
        assert ran.returncode == 0
        said.append(ran.stdout.decode().splitlines())
    assert said[0][0].endswith("新建日历 2 个")
    assert said[0][1].endswith(f"写入 {COUNT} 个，删除 0 个，未变 0 个，保留不动 0 个")
    assert said[1][0].endswith(f"写入 0 个，删除 0 个，未变 {COUNT} 个，保留不动 0 个")


def test_a_stopped_run_is_gone_on_with(server: Server, calendar: str, tmp_path: Path) -> None:
    """After SIGKILL in the middle the next run puts the rest; nothing is there twice, and nothing is missing."""
    anqing = ROOT / "rules" / "cn" / "anqing-2022.yaml"
    command = [sys.executable, "-m", "cyclekit", "push", str(anqing), "--within", "2023Q1", "--lang", "en"]
    command += ["--to", server.address(calendar), *server.login, "--password-file", str(tmp_path / "password")]
    if not server.login:
        command = command[:-2]
    (tmp_path / "password").write_text(f"{PASSWORD}\n", encoding="utf-8")
    running = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    while _count(server, calendar) < 10:
        assert running.poll() is None
        time.sleep(0.05)
    running.send_signal(signal.SIGKILL)
    running.wait()
    before = _count(server, calendar)
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    put, same = map(int, re.findall(r"(\d+) put, 0 deleted, (\d+) unchanged, 0 left", done.stdout)[0])
    assert put
    # A request that was on its way when it was stopped may still have been carried out.
    assert same in {before, before + 1}
    assert _count(server, calendar) == put + same
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert f"0 put, 0 deleted, {put + same} unchanged" in done.stdout


def _count(server: Server, calendar: str) -> int:
    body = '<propfind xmlns="DAV:"><prop><getetag/></prop></propfind>'
    headers = {"Depth": "1", "Content_Type": "application/xml"}
    _, _, text = asked(server, "PROPFIND", f"{server.home}{calendar}/", body, **headers)
    return len(re.findall(r"cyclekit\.invalid\.ics<", text))


def test_no_calendar_is_made(server: Server, rules: Path) -> None:
    """Where the server makes no calendar, the command says so and ends with 2."""
    where = ("--to", f"caldav://127.0.0.1:{server.port}{server.closed}", *server.login)
    ran = spawn("push", rules, "--within", "2026", "--lang", "en", *where, CYCLEKIT_PASSWORD=PASSWORD)
    assert ran.returncode == 2
    assert f"the server makes no calendar at {server.closed} (40".encode() in ran.stderr


def test_a_wrong_password(tmp_path: Path, rules: Path) -> None:
    """A wrong password is told, and nothing is made; Xandikos asks for none, so this is Radicale's."""
    with serving("radicale", tmp_path / "radicale") as server:
        where = ("--to", server.address(), *server.login)
        ran = spawn("push", rules, "--within", "2026", "--lang", "en", *where, CYCLEKIT_PASSWORD=PASSWORD[::-1])
        assert ran.returncode == 2
        assert b"no such name and password (401 at /office/due/)" in ran.stderr
        assert PASSWORD[::-1].encode() not in ran.stderr
        assert asked(server, "GET", f"{server.home}due/")[0] == 404
