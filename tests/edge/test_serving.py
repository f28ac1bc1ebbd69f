"""What the server answers, request by request."""

import asyncio
import contextlib
import datetime as dt
import errno
import gzip
import hashlib
import json
import re
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

import pytest
from icalendar import Calendar

from cyclekit.adapters.ical import FeedWriter
from cyclekit.civil.labels import read_span
from cyclekit.errors import DamagedPublicationError, DamagedTokensError, DateRangeError, FeedError, RuleFileError
from cyclekit.server.app import App, application
from cyclekit.server.loading import Loader, Rules
from cyclekit.server.openapi import document
from cyclekit.server.running import listening
from cyclekit.server.running import run as run_server
from cyclekit.server.service import About, Keeper
from cyclekit.workspace.tokens import InForce, Tokens, write_tokens
from tests.edge.asking import Client
from tests.edge.running import run
from tests.examples import EXAMPLE, NAMELESS

if TYPE_CHECKING:
    from cyclekit.errors import CyclekitError

NORTH = "/feeds/example/north.ics"
PAGE = "/units/example/north"
POLICY = "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
START = dt.datetime(2026, 3, 5, 14, 30, tzinfo=dt.UTC)


class Office:
    """A server's parts without its process: a folder of rules, a clock that is set by hand, what is told."""

    def __init__(
        self, folder: Path, tokens: Path | None = None, state: Path | None = None, base_url: str | None = None
    ) -> None:
        self.rules = folder / "rules"
        self.rules.mkdir()
        (self.rules / "example.yaml").write_text(EXAMPLE, encoding="utf-8")
        (self.rules / "alone.yaml").write_text(NAMELESS, encoding="utf-8")
        self.now = START
        self.told: list[CyclekitError | OSError | None] = []
        self.told_about: list[About] = []
        self._setting = Rules((self.rules,), lambda _: read_span("2026..2027"), state=state, keep=30, base_url=base_url)
        self._tokens = tokens
        self.start()

    def start(self) -> None:
        """Begin to serve, or begin anew, with nothing in memory."""
        loader = Loader(self._setting)
        self.keeper = Keeper(loader, lambda: self.now, self.tell, tokens=self._tokens)
        self.client = Client(application(self.keeper.service, max_age=600))

    def tell(self, about: About, fault: "CyclekitError | OSError | None") -> None:
        """Keep what is told."""
        self.told_about.append(about)
        self.told.append(fault)

    def edit(self, old: str, new: str) -> None:
        """Change the example."""
        path = self.rules / "example.yaml"
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")

    def look(self, seconds: int = 60) -> None:
        """Let time go by, and the files be looked at."""
        self.now += dt.timedelta(seconds=seconds)
        self.keeper.look()

    def health(self) -> dict[str, Any]:
        """What /health says."""
        found: dict[str, Any] = self.client.get("/health").json()
        return found


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """An office that serves openly."""
    return Office(tmp_path)


def test_200(office: Office) -> None:
    """A feed comes with its type, its tag, when it was modified, how long it may be kept, and what protects it."""
    found = office.client.get(NORTH)
    assert found.status == 200
    assert found.content.startswith(b"BEGIN:VCALENDAR\r\n")
    assert found.content.count(b"BEGIN:VEVENT") > 5
    expected = {
        "content-type": "text/calendar; charset=utf-8",
        "content-length": str(len(found.content)),
        "etag": f'"{hashlib.sha256(found.content).hexdigest()}"',
        "last-modified": "Thu, 05 Mar 2026 14:30:00 GMT",
        "cache-control": "private, max-age=600, must-revalidate",
        "vary": "Accept-Encoding",
        "accept-ranges": "none",
        "x-content-type-options": "nosniff",
        "referrer-policy": "no-referrer",
        "x-robots-tag": "noindex",
    }
    assert dict(found.headers) == expected


def test_every_unit_has_a_feed(office: Office) -> None:
    """Units that owe nothing, and the one of a file that names none, have feeds too."""
    for name in ("example/top", "example/south", "example/idle", "alone/_"):
        assert office.client.get(f"/feeds/{name}.ics").status == 200


def test_304_by_tag(office: Office) -> None:
    """A reader that has the bytes is told so, without them, and with what it may have forgotten."""
    first = office.client.get(NORTH)
    for tag in (first.headers["etag"], f"W/{first.headers['etag']}", f'"x", {first.headers["etag"]}', "*"):
        found = office.client.get(NORTH, headers={"If-None-Match": tag})
        assert (found.status, found.content) == (304, b"")
        for name in ("etag", "last-modified", "cache-control", "vary"):
            assert found.headers[name] == first.headers[name]
        assert "content-length" not in found.headers
        assert "content-type" not in found.headers


