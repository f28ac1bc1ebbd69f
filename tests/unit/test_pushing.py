"""Pushing to a calendar server that misbehaves: nothing is lost, overwritten, done twice or led astray."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import attrs
import pytest

from cyclekit.adapters.ical import uid, unit_feed, whole_feed
from cyclekit.civil.spans import Span
from cyclekit.remote.address import is_ours, name_of, read_address
from cyclekit.remote.collection import Collection
from cyclekit.remote.content import said_by
from cyclekit.remote.faults import RemoteError
from cyclekit.remote.objects import Calendar, calendar_of
from cyclekit.remote.pushing import Deed, Manner, Outcome, Push
from cyclekit.remote.transport import TRIES, Client, Limits
from tests.examples import NAMELESS, expand
from tests.unit.calendar_server import Answer, Fake, fake_server, multistatus

YEAR = Span(dt.date(2026, 1, 1), dt.date(2026, 12, 31))
SCOPE = "example/north"
LIMITS = Limits(silence=5, answer=10, octets=1 << 20)
ALARM = b"BEGIN:VALARM\r\nACTION:DISPLAY\r\nDESCRIPTION:x\r\nTRIGGER:-P1D\r\nEND:VALARM\r\nEND:VEVENT"


@pytest.fixture
def fake() -> Iterator[Fake]:
    """A calendar server."""
    with fake_server() as server:
        yield server


@pytest.fixture
def calendar(tmp_path: Path) -> Calendar:
    """The calendar of a unit with several occurrences in 2026."""
    return calendar_of(unit_feed(expand(tmp_path, "2026"), SCOPE), lambda _: SCOPE)


@attrs.define
class Pushed:
    """What a push has done: its outcome, what it told of each object, and how long it waited."""

    outcome: Outcome
    told: list[tuple[Deed, str, str]]
    waits: list[float]

    @property
    def numbers(self) -> tuple[int, int, int, int]:
        """How many were put, removed, the same, and left alone."""
        done = self.outcome
        return done.put, done.removed, done.same, done.left


def push(fake: Fake, calendar: Calendar, manner: Manner | None = None, limits: Limits = LIMITS) -> Pushed:
    """Push a calendar, without waiting in earnest."""
    address = read_address(fake.address)
    told: list[tuple[Deed, str, str]] = []
    waits: list[float] = []
    client = Client(address, ("user", "密码"), limits=limits, sleep=waits.append)

    def tell(deed: Deed, uid_: str, why: str) -> None:
        told.append((deed, uid_, why))

    try:
        collection = Collection(client, address.path)
        done = Push(collection, calendar, frozenset({SCOPE}), YEAR, manner or Manner(), tell).run()
    finally:
        client.close()
    return Pushed(done, told, waits)


def moved(calendar: Calendar) -> tuple[str, Calendar]:
    """The calendar with another day for one of its objects, and the UID of that."""
    one = min(calendar.items)
    item = calendar.items[one]
    other = attrs.evolve(item, says="0" * 32, event=item.event.replace(b"SUMMARY:", b"SUMMARY:New "))
    return one, attrs.evolve(calendar, items={**calendar.items, one: other})


def fault_of(fake: Fake, calendar: Calendar, limits: Limits = LIMITS) -> RemoteError:
    """Why a push could not be done."""
    with pytest.raises(RemoteError) as caught:
        push(fake, calendar, limits=limits)
    return caught.value


def on(method: str, *answers: Answer | None) -> "Answers":
    """Answers to the first requests of a method."""
    return Answers(method, list(answers))


@attrs.define
class Answers:
    """Gives its answers one after the other."""

    method: str
    answers: list[Answer | None]

    def __call__(self, method: str, _path: str, _body: bytes) -> Answer | None:
        """The next one, where it is for this method."""
        return self.answers.pop(0) if self.answers and method == self.method else None


# ---------------------------------------------------------------------------------------------- what is done


def test_every_object_is_put_once(fake: Fake, calendar: Calendar) -> None:
    """Each UID is an object of its own under a name made of it; a second push finds all of them the same."""
    count = len(calendar.items)
    assert push(fake, calendar).numbers == (count, 0, 0, 0)
    assert fake.objects.keys() == {f"{each}.ics" for each in calendar.items}
    for name, body in fake.objects.items():
        assert body.count(b"BEGIN:VEVENT") == 1
        assert (said_by(body).uid, said_by(body).is_edited) == (name.removesuffix(".ics"), False)
    assert push(fake, calendar).numbers == (0, 0, count, 0)
    assert fake.count("PUT") == count


def test_a_calendar_is_made(fake: Fake, calendar: Calendar) -> None:
    """A calendar that is not there is made; one that somebody else makes meanwhile would be told."""
    fake.exists = False
    assert push(fake, calendar).outcome.made == 1
    assert fake.count("MKCALENDAR") == 1


def test_some_servers_say_404_inside(fake: Fake, calendar: Calendar) -> None:
    """A multistatus with 404 for the calendar itself means that it is not there, as with Xandikos."""
    said = "<D:response><D:href>/cal/</D:href><D:status>HTTP/1.1 404 Not Found</D:status></D:response>"
    fake.before = on("PROPFIND", multistatus(said))
    assert push(fake, calendar).outcome.made == 1


def test_a_change_has_a_greater_sequence(fake: Fake, calendar: Calendar) -> None:
    """What has changed is put in the place of the old one, with a SEQUENCE one higher at least."""
    push(fake, calendar)
    one, other = moved(calendar)
    before = said_by(fake.objects[f"{one}.ics"]).sequence
    assert push(fake, other).numbers == (1, 0, len(calendar.items) - 1, 0)
    assert said_by(fake.objects[f"{one}.ics"]).sequence == before + 1


def test_what_is_written_anew_is_no_edit(fake: Fake, calendar: Calendar) -> None:
    """Another order, other line ends and stamps of a server are no edit."""
    push(fake, calendar)
    for name, body in fake.objects.items():
        lines = body.decode().replace("\r\n ", "").split("\r\n")
        start, end = lines.index("BEGIN:VEVENT") + 1, lines.index("END:VEVENT")
        inner = [*reversed(lines[start:end]), "LAST-MODIFIED:20260101T000000Z", "CLASS:PUBLIC", "X-MOZ-GENERATION:4"]
        fake.objects[name] = "\n".join([*lines[:start], *inner, *lines[end:]]).encode()
    assert push(fake, calendar).numbers == (0, 0, len(calendar.items), 0)


def test_an_edit_is_left_alone(fake: Fake, calendar: Calendar) -> None:
    """Somebody's alarm stays, whether our side has changed or not; overwriting it is asked for."""
    push(fake, calendar)
    one, other = moved(calendar)
    fake.objects[f"{one}.ics"] = fake.objects[f"{one}.ics"].replace(b"END:VEVENT", ALARM)
    done = push(fake, calendar)
    assert done.told == [(Deed.EDITED, one, "")]
    assert done.outcome.behind == 0
    done = push(fake, other)
    assert done.told == [(Deed.CONFLICT, one, "")]
    assert done.outcome.behind == 1
    assert b"VALARM" in fake.objects[f"{one}.ics"]
    assert push(fake, other, Manner(overwrite=True)).numbers[0] == 1
    assert b"VALARM" not in fake.objects[f"{one}.ics"]


