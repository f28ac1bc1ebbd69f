"""What an event is called, and which version of it this is."""

import datetime as dt
from collections.abc import Callable

import attrs

from cyclekit.model.identity import Key
from cyclekit.model.line import Line
from cyclekit.model.obligation import Ahead
from cyclekit.model.occurrence import Occurrence

DOMAIN = "cyclekit.invalid"
#: The stamp of what says neither when it was checked nor when it was issued: plainly no real date, and always the same.
UNDATED = dt.date(1970, 1, 1)


@attrs.frozen
class Revision:
    """Which version of an event this is: how often it has changed, and when it was written first and last.

    ``stamp`` is its DTSTAMP. ``created`` and ``modified`` are None where nobody keeps count.
    """

    sequence: int
    stamp: dt.datetime
    created: dt.datetime | None = None
    modified: dt.datetime | None = None


#: Which version a row of a line is: all units that share the row share it.
Revise = Callable[[Line, int], Revision]


def uid(key: Key, *, task: bool = False, ahead: Ahead | None = None) -> str:
    """The UID of an occurrence: its key, so that it stays when title or date change.

    ``~`` stands between the parts: no id can hold it, and it needs no escaping in a file name or an address. In the
    period, ``..`` becomes ``_``, and an author's own ``_`` becomes ``=5F``: distinct keys have distinct UIDs. The task
    of an occurrence, and a reminder so much ahead of it, are other objects than its event, and have their own.

    >>> uid(Key("cn-anqing-2022", "dispatch-meeting", "task-force", "2022-11..12"))
    'cn-anqing-2022~dispatch-meeting~task-force~2022-11_12@cyclekit.invalid'
    >>> uid(Key("a", "b", "c", "2023", 2), ahead=Ahead(3, working=True))
    'a~b~c~2023~2@3wd.ahead.cyclekit.invalid'
    """
    return uid_start(key.rulebook, key.obligation) + key.unit + uid_end(key.period, key.number, task=task, ahead=ahead)


def uid_start(rulebook: str, obligation: str) -> str:
    """The part of a UID before the unit."""
    return f"{rulebook}~{obligation}~"


def uid_end(period: str, number: int, *, task: bool = False, ahead: Ahead | None = None) -> str:
    """The part of a UID behind the unit."""
    spelled = period.replace("_", "=5F").replace("..", "_")
    kind = "task." if task else ""
    if ahead is not None:
        kind = f"{ahead.days}{'wd' if ahead.working else 'd'}.ahead."
    return f"~{spelled}{'' if number == 1 else f'~{number}'}@{kind}{DOMAIN}"


def stamp_of(occurrence: Occurrence) -> dt.date:
    """The day of an occurrence's content: when its source was checked, else issued, else 1970-01-01.

    What changed, moved or waived it may have been announced later; then that day counts.
    """
    source, exception = occurrence.source, occurrence.exception
    day = (source.checked or source.issued if source else None) or UNDATED
    announced = [each.announced for each in occurrence.obligation.amendments]
    if exception is not None:
        announced.append(exception.announced)
    return max(each for each in (day, *announced) if each is not None)


def first_unit(line: Line, row: int) -> int:
    """A unit that has a row, found without listing all that do. Raises LookupError where nobody has it."""
    holes = line.holes.get(row, frozenset())
    for unit, start, stop in line.slices():
        if start <= row < stop and unit not in holes:
            return unit
    raise LookupError(row)


def by_content(stamp: dt.date | None = None) -> Revise:
    """Versions without a memory: the stamp is the content's, or ``stamp``; each ruling on a period counts as a change.

    Some clients take no cancellation without a higher SEQUENCE.
    """

    def revise(line: Line, row: int) -> Revision:
        occurrence = Occurrence(line, row, first_unit(line, row))
        day = stamp or stamp_of(occurrence)
        return Revision(_rulings(occurrence), dt.datetime.combine(day, dt.time(), tzinfo=dt.UTC))

    return revise


def _rulings(occurrence: Occurrence) -> int:
    """How many rulings were made on its period."""
    obligation, found = occurrence.obligation, occurrence.exception
    announced = sum(each.announced is not None for each in obligation.amendments)
    if found is None:
        return announced
    return announced + sum((each.label, each.number) == (found.label, found.number) for each in obligation.exceptions)
