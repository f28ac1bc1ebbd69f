"""Schedules as objects of the ``icalendar`` library, for programs that go on with them."""

import datetime as dt
from typing import TYPE_CHECKING

from cyclekit.adapters.ical.moments import duration
from cyclekit.adapters.ical.options import EMPTY, Context, Options, calendar_properties
from cyclekit.adapters.ical.properties import PROPERTIES, Component, Kind, Property
from cyclekit.adapters.ical.text import cleaned
from cyclekit.adapters.ical.writer import FeedWriter
from cyclekit.model.schedule import Schedule

if TYPE_CHECKING:
    import icalendar


def to_icalendar(
    schedule: Schedule, options: Options | None = None, context: Context | None = None
) -> "icalendar.Calendar":
    """A schedule as an ``icalendar.Calendar``, with the events of the feed of everyone.

    They say what the feed says. Written with ``to_ical(sorted=False)`` they are the feed in other folds, but for texts
    with a backslash and N, which ``icalendar`` takes for a line break: for feeds take a :class:`FeedWriter`.

    >>> import cyclekit
    >>> schedule = cyclekit.expand(cyclekit.load("rules/cn/wuhu-2020.yaml"), "2020")
    >>> to_icalendar(schedule).name
    'VCALENDAR'
    """
    writer = FeedWriter(schedule, options, context)
    events = tuple(writer.components())
    properties = calendar_properties(writer.name_of_all(), writer.options)
    import icalendar  # noqa: PLC0415  # slow to load

    found = icalendar.Calendar()
    _fill(found, Component("VCALENDAR", properties, events or (EMPTY,)))
    return found


def _object(component: Component) -> "icalendar.Component":
    import icalendar  # noqa: PLC0415  # slow to load

    kinds = {
        "VEVENT": icalendar.Event,
        "VTODO": icalendar.Todo,
        "VALARM": icalendar.Alarm,
        "VTIMEZONE": icalendar.Timezone,
        "STANDARD": icalendar.TimezoneStandard,
    }
    found: icalendar.Component = kinds[component.name]()
    _fill(found, component)
    return found


def _fill(found: "icalendar.Component", component: Component) -> None:
    import icalendar  # noqa: PLC0415

    for each in component.properties:
        if PROPERTIES[each.name] is Kind.TEXT:
            # Said outright: of a NAME, or what begins with X-, the library does not know that it is a text.
            found.add(each.name, icalendar.vText(cleaned(str(each.value))), encode=False)
        else:
            found.add(each.name, _value(each), parameters=dict(each.parameters))
    for inner in component.inner:
        found.add_component(_object(inner))


def _value(each: Property) -> object:
    match PROPERTIES[each.name], each.value:
        case Kind.TEXTS, tuple(texts):
            return [cleaned(text) for text in texts]
        case Kind.OFFSET, str(offset):
            hours, minutes = int(offset[:3]), int(offset[3:])
            return dt.timedelta(hours=hours, minutes=minutes)
        case Kind.DURATION, dt.timedelta() as length if each.name.startswith("X-"):
            return duration(length)
        case _, value:
            return value
