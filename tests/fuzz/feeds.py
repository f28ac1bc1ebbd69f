"""Texts through the feed writer and back: equal to what went in, as a feed can hold it, and never a line of their own.

An input is what is asked of a feed, an octet (``Asked``); the field that the first text stands in, an octet; and texts,
with an octet between them that no UTF-8 has. They stand in a schedule that a program has made, and so hold what reading
would refuse; or, where it is asked, in a rule file, which is refused with diagnostics or told exactly.
"""

import enum
import re
import zlib
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

import attrs
from icalendar import Calendar

from cyclekit.adapters.ical import FeedWriter, Linter, Options
from cyclekit.adapters.ical.content import read_line
from cyclekit.adapters.ical.octets import Octets
from cyclekit.adapters.ical.options import EMPTY, calendar_properties
from cyclekit.adapters.ical.properties import PROPERTIES, Component, Kind, Property, content_line
from cyclekit.adapters.ical.text import cleaned
from cyclekit.civil.labels import read_span
from cyclekit.engine.expand import expand
from cyclekit.model.obligation import Obligation, Quota, Rulebook, Source
from cyclekit.model.roster import Roster
from cyclekit.model.text import Text
from cyclekit.reading.rulebook import read_rule_file
from cyclekit.reading.source import decode
from tests.fuzz.dictionary import properties, written
from tests.hostile import PARTS, quoted

__all__ = ["LONGEST", "WORDS", "one", "seeds"]

LONGEST = 1024
#: Stands between texts.
BETWEEN = b"\xff"
WORDS = written(
    [
        BETWEEN,
        *(each.encode("utf-8", "surrogatepass") for each in PARTS),
        *(f"\r\n{each}:".encode() for each in properties()),
    ]
)
HORIZON = read_span("2026")
#: Every field of a text, in the order in which an input's texts fill them, and where it stands in a rule file.
FIELDS: Mapping[str, str] = {
    "title": "title: {}",
    "notes": "notes: {}",
    "name": "",
    "kind": "kind: {}",
    "tag": "tags: [{}]",
    "deliver": "deliver: [{}]",
    "report_to": "report_to: [parent, {}]",
    "of": "quota: {{at_least: 2, of: {}}}",
    "document": "document: {}",
    "issuer": "issuer: {}",
    "article": "article: {}",
    "page": "page: {}",
    "quote": "quote: {}",
    "url": "url: {}",
    "reason": "reason: {}",
    "waived": "waived: {}",
    "book": "",
}
_NAMES = tuple(FIELDS)
_OF_SOURCE = ("document", "issuer", "article", "page", "quote")
#: Told as something else: at the ends without blanks, as octets, cut short in a title.
_CHANGED = ("notes", "url")
#: What a feed holds as it is: all that is no control character, no line end, no half of a pair and no noncharacter.
_WRITABLE = re.compile("[^\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]*")
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_PARTS = re.compile(r"(?:[^\\,]|\\.)+", re.DOTALL)
_FROM_FILE = 128
#: One in so many feeds is also read by icalendar, and four are looked at by the linter.
_ALSO = 32


class Asked(enum.IntFlag):
    """What is asked of a feed by an input's first octet."""

    CHINESE = 1
    TASKS = 2
    REMINDERS = 4
    ALARMS = 8
    JOINT = 16
    OF_UNIT = 32
    #: Both bits of it, and the second octet at least half way up: the texts stand in a rule file.
    FROM_FILE = 192


