"""`cyclekit serve` and `cyclekit token`, as they are used."""

import re
import socket
import time
from pathlib import Path

import pytest

from cyclekit.cli.serve import _tell
from cyclekit.diagnostics import Diagnostic, Place
from cyclekit.errors import FeedError
from cyclekit.server.service import About
from tests.edge.running import run
from tests.edge.serving import Server, serving
from tests.examples import EXAMPLE

DAYS = ("--within", "2026..2027")
MANY = """cyclekit: 1
id: many
obligations:
  each-day:
    title: A title that is long enough to make the feed as long as it has to be, which is some megabytes
    every: day
"""


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    """A rule file."""
    path = tmp_path / "example.yaml"
    path.write_text(EXAMPLE, encoding="utf-8")
    return path


def added(file: Path, feed: str) -> str:
    """A new token for a feed."""
    done = run("token", "add", file, feed, "--reader", "desk")
    assert done.exit_code == 0
    return done.stdout.strip()


def test_a_feed_over_a_socket(rules: Path) -> None:
    """The process says where it serves, answers, keeps a connection, and ends with 0 when it is told to."""
    with serving(rules, *DAYS) as server:
        status, fields, data = server.get("/feeds/example/north.ics")
        assert (status, fields["content-type"]) == (200, "text/calendar; charset=utf-8")
        assert data.startswith(b"BEGIN:VCALENDAR\r\n")
        assert "server" not in fields
        again = server.get("/feeds/example/north.ics", {"If-None-Match": fields["etag"]})
        assert (again[0], again[2]) == (304, b"")
        assert server.get("/feeds/example/north.ics", method="HEAD")[2] == b""
        assert server.get("/feeds/example/north.ics", method="POST")[0] == 405
        assert server.end() == 0
        assert server.output.read_text(encoding="utf-8") == ""


def test_what_is_served_is_what_the_feed_command_writes(rules: Path, tmp_path: Path) -> None:
    """The same rules give the same bytes, served or written."""
    out = tmp_path / "north.ics"
    assert run("feed", rules, "--unit", "north", "-o", out, *DAYS).exit_code == 0
    with serving(rules, *DAYS) as server:
        assert server.get("/feeds/example/north.ics")[2] == out.read_bytes()


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "example.org"])  # noqa: S104  # to be refused
def test_open_feeds_stay_on_this_machine(rules: Path, host: str) -> None:
    """Without tokens a host that others reach is refused, with the reason."""
    done = run("serve", rules, "--host", host)
    assert done.exit_code == 2
    assert "--tokens FILE" in done.stderr
    assert "--tokens" in run("serve", rules, "--host", host, "--lang", "zh").stderr


def test_what_cannot_be_served_is_said_at_once(rules: Path, tmp_path: Path) -> None:
    """Rules with errors end the command with 1, and no file or no tokens with 2."""
    bad = tmp_path / "bad.yaml"
    bad.write_text(EXAMPLE.replace("every: quarter", "every: quater"), encoding="utf-8")
    done = run("serve", bad)
    assert done.exit_code == 1
    assert "bad.yaml:" in done.stderr
    assert run("serve", tmp_path / "none.yaml").exit_code == 2
    assert run("serve", rules, "--tokens", tmp_path / "none.json").exit_code == 2
    assert "no file of tokens" in run("serve", rules, "--tokens", rules).stderr