def test_304_by_date(office: Office) -> None:
    """A reader that knows dates only is told the same, unless it sends a tag, which counts first."""
    since = {"If-Modified-Since": "Thu, 05 Mar 2026 14:30:00 GMT"}
    assert office.client.get(NORTH, headers=since).status == 304
    assert office.client.get(NORTH, headers={**since, "If-None-Match": '"x"'}).status == 200
    assert office.client.get(NORTH, headers={"If-Modified-Since": "Thu, 05 Mar 2026 14:29:59 GMT"}).status == 200


def test_head(office: Office) -> None:
    """HEAD answers as GET does, without the bytes; 304 and 404 as well."""
    get, head = office.client.get(NORTH), office.client.head(NORTH)
    assert (head.status, head.content) == (200, b"")
    assert dict(head.headers) == dict(get.headers)
    assert office.client.head(NORTH, headers={"If-None-Match": get.headers["etag"]}).status == 304
    assert office.client.head("/feeds/example/nobody.ics").status == 404


def test_gzip(office: Office) -> None:
    """Compressed bytes are the same feed under a tag of their own, which answers for them alone."""
    plain = office.client.get(NORTH)
    packed = office.client.get(NORTH, headers={"Accept-Encoding": "br, gzip;q=0.8"})
    assert packed.headers["content-encoding"] == "gzip"
    assert packed.headers["content-length"] == str(len(packed.content))
    assert gzip.decompress(packed.content) == plain.content
    assert packed.headers["vary"] == "Accept-Encoding"
    assert packed.headers["etag"] != plain.headers["etag"]
    both = {"Accept-Encoding": "gzip", "If-None-Match": packed.headers["etag"]}
    assert office.client.get(NORTH, headers=both).status == 304
    assert office.client.get(NORTH, headers={"If-None-Match": packed.headers["etag"]}).status == 200
    refused = office.client.get(NORTH, headers={"Accept-Encoding": "gzip;q=0, identity"})
    assert "content-encoding" not in refused.headers


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "PROPFIND", "TRACE"])
@pytest.mark.parametrize(
    "path", [NORTH, "/feeds/example/nobody.ics", "/", PAGE, "/units/a/b", "/pages.css", "/health", "/openapi.json"]
)
def test_405(office: Office, method: str, path: str) -> None:
    """Any other method is refused, and what is allowed is named."""
    found = office.client.request(method, path)
    assert found.status == 405
    assert set(found.headers["allow"].split(", ")) == {"GET", "HEAD"}
    assert found.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    "path",
    [
        "/feeds/example/nobody.ics",
        "/feeds/other/north.ics",
        "/feeds/example/north",
        "/feeds/example/north.ics/",
        "/feeds/example/north.ics.ics",
        "/feeds//north.ics",
        "/feeds/example/%2e%2e%2fnorth.ics",
        "/feeds/../rules/example.yaml",
        "/feeds/token/example/north.ics",
        "/feeds/example/%00.ics",
        "/feeds/example/%ff.ics",
        "/units/example/nobody",
        "/units/other/north",
        "/units/example/north/",
        "/units/example",
        "/units/example/../north",
        "/units/token/example/north",
        "/index.html",
        "/units",
        "//",
        "/robots.txt",
        "/favicon.ico",
        "/nothing",
    ],
)
def test_404(office: Office, path: str) -> None:
    """What is not there is not found: no redirection, no file of the disk, and no rule for robots."""
    found = office.client.get(path)
    assert found.status == 404
    assert found.content == b"Not found\n"
    assert "location" not in found.headers


def test_no_range(office: Office) -> None:
    """A part is never sent: whoever asks for one gets the whole."""
    found = office.client.get(NORTH, headers={"Range": "bytes=0-9"})
    assert found.status == 200
    assert len(found.content) > 10
    assert found.headers["accept-ranges"] == "none"


def test_a_good_change_is_taken_over(office: Office) -> None:
    """After a change a feed is another one, modified later; one that says the same keeps its tag."""
    before, idle = office.client.get(NORTH), office.client.get("/feeds/example/idle.ics")
    office.edit("en: Quarterly report", "en: Report of the quarter")
    office.look()
    after = office.client.get(NORTH, headers={"If-None-Match": before.headers["etag"]})
    assert after.status == 200
    assert b"Report of the quarter" in after.content
    assert after.headers["last-modified"] == "Thu, 05 Mar 2026 14:31:00 GMT"
    same = office.client.get("/feeds/example/idle.ics", headers={"If-None-Match": idle.headers["etag"]})
    assert same.status == 304
    assert office.told == [None]


