"""The server under load: bad reloads, readers that never come to the point, and whatever its document allows."""

import contextlib
import resource
import socket
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.edge.serving import Server, serving
from tests.examples import EXAMPLE

pytestmark = pytest.mark.load

DAYS = ("--within", "2026..2027")
NORTH = "/feeds/example/north.ics"
REPO = Path(__file__).parents[2]
RELOADS = 300
CROWD = 2000
#: Seconds within which a good reader has its answer.
SOON = 0.1


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    """A rule file."""
    path = tmp_path / "example.yaml"
    path.write_text(EXAMPLE, encoding="utf-8")
    return path


class Readers:
    """Threads that ask for a feed again and again, by turns for its bytes and whether they have changed."""

    def __init__(self, server: Server, count: int) -> None:
        self.asked = 0
        self.wrong: list[object] = []
        self._ended = threading.Event()
        self._server = server
        self._expected = server.get(NORTH)
        self._threads = [threading.Thread(target=self._ask) for _ in range(count)]

    def _ask(self) -> None:
        tag = self._expected[1]["etag"]
        while not self._ended.is_set():
            try:
                status, _, data = self._server.get(NORTH)
                kept, _, nothing = self._server.get(NORTH, {"If-None-Match": tag})
            except OSError as fault:
                self.wrong.append(fault)
                continue
            self.asked += 2
            if (status, data, kept, nothing) != (200, self._expected[2], 304, b""):
                self.wrong.append((status, kept))

    @contextlib.contextmanager
    def asking(self) -> Iterator[None]:
        """They ask for as long as this lasts."""
        for each in self._threads:
            each.start()
        try:
            yield
        finally:
            self._ended.set()
            for each in self._threads:
                each.join()


def test_bad_reloads_fail_no_request(rules: Path) -> None:
    """300 changes to rules with errors, one after the other, while readers ask: each has the feed as it was."""
    with serving(rules, *DAYS, "--look-every", "0.01") as server:
        readers = Readers(server, 4)
        with readers.asking():
            for number in range(1, RELOADS + 1):
                # By turns wrong in what it says, cut off in the middle, and no text at all.
                bad = [EXAMPLE.replace("quarter", f"quater{number}"), EXAMPLE[: 200 + number] + "'", f"\0{number}"]
                rules.write_text(bad[number % 3], encoding="utf-8")
                end = time.monotonic() + 20
                while server.output.read_bytes().count(b"are served on") < number:
                    assert time.monotonic() < end
                    time.sleep(0.005)
                assert server.health()["status"] == "stale"
        assert readers.wrong == []
        assert readers.asked > RELOADS
        rules.write_text(EXAMPLE.replace("en: Quarterly report", "en: Report"), encoding="utf-8")
        end = time.monotonic() + 20
        while server.health()["status"] != "ok":
            assert time.monotonic() < end
        assert b"Report" in server.get(NORTH)[2]
        assert server.end() == 0


@contextlib.contextmanager
def crowd_at(server: Server, count: int) -> Iterator["subprocess.Popen[str]"]:
    """A crowd before a server, in a process of its own, all of it there."""
    command = [sys.executable, "-m", "tests.load.crowd", str(server.port), str(count)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=REPO) as process:
        try:
            assert process.stdout is not None
            end = time.monotonic() + 240
            while not (line := process.stdout.readline()).startswith("there"):
                assert time.monotonic() < end, f"this machine is too busy for {count} connections at a time: {line}"
            yield process
        finally:
            process.kill()


def test_readers_that_never_come_to_the_point_keep_nobody_waiting(rules: Path) -> None:
    """2,000 connections that idle, stop halfway or drip: 19 of 20 good readers have their answer within 100 ms.

    Not every one: what else runs on the machine takes its turns too. The server sends the others away by itself.
    """
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    assert hard == resource.RLIM_INFINITY or hard > CROWD + 200, f"this machine allows {hard} open files"
    resource.setrlimit(resource.RLIMIT_NOFILE, (1024, hard))  # what a service has, unless it asks for more
    try:
        with serving(rules, *DAYS) as server, crowd_at(server, CROWD) as crowd:
            taken: list[float] = []
            for _ in range(200):
                start = time.perf_counter()
                assert server.get(NORTH)[0] == 200
                taken.append(time.perf_counter() - start)
                time.sleep(0.04)
            assert crowd.stdout is not None
            crowd.kill()
            lines = [line.split() for line in crowd.stdout if line.endswith("\n")]
            present, sent_away = min(int(line[1]) for line in lines), int(lines[-1][2])
            late = statistics.quantiles(taken, n=20)[-1]
            sys.stdout.write(
                f"\n{CROWD} connections, at least {present} at a time, {sent_away} sent away: "
                f"median {statistics.median(taken) * 1000:.1f} ms, 95 % within {late * 1000:.1f} ms, "
                f"longest {max(taken) * 1000:.1f} ms\n"
            )
            assert sent_away > CROWD // 2
            assert late < SOON
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


