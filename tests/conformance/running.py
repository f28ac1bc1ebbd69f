"""Rule files made of a table's rows: written as text, loaded and expanded like any other."""

import datetime as dt
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import cyclekit
from cyclekit import Occurrence, Schedule

#: What an obligation says, a line each.
Obligation = Sequence[str]


def rule_file(obligations: Mapping[str, Obligation], *head: str) -> str:
    """The text of a rule file with these obligations, and these lines at its head."""
    lines = ["cyclekit: 1", "id: table", *head, "obligations:"]
    for name, said in obligations.items():
        lines += [f"  {name}:", *(f"    {each}" for each in said)]
    return "\n".join(lines) + "\n"


def expand(
    text: str,
    first: dt.date,
    last: dt.date,
    events: Mapping[str, Iterable[dt.date]] | None = None,
    *,
    max_years: int = 150,
) -> Schedule:
    """A rule file's schedule. Raises what loading and expanding raise."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "table.yaml"
        path.write_text(text, encoding="utf-8")
        book = cyclekit.load(path)
    horizon = cyclekit.Span(first, last)
    return cyclekit.expand(book, horizon, events=events, max_years=max_years)


def by_obligation(schedule: Schedule) -> dict[str, list[Occurrence]]:
    """The occurrences of each obligation, in order of their periods."""
    found: dict[str, list[Occurrence]] = {}
    for each in sorted(schedule, key=lambda each: (each.period_days, each.number)):
        found.setdefault(each.obligation.id, []).append(each)
    return found