def test_a_bad_change_leaves_all_as_it_was(office: Office) -> None:
    """Rules with errors are not taken over, /health counts the errors, and a mended file is taken over."""
    before = office.client.get(NORTH)
    assert office.health() == {"status": "ok", "errors": 0, "since": "2026-03-05T14:30:00+00:00"}
    office.edit("every: quarter", "every: quater")
    office.look()
    assert office.health() == {"status": "stale", "errors": 1, "since": "2026-03-05T14:30:00+00:00"}
    office.look()
    assert len(office.told) == 1
    assert office.client.get(NORTH, headers={"If-None-Match": before.headers["etag"]}).status == 304
    office.edit("en: Quarterly report", "en: Report of the quarter")
    office.edit("every: quater", "every: quarter")
    office.look()
    assert office.health()["status"] == "ok"
    assert office.client.get(NORTH, headers={"If-None-Match": before.headers["etag"]}).status == 200


def test_rules_that_cannot_be_read_leave_all_as_it_was(office: Office) -> None:
    """A folder that is gone for a while is one problem, told once; when it is back nothing has happened."""
    before = office.client.get(NORTH)
    away = office.rules.with_name("away")
    office.rules.rename(away)
    office.look()
    office.look()
    assert office.health()["errors"] == 1
    assert len(office.told) == 1
    assert office.client.get(NORTH).content == before.content
    away.rename(office.rules)
    office.look()
    assert office.health()["status"] == "ok"


@contextlib.contextmanager
def vanishing(folder: Path) -> Iterator[None]:
    """While this lasts, a folder below another one vanishes each time that it is walked through."""
    walk = Path.rglob

    def walked(self: Path, pattern: str) -> Iterator[Path]:
        if self == folder:
            raise FileNotFoundError(errno.ENOENT, "No such file or directory", str(folder / "temporary"))
        return walk(self, pattern)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Path, "rglob", walked)
        yield


async def until(holds: Callable[[], bool], keeping: "asyncio.Task[None]") -> None:
    """Wait until something holds, while the files are looked at again and again."""
    while not holds():
        assert not keeping.done()
        await asyncio.sleep(0.01)


def test_a_folder_that_vanishes_while_it_is_looked_through(office: Office) -> None:
    """What the system refuses while files are looked at is told once, is stale, and is over when it is over."""
    office.edit("en: Quarterly report", "en: Report of the quarter")
    with vanishing(office.rules):
        office.look()
        office.look()
        assert office.health() == {"status": "stale", "errors": 1, "since": "2026-03-05T14:30:00+00:00"}
        assert [type(each) for each in office.told] == [FileNotFoundError]
    office.look()
    assert office.health()["status"] == "ok"
    assert office.told[1:] == [None]
    assert b"Report of the quarter" in office.client.get(NORTH).content


def test_rules_with_errors_are_told_again_after_another_fault(office: Office) -> None:
    """Errors that stay while the folder cannot be looked through are what is told and counted when it can be."""
    office.edit("every: quarter", "every: quater")
    office.look()
    with vanishing(office.rules):
        office.look()
    office.look()
    office.look()
    assert [type(each) for each in office.told] == [RuleFileError, FileNotFoundError, RuleFileError]
    assert office.health()["errors"] == 1


def test_the_watch_goes_on_after_what_the_system_refuses(office: Office) -> None:
    """The task that looks at files again and again does not end by it."""

    async def keep() -> None:
        keeping = asyncio.create_task(office.keeper.keep(0.01))
        with vanishing(office.rules):
            await until(lambda: office.keeper.service.rule_faults == 1, keeping)
        await until(lambda: office.keeper.service.rule_faults == 0, keeping)
        keeping.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await keeping

    asyncio.run(asyncio.wait_for(keep(), 20))
    assert office.told[-1] is None


