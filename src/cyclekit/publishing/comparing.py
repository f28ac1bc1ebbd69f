"""What is different between two lists of occurrences, as rule files give them and as ``deadlines.json`` holds them."""

import datetime as dt
import enum
import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import attrs

from cyclekit.adapters import jsonlines
from cyclekit.adapters.jsonlines import Json
from cyclekit.civil.spans import Span
from cyclekit.errors import DamagedPublicationError, HorizonError
from cyclekit.model.schedule import Schedule
from cyclekit.publishing.contents import JSON
from cyclekit.publishing.seen import Seen, Why, seen_in
from cyclekit.publishing.unfinished import CURRENT

#: What is compared, and told, of every occurrence.
_WANTED = frozenset({"rulebook", "obligation", "unit", "period", "number", "due", "status", "title"})

_NOTHING: Seen = {}
#: An occurrence as ``cyclekit.adapters.jsonlines.record`` has it.
Record = Mapping[str, Json]


class How(enum.Enum):
    """What has become of an occurrence. ``RELABELLED``: another period's label at the same date; ``ALTERED``: else."""

    ADDED = "added"
    REMOVED = "removed"
    RELABELLED = "relabelled"
    MOVED = "moved"
    WAIVED = "waived"
    ABSORBED = "absorbed"
    OWED_AGAIN = "owed again"
    RETITLED = "retitled"
    ALTERED = "altered"


@attrs.frozen
class Difference:
    """One occurrence that is not the same: in which ways, and what it was and is; None where it is not there.

    ``altered`` are the names of the fields that are other ones, where it is altered.
    """

    how: tuple[How, ...]
    old: Record | None
    new: Record | None
    altered: tuple[str, ...] = ()

    @property
    def record(self) -> Record:
        """What it is, or was."""
        record = self.new if self.new is not None else self.old
        return record if record is not None else {}

    @property
    def unit(self) -> str:
        """Whose it is, as ``RULEBOOK/UNIT``; the rulebook alone where it names no units."""
        unit = self.record["unit"]
        return str(self.record["rulebook"]) if unit is None else f"{self.record['rulebook']}/{unit}"


@attrs.frozen
class Listed:
    """Occurrences by key, and the days that they were asked for.

    ``seen`` is what readers see beside the records; None where it is not known, or not to be compared.
    """

    horizon: Span
    records: Mapping[str, Record]
    seen: Mapping[str, Seen] | None = None

    def within(self, horizon: Span) -> "Listed":
        """Those of them that are due in these days."""
        first, last = horizon.first.isoformat(), horizon.last.isoformat()
        inside = {key: each for key, each in self.records.items() if first <= str(each["due"]) <= last}
        return Listed(horizon, inside, self.seen)


def listed(schedule: Schedule, why: Why | None = None) -> Listed:
    """What a schedule has; with ``why``, which tells why it is due on its day, all that readers see of it."""
    if why is None:
        return Listed(schedule.horizon, {str(each["key"]): each for each in map(jsonlines.record, schedule)})
    records: dict[str, Record] = {}
    beside: dict[str, Seen] = {}
    for occurrence, seen in seen_in(schedule, why):
        key = str(occurrence.key)
        records[key], beside[key] = jsonlines.record(occurrence), seen
    return Listed(schedule.horizon, records, beside)


def published_list(path: Path) -> Path | None:
    """The list of a published folder, of one of its generations, or of its site; None where there is none."""
    for below in (path / CURRENT / "site", path / "site", path):
        if (below / JSON).is_file():
            return below / JSON
    return None


def read_list(path: Path) -> Listed:
    """What a ``deadlines.json`` holds. Raises DamagedPublicationError, and OSError where it cannot be read."""
    try:
        found = json.loads(path.read_bytes())
        first, last = (dt.date.fromisoformat(found["horizon"][end]) for end in ("first", "last"))
        records: dict[str, Record] = {each["key"]: each for each in found["occurrences"]}
        is_whole = all(each.keys() >= _WANTED for each in records.values())
        days = Span(first, last)
    except (KeyError, TypeError, ValueError, AttributeError, HorizonError) as fault:
        raise DamagedPublicationError(str(path), "it is no list of deadlines") from fault
    if not is_whole:
        raise DamagedPublicationError(str(path), "something is missing in its occurrences")
    return Listed(days, records)


