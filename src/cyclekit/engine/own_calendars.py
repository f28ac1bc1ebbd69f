"""Compiling the calendars that rulebooks ask for: known ones by whoever has their data, own ones out of those.

Which data there are is not known here: the caller hands in the function that compiles a known calendar.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress

import attrs

from cyclekit.civil.working import WorkingCalendar
from cyclekit.engine.reach import YEAR, clipped
from cyclekit.errors import CalendarError
from cyclekit.model.obligation import Rulebook
from cyclekit.model.own_calendar import OwnCalendar, bases_first

Window = tuple[int, int]
#: Compiles the known calendar of a code over the days from one ordinal to another.
CompileKnown = Callable[[str, int, int], WorkingCalendar]

#: How far to look on either side where a window of days holds no working day at all, as in a long recess.
WIDER = (0, YEAR, 30 * YEAR)


def compile_all(
    rulebooks: Iterable[Rulebook], needed: Mapping[str, Window], known: CompileKnown
) -> dict[str, WorkingCalendar]:
    """The calendars of these ids, each compiled over its days at least.

    An entry of a rulebook's own is asked for as ``RULEBOOK/ID``; its bases are compiled over the same days first.
    Raises CalendarError as ``known`` does, and for a calendar of a file's own that never has a working day.
    """
    own = {book.calendar_keys[each.id]: (book, each) for book in rulebooks for each in book.calendars}
    bases = {key: [book.calendar_keys.get(each, each) for each in made.bases] for key, (book, made) in own.items()}
    compiler = _Compiler({key: made for key, (_, made) in own.items()}, bases, known)
    return {key: compiler.compiled(key, *window) for key, window in needed.items()}


@attrs.frozen
class _Compiler:
    own: Mapping[str, OwnCalendar]
    bases: Mapping[str, Sequence[str]]
    known: CompileKnown
    #: What several calendars build on is compiled once.
    done: dict[tuple[str, int, int], WorkingCalendar] = attrs.field(factory=dict)

    def compiled(self, key: str, first: int, last: int) -> WorkingCalendar:
        """A calendar over these days at least."""
        if key not in self.own:
            return self._known(key, first, last)
        order = bases_first([key], self.bases)
        for margin in WIDER[:-1]:
            with suppress(CalendarError):
                return self._composed(order, *clipped(first - margin, last + margin))
        return self._composed(order, *clipped(first - WIDER[-1], last + WIDER[-1]))

    def _known(self, code: str, first: int, last: int) -> WorkingCalendar:
        if (code, first, last) not in self.done:
            self.done[code, first, last] = self.known(code, first, last)
        return self.done[code, first, last]

    def _composed(self, order: Sequence[str], first: int, last: int) -> WorkingCalendar:
        """The last of these calendars, each of which builds on those before it and on known ones."""
        for key in order:
            if (key, first, last) not in self.done:
                bases = [
                    self.done[each, first, last] if each in self.own else self._known(each, first, last)
                    for each in self.bases[key]
                ]
                self.done[key, first, last] = self.own[key].compose(key, bases, first, last)
        return self.done[order[-1], first, last]
