"""Changes as they are written, against looking at every unit, period and day of knowledge by itself."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import attrs
from hypothesis import given
from hypothesis import strategies as st

from cyclekit.civil.labels import read_span
from cyclekit.engine.expand import expand
from cyclekit.reading.rulebook import RuleFile, read_rule_file
from cyclekit.reading.source import Source

UNITS = ("a", "b", "c")
STARTS = ("2024Q1", "2024Q2", "2024Q4", "2025Q1")
ANNOUNCED = tuple(dt.date(2023, month, 10) for month in (3, 6, 9))
ASKED = (None, dt.date(2023, 1, 1), *ANNOUNCED, dt.date(2023, 8, 1))
BASE = {"every": "quarter", "day": 28, "kind": "first"}
HORIZON = read_span("2024..2025")


@attrs.frozen
class Entry:
    """One entry of ``changes``: from when, for whom, announced when, and what it replaces."""

    since: str | None
    units: frozenset[str]
    announced: dt.date | None
    fields: dict[str, Any]

    def holds(self, unit: str, first: dt.date, known_on: dt.date | None) -> bool:
        """Whether it counts for a unit and a period that begins on a day, by what was known."""
        begun = self.since is None or read_span(self.since).first <= first
        known = self.announced is None or known_on is None or self.announced <= known_on
        return begun and known and unit in self.units

    def written(self) -> str:
        """The same as an author writes it."""
        due = {"due": f"{{day: {self.fields['day']}}}"} if "day" in self.fields else {}
        parts = {
            "from": self.since,
            "units": f"[{', '.join(sorted(self.units))}]",
            "announced": self.announced,
            **due,
            **{name: value for name, value in self.fields.items() if name != "day"},
        }
        return "{" + ", ".join(f"{name}: {value}" for name, value in parts.items() if value is not None) + "}"


@st.composite
def entries(draw: st.DrawFn) -> list[Entry]:
    """Changes in the order of their days, those without one anywhere; each replaces one field or more."""
    count = draw(st.integers(1, 5))
    starts = sorted(draw(st.sampled_from(STARTS)) for _ in range(count))
    found: dict[tuple[str | None, frozenset[str]], Entry] = {}
    for number, start in enumerate(starts):
        # Each value stands once, so that a change does nothing only where later ones hide it.
        fields = {"day": number + 1, "kind": f"kind-{number}", "every": draw(st.sampled_from(["month", "quarter"]))}
        kept = draw(st.sets(st.sampled_from(sorted(fields)), min_size=1))
        since = draw(st.sampled_from([start, start, start, None]))
        units = frozenset(draw(st.sets(st.sampled_from(UNITS), min_size=1)))
        announced = draw(st.none() | st.sampled_from(ANNOUNCED))
        entry = Entry(since, units, announced, {name: fields[name] for name in sorted(kept)})
        found.setdefault((since, units), entry)
    return list(found.values())


def read(changes: list[Entry]) -> RuleFile:
    """A rule file with these changes."""
    text = (
        "cyclekit: 1\nid: demo\nunits: [{id: a}, {id: b}, {id: c}]\nobligations:\n"
        "  r:\n    every: quarter\n    due: {day: 28}\n    kind: first\n    changes:\n"
    )
    return read_rule_file(Source("demo.yaml", text + "".join(f"      - {each.written()}\n" for each in changes)))


def fields_of(changes: list[Entry], unit: str, first: dt.date, known_on: dt.date | None) -> dict[str, Any]:
    """What a unit owes in a period that begins on a day: field by field, the last change that holds."""
    found = dict(BASE)
    for each in changes:
        if each.holds(unit, first, known_on):
            found |= each.fields
    return found


def firsts() -> Iterator[dt.date]:
    """The first day of every month that matters."""
    yield from (dt.date(year, month, 1) for year in (2023, 2024, 2025, 2026) for month in range(1, 13))


def is_idle(changes: list[Entry], entry: Entry) -> bool:
    """Whether leaving a change out makes no difference to anyone at any time."""
    others = [each for each in changes if each is not entry]
    return all(
        fields_of(changes, unit, first, known_on) == fields_of(others, unit, first, known_on)
        for unit in UNITS
        for first in firsts()
        for known_on in ASKED
    )


@given(changes=entries())
def test_changes_meet_field_by_field_and_period_by_period(changes: list[Entry]) -> None:
    """Each unit owes each period as the last of the changes say that hold for it and are known; others are refused."""
    file = read(changes)
    idle = [each for each in changes if is_idle(changes, each)]
    assert [each.code for each in file.diagnostics] == ["no-effect"] * len(idle)
    if file.rulebook is None:
        return
    for known_on in ASKED:
        schedule = expand(file.rulebook, HORIZON, known_on=known_on)
        found = {(each.unit.id, each.period, each.due, each.obligation.kind) for each in schedule}
        assert found == {each for each in expected(changes, known_on) if each[2] in HORIZON}
        assert len(found) == len(schedule)


def expected(changes: list[Entry], known_on: dt.date | None) -> Iterator[tuple[str, str, dt.date, str]]:
    """Every period of either cycle, where a unit owes it in that cycle."""
    for unit in UNITS:
        for first in firsts():
            fields = fields_of(changes, unit, first, known_on)
            if fields["every"] == "month":
                yield unit, f"{first:%Y-%m}", first.replace(day=fields["day"]), fields["kind"]
            elif first.month % 3 == 1:
                due = first.replace(month=first.month + 2, day=fields["day"])
                yield unit, f"{first.year}Q{first.month // 3 + 1}", due, fields["kind"]