def rule_file(texts: Mapping[str, str]) -> str:
    """A rule file with these texts in their fields."""
    told = {name: quoted(text) for name, text in texts.items()}
    source = ", ".join(FIELDS[name].format(told[name]) for name in _OF_SOURCE if name in told)
    own = [
        FIELDS[name].format(told[name])
        for name in _NAMES
        if FIELDS[name] and name in told and name not in (*_OF_SOURCE, "reason", "waived")
    ]
    own += [f"source: {{{source}}}"] if source else []
    own += [] if "title" in told else ["title: Report"]
    owed = ", ".join(["once: 2026-05-08", "applies_to: u", "remind: [10 days]", *own])
    return (
        f"cyclekit: 1\nid: r\ntitle: {told.get('book', 'Rules')}\n"
        f"units:\n  - {{id: top, name: Top}}\n  - {{id: u, parent: top, name: {told.get('name', 'North')}}}\n"
        f"obligations:\n  due: {{{owed}, exceptions: {{once: {{due: 2026-05-09, "
        f"{FIELDS['reason'].format(told.get('reason', 'Flood'))}}}}}}}\n"
        f"  waived: {{{owed}, exceptions: {{once: {{{FIELDS['waived'].format(told.get('waived', 'None'))}}}}}}}\n"
        "  joint: {once: 2026-06-01, title: Joint, applies_to: [top, u], jointly: true, lead: top}\n"
    )


def _read(text: str) -> Rulebook | None:
    source, found = decode("r.yaml", text.encode("utf-8", "surrogatepass"))
    if any(each.is_error for each in found):
        return None
    return read_rule_file(source).rulebook


_READ = _read(rule_file({}))
assert _READ is not None
_BASE: Rulebook = _READ


def made(texts: Mapping[str, str]) -> Rulebook:
    """A rulebook with these texts that no file could hold, as a program may make one."""
    roster = _BASE.roster
    name = texts.get("name", "North")
    units = Roster(roster.ids, names=[Text.of("Top"), Text.of(name)], parents=roster.parents)
    return attrs.evolve(
        _BASE,
        title=Text.of(texts.get("book", "Rules")),
        roster=units,
        obligations=tuple(_filled(each, texts) for each in _BASE),
    )


def _filled(obligation: Obligation, texts: Mapping[str, str]) -> Obligation:
    if obligation.id == "joint":
        return obligation
    source = Source(
        document=texts.get("document", ""),
        issuer=texts.get("issuer", ""),
        article=texts.get("article", ""),
        page=texts.get("page", ""),
        quote=texts.get("quote", ""),
    )
    reason = texts.get("reason" if obligation.id == "due" else "waived", "Flood")
    return attrs.evolve(
        obligation,
        title=Text.of(texts.get("title", "Report")),
        notes=Text.of(texts["notes"]) if "notes" in texts else None,
        kind=texts.get("kind"),
        tags=(texts["tag"],) if "tag" in texts else (),
        deliver=(texts["deliver"],) if "deliver" in texts else (),
        report_to=("parent", texts["report_to"]) if "report_to" in texts else (),
        quota=(Quota(of=Text.of(texts["of"])),) if "of" in texts else (),
        source=source if source != Source() else None,
        url=texts.get("url", ""),
        exceptions=tuple(attrs.evolve(each, reason=reason) for each in obligation.exceptions),
    )


def seeds() -> Iterator[bytes]:
    """None but those that are kept as files."""
    return iter(())


def one(data: bytes) -> None:
    """Write one feed and read it back. Raises what nobody is told of, and AssertionError where a text is another."""
    octet, first = (*data[:2], 0, 0)[:2]
    asked = Asked(octet)
    found = [each.decode("utf-8", "surrogateescape") for each in data[2:].split(BETWEEN) if each]
    begin = first % _FROM_FILE
    texts = {_NAMES[(begin + place) % len(_NAMES)]: text for place, text in enumerate(found[: len(_NAMES)])}
    from_file = Asked.FROM_FILE in asked and first >= _FROM_FILE
    book = _read(rule_file(texts)) if from_file else made(texts)
    if book is None:
        return
    options = Options(
        "zh" if Asked.CHINESE in asked else "en",
        tasks=Asked.TASKS in asked,
        lead_events=Asked.REMINDERS in asked,
        alarms=Asked.ALARMS in asked,
    )
    owed = {"due", "waived"} if "waived" in texts else {"due"}
    owed |= {"joint"} if Asked.JOINT in asked else set()
    book = attrs.evolve(book, obligations=tuple(each for each in book if each.id in owed))
    writer = FeedWriter(expand(book, HORIZON), options)
    whose = Asked.OF_UNIT not in asked
    name = writer.name_of_all() if whose else writer.name_of(book, "u")
    data_ = writer.of_all() if whose else writer.of_unit("u")
    octets = Octets(data_)
    assert list(octets.faults()) == []
    # Every line is looked at below, each once as far as they are alike; so the whole linter need not look at all feeds.
    also = zlib.crc32(data) % _ALSO
    assert also % 8 or Linter().check(data_) == ()
    components = tuple(writer.components(whose=True)) if whose else _of_unit(writer)
    lines = list(map(_line_of, octets.lines()))
    assert lines == list(_expected(name, options, components))
    _contained(texts, lines, exactly=from_file)
    if not also:
        _also_read(data_, components)