def test_what_is_gone_is_deleted(fake: Fake, calendar: Calendar) -> None:
    """What is owed no more is deleted, unless somebody edited it, it is past, or another push put it."""
    push(fake, calendar)
    uids = sorted(calendar.items)
    less = attrs.evolve(calendar, items={})
    fake.objects[f"{uids[0]}.ics"] = fake.objects[f"{uids[0]}.ics"].replace(b"END:VEVENT", ALARM)
    for each, old, new in ((1, SCOPE.encode(), b"example/south"), (2, b"DATE:2026", b"DATE:2025")):
        fake.objects[f"{uids[each]}.ics"] = fake.objects[f"{uids[each]}.ics"].replace(old, new)
    done = push(fake, less)
    assert done.numbers == (0, len(uids) - 3, 0, 1)
    assert (Deed.EDITED_GONE, uids[0], "") in done.told
    assert set(fake.objects) == {f"{each}.ics" for each in uids[:3]}


def test_more_than_half_is_too_many(fake: Fake, tmp_path: Path) -> None:
    """A push that would delete more than half of many objects is refused, unless it is forced."""
    months = calendar_of(whole_feed(expand(tmp_path, "2026", NAMELESS)), lambda _: SCOPE)
    assert push(fake, months).numbers == (12, 0, 0, 0)
    none = attrs.evolve(months, items={})
    with pytest.raises(RemoteError, match="too-many-go"):
        push(fake, none)
    assert len(fake.objects) == 12
    assert push(fake, none, Manner(force=True)).numbers == (0, 12, 0, 0)


