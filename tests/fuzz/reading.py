"""Bytes to a rule file, a sheet of units or a feed: what comes out is a diagnostic, or one of the errors that are told.

An input is a rule file; behind a line ``%% units.csv`` stands the sheet that it may name. One that begins with
``BEGIN:`` is a feed, looked at by the linter and read for its dates.
"""

import datetime as dt
import re
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from functools import partial
from itertools import islice
from pathlib import Path

import cyclekit
from cyclekit.adapters.explanation import render
from cyclekit.adapters.ical.lint import Linter
from cyclekit.adapters.report import full
from cyclekit.diagnostics import Diagnostic
from cyclekit.engine.expand import event_names
from cyclekit.errors import CalendarError, EventError, LimitError, MissingDayError, NoClockTimeError
from cyclekit.model.obligation import Rulebook
from cyclekit.sources.calendar_dates import read_calendar
from cyclekit.sources.closed_days import read_closed_days
from cyclekit.workspace.loading import load_files
from tests.fuzz.dictionary import keys, properties, values, written
from tests.fuzz.mutating import Mutator, of_yaml

__all__ = ["LONGEST", "WORDS", "mutator", "one", "seeds"]

SHEET = b"\n%% units.csv\n"
FEED = b"BEGIN:"
#: What `cyclekit.expand` says that it raises, for a horizon that is one, and one rulebook.
TOLD = (CalendarError, EventError, LimitError, MissingDayError, NoClockTimeError)
YEAR = "2026"
#: When every event of a rule file happens: to the minute, so that hours can be counted from it.
HAPPENED = dt.datetime(2026, 3, 5, 14, 30, tzinfo=dt.UTC)
#: The octets of an input at most.
LONGEST = 1024
WORDS = written(
    [
        *(f"{each}: ".encode() for each in keys()),
        *(each.encode() for each in values()),
        *(f"{each}:".encode() for each in properties()),
        *(each.encode() for each in ("BEGIN:", "END:", "VALUE=DATE", "\r\n ", "\n%% units.csv\nid,name,kind\n")),
    ]
)
_TESTS = Path(__file__).parents[1]
_RULE = re.compile(rb"^```yaml\n(.*?)^```$", re.MULTILINE | re.DOTALL)
#: How many diagnostics are worded, and how many occurrences looked at, of one input.
MOST = 3

_FOLDER = tempfile.TemporaryDirectory(prefix="cyclekit-fuzz-")
_RULES, _UNITS = Path(_FOLDER.name) / "r.yaml", Path(_FOLDER.name) / "units.csv"


def mutator(plain: Mutator) -> Callable[[bytes, int, int], bytes]:
    """What makes new inputs of old ones."""
    return of_yaml(plain)


def seeds() -> Iterator[bytes]:
    """The files that other tests read: good ones, faulty ones, wrong ones, and the rules of the language one by one."""
    for folder in ("corpus/good", "corpus/bad", "wrong"):
        for path in sorted((_TESTS / folder).glob("*.yaml")):
            yield path.read_bytes()
    for path in sorted((_TESTS / "rules").glob("*.md")):
        for rule in _RULE.findall(path.read_bytes()):
            yield b"cyclekit: 1\nid: r\n" + rule


def one(data: bytes) -> None:
    """Read one input, and expand what is good over a year. Raises what nobody is told of, and AssertionError."""
    if data.startswith(FEED):
        a_feed(data)
        return
    text, _, sheet = data.partition(SHEET)
    _RULES.write_bytes(text)
    if sheet:
        _UNITS.write_bytes(sheet)
    else:
        _UNITS.unlink(missing_ok=True)
    loaded = load_files([_RULES])
    lines = max(text.count(b"\n"), sheet.count(b"\n")) + 2
    worded(loaded.diagnostics, loaded.line, lines, "zh" if len(data) % 2 else "en")
    assert loaded.has_errors != bool(loaded.rulebooks)
    for book in loaded.rulebooks:
        expanded(book)


def a_feed(data: bytes) -> None:
    """Look at a feed, and read its dates, and the days on which it says that an office is closed."""
    worded(Linter().check(data), lambda _: "", len(data) + 2, "zh" if len(data) % 2 else "en")
    for read in (read_closed_days, partial(read_calendar, title="feed")):
        with suppress(ValueError):
            read(data)


def worded(diagnostics: Sequence[Diagnostic], line_of: object, lines: int, language: str) -> None:
    """Each diagnostic has words, and points into what was read."""
    assert callable(line_of)
    for block in full(diagnostics[:MOST], line_of, language=language):
        assert block
    for each in diagnostics:
        assert 0 < each.place.line <= lines
        assert each.place.column > 0


def expanded(book: Rulebook) -> None:
    """A good file has occurrences, or one of the errors that expanding tells of; and each can be explained."""
    events = {name: [HAPPENED] for name in event_names([book])}
    try:
        schedule = cyclekit.expand(book, YEAR, events=events)
    except TOLD:
        return
    occurrence = None
    for occurrence in islice(schedule, MOST):
        assert occurrence.due.year == int(YEAR)
        assert occurrence.key.rulebook == book.id
    if occurrence is not None:
        assert render(cyclekit.explain(schedule, occurrence.key))
