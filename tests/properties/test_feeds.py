"""What holds for every feed, whatever the rules and the texts."""

import datetime as dt
import re
from typing import Any

import attrs
import recurring_ical_events
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar, Event

from cyclekit.adapters.ical import Context, FeedWriter, Linter, Options, feed, to_icalendar, uid
from cyclekit.adapters.ical.text import cleaned
from cyclekit.civil.spans import Span
from cyclekit.engine.explain import explain_occurrence
from cyclekit.errors import CalendarError
from cyclekit.model.identity import Status
from cyclekit.model.obligation import Ahead, Amount, Obligation, Quota, Rulebook, Source
from cyclekit.model.occurrence import Occurrence
from cyclekit.model.roster import Roster
from cyclekit.model.schedule import Schedule
from cyclekit.model.text import Text
from cyclekit.words.whys import why_words
from tests.properties.expanding import expanded, rules
from tests.properties.strategies import horizons, worlds

#: What stands in texts: what is escaped, what ends lines, what takes one to four octets, and everything else.
ALIKE = '\\,;:"\n\r\t abN季é🙂\u2028\ufffd'
TEXTS = st.text(st.sampled_from(ALIKE), min_size=1, max_size=60) | st.text(st.characters(), min_size=1, max_size=60)
VISIBLE = st.text(
    st.characters(categories=["L", "N", "P", "S", "Zs"], include_characters="\\\n,;"), min_size=1, max_size=60
)


@st.composite
def adorned(draw: st.DrawFn, book: Rulebook, texts: st.SearchStrategy[str]) -> Rulebook:
    """The same rules with texts in every field, receivers, reminders, quotas, zones."""
    roster = book.roster
    named = Roster(
        roster.ids,
        names=[Text.of(draw(texts)) for _ in roster.ids],
        kinds=roster.kinds,
        parents=roster.parents,
        tags=roster.tags,
        calendars=roster.calendars,
        timezones=roster.timezones,
        year_starts=roster.year_starts,
        active=roster.active,
        attributes=roster.attributes,
    )

    def dressed(obligation: Obligation) -> Obligation:
        people = st.lists(st.just("parent") | st.sampled_from(roster.ids) | texts, max_size=3).map(tuple)
        ahead = st.builds(Ahead, st.integers(1, 20), st.booleans())
        fields: dict[str, Any] = {
            "title": Text.of(draw(texts)),
            "kind": draw(st.none() | texts),
            "tags": tuple(draw(st.lists(texts, max_size=2))),
            "report_to": draw(people),
            "deliver": tuple(draw(st.lists(texts, max_size=2))),
            "lead": obligation.lead if obligation.jointly else draw(st.none() | st.just("parent") | texts),
            "remind": tuple(draw(st.lists(ahead, max_size=2))),
            "notes": draw(st.none() | texts.map(Text.of)),
            "quota": (Quota(at_least=Amount(2), of=Text.of(draw(texts))),) if draw(st.booleans()) else (),
            "url": draw(st.sampled_from(["", "https://example.org/税?a=1;b=2,3"])),
            "source": draw(st.none() | st.builds(Source, texts, texts, texts, texts, quote=texts)),
        }
        changes = tuple(
            attrs.evolve(
                each, result=attrs.evolve(each.result, **{name: fields[name] for name in ("title", "remind", "kind")})
            )
            for each in obligation.changes
        )
        return attrs.evolve(obligation, **fields, changes=changes)

    return attrs.evolve(
        book,
        title=Text.of(draw(texts)),
        roster=named,
        obligations=tuple(map(dressed, book.obligations)),
    )


@st.composite
def schedules(draw: st.DrawFn, texts: st.SearchStrategy[str] = TEXTS) -> Schedule:
    """Schedules of every shape that tests know over any horizon, with texts in every field."""
    book = draw(rules().flatmap(lambda book: adorned(book, texts)))
    return expanded(book, draw(horizons()), draw(worlds(known=True)))


def contexts(schedule: Schedule, language: str) -> Context:
    """Zones and calendars of a schedule, and explanations of its dates."""

    def why(occurrence: Occurrence) -> str:
        return why_words(explain_occurrence(schedule, occurrence), language)

    # Reminders may ask what dates asked.
    return Context(zones=schedule.world.zones, calendars=schedule.world.calendars, why=why)