def _of_unit(writer: FeedWriter) -> tuple[Component, ...]:
    """The components of the feed of one unit: those of the unit, and the joint one under its leader's UID."""
    return tuple(writer.components(lambda line: [1] if not line.together else None, whose=False))


# ------------------------------------------------------------------------------------------------- read back

#: A line as it is read back: its name, its parameters, and its value; of a text, or a list of them, what it says.
_Line = tuple[str, tuple[tuple[str, str], ...], str | tuple[str, ...]]


@lru_cache(10_000)
def _line_of(text: str) -> _Line:
    line = read_line(text)
    assert line is not None, text
    assert line.faults == (), text
    value: str | tuple[str, ...] = line.value
    match PROPERTIES.get(line.name):
        case Kind.TEXT:
            value = _said(line.value)
        case Kind.TEXTS:
            value = tuple(map(_said, _PARTS.findall(line.value)))
        case _:
            pass
    return line.name, tuple(line.parameters.items()), value


def _said(text: str) -> str:
    return _ESCAPE.sub(lambda match: "\n" if match[1] in "nN" else match[1], text)


def _expected(name: str, options: Options, components: Iterable[Component]) -> Iterator[_Line]:
    yield "BEGIN", (), "VCALENDAR"
    yield from map(_told, calendar_properties(name, options))
    for each in tuple(components) or (EMPTY,):
        yield from _component(each)
    yield "END", (), "VCALENDAR"


def _component(each: Component) -> Iterator[_Line]:
    yield "BEGIN", (), each.name
    yield from map(_told, each.properties)
    for inner in each.inner:
        yield from _component(inner)
    yield "END", (), each.name


def _told(each: Property) -> _Line:
    match PROPERTIES[each.name], each.value:
        case Kind.TEXT, str(text):
            return each.name, each.parameters, cleaned(text)
        case Kind.TEXTS, (*texts,):
            return each.name, each.parameters, tuple(cleaned(str(text)) for text in texts)
        case _:
            return _plainly_told(each)


@lru_cache(10_000)
def _plainly_told(each: Property) -> _Line:
    """A property that no author words: a date, a word of the standard, an address, whose octets are told elsewhere."""
    return _line_of(content_line(each).replace(b"\r\n ", b"").removesuffix(b"\r\n").decode())


def _contained(texts: Mapping[str, str], lines: list[_Line], *, exactly: bool) -> None:
    """Each text that a feed can hold is in it as it is; of a rule file, each text is one."""
    values = [value for _, _, value in lines]
    told = [text for value in values for text in ((value,) if isinstance(value, str) else value)]
    for name, text in texts.items():
        if exactly:
            assert _WRITABLE.fullmatch(text.replace("\r\n", "\n")), name
        if name not in _CHANGED and _WRITABLE.fullmatch(text):
            assert any(text in each for each in told), name


def _also_read(data: bytes, components: Iterable[Component]) -> None:
    """The program of others reads the same titles and descriptions."""
    events = [each for each in Calendar.from_ical(data).walk() if each.name in ("VEVENT", "VTODO")]
    expected = [each for each in components if each.name in ("VEVENT", "VTODO")]
    assert len(events) == len(expected)
    for event, component in zip(events, expected, strict=True):
        for each in component.properties:
            if each.name in ("UID", "SUMMARY", "DESCRIPTION"):
                assert str(event[each.name]) == cleaned(str(each.value)), each.name