def common_days(horizons: Iterable[Span]) -> Span | None:
    """The days of all of these; None where they share none."""
    each = list(horizons)
    first, last = max(one.first for one in each), min(one.last for one in each)
    return Span(first, last) if first <= last else None


def differences(old: Listed, new: Listed) -> list[Difference]:
    """What is different, by unit and date. What neither has in its days is not looked at.

    What readers see beside the records is compared where both lists have it.
    """
    found = [*_changed(old, new), *_come_and_gone(old.records, new.records)]
    return sorted(found, key=lambda each: (each.unit, str(each.record["due"]), str(each.record["key"])))


def _changed(old: Listed, new: Listed) -> Iterator[Difference]:
    for key, before in old.records.items():
        after = new.records.get(key)
        if after is None:
            continue
        seen = (_NOTHING, _NOTHING) if old.seen is None or new.seen is None else (old.seen[key], new.seen[key])
        if after != before or seen[0] != seen[1]:
            how = tuple(_how(before, after))
            altered = tuple(_altered(how, before, after, seen))
            yield Difference((*how, How.ALTERED) if altered else how, before, after, altered)


def _how(old: Record, new: Record) -> Iterator[How]:
    if _when(old) != _when(new):
        yield How.MOVED
    if old["status"] != new["status"]:
        yield {"waived": How.WAIVED, "absorbed": How.ABSORBED}.get(str(new["status"]), How.OWED_AGAIN)
    if old["title"] != new["title"]:
        yield How.RETITLED


def _when(record: Record) -> tuple[Json, Json]:
    return record["due"], record.get("time")


def _altered(how: tuple[How, ...], old: Record, new: Record, seen: tuple[Seen, Seen]) -> Iterator[str]:
    """The names of what is another one, but for what is told already, or goes with it."""
    told = {"due", "time", "status", "title"}
    if How.MOVED in how:
        # A rule's date, the rule, and why it is that one, change with it.
        told |= {"nominal", "rule", "why"}
    if old["status"] != new["status"]:
        told |= {"source", "reason", "why"}
    for one, other in ((old, new), seen):
        names = [*one, *(name for name in other if name not in one)]
        yield from (name for name in names if name not in told and one.get(name) != other.get(name))


def _come_and_gone(old: Mapping[str, Record], new: Mapping[str, Record]) -> Iterator[Difference]:
    gone = [each for key, each in old.items() if key not in new]
    come: dict[tuple[Json, ...], list[Record]] = {}
    for key, each in new.items():
        if key not in old:
            come.setdefault(_place(each), []).append(each)
    for each in gone:
        same = come.get(_place(each))
        if same:
            yield Difference((How.RELABELLED,), each, same.pop(0))
        else:
            yield Difference((How.REMOVED,), each, None)
    for several in come.values():
        yield from (Difference((How.ADDED,), None, each) for each in several)


def _place(record: Record) -> tuple[Json, ...]:
    return tuple(record.get(name) for name in ("rulebook", "obligation", "unit", "number", "due", "time"))


def as_objects(found: Iterable[Difference]) -> Iterator[str]:
    """Each difference as a JSON object on a line.

    It has ``changes``, in ``altered`` the names of fields, ``key``, ``unit``, and what the occurrence was and is.
    """
    for each in found:
        how = [one.value for one in each.how]
        whole = {
            "changes": how,
            "altered": list(each.altered),
            "key": each.record["key"],
            "unit": each.record["unit"],
            "old": each.old,
            "new": each.new,
        }
        yield f"{json.dumps(whole, ensure_ascii=False)}\n"