def options() -> st.SearchStrategy[Options]:
    """Every kind of feed."""
    return st.builds(
        Options,
        st.sampled_from(["en", "zh"]),
        tasks=st.booleans(),
        alarms=st.booleans(),
        lead_events=st.booleans(),
        method=st.sampled_from([None, "PUBLISH"]),
        colour=st.sampled_from([None, "teal", "#123456"]),
    )


def logical(data: bytes) -> list[str]:
    """The lines of a feed without folds."""
    return data.decode().replace("\r\n ", "").split("\r\n")


def without_reminders(asked: Options) -> Options:
    """The same kind of feed, for schedules whose reminders ask calendars that are not at hand."""
    return attrs.evolve(asked, alarms=False, lead_events=False)


def written(schedule: Schedule, asked: Options) -> tuple[FeedWriter, bytes]:
    """The feed of everyone; where a calendar is not at hand for a reminder, without reminders."""
    context = contexts(schedule, asked.language)
    writer = FeedWriter(schedule, asked, context)
    try:
        return writer, writer.of_all()
    except CalendarError:
        writer = FeedWriter(schedule, without_reminders(asked), context)
        return writer, writer.of_all()


@given(schedule=schedules(), asked=options())
def test_every_feed_is_one_that_programs_take(schedule: Schedule, asked: Options) -> None:
    """The linter finds nothing in any feed, whatever the texts are: of everyone, and of each unit."""
    writer, data = written(schedule, asked)
    linter = Linter()
    assert linter.check(data) == ()
    for unit in schedule.rulebooks[0].roster.ids:
        assert linter.check(writer.of_unit(unit)) == ()


@given(schedule=schedules(), language=st.sampled_from(["en", "zh"]))
def test_a_units_feed_is_what_it_owes(schedule: Schedule, language: str) -> None:
    """A unit's feed has the events of what it owes, in that order, as if nobody else were there."""
    writer = FeedWriter(schedule, Options(language), Context(zones=schedule.world.zones))
    book = schedule.rulebooks[0]
    for unit in book.roster.ids:
        alone = schedule.for_unit(unit)
        wanted = FeedWriter(alone, Options(language), Context(zones=schedule.world.zones))
        name = writer.name_of(book, unit)
        assert writer.of_unit(unit) == wanted.of_some(name, lambda _line: None, whose=False)


@given(schedule=schedules())
def test_the_order_of_a_feed_is_that_of_the_schedule(schedule: Schedule) -> None:
    """Events come in the order of the schedule, and none that is absorbed."""
    wanted = [uid(each.key) for each in schedule if each.status is not Status.ABSORBED]
    data = FeedWriter(schedule, Options(), Context(zones=schedule.world.zones)).of_all()
    assert [line[4:] for line in logical(data) if line.startswith("UID:")] == wanted


@given(schedule=schedules(VISIBLE), language=st.sampled_from(["en", "zh"]))
def test_a_feed_is_read_back(schedule: Schedule, language: str) -> None:
    """`icalendar` and `recurring-ical-events` read the days and texts of each event as they were."""
    data = FeedWriter(schedule, Options(language), Context(zones=schedule.world.zones)).of_all()
    read = Calendar.from_ical(data)
    wanted = {uid(each.key): each for each in schedule if each.status is not Status.ABSORBED}
    found = {str(event["UID"]): event for event in read.walk("VEVENT")}
    assert found.keys() == wanted.keys()
    for name, event in found.items():
        assert isinstance(event, Event)
        occurrence = wanted[name]
        assert occurrence.title.get(language) in str(event["SUMMARY"])
        assert f"{occurrence.unit.name.get(language)}\n" in f"{event['DESCRIPTION']}\n"
        assert {str(each) for each in event.categories} == set(occurrence.obligation.tags) | {
            each for each in [occurrence.obligation.kind] if each
        }
        if occurrence.minute is None:
            assert event.start == occurrence.due
    days = [each.due for each in wanted.values()]
    if days and max(days).year < 9990:
        listed = recurring_ical_events.of(read).between(min(days) - dt.timedelta(2), max(days) + dt.timedelta(3))
        assert sorted(str(each["UID"]) for each in listed) == sorted(wanted)


@given(schedule=schedules(TEXTS.filter(lambda text: "\\N" not in text)), asked=options())
def test_bytes_are_those_of_icalendar(schedule: Schedule, asked: Options) -> None:
    """Unfolded, a feed is what `icalendar` writes of the same objects, but for a backslash and N, which it spoils."""
    writer, data = written(schedule, asked)
    objects = to_icalendar(schedule, writer.options, contexts(schedule, asked.language))
    theirs = objects.to_ical(sorted=False)
    assert logical(data) == logical(theirs)


