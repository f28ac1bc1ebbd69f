"""What triggers what in a file: that it is there, that nothing waits for itself, and that hours have a clock."""

from collections.abc import Mapping, Sequence

from cyclekit.reading.nodes import Node
from cyclekit.reading.reader import Entry, Fields, Item, Reader
from cyclekit.reading.scalars import near


class Triggers:
    """The triggers of a file's obligations, as they are written."""

    def __init__(self, reader: Reader, entries: Sequence[Entry], defaults: Fields | None) -> None:
        self.reader = reader
        self.fields: dict[str, Fields] = {entry.key.text: entry.value for entry in entries}
        self.defaults = defaults
        self.edges = {name: found for name, each in self.fields.items() if (found := _trigger(each)) is not None}

    def ordered(self, entries: Sequence[Entry]) -> list[Entry]:
        """The obligations, each after the one that fires it; those of a loop in any order."""
        return sorted(entries, key=lambda entry: self._depth(entry.key.text))

    def _depth(self, name: str) -> int:
        seen: list[str] = []
        while name in self.edges and name not in seen:
            seen.append(name)
            name = self.edges[name].value
        return len(seen)

    def check(self) -> None:
        """Report triggers that are not there, loops, and what no trigger of its kind can give."""
        for name, item in self.edges.items():
            if item.value not in self.fields:
                suggestion = near(item.value, self.fields)
                self.reader.report(
                    "unknown-reference", "unknown-obligation", item.node, name=item.value, suggestion=suggestion
                )
                continue
            other = self.fields[item.value]
            if other.get("standing"):
                self.reader.report("never-fires", "upon-standing", item.node, name=item.value)
            if self._counts_dues(name) > 1 and self._numbered(item.value):
                self.reader.report("conflict", "list-upon-list", self.fields[name]["due"].key, name=item.value)
            hours = self._hours(self.fields[name])
            if hours is not None and not self._has_clock(item.value):
                self.reader.report("conflict", "hours-after-whole-day", hours, name=item.value)

    def _counts_dues(self, name: str) -> int:
        due = self.fields[name].get("due")
        return len(due) if isinstance(due, list) else 1

    def _numbered(self, name: str) -> bool:
        """Whether a trigger, or what triggers it in turn, has several due dates in a period."""
        seen: list[str] = []
        while name in self.fields and name not in seen:
            if self._counts_dues(name) > 1:
                return True
            seen.append(name)
            name = self.edges[name].value if name in self.edges else ""
        return False

    def _has_clock(self, name: str) -> bool:
        """Whether each due date of an obligation has a clock time: its own, or one that counting hours leads to."""
        fields = self.fields[name]
        if self._written(fields, "time") or self._hours(fields) is not None:
            return True
        due = fields.get("due")
        if isinstance(due, list):
            return all(isinstance(item.value, Fields) and item.value.written("time") for item in due)
        if isinstance(due, Fields) and due.written("time"):
            return True
        dates = fields.get("dates")
        return bool(dates) and all(isinstance(each.value, Fields) and each.value.written("time") for each in dates)

    def _written(self, fields: Fields, name: str) -> bool:
        return fields.written(name) or (self.defaults is not None and self.defaults.written(name))

    @staticmethod
    def _hours(fields: Fields) -> Node | None:
        """Where hours are counted in a due date of an obligation."""
        due = fields.get("due")
        courses = [item.value for item in due] if isinstance(due, list) else [due]
        for course in courses:
            if isinstance(course, Fields):
                for each in (course, *(item.value for item in course.get("then", ()))):
                    entry = each.entries.get("add") if isinstance(each, Fields) else None
                    if entry is not None and entry.value[1] == "hours":
                        return entry.node
        return None


def _trigger(fields: Fields) -> Item | None:
    """The obligation that one waits for, and where that is written; None for an event, or for no trigger."""
    entry = fields.entries.get("upon")
    if entry is None:
        return None
    if isinstance(entry.value, str):
        return Item(entry.value, entry.node)
    inner: Mapping[str, Entry] = entry.value.entries
    if "obligation" not in inner or "event" in inner:
        return None
    return Item(inner["obligation"].value, inner["obligation"].node)