def test_others_are_not_even_read(fake: Fake, calendar: Calendar) -> None:
    """Objects with other names are never asked for, changed or deleted."""
    fake.objects["mine.ics"] = b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"
    push(fake, calendar)
    push(fake, calendar)
    assert fake.objects["mine.ics"].startswith(b"BEGIN")
    assert not [each for each in fake.log if "mine" in each]


def test_what_stands_under_our_name(fake: Fake, calendar: Calendar) -> None:
    """Somebody's own object under a name of ours is told and left, even when overwriting is asked for."""
    one = min(calendar.items)
    for body in (b"nonsense", b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:mine\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"):
        fake.objects[f"{one}.ics"] = body
        assert (Deed.UNMARKED, one, "") in push(fake, calendar, Manner(overwrite=True)).told
        assert fake.objects[f"{one}.ics"] == body


def test_a_dry_run_changes_nothing(fake: Fake, calendar: Calendar) -> None:
    """A dry run tells what would be put, and only looks."""
    fake.exists = False
    assert push(fake, calendar, Manner(dry_run=True)).numbers == (len(calendar.items), 0, 0, 0)
    assert {each.partition(" ")[0] for each in fake.log} == {"PROPFIND"}


# --------------------------------------------------------------------------------------------- changed meanwhile


def test_edited_between_reading_and_putting(fake: Fake, calendar: Calendar) -> None:
    """On 412 the object is read again: somebody's edit of that very moment is left alone."""
    push(fake, calendar)
    one, other = moved(calendar)
    name = f"{one}.ics"

    def edit(method: str, _path: str, _body: bytes) -> None:
        if method == "PUT" and b"VALARM" not in fake.objects[name]:
            fake.objects[name] = fake.objects[name].replace(b"END:VEVENT", ALARM)

    fake.before = edit
    done = push(fake, other)
    assert done.told == [(Deed.CONFLICT, one, "")]
    assert fake.count("GET") == 1
    assert b"VALARM" in fake.objects[name]


def test_put_twice_is_put_once(fake: Fake, calendar: Calendar) -> None:
    """Where the answer to a PUT is lost, the next try finds the object there, and it is the same."""
    one = min(calendar.items)
    few = attrs.evolve(calendar, items={one: calendar.items[one]})

    def lose(method: str, path: str, body: bytes) -> Answer | None:
        if method == "PUT" and fake.count("PUT") == 1:
            fake.answer(method, path, body, {"if-none-match": "*"})
            return Answer(201, b"", cut=5)
        return None

    fake.before = lose
    assert push(fake, few).numbers == (0, 0, 1, 0)
    assert fake.count("PUT") == 2
    assert len(fake.objects) == 1


def test_an_object_that_never_rests(fake: Fake, calendar: Calendar) -> None:
    """A server that always answers 412 is asked a few times, and the object is told as refused."""
    one = min(calendar.items)
    fake.before = on("PUT", *[Answer(412)] * 9)
    done = push(fake, attrs.evolve(calendar, items={one: calendar.items[one]}))
    assert done.told == [(Deed.REFUSED, one, "412")]
    assert fake.count("PUT") == 3


def test_one_refusal_stops_nothing(fake: Fake, calendar: Calendar) -> None:
    """One object that the server does not take is told; the others are put. A server that takes none is left."""
    fake.before = on("PUT", Answer(413))
    done = push(fake, calendar)
    assert (done.outcome.refused, done.outcome.put) == (1, len(calendar.items) - 1)
    fake.objects.clear()
    fake.before = on("PUT", *[Answer(507)] * 99)
    assert fault_of(fake, calendar).values["status"] == "507"


# --------------------------------------------------------------------------------------------- the server's ways


@pytest.mark.parametrize("status", [429, 503])
def test_a_busy_server_is_waited_for(fake: Fake, calendar: Calendar, status: int) -> None:
    """429 and 503 are tried again, after as long as the server asks for or else longer each time."""
    fake.before = on("PUT", Answer(status, headers={"Retry-After": "7"}), Answer(status), Answer(status))
    done = push(fake, calendar)
    assert done.waits == [7.0, 2.0, 4.0]
    assert done.numbers[0] == len(calendar.items)


def test_a_server_that_stays_busy(fake: Fake, calendar: Calendar) -> None:
    """After some tries, or when it asks for too long a wait, the push ends and says so."""
    fake.before = on("PROPFIND", *[Answer(503)] * 20)
    assert fault_of(fake, calendar).kind == "busy"
    assert fake.count("PROPFIND") == TRIES
    fake.before = on("PROPFIND", Answer(429, headers={"Retry-After": "86400"}))
    assert fault_of(fake, calendar).kind == "busy"


def test_a_redirect_on_the_same_host(fake: Fake, calendar: Calendar) -> None:
    """A redirect on the same host is followed, and objects are put where it led."""
    fake.before = on("PROPFIND", Answer(301, headers={"Location": f"http://127.0.0.1:{fake.port}/cal/"}))
    address = attrs.evolve(read_address(fake.address), path="/old/")
    client = Client(address, limits=LIMITS)
    collection = Collection(client, address.path)
    assert collection.look() == []
    assert collection.path == "/cal/"
    client.close()
    assert len(calendar.items) > 0


@pytest.mark.parametrize("there", ["http://example.org/cal/", "https://127.0.0.1/cal/", "//127.0.0.1:1/", "http://[x/"])
def test_a_redirect_elsewhere(fake: Fake, calendar: Calendar, there: str) -> None:
    """Name and password go to no other host, port or scheme, wherever the server points."""
    fake.before = on("PROPFIND", Answer(302, headers={"Location": there}))
    assert fault_of(fake, calendar).kind == "redirected"
    assert len(fake.log) == 1


def test_redirects_in_a_circle(fake: Fake, calendar: Calendar) -> None:
    """A circle of redirects ends."""
    fake.before = on("PROPFIND", *[Answer(307, headers={"Location": "/cal/"})] * 99)
    assert fault_of(fake, calendar).kind == "redirects"


ENTITIES = b'<!DOCTYPE x [<!ENTITY a "b">]><multistatus xmlns="DAV:">&a;</multistatus>'
XML = {"Content-Type": "text/xml"}


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (Answer(207, b"<multistatus", XML), "xml"),
        (Answer(207, b"", XML), "xml"),
        (Answer(207, b"<html/>", XML), "xml"),
        (Answer(207, b'<?xml version="1.0" encoding="no-such"?><a/>', XML), "xml"),
        (Answer(207, b"<a>" * 100 + b"</a>" * 100, XML), "xml"),
        (Answer(207, ENTITIES, XML), "doctype"),
        (Answer(207, b"<multistatus xmlns='DAV:'/>", {"Content-Type": "text/html"}), "not-xml"),
        (Answer(207, b"x" * (2 << 20), XML), "too-large"),
        (Answer(200, b"Welcome", {"Content-Type": "text/html"}), "no-caldav"),
        (Answer(207, b"<multistatus xmlns='DAV:'/>", XML), "no-calendar"),
        (Answer(401), "login"),
    ],
)
def test_answers_that_are_none(fake: Fake, calendar: Calendar, answer: Answer, kind: str) -> None:
    """What is no answer of a calendar server is told by its kind, and nothing is put."""
    fake.before = on("PROPFIND", *[answer] * 9)
    assert fault_of(fake, calendar).kind == kind
    assert fake.count("PUT") == 0


