"""The hunt through a rule file: for the day on which it does not do what its author expects, or what always holds.

First all years that it covers are looked through as it is written. Then Hypothesis draws days off that nobody has
thought of, and shrinks whatever breaks an expectation to the fewest of them and the shortest horizon.
"""

import datetime as dt
import time
from collections.abc import Callable

import attrs
from hypothesis import HealthCheck, Phase, find, settings
from hypothesis.errors import NoSuchExample

from cyclekit.civil.spans import Span
from cyclekit.diagnostics import Diagnostic, Place, in_order
from cyclekit.engine.expand import event_names
from cyclekit.engine.expecting import Unmet
from cyclekit.model.event import Event
from cyclekit.model.obligation import Rulebook
from cyclekit.reading.places import Places
from cyclekit.testing.checking import check
from cyclekit.testing.edits import Case, cases
from cyclekit.testing.expanding import Events
from cyclekit.testing.expectations import diagnostic, expects_anything, smallest, unmet_in
from cyclekit.testing.horizons import years_of

#: Expectations that name their dates themselves: what a day off more would make of those is no fault of the rule.
AS_WRITTEN = frozenset({"dates", "owed_by"})
#: What is hunted for, and how long, unless it is said otherwise.
EXAMPLES, SECONDS = 200, 6.0
#: Over so many years something happens every day, where rules wait for events.
YEARS_OF_EVENTS = 3
A_MINUTE = dt.time(10, 0)

#: Is told how much of the hunt is done, from 0 to 1.
Progress = Callable[[float], None]


@attrs.frozen
class Hunt:
    """What a hunt found: everything that does not hold, in the order of the file, and how many cases were tried."""

    diagnostics: tuple[Diagnostic, ...]
    cases: int
    expects: bool


def hunt(
    book: Rulebook,
    places: Places,
    file: str,
    *,
    examples: int = EXAMPLES,
    seconds: float = SECONDS,
    progress: Progress = lambda _: None,
) -> Hunt:
    """Look through a rulebook, whose fields stand at these places of a file, for whatever does not hold.

    At most ``examples`` cases are drawn, and none any more after so many ``seconds``: what is found in time is the
    same every time.
    """
    events = every_day(book)
    written = smallest(unmet_in(book, events=events))
    found = [diagnostic(each, places, file) for each in written]
    progress(0.2)
    found += broken_invariants(book, file)
    progress(0.4)
    drawn = _Drawn(book, frozenset(map(_named, written)), examples, seconds, progress)
    if expects_anything(book):
        for case, each in drawn.found():
            days_off = ", ".join(day.isoformat() for day in case.days_off)
            found.append(diagnostic(each, places, file, days_off=days_off))
    progress(1.0)
    return Hunt(in_order(found), drawn.tried + 1, expects_anything(book))


def broken_invariants(book: Rulebook, file: str) -> list[Diagnostic]:
    """Each invariant that does not hold in the first years of a rulebook."""
    return [
        Diagnostic(
            "invariant",
            "invariant-broken",
            Place(file, 1, 1),
            {"name": each.name, "horizon": str(each.horizon), "said": str(each)},
        )
        for each in check(book).broken
    ]


def every_day(book: Rulebook) -> Events:
    """Something happening every day for some years, of everything that a rulebook waits for."""
    first = years_of(book).first
    days = [first + dt.timedelta(days=each) for each in range(YEARS_OF_EVENTS * 365)]
    return {name: [Event(dt.datetime.combine(day, A_MINUTE)) for day in days] for name in sorted(event_names([book]))}


def _named(each: Unmet) -> tuple[str, str]:
    return each.obligation.id, each.name


class _Drawn:
    """Cases that Hypothesis draws, until each expectation that some day off breaks has its smallest example."""

    def __init__(
        self, book: Rulebook, known: frozenset[tuple[str, str]], examples: int, seconds: float, progress: Progress
    ) -> None:
        self.book = book
        self.known = set(known)
        self.examples = examples
        self.until = time.monotonic() + seconds
        self.progress = progress
        self.tried = 0
        #: What became of each case: shrinking has to see the same twice, also once there is no time left.
        self.seen: dict[tuple[object, ...], list[Unmet]] = {}

    def found(self) -> list[tuple[Case, Unmet]]:
        """Each expectation that is met as the file is written, and not with some days off more."""
        found: list[tuple[Case, Unmet]] = []
        strategy = cases(self.book, within=_few_years(self.book), units=False)
        search = settings(
            max_examples=self.examples,
            derandomize=True,
            database=None,
            deadline=None,
            phases=[Phase.generate, Phase.shrink],
            suppress_health_check=list(HealthCheck),
        )
        while time.monotonic() < self.until:
            try:
                case = find(strategy, lambda each: bool(self._new(each)), settings=search)
            except NoSuchExample:
                break
            new = smallest(self._new(case))
            found += [(case, each) for each in new]
            self.known |= {_named(each) for each in new}
        return found

    def _new(self, case: Case) -> list[Unmet]:
        """What a case breaks that is not known to be broken."""
        key = (case.horizon, case.days_off)
        if key not in self.seen:
            if time.monotonic() > self.until:
                return []
            self.tried += 1
            self.progress(0.4 + 0.5 * min(1.0, self.tried / self.examples))
            self.seen[key] = unmet_in(case.rulebook, case.horizon) if case.days_off else []
        return [each for each in self.seen[key] if each.name not in AS_WRITTEN and _named(each) not in self.known]


def _few_years(book: Rulebook) -> Span:
    return years_of(book, 4)