HALF = b"GET / HTTP/1.1\r\nHost: a\r\n"
HTTP_2 = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + bytes.fromhex("000000040000000000")
#: What a connection says once, and what it says each second from then on.
ODD = {
    "nothing": (b"", b""),
    "half a request": (HALF, b""),
    "octet by octet": (HALF, b"x"),
    "a request, and no further one": (HALF + b"\r\n", b""),
    "half a body": (b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 99\r\n\r\nx", b"x"),
    "HTTP/2": (HTTP_2, b""),
    "HTTP/2, again and again": (HTTP_2, bytes.fromhex("0000080600000000000000000000000000")),
    "an offer of HTTP/2": (
        HALF + b"Connection: upgrade, http2-settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AA\r\n\r\n",
        b"",
    ),
}


def test_every_odd_connection_is_ended(rules: Path) -> None:
    """Whatever a connection does without asking whole requests, the server ends it within 20 seconds."""
    with serving(rules, *DAYS) as server, contextlib.ExitStack() as stack:
        open_ = {}
        for name, (first, _) in ODD.items():
            connection = stack.enter_context(socket.create_connection(("127.0.0.1", server.port)))
            connection.sendall(first)
            connection.settimeout(0.01)
            open_[name] = connection
        end = time.monotonic() + 20
        while open_ and time.monotonic() < end:
            time.sleep(1)
            for name, connection in list(open_.items()):
                try:
                    if connection.recv(1 << 16) == b"":
                        del open_[name]
                    connection.sendall(ODD[name][1])
                except TimeoutError:
                    with contextlib.suppress(OSError):
                        connection.sendall(ODD[name][1])
                except OSError:
                    open_.pop(name, None)
        assert open_ == {}
        assert server.output.read_text(encoding="utf-8") == ""


def test_a_reader_that_takes_nothing_is_given_up(tmp_path: Path) -> None:
    """A reader that asks for megabytes and takes none of them has its connection for no longer than a minute."""
    path = tmp_path / "many.yaml"
    path.write_text(
        f"cyclekit: 1\nid: many\nobligations: {{a: {{title: {'a' * 200}, every: day}}}}\n", encoding="utf-8"
    )
    with serving(path, "--within", "1990..2029") as server, socket.socket() as reader:
        reader.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        reader.connect(("127.0.0.1", server.port))
        reader.sendall(b"GET /feeds/many/_.ics HTTP/1.1\r\nHost: a\r\n\r\n")
        both = f":{server.port:04X}", f":{reader.getsockname()[1]:04X}"
        time.sleep(5)
        assert is_connected(*both)
        end = time.monotonic() + 60
        while is_connected(*both):
            assert time.monotonic() < end
            time.sleep(1)
        assert server.output.read_text(encoding="utf-8") == ""


def is_connected(here: str, there: str) -> bool:
    """Whether Linux has a connection between two ports."""
    rows = [line.split() for line in Path("/proc/net/tcp").read_text(encoding="utf-8").splitlines()]
    return any(row[1].endswith(here) and row[2].endswith(there) and row[3] == "01" for row in rows)


@pytest.mark.parametrize("guarded", [False, True])
def test_nothing_that_the_document_allows_breaks_the_server(rules: Path, tmp_path: Path, guarded: bool) -> None:
    """Schemathesis asks all that the OpenAPI document allows, and much that it does not: every answer is as told."""
    further: list[str | Path] = []
    if guarded:
        file = tmp_path / "tokens.json"
        file.write_text('{"format": 1, "tokens": []}', encoding="utf-8")
        further = ["--tokens", file]
    with serving(rules, *DAYS, *further) as server:
        address = f"http://127.0.0.1:{server.port}/openapi.json"
        command = ["-m", "schemathesis.cli", "run", address, "--max-examples", "60", "--seed", "1", "--no-color"]
        ran = subprocess.run(
            [sys.executable, *command], capture_output=True, text=True, check=False, timeout=600, cwd=tmp_path
        )
        assert ran.returncode == 0, ran.stdout + ran.stderr
        assert server.get("/health")[0] == 200
        assert server.output.read_text(encoding="utf-8") == ""
