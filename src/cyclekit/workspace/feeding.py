"""Feeds with all that they depend on: zones, calendars, why a date is the one it is; each looked at before it is used.

An adapter knows no data and no engine, so what it needs of them is put together here.
"""

from collections.abc import Callable
from functools import partial

from cyclekit.adapters.ical import Context, FeedWriter, Linter, Options, Revise, by_content, calendar_key
from cyclekit.civil.working import WorkingCalendar
from cyclekit.engine.explain import explain_occurrence
from cyclekit.engine.own_calendars import Window, compile_all
from cyclekit.engine.reach import YEAR, clipped
from cyclekit.errors import FeedError
from cyclekit.model.occurrence import Occurrence
from cyclekit.model.schedule import Schedule
from cyclekit.words.whys import why_words

#: How far a calendar is compiled before the day from which a reminder counts back, beside twice the days it counts.
_MARGIN = 60


def feed_writer(schedule: Schedule, options: Options, revise: Revise | None = None) -> FeedWriter:
    """What writes the feeds of a schedule, with explanations, and reminders in working days.

    ``revise`` says which version of an event this is; left out, that follows from its content alone. Raises
    CalendarError for a reminder in working days without a calendar that can be had.
    """
    return FeedWriter(schedule, options, feed_context(schedule, options, revise))


def feed_context(schedule: Schedule, options: Options, revise: Revise | None = None) -> Context:
    """What the feeds of a schedule depend on beside it; also for who writes those of some of its units alone.

    Arguments and errors are those of ``feed_writer``.
    """
    why = why_of(schedule, options.language)
    return Context(revise or by_content(), schedule.world.zones, calendars_of(schedule, options), why)


def why_of(schedule: Schedule, language: str) -> Callable[[Occurrence], str]:
    """What tells why the occurrences of a schedule are due on their days."""
    from cyclekit.sources.day_names import DayNames  # noqa: PLC0415  # loads the holidays package

    names = {book.id: DayNames(book) for book in schedule.rulebooks}

    def why(occurrence: Occurrence) -> str:
        explanation = explain_occurrence(schedule, occurrence, names[occurrence.rulebook.id])
        return why_words(explanation, language)

    return why


def calendars_of(schedule: Schedule, options: Options) -> dict[str, WorkingCalendar]:
    """The calendars that feeds of these options ask: those of reminders where they are written, else none.

    Raises CalendarError for one that cannot be had.
    """
    return reminder_calendars(schedule) if options.alarms or options.lead_events else {}


def reminder_calendars(schedule: Schedule) -> dict[str, WorkingCalendar]:
    """The calendars in which a schedule's reminders count working days, compiled as far back as they reach.

    Raises CalendarError for one that cannot be had.
    """
    found: dict[str, WorkingCalendar] = {}
    for key, (days, window) in _asked(schedule).items():
        first = window[0] - 2 * days - _MARGIN
        calendar = _compiled(schedule, key, (first, window[1]))
        # Long recesses are no working days either: farther back, until there are enough.
        while calendar.first > 1 and calendar.count(calendar.first, window[0] - 1) < days:
            first -= YEAR
            calendar = _compiled(schedule, key, (first, window[1]))
        found[key] = calendar
    return found


def _asked(schedule: Schedule) -> dict[str, tuple[int, Window]]:
    """Which calendars reminders ask, how many days they count at most, and the days from which they do."""
    asked: dict[str, tuple[int, Window]] = {}
    for line in schedule.lines:
        most = max((each.days for each in line.obligation.remind if each.working), default=0)
        if not most or not line.rows:
            continue
        first, last = min(line.due), max(line.due)
        calendars = line.rulebook.roster.calendars
        for own in {calendars[unit] for unit in line.members}:
            key = calendar_key(line.rulebook, line.obligation, own)
            if key is not None:
                days, window = asked.get(key, (0, (first, last)))
                asked[key] = (max(days, most), (min(window[0], first), max(window[1], last)))
    return asked


def _compiled(schedule: Schedule, key: str, window: Window) -> WorkingCalendar:
    from cyclekit.sources.public_holidays import compile_calendar  # noqa: PLC0415

    return compile_all(schedule.rulebooks, {key: clipped(*window)}, partial(compile_calendar, names=frozenset()))[key]


def checked(data: bytes, name: str, linter: Linter) -> bytes:
    """The same feed. Raises FeedError for one that calendar programs do not take, which would be a mistake of ours."""
    found = linter.check(data, name)
    if found:
        raise FeedError(found)
    return data
