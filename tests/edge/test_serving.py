"""What the server answers, request by request."""

import datetime as dt
import gzip
import hashlib
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from icalendar import Calendar

from cyclekit.civil.labels import read_span
from cyclekit.server.app import App, application
from cyclekit.server.loading import Loader, Rules
from cyclekit.server.openapi import document
from cyclekit.server.service import Keeper
from cyclekit.workspace.tokens import Tokens, write_tokens
from tests.edge.asking import Client
from tests.edge.running import run
from tests.examples import EXAMPLE, NAMELESS

if TYPE_CHECKING:
    from cyclekit.errors import CyclekitError

NORTH = "/feeds/example/north.ics"
START = dt.datetime(2026, 3, 5, 14, 30, tzinfo=dt.UTC)


class Office:
    """A server's parts without its process: a folder of rules, a clock that is set by hand, what is told."""

    def __init__(self, folder: Path, tokens: Path | None = None, state: Path | None = None) -> None:
        self.rules = folder / "rules"
        self.rules.mkdir()
        (self.rules / "example.yaml").write_text(EXAMPLE, encoding="utf-8")
        (self.rules / "alone.yaml").write_text(NAMELESS, encoding="utf-8")
        self.now = START
        self.told: list[CyclekitError | OSError | None] = []
        self._setting = Rules((self.rules,), lambda _: read_span("2026..2027"), state=state, keep=30)
        self._tokens = tokens
        self.start()

    def start(self) -> None:
        """Begin to serve, or begin anew, with nothing in memory."""
        loader = Loader(self._setting)
        self.keeper = Keeper(loader, lambda: self.now, self.told.append, tokens=self._tokens)
        self.client = Client(application(self.keeper.service, max_age=600))

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
@pytest.mark.parametrize("path", [NORTH, "/feeds/example/nobody.ics", "/health", "/openapi.json"])
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
        Loader(Rules((office.rules,), lambda _: read_span("2026..2027"), state=out)), lambda: START, office.told.append
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
    told = document("1", tokens=tokens, pages=False)
    assert set(told["paths"]) == routes_of(tokens=tokens)
    for path, each in told["paths"].items():
        assert {"get", "head"} <= each.keys()
        inside = {one["name"] for one in each.get("parameters", []) if one["in"] == "path"}
        assert inside == set(re.findall(r"\{(\w+)\}", path))


def test_the_document_is_served(office: Office) -> None:
    """The OpenAPI document is there for whoever asks."""
    assert office.client.get("/openapi.json").json()["openapi"] == "3.1.0"


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


def test_tokens_are_watched(guarded: Guarded) -> None:
    """A token that is revoked opens nothing from then on; a file that cannot be read leaves tokens as they were."""
    path = f"/feeds/{guarded.north}/example/north.ics"
    guarded.file.write_text("{", encoding="utf-8")
    guarded.look()
    assert guarded.health()["errors"] == 1
    assert guarded.client.get(path).status == 200
    write_tokens(guarded.file, guarded.tokens.revoked(guarded.tokens.grants[0].id, START.date()))
    guarded.look()
    assert guarded.health() == {"status": "ok", "errors": 0, "since": "2026-03-05T14:30:00+00:00"}
    assert guarded.client.get(path).status == 404


def test_health_tells_no_names(guarded: Guarded) -> None:
    """Whoever has no token learns that something is wrong, and neither what nor where."""
    guarded.edit("every: quarter", "every: quater")
    guarded.look()
    assert set(guarded.health()) == {"status", "errors", "since"}
    told = json.dumps(guarded.client.get("/openapi.json").json())
    assert "example" not in told
