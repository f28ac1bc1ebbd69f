"""Feeds of other units: which are recognised, so that they need not be looked at again, and which are not."""

import pytest

from cyclekit.adapters.ical import Linter
from cyclekit.adapters.ical.familiar import Familiar
from cyclekit.adapters.ical.twins import twin_of

#: What a line has room for behind ``DESCRIPTION:``.
ROOM = 75 - len("DESCRIPTION:")
HEAD = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//y//EN\r\nNAME:{}\r\nX-WR-CALNAME:{}\r\n"


def feed(*units: tuple[str, str], name: str = "a", day: str = "20260101", rest: str = "all") -> bytes:
    """A feed with an event of each of some units, by id and what it is called."""
    events = "".join(
        f"BEGIN:VEVENT\r\nUID:book~duty~{unit}~2026@x.invalid\r\nDTSTAMP:19700101T000000Z\r\n"
        f"DTSTART;VALUE=DATE:{day}\r\nSUMMARY:a\r\nDESCRIPTION:{called}\r\n \\n{rest}\r\nEND:VEVENT\r\n"
        for unit, called in units
    )
    return f"{HEAD.format(name, name)}{events}END:VCALENDAR\r\n".encode()


FIRST = feed(("north", "North"), ("south", "South"))
#: Feeds that are the first one but for their units.
ALIKE = [
    FIRST,
    feed(("south", "South"), ("north", "North")),
    feed(("abcde", "x"), ("fghij", "x")),
    feed(("a-b.c", "A\\, B"), ("A_B_C", "")),
    feed(("first", "n" * ROOM), ("other", "季" * (ROOM // 3))),
    feed(("north", "North"), ("south", "South"), name="n" * 62),
]


@pytest.mark.parametrize("data", ALIKE)
def test_a_feed_of_other_units_is_recognised(data: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    """After a good feed, one that differs in ids and names alone is neither read through nor taken to pieces."""
    linter = Linter()
    # At the second time what it tells of itself is looked at alone.
    assert linter.check(FIRST) == linter.check(FIRST) == ()
    monkeypatch.setattr(Linter, "_read_through", lambda *_: pytest.fail("it is looked at again"))
    monkeypatch.setattr(Familiar, "head", lambda *_: pytest.fail("it is looked at again"))
    assert linter.check(data) == ()


def twice(unit: str, called: str) -> bytes:
    """A feed of one unit with two events."""
    one = feed((unit, called))
    begin, end = one.index(b"BEGIN:VEVENT"), one.index(b"END:VCALENDAR")
    return one[:end] + one[begin:end].replace(b"~2026", b"~2027") + one[end:]


def test_a_feed_of_one_unit_is_recognised(monkeypatch: pytest.MonkeyPatch) -> None:
    """So it is where all that is a unit's own is known before the feed ends."""
    linter = Linter()
    assert linter.check(twice("north", "North")) == linter.check(twice("north", "North")) == ()
    monkeypatch.setattr(Linter, "_read_through", lambda *_: pytest.fail("it is looked at again"))
    monkeypatch.setattr(Familiar, "head", lambda *_: pytest.fail("it is looked at again"))
    assert linter.check(twice("south", "")) == ()


#: Feeds with a fault, or which differ in more than their units.
OTHERS = [
    feed(("south", "South"), ("south", "North")),
    feed(("south", "South"), ("so\\th", "North")),
    feed(("south", "South"), ("north", "a,b")),
    feed(("south", "n" * (ROOM + 1)), ("north", "North")),
    feed(("south", "South"), ("north", "季" * (ROOM // 3) + "n")),
    feed(("south", "South"), ("north", "North"), day="20260102"),
    feed(("south", "South"), ("north", "North"), day="20269999"),
    feed(("south", "South"), ("north", "North"), rest="a,b"),
    feed(("southern", "South"), ("north", "North")),
    feed(("south", "South")),
    feed(("south", "South"), ("north", "North"), ("other", "Other")),
    feed(("south", "South"), ("north", "North"), name="a,b"),
    feed(("south", "South"), ("north", "North"), name="n" * 63),
    FIRST.replace(b"~south~2026", b"~south~2027"),
    FIRST.replace(b"END:VEVENT\r\nEND:VCALENDAR", b"STATUS:X\r\nEND:VEVENT\r\nEND:VCALENDAR"),
    FIRST + b"X",
]


@pytest.mark.parametrize("data", OTHERS)
def test_what_is_different_is_looked_at(data: bytes) -> None:
    """After a good feed, and after the same feed again, a new linter finds no more and no less."""
    linter = Linter()
    assert linter.check(FIRST) == ()
    expected = Linter().check(data)
    assert linter.check(data) == expected
    assert linter.check(data) == expected


def test_what_is_kept_of_a_feed() -> None:
    """All of it from its first event on, but ids and what units are called, which are read out of another one."""
    start = FIRST.index(b"\r\nBEGIN:VEVENT")
    twin = twin_of(FIRST)
    assert twin is not None
    assert twin.lengths == (5, 5)
    assert twin.slotted.slots == (0, 1, 2, 3)
    assert twin.slotted.filled((b"north", b"North", b"south", b"South")) == FIRST[start:]
    for data, wanted in (
        (FIRST, [b"North", b"South"]),
        (ALIKE[2], [b"x", b"x"]),
        (ALIKE[4], [b"n" * ROOM, ("季" * (ROOM // 3)).encode()]),
        (OTHERS[0], None),
        (OTHERS[1], None),
        (OTHERS[2], [b"South", b"a,b"]),
        (OTHERS[5], None),
        (OTHERS[8], None),
        (OTHERS[9], None),
        (OTHERS[10], None),
        (OTHERS[13], None),
        (OTHERS[15], None),
    ):
        assert twin.values_in(data, data.index(b"\r\nBEGIN:VEVENT")) == wanted


@pytest.mark.parametrize(
    "data",
    [
        b"",
        feed(),
        feed(*((f"unit-{number}", "x") for number in range(9))),
        FIRST.replace(b"NAME:a", b"METHOD:PUBLISH", 1),
        FIRST.replace(b"DTSTART;VALUE=DATE:20260101", b"DTSTART;TZID=A:20260101T120000"),
        FIRST.replace(b"SUMMARY:a", b"SUMMARY:\x01"),
        FIRST.replace(b"UID:book~duty~south~2026@x.invalid", b"UID:2"),
    ],
)
def test_nothing_is_kept_of_others(data: bytes) -> None:
    """Of a feed without events, of many units, for guests, with a time zone, with marks in it, with another's UIDs."""
    assert twin_of(data) is None
