"""Requests to the server's application: never an exception, never a 5xx, and the rules of HTTP (RFC 9110).

An input is up to three requests as they are written down, with an empty line between: a line with the method and the
target, and a line for each field. ``{etag}`` stands for the tag of the answer before, or of the feed. With a ``+``
before the method a server is asked that wants tokens. The application is called as servers call it, without a network.
"""

import asyncio
import datetime as dt
import gzip
import re
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from urllib.parse import unquote_to_bytes

import attrs
from starlette.applications import Starlette
from starlette.types import Message

from cyclekit.civil.labels import read_span
from cyclekit.server.answers import COMMON
from cyclekit.server.app import application
from cyclekit.server.loading import Loader, Rules
from cyclekit.server.service import About, Fault, Service
from cyclekit.workspace.tokens import Grant, Tokens, digest_of
from tests.examples import EXAMPLE, NAMELESS
from tests.fuzz.dictionary import written

__all__ = ["LONGEST", "WORDS", "one", "seeds"]

LONGEST = 1024
TOKEN, REVOKED = "opens-north", "opened-north"
NORTH = "example/north"
#: How many requests of an input are asked.
MOST = 3
_WORDS = (
    *("GET ", "HEAD ", "POST ", "OPTIONS ", "+GET ", "+HEAD ", "/feeds/", "/units/", "/pages.css", "/health", "/?q="),
    *("/openapi.json", ".ics", "example", "north", "south", "top", "idle", "alone", "/_", f"/{TOKEN}/", f"/{REVOKED}/"),
    *("%2F", "%2e%2e", "%00", "%E5%8C%97", "%ff", "//", "?", "#", "&q=", "{etag}", "W/", "*", ", ", "\n\n"),
    *("if-none-match: ", "if-modified-since: ", "accept-encoding: ", "range: bytes=0-1", "if-match: ", "if-range: "),
    *("accept: text/html", "accept-language: zh", "host: example.org", "content-length: 1", "transfer-encoding: x"),
    *("gzip", "x-gzip", "identity", ";q=0", ";q=1", ";q=0.5", ";q=0.001", "9999", " -2400"),
    *("Thu, 05 Mar 2026 14:30:00 GMT", "Thursday, 05-Mar-26 14:30:00 GMT", "Thu Mar  5 14:30:00 2026"),
)
WORDS = written(each.encode() for each in _WORDS)

MOMENT = dt.datetime(2026, 3, 5, 14, 30, tzinfo=dt.UTC)
_GRANTS = (
    Grant(digest_of(TOKEN), NORTH, "reader", MOMENT.date()),
    Grant(digest_of(REVOKED), NORTH, "reader", MOMENT.date(), MOMENT.date()),
)
_TAG = re.compile(rb"<\s*/?\s*([A-Za-z!?][^\s/>]*)")
_GZIP = re.compile(rb"gzip|\*", re.IGNORECASE)
_NAME = re.compile(rb"[a-z0-9-]+")
_VALUE = re.compile(rb"[\x20-\x7e]*")


@attrs.frozen
class Asked:
    """A request: its method, its target and its fields, as octets."""

    method: bytes
    target: bytes
    fields: tuple[tuple[bytes, bytes], ...] = ()

    def says(self, *names: bytes) -> bool:
        """Whether it has one of these fields."""
        return any(name in names for name, _ in self.fields)

    def without(self, *names: bytes) -> "Asked":
        """The same request without these fields."""
        return attrs.evolve(self, fields=tuple(each for each in self.fields if each[0] not in names))

    def where(self, old: bytes, new: bytes) -> "Asked":
        """The same request with something else in its fields."""
        return attrs.evolve(self, fields=tuple((name, value.replace(old, new)) for name, value in self.fields))


@attrs.frozen
class Answered:
    """An answer: its status, its fields, its octets."""

    status: int
    fields: Mapping[bytes, bytes]
    content: bytes


def _told(about: About, fault: Fault | None) -> None:
    raise AssertionError(about, fault)


def _applications() -> tuple[Starlette, Starlette]:
    """A server that is open, and one that wants tokens."""
    with tempfile.TemporaryDirectory(prefix="cyclekit-fuzz-") as folder:
        for name, text in (("example", EXAMPLE), ("alone", NAMELESS)):
            (Path(folder) / f"{name}.yaml").write_text(text, encoding="utf-8")
        snapshot = Loader(Rules((Path(folder),), lambda _: read_span("2026"))).load(MOMENT)
    return application(Service(snapshot, _told)), application(Service(snapshot, _told, Tokens(_GRANTS)))


_OPEN, _CLOSED = _applications()
_LOOP = asyncio.new_event_loop()


def ask(app: Starlette, asked: Asked) -> Answered:
    """Call an application as a server does, and hold what it sends to the rules of its interface (ASGI 3.0)."""
    path, _, query = asked.target.partition(b"?")
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": asked.method.decode("latin-1"),
        "scheme": "http",
        "path": unquote_to_bytes(path).decode("utf-8", "replace"),
        "raw_path": path,
        "query_string": query,
        "root_path": "",
        "headers": list(asked.fields),
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 80),
    }
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        sent.append(message)

    _LOOP.run_until_complete(app(scope, receive, send))
    start, *bodies = sent
    assert start["type"] == "http.response.start"
    assert all(each["type"] == "http.response.body" for each in bodies)
    assert [each.get("more_body", False) for each in bodies] == [True] * (len(bodies) - 1) + [False]
    fields = dict(start["headers"])
    assert len(fields) == len(start["headers"])
    # Servers leave out the content of what answers HEAD, whether an application does or not.
    content = b"" if asked.method == b"HEAD" else b"".join(each.get("body", b"") for each in bodies)
    return Answered(start["status"], fields, content)