def test_a_server_that_cannot_watch_ends(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where looking at files ends by a fault of ours, the server ends with it, and does not serve on without a word."""

    def look() -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(office.keeper, "look_at_tokens", look)
    serving = run_server(application(office.keeper.service), listening("127.0.0.1", 0), office.keeper, every=0.01)
    with pytest.raises(ExceptionGroup) as raised:
        asyncio.run(asyncio.wait_for(serving, 20))
    assert [type(each) for each in raised.value.exceptions] == [ZeroDivisionError]


def test_a_state_that_is_restored_is_taken_up(tmp_path: Path) -> None:
    """A damaged state is told by its path, and once; when it is restored, serving goes on with rules as they are."""
    office = Office(tmp_path, state=tmp_path / "state")
    path = tmp_path / "state" / "state.json"
    whole = path.read_bytes()
    path.write_bytes(b"{")
    office.edit("en: Quarterly report", "en: Report of the quarter")
    office.look()
    office.look()
    (fault,) = office.told
    assert isinstance(fault, DamagedPublicationError)
    assert fault.path == str(path)
    path.write_bytes(whole)
    office.look()
    assert (office.told[1:], office.health()["status"]) == ([None], "ok")


def test_a_unit_that_goes_takes_its_feed_with_it(office: Office) -> None:
    """A unit that the rules no longer name is not found, and one that they name anew is."""
    office.edit("- {id: idle, name: 闲}", "- {id: new, name: 新}")
    office.look()
    assert office.client.get("/feeds/example/idle.ics").status == 404
    assert office.client.get("/feeds/example/new.ics").status == 200


def test_two_states_are_a_second_apart(office: Office) -> None:
    """States that follow each other at once differ in their dates, as HTTP knows whole seconds only."""
    office.client.get(NORTH)
    office.edit("en: Quarterly report", "en: Other report")
    office.look(seconds=0)
    found = office.client.get(NORTH, headers={"If-Modified-Since": "Thu, 05 Mar 2026 14:30:00 GMT"})
    assert found.status == 200


def test_nothing_is_written_before_it_is_asked_for(office: Office) -> None:
    """A request writes one feed at most, and a second request none."""
    snapshot = office.keeper.service.snapshot
    assert len(snapshot.cache) == 0
    office.client.get(NORTH)
    office.client.get(NORTH)
    office.client.get("/feeds/example/nobody.ics")
    assert len(snapshot.cache) == 1


def events(office: Office, path: str = NORTH) -> dict[str, tuple[int, str, str, dt.datetime]]:
    """The events of a feed: sequence, status, summary and when it was modified, by what comes first in the UID."""
    return {
        str(each["UID"]).split("@")[0]: (
            each.decoded("SEQUENCE"),
            str(each["STATUS"]),
            str(each["SUMMARY"]),
            each.decoded("LAST-MODIFIED"),
        )
        for each in Calendar.from_ical(office.client.get(path).content).walk("VEVENT")
    }


def test_a_date_that_moves_is_a_later_version(tmp_path: Path) -> None:
    """With a state, what changes has a higher sequence and a later date, also after a new start; the rest stays."""
    office = Office(tmp_path, state=tmp_path / "state")
    before = events(office)
    office.edit("2026Q1: {due: 2026-03-31", "2026Q1: {due: 2026-03-30")
    office.look()
    moved = "example~report~north~2026Q1"
    after = events(office)
    assert after[moved][0] == before[moved][0] + 1
    assert after[moved][3] == START + dt.timedelta(minutes=1)
    assert {uid for uid in before if before[uid] != after[uid]} == {moved}
    same = office.client.get(NORTH).headers["etag"]
    office.now += dt.timedelta(days=3)
    office.start()
    assert office.client.get(NORTH).headers["etag"] == same


def test_what_is_no_longer_owed_is_cancelled_for_a_while(tmp_path: Path) -> None:
    """With a state, what the rules no longer have stays as cancelled for as long as is said."""
    office = Office(tmp_path, state=tmp_path / "state")
    text = (office.rules / "example.yaml").read_text(encoding="utf-8")
    without = text.partition("  summary:\n")[0] + "  far:\n" + text.partition("  far:\n")[2]
    (office.rules / "example.yaml").write_text(without, encoding="utf-8")
    office.look()
    gone = events(office)["example~summary~north~2026"]
    assert gone[:2] == (1, "CANCELLED")
    assert gone[2].startswith("[Cancelled]")
    office.now += dt.timedelta(days=31)
    office.start()
    assert "example~summary~north~2026" not in events(office)


def test_serving_goes_on_from_a_publication(tmp_path: Path) -> None:
    """Versions that were published are those that are served from the same folder, and the folder's site stays."""
    office = Office(tmp_path)
    out = tmp_path / "out"
    assert run("publish", office.rules, "--to", out, "--within", "2026..2027", "--stamp", "2026-03-01").exit_code == 0
    published = (out / "current" / "site" / "example" / "units" / "north.ics").read_bytes()
    served = Keeper(
        Loader(Rules((office.rules,), lambda _: read_span("2026..2027"), state=out)), lambda: START, office.tell
    )
    assert Client(application(served.service)).get(NORTH).content == published
    assert (out / "current" / "site" / "example" / "units" / "north.ics").read_bytes() == published


def routes_of(*, tokens: bool) -> set[str]:
    """The paths of the routes of a server."""

    class Pretended:
        """As much of a service as routes need."""

        class snapshot:  # noqa: N801
            """When it began."""

            moment = START

    Pretended.tokens = Tokens() if tokens else None  # type: ignore[attr-defined]
    return {each.path for each in App(Pretended()).routes()}  # type: ignore[arg-type]


@pytest.mark.parametrize("tokens", [False, True])
def test_the_document_tells_every_route(tokens: bool) -> None:
    """The OpenAPI document has exactly the paths of the routes, each with GET and HEAD and the names in it."""
    told = document("1", tokens=tokens)
    assert set(told["paths"]) == routes_of(tokens=tokens)
    for path, each in told["paths"].items():
        assert {"get", "head"} <= each.keys()
        inside = {one["name"] for one in each.get("parameters", []) if one["in"] == "path"}
        assert inside == set(re.findall(r"\{(\w+)\}", path))


def test_the_document_is_served(office: Office) -> None:
    """The OpenAPI document is there for whoever asks."""
    assert office.client.get("/openapi.json").json()["openapi"] == "3.1.0"


# ---------------------------------------------------------------------------------------------------- pages


def test_a_page(office: Office) -> None:
    """A page comes as a feed does, is asked for again each time, and may load nothing but its style sheet."""
    found = office.client.get(PAGE)
    assert found.status == 200
    assert "<h1><bdi>North</bdi></h1>" in found.content.decode()
    assert dict(found.headers) == {
        "content-type": "text/html; charset=utf-8",
        "content-length": str(len(found.content)),
        "content-security-policy": POLICY,
        "etag": f'"{hashlib.sha256(found.content).hexdigest()}"',
        "last-modified": "Thu, 05 Mar 2026 14:30:00 GMT",
        "cache-control": "private, max-age=0, must-revalidate",
        "vary": "Accept-Encoding",
        "accept-ranges": "none",
        "x-content-type-options": "nosniff",
        "referrer-policy": "no-referrer",
        "x-robots-tag": "noindex",
    }


@pytest.mark.parametrize(
    ("path", "kind"),
    [("/", "text/html"), ("/?q=north", "text/html"), (PAGE, "text/html"), ("/pages.css", "text/css")],
)
def test_pages_are_answered_as_feeds_are(office: Office, path: str, kind: str) -> None:
    """HEAD, gzip and both conditions hold for the index, a search, a page and the style sheet."""
    get, head = office.client.get(path), office.client.head(path)
    assert get.headers["content-type"] == f"{kind}; charset=utf-8"
    assert (get.status, head.status, head.content, dict(head.headers)) == (200, 200, b"", dict(get.headers))
    for condition in (
        {"If-None-Match": get.headers["etag"]},
        {"If-Modified-Since": get.headers["last-modified"]},
    ):
        found = office.client.get(path, headers=condition)
        assert (found.status, found.content) == (304, b"")
    packed = office.client.get(path, headers={"Accept-Encoding": "gzip"})
    assert gzip.decompress(packed.content) == get.content
    assert packed.headers["etag"] != get.headers["etag"]


def test_links_of_pages_lead_to_what_is_served(office: Office) -> None:
    """Every link from the index and from a page that stays on the server is answered, wherever the server is."""
    for start in ("/", "/?q=n", PAGE):
        links = re.findall(r'(?:href|action)="([^"#:]*)"', office.client.get(start).content.decode())
        assert links
        for link in links:
            assert not link.startswith("/")
            address = urljoin(f"http://a{start}", link).removeprefix("http://a")
            assert office.client.get(address).status == 200, (start, link)


def test_the_index_searches(office: Office) -> None:
    """The index has a form, and finds units by words of their names in any language, or by their ids."""
    for query, found in (("", 5), ("north", 1), ("%E5%8C%97", 1), ("zzz", 0), ("th+s", 1), ("++", 5)):
        page = office.client.get(f"/?q={query}").content.decode()
        assert '<form method="get" action="./"' in page
        assert page.count('href="units/') == found, query


@pytest.mark.parametrize("query", ["<b>", "%3Cscript%3E", "%00", "%ff%fe", "a" * 4000, "q=1&q=2", "%u1234", "'\"><"])
def test_hostile_searches(office: Office, query: str) -> None:
    """What is searched for is shown as it is, and makes no element."""
    found = office.client.get(f"/?q={query}")
    assert found.status == 200
    assert b"<script" not in found.content
    assert b"<b>" not in found.content


def test_searches_take_no_room_from_feeds(office: Office) -> None:
    """What is searched for is kept nowhere; a page and the index are, once they were asked for."""
    snapshot = office.keeper.service.snapshot
    for number in range(20):
        office.client.get(f"/?q={number}")
    assert len(snapshot.cache) == 0
    for path in ("/", "/?q=", "/?q=+", PAGE, PAGE):
        office.client.get(path)
    assert len(snapshot.cache) == 2


def test_without_an_address_pages_offer_the_file(tmp_path: Path) -> None:
    """Whatever host a request names, no page tells it: without a base there is the feed as a file, and no address."""
    office = Office(tmp_path)
    page = office.client.get(PAGE, headers={"Host": "evil.example", "X-Forwarded-Host": "evil.example"}).content
    assert b"evil" not in page
    assert b"webcal" not in page
    assert b'href="../../feeds/example/north.ics"' in page


def test_a_base_url_is_that_of_the_feeds(tmp_path: Path) -> None:
    """With a base the page of a unit tells the address of the feed that is served, below it."""
    office = Office(tmp_path, base_url="https://example.org/due/")
    page = office.client.get(PAGE).content.decode()
    assert f"<code>https://example.org/due{NORTH}</code>" in page
    assert f'href="webcal://example.org/due{NORTH}"' in page


def test_the_same_pages_are_published(tmp_path: Path) -> None:
    """A page that is served says what the published one says: they differ in their addresses alone."""
    office = Office(tmp_path)
    out = tmp_path / "out"
    assert run("publish", office.rules, "--to", out, "--within", "2026..2027", "--stamp", "2026-03-01").exit_code == 0

    def bare(data: bytes) -> str:
        return re.sub(r'href="[^"#]*"', "", data.decode())

    published = (out / "current" / "site" / "example" / "north.html").read_bytes()
    assert bare(published) == bare(office.client.get(PAGE).content)
    assert (out / "current" / "site" / "pages.css").read_bytes() == office.client.get("/pages.css").content


def test_a_page_follows_the_rules(office: Office) -> None:
    """After a change the page is another one, and after a bad one it stays."""
    before = office.client.get(PAGE)
    office.edit("en: Quarterly report", "en: Report of the quarter")
    office.look()
    after = office.client.get(PAGE, headers={"If-None-Match": before.headers["etag"]})
    assert "Report of the quarter" in after.content.decode()
    office.edit("every: quarter", "every: quater")
    office.look()
    assert office.client.get(PAGE).content == after.content


def test_pages_of_what_is_no_longer_owed(tmp_path: Path) -> None:
    """With a state, what the rules no longer have stands on the page as waived, as it is cancelled in the feed."""
    office = Office(tmp_path, state=tmp_path / "state")
    text = (office.rules / "example.yaml").read_text(encoding="utf-8")
    without = text.partition("  summary:\n")[0] + "  far:\n" + text.partition("  far:\n")[2]
    (office.rules / "example.yaml").write_text(without, encoding="utf-8")
    office.look()
    assert office.told == [None]
    page = office.client.get(PAGE).content.decode()
    assert re.search(r'<s class="name"><bdi>Summary</bdi></s> <span class="badge waived">', page)


# ------------------------------------------------------------------------------------- feeds that are refused


@pytest.fixture
def broken(office: Office, monkeypatch: pytest.MonkeyPatch) -> Office:
    """An office whose writer has a mistake: it forgets to escape what stands in one title."""
    written = FeedWriter.of_unit

    def wrongly(self: FeedWriter, name: str) -> bytes:
        return written(self, name).replace(b"SUMMARY:Summary", b"SUMMARY:Summary, and more")

    monkeypatch.setattr(FeedWriter, "of_unit", wrongly)
    return office


def test_a_broken_feed_is_never_served(broken: Office) -> None:
    """A feed that calendar programs would not take is a 500 without a byte of it; all else is served."""
    for method in ("GET", "HEAD", "GET"):
        found = broken.client.request(method, NORTH)
        assert found.status == 500
        assert b"BEGIN" not in found.content
        assert found.headers["cache-control"] == "no-store"
    assert broken.client.get("/feeds/example/south.ics").status == 200
    assert broken.client.get(PAGE).status == 200


def test_a_broken_feed_is_told_once_by_its_place(broken: Office) -> None:
    """It is told once for each state of the rules, at the obligation that it comes from; /health counts it."""
    for _ in range(3):
        broken.client.get(NORTH)
    (fault,) = broken.told
    assert isinstance(fault, FeedError)
    assert fault.feed == "example/north"
    line = 1 + EXAMPLE.split("\n").index("  summary:")
    assert [(Path(each.place.file).name, each.place.line) for each in fault.diagnostics] == [("example.yaml", line)]
    assert {each.message for each in fault.diagnostics} == {"feed-unescaped"}
    assert broken.health() == {"status": "faulty", "errors": 1, "since": "2026-03-05T14:30:00+00:00"}
    broken.edit("en: Summary", "en: Digest")
    broken.look()
    assert broken.client.get(NORTH).status == 200
    assert broken.health()["status"] == "ok"


def test_what_no_event_has_wrong_is_told_where_the_file_begins(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is wrong with a calendar and no event of it is told at the id of the rule file."""
    written = FeedWriter.of_unit
    monkeypatch.setattr(
        FeedWriter, "of_unit", lambda self, name: written(self, name).replace(b"VERSION:2.0\r\n", b"", 1)
    )
    assert office.client.get("/feeds/example/idle.ics").status == 500
    (fault,) = office.told
    assert isinstance(fault, FeedError)
    assert [(Path(each.place.file).name, each.place.line) for each in fault.diagnostics] == [("example.yaml", 2)]


# --------------------------------------------------------------------------------------------------- tokens


class Guarded(Office):
    """An office that serves by tokens: one for North, one for South that is revoked."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "tokens.json"
        tokens, self.north = Tokens().added("example/north", "North", START.date())
        tokens, self.south = tokens.added("example/south", "South", START.date())
        self.tokens = tokens.revoked(tokens.grants[1].id, START.date())
        write_tokens(self.file, self.tokens)
        super().__init__(folder, self.file)


@pytest.fixture
def guarded(tmp_path: Path) -> Guarded:
    """An office that serves by tokens."""
    return Guarded(tmp_path)


def test_a_token_opens_its_feed_alone(guarded: Guarded) -> None:
    """With its token a feed is read; everything else has one and the same answer."""
    assert guarded.client.get(f"/feeds/{guarded.north}/example/north.ics").status == 200
    wrong = [
        f"/feeds/{guarded.north}/example/south.ics",
        f"/feeds/{guarded.south}/example/south.ics",
        f"/feeds/{guarded.north}/example/nobody.ics",
        "/feeds/unknown/example/north.ics",
        "/feeds/unknown/example/nobody.ics",
        "/feeds/example/north.ics",
        "/feeds//example/north.ics",
        "/nothing",
    ]
    found = [guarded.client.get(path) for path in wrong]
    answers = {(each.status, each.content, tuple(sorted(each.headers.items()))) for each in found}
    assert len(answers) == 1
    assert next(iter(answers))[:2] == (404, b"Not found\n")


def test_a_token_opens_the_page_of_its_unit_alone(guarded: Guarded) -> None:
    """With its token a page is read, which leads to the feed of that token and to nothing else of the server."""
    found = guarded.client.get(f"/units/{guarded.north}/example/north")
    assert found.status == 200
    assert found.headers["content-security-policy"] == POLICY
    assert found.headers["referrer-policy"] == "no-referrer"
    links = re.findall(r'(?:href|action)="([^"#:]*)"', found.content.decode())
    assert set(links) == {"../../../pages.css", f"../../../feeds/{guarded.north}/example/north.ics"}
    for link in links:
        address = urljoin(f"/units/{guarded.north}/example/north", link)
        assert guarded.client.get(address).status == 200
    wrong = [
        "/",
        "/?q=north",
        "/units/example/north",
        f"/units/{guarded.north}/example/south",
        f"/units/{guarded.south}/example/south",
        f"/units/{guarded.north}/example/top",
        f"/units/{guarded.north}/example/nobody",
        f"/units/{guarded.north}",
        "/units/unknown/example/north",
        "/units//example/north",
        "/nothing",
    ]
    answers = [guarded.client.get(path) for path in wrong]
    assert len({(each.status, each.content, tuple(sorted(each.headers.items()))) for each in answers}) == 1
    assert answers[0].status == 404


def test_each_token_has_a_page_of_its_own(guarded: Guarded) -> None:
    """Two readers of one unit have a page each, with their own addresses; no page and no other answer has another's."""
    more, other = guarded.tokens.added("example/north", "Second", START.date())
    write_tokens(guarded.file, more)
    guarded.look()
    first = guarded.client.get(f"/units/{guarded.north}/example/north").content.decode()
    second = guarded.client.get(f"/units/{other}/example/north").content.decode()
    assert guarded.north in first
    assert other not in first
    assert first.replace(guarded.north, other) == second
    style = guarded.client.get("/pages.css")
    assert guarded.north not in f"{style.content.decode()}{style.headers}"


def test_a_revoked_token_opens_no_page_that_was_drawn(guarded: Guarded) -> None:
    """A page that is at hand is not given to a token that was revoked since."""
    path = f"/units/{guarded.north}/example/north"
    tag = guarded.client.get(path).headers["etag"]
    write_tokens(guarded.file, guarded.tokens.revoked(guarded.tokens.grants[0].id, START.date()))
    guarded.look()
    assert guarded.client.get(path).status == 404
    assert guarded.client.get(path, headers={"If-None-Match": tag}).status == 404


def test_tokens_are_watched(guarded: Guarded) -> None:
    """A token that is revoked opens nothing from then on; a file that is damaged leaves tokens as they were."""
    path = f"/feeds/{guarded.north}/example/north.ics"
    guarded.file.write_text("{", encoding="utf-8")
    guarded.look()
    guarded.look()
    assert (guarded.health()["status"], guarded.health()["errors"]) == ("stale", 1)
    assert guarded.client.get(path).status == 200
    write_tokens(guarded.file, guarded.tokens.revoked(guarded.tokens.grants[0].id, START.date()))
    guarded.look()
    assert guarded.health() == {"status": "ok", "errors": 0, "since": "2026-03-05T14:30:00+00:00"}
    assert guarded.client.get(path).status == 404
    assert [type(each) for each in guarded.told] == [DamagedTokensError, type(None)]
    assert set(guarded.told_about) == {About.TOKENS}


def test_tokens_without_their_file_open_nothing(guarded: Guarded) -> None:
    """Whoever takes the file away takes all tokens away, which is told once; the file that is back gives them back."""
    paths = [f"/{each}/{guarded.north}/example/north" for each in ("units", "feeds")]
    paths[1] += ".ics"
    guarded.file.unlink()
    guarded.look()
    guarded.look()
    assert [guarded.client.get(path).status for path in paths] == [404, 404]
    assert guarded.client.get("/").status == 404
    assert (guarded.health()["status"], guarded.health()["errors"]) == ("stale", 1)
    write_tokens(guarded.file, guarded.tokens)
    guarded.look()
    assert [guarded.client.get(path).status for path in paths] == [200, 200]
    assert guarded.health()["status"] == "ok"
    assert [type(each) for each in guarded.told] == [FileNotFoundError, type(None)]


def test_tokens_are_looked_at_whatever_happens_to_rules(guarded: Guarded) -> None:
    """While rule files cannot be looked at, and while they are being loaded, a token that is revoked opens nothing."""
    path = f"/feeds/{guarded.north}/example/north.ics"
    with vanishing(guarded.rules):
        guarded.look()
        write_tokens(guarded.file, guarded.tokens.revoked(guarded.tokens.grants[0].id, START.date()))
        guarded.look()
    assert guarded.client.get(path).status == 404
    write_tokens(guarded.file, guarded.tokens)
    loading, loaded = threading.Event(), threading.Event()

    def load(*_: object) -> None:
        loading.set()
        assert loaded.wait(20)
        raise DateRangeError("a date")

    async def keep() -> None:
        keeping = asyncio.create_task(guarded.keeper.keep(0.01))
        await until(loading.is_set, keeping)
        await until(lambda: guarded.keeper.service.tokens == InForce(guarded.tokens.grants), keeping)
        loaded.set()
        keeping.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await keeping

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Loader, "load", load)
        asyncio.run(asyncio.wait_for(keep(), 20))


def test_health_tells_no_names(guarded: Guarded) -> None:
    """Whoever has no token learns that something is wrong, and neither what nor where."""
    guarded.edit("every: quarter", "every: quater")
    guarded.look()
    assert set(guarded.health()) == {"status", "errors", "since"}
    told = json.dumps(guarded.client.get("/openapi.json").json())
    assert "example" not in told
