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
from cyclekit.publishing.generations import CURRENT

#: What is compared, and told, of every occurrence.
_WANTED = frozenset({"rulebook", "obligation", "unit", "period", "number", "due", "status", "title"})

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
    """One occurrence that is not the same: in which ways, and what it was and is; None where it is not there."""

    how: tuple[How, ...]
    old: Record | None
    new: Record | None

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
    """Occurrences by key, and the days that they were asked for."""

    horizon: Span
    records: Mapping[str, Record]

    def within(self, horizon: Span) -> "Listed":
        """Those of them that are due in these days."""
        first, last = horizon.first.isoformat(), horizon.last.isoformat()
        return Listed(horizon, {key: each for key, each in self.records.items() if first <= str(each["due"]) <= last})


def listed(schedule: Schedule) -> Listed:
    """What a schedule has."""
    return Listed(schedule.horizon, {str(each["key"]): each for each in map(jsonlines.record, schedule)})


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
    """What is different, by unit and date. What neither has in its days is not looked at."""
    found = [*_changed(old.records, new.records), *_come_and_gone(old.records, new.records)]
    return sorted(found, key=lambda each: (each.unit, str(each.record["due"]), str(each.record["key"])))


def _changed(old: Mapping[str, Record], new: Mapping[str, Record]) -> Iterator[Difference]:
    for key, before in old.items():
        after = new.get(key)
        if after is not None and after != before:
            yield Difference(tuple(_how(before, after)), before, after)


def _how(old: Record, new: Record) -> Iterator[How]:
    told = {"due", "time", "status", "title"}
    if (old["due"], old.get("time")) != (new["due"], new.get("time")):
        yield How.MOVED
        # A rule's date moves with it, and that is not told as a second difference.
        told.add("nominal")
    if old["status"] != new["status"]:
        yield {"waived": How.WAIVED, "absorbed": How.ABSORBED}.get(str(new["status"]), How.OWED_AGAIN)
        told.add("source")
    if old["title"] != new["title"]:
        yield How.RETITLED
    if any(old.get(name) != new.get(name) for name in (old.keys() | new.keys()) - told):
        yield How.ALTERED


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
    """Each difference as a JSON object on a line: ``changes``, ``key``, ``unit``, and what it was and is."""
    for each in found:
        how = [one.value for one in each.how]
        whole = {
            "changes": how,
            "key": each.record["key"],
            "unit": each.record["unit"],
            "old": each.old,
            "new": each.new,
        }
        yield f"{json.dumps(whole, ensure_ascii=False)}\n"