def test_where_it_cannot_serve_is_said(rules: Path, tmp_path: Path) -> None:
    """A port that is taken, a host that there is not: the message has host and port."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        done = run("serve", rules, "--port", port)
        assert done.exit_code == 2
        assert f"cannot serve at 127.0.0.1, port {port}: " in done.stderr
        assert f"127.0.0.1 的 {port} 端口" in run("serve", rules, "--port", port, "--lang", "zh").stderr
    file = tmp_path / "tokens.json"
    added(file, "example/north")
    done = run("serve", rules, "--tokens", file, "--host", "nowhere.invalid")
    assert done.exit_code == 2
    assert "cannot serve at nowhere.invalid, port 8000: " in done.stderr


@pytest.mark.parametrize(("language", "reason"), [("en", "it is not what was written"), ("zh", "内容与写入时不同")])
def test_a_damaged_state_is_said_with_its_path(rules: Path, tmp_path: Path, language: str, reason: str) -> None:
    """A state that cannot be read ends with 2, its path, and what to do about it, which is not to publish."""
    (tmp_path / "state").mkdir()
    path = tmp_path / "state" / "state.json"
    path.write_text("{", encoding="utf-8")
    done = run("serve", rules, "--state", path.parent, "--lang", language)
    assert done.exit_code == 2
    assert str(path) in done.stderr
    assert "--state" in done.stderr
    assert reason in done.stderr
    assert "publish" not in done.stderr


def test_tokens_are_told_as_tokens(rules: Path, tmp_path: Path) -> None:
    """Of a damaged file of tokens, one that is gone and one that is back, what holds for tokens is said."""
    file = tmp_path / "tokens.json"
    added(file, "example/north")
    whole = file.read_bytes()
    with serving(rules, "--tokens", file, *DAYS, "--look-every", "0.05") as server:
        file.write_text("{", encoding="utf-8")
        _until(lambda: "the last tokens stay in force" in server.output.read_text(encoding="utf-8"))
        file.unlink()
        _until(lambda: "nobody may read anything" in server.output.read_text(encoding="utf-8"))
        _until(lambda: server.health()["status"] == "stale")
        file.write_bytes(whole)
        _until(lambda: server.health()["status"] == "ok")
        _until(lambda: "file of tokens taken over" in server.output.read_text(encoding="utf-8"))
        assert "rules" not in server.output.read_text(encoding="utf-8").replace(str(rules), "")
        assert server.end() == 0


@pytest.mark.parametrize("command", ["publish", "serve", "diff"])
def test_the_days_that_are_served(command: str) -> None:
    """The help says which days are taken where --within is left out: not those of `due`."""
    told = " ".join(run(command, "--help").stdout.split()).replace("- ", "-")
    assert "Left out: whole months, from twelve before this one to twenty-four after it." in told
    assert "today and twelve months" not in told


def test_changes_are_taken_over_while_it_runs(rules: Path) -> None:
    """A bad change is said with file and line and changes nothing; a good one is served."""
    with serving(rules, *DAYS, "--look-every", "0.05") as server:
        before = server.get("/feeds/example/north.ics")[2]
        rules.write_text(EXAMPLE.replace("every: quarter", "every: quater"), encoding="utf-8")
        _until(lambda: server.health()["status"] == "stale")
        assert server.health()["errors"] == 1
        assert server.get("/feeds/example/north.ics")[2] == before
        assert re.search(r"example\.yaml:\d+:\d+: error\[", server.output.read_text(encoding="utf-8"))
        rules.write_text(EXAMPLE.replace("en: Quarterly report", "en: Report"), encoding="utf-8")
        _until(lambda: server.health()["status"] == "ok")
        assert server.get("/feeds/example/north.ics")[2] != before
        assert server.end() == 0


def _until(holds: "object", seconds: float = 20) -> None:
    assert callable(holds)
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.02)


def test_pages_over_a_socket(rules: Path) -> None:
    """The index, a search, a page and its style sheet are served beside the feeds, in the language asked for."""
    with serving(rules, *DAYS, "--lang", "zh", "--base-url", "https://example.org") as server:
        status, fields, data = server.get("/")
        assert (status, fields["content-type"]) == (200, "text/html; charset=utf-8")
        assert 'href="units/example/north"' in data.decode()
        assert 'href="units/example/north"' in server.get("/?q=%E5%8C%97%E5%8C%BA")[2].decode()
        page = server.get("/units/example/north")[2].decode()
        assert "<h1><bdi>北区</bdi></h1>" in page
        assert "https://example.org/feeds/example/north.ics" in page
        assert server.get("/pages.css")[1]["content-type"] == "text/css; charset=utf-8"
        assert server.end() == 0
        assert server.output.read_text(encoding="utf-8") == ""


@pytest.mark.parametrize("address", ["example.org", "ftp://example.org", "https://example.org/?q=1"])
def test_an_address_that_is_none(rules: Path, address: str) -> None:
    """What is no web address of a server is refused as its base."""
    done = run("serve", rules, "--base-url", address)
    assert done.exit_code == 2
    assert address in done.stderr


def test_a_feed_that_is_refused_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    """A feed that is not served is said with the place in the rule file that it comes from, and its name."""
    found = Diagnostic("feed-value", "feed-unescaped", Place("duties.yaml", 7, 3), {"char": ",", "name": "SUMMARY"})
    _tell(About.FEED, FeedError([found], "example/north"), "en")
    _tell(About.FEED, FeedError([found], "example/north"), "zh")
    said = capsys.readouterr().err
    assert said.count("duties.yaml:7:3: error[feed-value]") == 1
    assert "the feed of example/north is not served" in said
    assert "example/north 的日历暂不提供" in said


def test_a_request_in_flight_is_answered(tmp_path: Path) -> None:
    """SIGTERM while a reader is in the middle of a feed: it gets the rest, and the process ends with 0."""
    path = tmp_path / "many.yaml"
    path.write_text(MANY, encoding="utf-8")
    with serving(path, "--within", "1990..2029") as server:
        whole = server.get("/feeds/many/_.ics", {"Accept-Encoding": "identity"})[2]
        assert len(whole) > 4_000_000
        with socket.socket() as reader:
            reader.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 17)
            reader.connect(("127.0.0.1", server.port))
            reader.sendall(b"GET /feeds/many/_.ics HTTP/1.1\r\nHost: a\r\n\r\n")
            received = reader.recv(1000)
            server.process.terminate()
            time.sleep(0.5)
            assert server.process.poll() is None
            with pytest.raises(OSError, match="refused"):
                socket.create_connection(("127.0.0.1", server.port), timeout=5)
            while not received.endswith(b"END:VCALENDAR\r\n"):
                data = reader.recv(1 << 20)
                assert data
                received += data
        assert received.partition(b"\r\n\r\n")[2] == whole
        assert server.process.wait(20) == 0


def test_no_token_is_ever_written_down(rules: Path, tmp_path: Path) -> None:
    """Whatever is asked, whatever goes wrong: neither output, nor the file of tokens, nor any answer has a token."""
    file = tmp_path / "tokens.json"
    token, revoked = added(file, "example/north"), added(file, "example/south")
    listed = run("token", "list", file).stdout
    assert run("token", "revoke", file, listed.splitlines()[1].split("\t")[0]).exit_code == 0
    with serving(rules, *DAYS, "--tokens", file, "--look-every", "0.05", PYTHONASYNCIODEBUG="1") as server:
        _ask_all(server, token, revoked)
        rules.write_text("id: [", encoding="utf-8")
        _until(lambda: server.health()["status"] == "stale")
        _ask_all(server, token, revoked)
        assert run("token", "rotate", file, listed.split("\t")[0]).exit_code == 0
        server.until(f"/feeds/{token}/example/north.ics", 404)
        assert server.end() == 0
        written = server.output.read_text(encoding="utf-8")
    for secret in (token, revoked):
        assert secret not in written
        assert secret not in file.read_text(encoding="utf-8")
        assert secret not in run("token", "list", file).stdout
    assert "/feeds" not in written
    assert "/units" not in written


def _ask_all(server: Server, token: str, revoked: str) -> None:
    answers = [
        server.get(path, {"Referer": f"http://a/{token}", "User-Agent": token}, method)
        for path in (
            f"/feeds/{token}/example/north.ics",
            f"/feeds/{token}/example/south.ics",
            f"/feeds/{revoked}/example/south.ics",
            f"/feeds/{token}/example/north.ics/",
            f"/feeds/{token}",
            f"/units/{token}/example/south",
            f"/units/{revoked}/example/south",
            f"/units/{token}/example/north/",
            f"/?q={token}",
            f"/{token}",
            f"/health?{token}",
        )
        for method in ("GET", "HEAD", "POST")
    ]
    assert {each[0] for each in answers} <= {200, 404, 405}
    for _, fields, data in answers:
        assert token not in f"{fields}{data!r}"
    # The page of a token tells its own address, and nobody else's.
    status, fields, _ = server.get(f"/units/{token}/example/north")
    assert status == 200
    assert token not in str(fields)
    raw = [
        f"GET /feeds/{token}/example/north.ics HTTP/9.9\r\n\r\n",
        f"GET /feeds/{token} \x00\r\n\r\n",
        f"\x16\x03 {token}\r\n\r\n",
        f"GET /feeds/{token}/a/{'x' * 70_000}.ics HTTP/1.1\r\nHost: a\r\n\r\n",
        (
            f"GET /feeds/{token}/a/b.ics HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: upgrade\r\n"
            "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"
        ),
        (
            f"GET /feeds/{token}/a/b.ics HTTP/1.1\r\nHost: a\r\nUpgrade: h2c\r\nConnection: upgrade, http2-settings\r\n"
            "HTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA\r\n\r\n"
        ),
        f"POST /feeds/{token}/example/north.ics HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n",
        f"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n{token}",
    ]
    for text in raw:
        with socket.create_connection(("127.0.0.1", server.port), timeout=20) as connection:
            try:
                connection.sendall(text.encode("latin-1"))
                connection.shutdown(socket.SHUT_WR)
                assert token.encode() not in connection.recv(1 << 16)
            except ConnectionError:
                continue


# ------------------------------------------------------------------------------------------ cyclekit token


def test_tokens_from_making_to_revoking(tmp_path: Path) -> None:
    """A token is shown once; the list has its id, feed, reader and days; one that is revoked stays on it."""
    file = tmp_path / "tokens.json"
    first = added(file, "example/north")
    assert re.fullmatch(r"[A-Za-z0-9_-]{43}", first)
    assert file.stat().st_mode & 0o777 == 0o600
    id_, feed, reader, made = run("token", "list", file).stdout.rstrip("\n").split("\t")
    assert (feed, reader) == ("example/north", "desk")
    done = run("token", "rotate", file, id_)
    assert done.exit_code == 0
    second = done.stdout.strip()
    assert second != first
    rows = [row.split("\t") for row in run("token", "list", file).stdout.splitlines()]
    assert [row[1:4] for row in rows] == [["example/north", "desk", made]] * 2
    assert [len(row) for row in rows] == [5, 4]
    assert run("token", "revoke", file, rows[1][0]).exit_code == 0
    assert run("token", "revoke", file, rows[1][0]).exit_code == 2


def test_what_is_no_token_feed_or_file_is_refused(tmp_path: Path) -> None:
    """An unknown id, a feed without its rule file, a reader on two lines, a file of something else: all end with 2."""
    file = tmp_path / "tokens.json"
    added(file, "example/north")
    before = file.read_bytes()
    assert run("token", "revoke", file, "0123456789").exit_code == 2
    assert run("token", "add", file, "north", "--reader", "a").exit_code == 2
    assert run("token", "add", file, "a/b/c", "--reader", "a").exit_code == 2
    assert run("token", "add", file, "a/b", "--reader", "a\nb").exit_code == 2
    assert run("token", "add", file, "a/b", "--reader", " ").exit_code == 2
    assert run("token", "list", tmp_path / "none.json").exit_code == 2
    assert file.read_bytes() == before
    file.write_text("[]", encoding="utf-8")
    assert run("token", "add", file, "a/b", "--reader", "a").exit_code == 2
    assert file.read_text(encoding="utf-8") == "[]"


@pytest.mark.parametrize("command", ["revoke", "rotate"])
def test_no_token_is_revoked_in_a_file_that_is_not_there(tmp_path: Path, command: str) -> None:
    """A file that is not there is told to be none, and nothing is left beside it."""
    done = run("token", command, tmp_path / "none.json", "abc")
    assert done.exit_code == 2
    assert done.stderr == f"Error: No such file or directory: {tmp_path / 'none.json'}\n"
    assert list(tmp_path.iterdir()) == []


def test_a_token_may_come_before_its_rules(tmp_path: Path, rules: Path) -> None:
    """A token of a feed that no rules have opens nothing, and opens the feed from when they have it."""
    file = tmp_path / "tokens.json"
    token = added(file, "later/north")
    with serving(tmp_path, "--tokens", file, *DAYS, "--look-every", "0.05") as server:
        assert server.get(f"/feeds/{token}/later/north.ics")[0] == 404
        text = rules.read_text(encoding="utf-8").replace("id: example", "id: later")
        (tmp_path / "later.yaml").write_text(text, encoding="utf-8")
        server.until(f"/feeds/{token}/later/north.ics", 200)
        assert server.end() == 0