def test_no_calendar_is_made(fake: Fake, calendar: Calendar) -> None:
    """A server that makes no calendars is told as that."""
    fake.exists = False
    fake.before = on("MKCALENDAR", Answer(403))
    assert fault_of(fake, calendar).kind == "not-made"


def test_without_an_etag_nothing_is_overwritten(fake: Fake, calendar: Calendar) -> None:
    """A server without ETags cannot guard anybody's change, so nothing is put over anything there."""
    push(fake, calendar)
    one, other = moved(calendar)
    body = fake.objects[f"{one}.ics"].decode()
    said = f"<D:response><D:href>/cal/{one}.ics</D:href><D:propstat><D:prop><C:calendar-data>{body}"
    said += "</C:calendar-data></D:prop><D:status>HTTP/1.1 200 OK</D:status></D:propstat></D:response>"
    fake.before = on("REPORT", multistatus(said))
    few = attrs.evolve(other, items={one: other.items[one]})
    assert fault_of(fake, few).kind == "no-etag"


def test_a_server_that_leads_us_out(fake: Fake, calendar: Calendar) -> None:
    """An href of another folder is taken for a name in ours: the server cannot make us delete elsewhere."""
    push(fake, calendar)
    one = min(calendar.items)
    href = f"/else/{one}.ics"
    said = f"<D:response><D:href>{href}</D:href><D:propstat><D:prop><D:getetag>x</D:getetag></D:prop>"
    said += "<D:status>HTTP/1.1 200 OK</D:status></D:propstat></D:response>"
    here = "<D:response><D:href>/cal/</D:href><D:propstat><D:prop><D:resourcetype><C:calendar/></D:resourcetype>"
    here += "</D:prop><D:status>HTTP/1.1 200 OK</D:status></D:propstat></D:response>"
    fake.before = on("PROPFIND", multistatus(here + said))
    push(fake, attrs.evolve(calendar, items={}))
    assert not [each for each in fake.log if "/else/" in each]


