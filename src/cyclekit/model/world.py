"""What dates depend on beside the rules."""

import datetime as dt
from collections.abc import Mapping, Sequence
from types import MappingProxyType

import attrs

from cyclekit.civil.working import WorkingCalendar
from cyclekit.model.event import Event


@attrs.frozen
class World:
    """Compiled calendars by id, time zones by name, and events by name."""

    calendars: Mapping[str, WorkingCalendar] = MappingProxyType({})
    zones: Mapping[str, dt.tzinfo] = MappingProxyType({})
    events: Mapping[str, Sequence[Event]] = MappingProxyType({})