def requests_in(data: bytes) -> list[tuple[bool, Asked]]:
    """The requests of an input, each with whether tokens are wanted."""
    found = []
    for text in data.split(b"\n\n")[:MOST]:
        line, *lines = text.split(b"\n")
        method, _, target = line.partition(b" ")
        fields = [each.partition(b":") for each in lines]
        named = tuple((name.strip().lower(), value.strip(b" \t")) for name, colon, value in fields if colon)
        found.append((method.startswith(b"+"), Asked(method.removeprefix(b"+"), target, named)))
    return found


def seeds() -> Iterator[bytes]:
    """None but those that are kept as files."""
    return iter(())


def one(data: bytes) -> None:
    """Ask what an input asks. Raises what comes out of the application; AssertionError where a rule is broken."""
    tag = _FEED.fields[b"etag"]
    for closed, written_down in requests_in(data):
        app = _CLOSED if closed else _OPEN
        asked = written_down.where(b"{etag}", tag)
        answered = ask(app, asked)
        tag = answered.fields.get(b"etag", tag)
        _keeps_the_rules(app, asked, answered)
        if closed and answered.status != 404 and asked.method in (b"GET", b"HEAD"):
            _was_granted(asked)


def _keeps_the_rules(app: Starlette, asked: Asked, answered: Answered) -> None:
    status, fields, content = answered.status, answered.fields, answered.content
    assert status in (200, 304, 404, 405), status
    for name, value in fields.items():
        assert _NAME.fullmatch(name), name
        assert _VALUE.fullmatch(value), value
    assert all(fields.get(name.lower().encode()) == value.encode() for name, value in COMMON.items())
    assert b"cache-control" in fields
    readable = asked.method in (b"GET", b"HEAD")
    # Section 9.3.2: what HEAD is answered with has the fields of GET.
    if asked.method == b"HEAD":
        same = ask(app, attrs.evolve(asked, method=b"GET"))
        assert (same.status, dict(same.fields)) == (status, dict(fields))
    if status == 405:
        assert not readable
        assert {each.strip() for each in fields[b"allow"].split(b",")} == {b"GET", b"HEAD"}
    elif status == 304:
        # Section 15.4.5: only where the reader has the bytes; with the fields that say which, and no content.
        assert readable
        assert asked.says(b"if-none-match", b"if-modified-since")
        assert not content
        assert {b"etag", b"vary", b"last-modified"} <= fields.keys()
        assert b"content-type" not in fields
        assert fields.get(b"content-length", b"0") == b"0"
    elif status == 200:
        assert readable
        _is_whole(app, asked, answered)


def _is_whole(app: Starlette, asked: Asked, answered: Answered) -> None:
    """The content of a 200 is all of it, in a coding that the reader takes, and safe to show."""
    fields, content = answered.fields, answered.content
    assert fields[b"content-type"]
    assert b"content-range" not in fields
    if asked.method == b"HEAD":
        return
    assert fields[b"content-length"] == str(len(content)).encode()
    if b"content-encoding" in fields:
        assert fields[b"content-encoding"] == b"gzip"
        assert any(_GZIP.search(value) for name, value in asked.fields if name == b"accept-encoding")
        plain = ask(app, asked.without(b"accept-encoding", b"if-none-match", b"if-modified-since"))
        assert b"content-encoding" not in plain.fields
        assert plain.fields[b"etag"] != fields[b"etag"]
        content = gzip.decompress(content)
        assert content == plain.content
    if fields[b"content-type"].startswith(b"text/html"):
        assert _tags(content) <= _KNOWN_TAGS


def _was_granted(asked: Asked) -> None:
    """Where tokens are wanted, what concerns a unit is told to who has its token, and to nobody else."""
    path = unquote_to_bytes(asked.target.partition(b"?")[0]).decode("utf-8", "replace")
    kind, *rest = path.removeprefix("/").split("/")
    if kind in ("feeds", "units"):
        assert "/".join(rest).removesuffix(".ics" if kind == "feeds" else "") == f"{TOKEN}/{NORTH}"


@lru_cache(1000)
def _tags(content: bytes) -> frozenset[bytes]:
    return frozenset(each.lower() for each in _TAG.findall(content))


def _tags_of(targets: Iterable[bytes]) -> frozenset[bytes]:
    return frozenset().union(*(_tags(ask(_OPEN, Asked(b"GET", each)).content) for each in targets))


_FEED = ask(_OPEN, Asked(b"GET", f"/feeds/{NORTH}.ics".encode()))
_KNOWN_TAGS = _tags_of(f"/{each}".encode() for each in ("", "?q=north", "?q=zzz", "units/alone/_", f"units/{NORTH}"))