def test_the_password_is_sent_to_the_server(fake: Fake, calendar: Calendar) -> None:
    """Name and password go along as UTF-8 with every request (RFC 7617)."""
    push(fake, calendar)
    assert {each["authorization"] for each in fake.headers} == {"Basic dXNlcjrlr4bnoIE="}


# ------------------------------------------------------------------------------------------------- addresses


def test_addresses() -> None:
    """A calendar's address has a scheme, a host and a path, which ends with a slash and is percent-encoded."""
    told = {
        "caldav://h": (False, "h", 80, "/"),
        "caldavs://Example.org/u/日历": (True, "example.org", 443, "/u/%E6%97%A5%E5%8E%86/"),
        "caldavs://h:8443/a%2Fb/c/": (True, "h", 8443, "/a%2Fb/c/"),
        "caldav://[::1]:5232/": (False, "::1", 5232, "/"),
    }
    for text, parts in told.items():
        assert attrs.astuple(read_address(text)) == parts
    assert str(read_address("caldav://[::1]:5232/")) == "caldav://[::1]:5232/"
    loopback = {"caldav://[::1]/": True, "caldav://localhost/": True, "caldav://127.9.9.9/": True, "caldav://h/": False}
    assert {text: read_address(text).is_loopback for text in loopback} == loopback


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("https://h/a/", "address"),
        ("caldav:///a/", "address"),
        ("caldav://h/?a", "address"),
        ("caldav://h/a b", "address"),
        ("caldav://h/\r\nX: y", "address"),
        ("caldav://h:99999/", "address"),
        ("caldav://user@h/", "credentials"),
        ("caldav://user:word@h/", "credentials"),
    ],
)
def test_what_is_no_address(text: str, kind: str) -> None:
    """What is no address is refused, and so are names and passwords in one."""
    with pytest.raises(RemoteError) as caught:
        read_address(text)
    assert caught.value.kind == kind


def test_names_of_objects(tmp_path: Path) -> None:
    """A UID of ours makes a name that is known again; a long one is a name that file systems take."""
    key = next(iter(expand(tmp_path, "2026"))).key
    assert is_ours(f"/cal/{name_of(uid(key))}")
    long = name_of(uid(key._replace(unit="单" * 90)))
    assert len(long) < 200
    assert is_ours(long)
    assert name_of(uid(key._replace(unit="北"))).count("%E5%8C%97") == 1
    assert not is_ours("/cal/mine.ics")
