"""What triggers what in a file: that it is there, that nothing waits for itself, and that hours have a clock."""

from collections.abc import Mapping, Sequence

from cyclekit.reading.nodes import Node
from cyclekit.reading.reader import Entry, Fields, Item, Reader
from cyclekit.reading.scalars import near


class Triggers:
    """The triggers of a file's obligations, as they are written; each change makes another form of its obligation."""

    def __init__(self, reader: Reader, entries: Sequence[Entry], defaults: Fields | None) -> None:
        self.reader = reader
        self.forms = {entry.key.text: _forms(entry.value) for entry in entries}
        self.defaults = defaults
        found = {name: [_trigger(each) for each in forms] for name, forms in self.forms.items()}
        edges = {name: list(dict.fromkeys(each for each in items if each is not None)) for name, items in found.items()}
        self.edges: dict[str, list[Item]] = {name: items for name, items in edges.items() if items}

    def ordered(self, entries: Sequence[Entry]) -> list[Entry]:
        """The obligations, each after those that fire it; those of a loop in any order."""
        by_name = {entry.key.text: entry for entry in entries}
        found: dict[str, None] = {}
        for name in by_name:
            chain = [(name, self._waited_for(name))]
            while chain:
                here, others = chain[-1]
                if here in found or not others:
                    found[here] = None
                    chain.pop()
                    continue
                other = others.pop(0)
                if other in by_name and other not in found and all(other != each for each, _ in chain):
                    chain.append((other, self._waited_for(other)))
        places = {name: place for place, name in enumerate(found)}
        return sorted(entries, key=lambda entry: places[entry.key.text])

    def _waited_for(self, name: str) -> list[str]:
        return [item.value for item in self.edges.get(name, ())]

    def check(self) -> None:
        """Report triggers that are not there, loops, and what no trigger of its kind can give."""
        for name, items in self.edges.items():
            for item in items:
                if item.value not in self.forms:
                    suggestion = near(item.value, self.forms)
                    self.reader.report(
                        "unknown-reference", "unknown-obligation", item.node, name=item.value, suggestion=suggestion
                    )
                    continue
                if any(each.get("standing") for each in self.forms[item.value]):
                    self.reader.report("never-fires", "upon-standing", item.node, name=item.value)
            for form in self.forms[name]:
                trigger = _trigger(form)
                if trigger is not None and trigger.value in self.forms:
                    self._check_form(form, trigger.value)

    def _check_form(self, form: Fields, trigger: str) -> None:
        """Whether a form can count its due dates, and from when, by what its trigger gives in any form of it."""
        if _counts_dues(form) > 1 and self._numbered(trigger):
            self.reader.report("conflict", "list-upon-list", form["due"].key, name=trigger)
        hours = self._hours(form)
        if hours is not None and not all(map(self._has_clock, self.forms[trigger])):
            self.reader.report("conflict", "hours-after-whole-day", hours, name=trigger)

    def _numbered(self, name: str) -> bool:
        """Whether a trigger, or what triggers it in turn, has several due dates in a period."""
        seen: dict[str, None] = {}
        ahead = [name]
        while ahead:
            here = ahead.pop()
            if here in self.forms and here not in seen:
                if any(_counts_dues(form) > 1 for form in self.forms[here]):
                    return True
                seen[here] = None
                ahead += self._waited_for(here)
        return False

    def _has_clock(self, fields: Fields) -> bool:
        """Whether each due date of an obligation has a clock time: its own, or one that counting hours leads to."""
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


def _forms(fields: Fields) -> list[Fields]:
    """The fields of an obligation, and those that each of its changes makes of them."""
    found = [fields]
    for change in fields.get("changes", ()):
        form = Fields(fields.node)
        form.entries = {**fields.entries, **change.value.entries}
        form.failed = {*fields.failed, *change.value.failed}
        found.append(form)
    return found


def _counts_dues(fields: Fields) -> int:
    due = fields.get("due")
    return len(due) if isinstance(due, list) else 1


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