@given(TEXTS)
def test_names_are_what_icalendar_reads(text: str) -> None:
    """The name of a calendar is read back as it was, but for what no feed can hold."""
    read = Calendar.from_ical(feed([], text))
    # `icalendar` does not know that these are texts, and gives them as they stand in the feed.
    found = {re.sub(r"\\(.)", _unescaped, str(read[name]), flags=re.DOTALL) for name in ("NAME", "X-WR-CALNAME")}
    assert found == {cleaned(text)}


def _unescaped(match: re.Match[str]) -> str:
    return "\n" if match[1] in "nN" else match[1]


@given(schedule=schedules(), asked=options(), data=st.data())
def test_a_linter_that_knows_a_feed_says_what_a_new_one_says(
    schedule: Schedule, asked: Options, data: st.DataObject
) -> None:
    """After good feeds, a broken one is judged as if it were the first."""
    _, whole = written(schedule, asked)
    linter = Linter()
    assert linter.check(whole) == ()
    assert linter.check(whole) == ()
    start = data.draw(st.integers(0, len(whole)), label="from")
    stop = data.draw(st.integers(start, min(start + 30, len(whole))), label="up to")
    instead = data.draw(
        st.binary(max_size=5) | st.sampled_from([b"\r\n", b"\r\n ", b",", b"\\", b"UID:x\r\n", b"END:VEVENT\r\n"]),
        label="instead",
    )
    broken = whole[:start] + instead + whole[stop:]
    assert linter.check(broken) == Linter().check(broken)
    lines = whole.split(b"\r\n")
    place = data.draw(st.integers(0, len(lines) - 1), label="line")
    other = data.draw(st.integers(0, len(lines) - 1), label="in place of")
    lines[other] = lines[place]
    assert linter.check(b"\r\n".join(lines)) == Linter().check(b"\r\n".join(lines))


#: What might stand in place of a unit's id or name: what is as good, and what breaks a line, an escape or a character.
INSTEAD = st.text(st.sampled_from("ab-~,;\\\\nN \r\n\x01\x0e季🙂"), max_size=80).map(str.encode) | st.binary(max_size=3)


@given(schedule=schedules(), asked=options(), data=st.data())
def test_feeds_of_other_units_are_judged_as_if_they_were_the_first(
    schedule: Schedule, asked: Options, data: st.DataObject
) -> None:
    """After the feeds of all units, one with other ids and names, broken or not, is judged as if it were the first."""
    writer, _ = written(schedule, asked)
    units = schedule.rulebooks[0].roster.ids
    linter = Linter()
    feeds = [writer.of_unit(unit) for unit in units]
    for each in feeds:
        assert linter.check(each) == ()
    unit, number = data.draw(st.sampled_from([(unit, number) for number, unit in enumerate(units)]), label="unit")
    same_length = st.text(st.sampled_from("abz09-._,~"), min_size=len(unit), max_size=len(unit)).map(str.encode)
    other = feeds[number].replace(f"~{unit}~".encode(), b"~%b~" % data.draw(same_length | INSTEAD, label="id"))
    told = re.search(rb"\r\nDESCRIPTION:(.+?)\r\n \\\\n", other, re.DOTALL)
    if told is not None:
        other = other.replace(told[1], data.draw(INSTEAD, label="name"))
    assert linter.check(other) == Linter().check(other)
    start = data.draw(st.integers(0, len(other)), label="from")
    broken = other[:start] + data.draw(INSTEAD, label="instead") + other[start + 1 :]
    assert linter.check(broken) == Linter().check(broken)


@given(horizon=horizons(), schedule=schedules())
def test_one_writer_gives_what_many_give(schedule: Schedule, horizon: Span) -> None:
    """What a writer has made for one feed changes nothing in the next."""
    assert horizon.days > 0
    writer = FeedWriter(schedule, Options(), Context(zones=schedule.world.zones))
    every = [writer.of_unit(unit) for unit in schedule.rulebooks[0].roster.ids] + [writer.of_all()]
    again = [FeedWriter(schedule, Options(), Context(zones=schedule.world.zones)).of_all()]
    again += [
        FeedWriter(schedule, Options(), Context(zones=schedule.world.zones)).of_unit(unit)
        for unit in schedule.rulebooks[0].roster.ids
    ]
    assert [*every[-1:], *every[:-1]] == again
