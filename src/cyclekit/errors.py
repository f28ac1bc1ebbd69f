"""Exceptions for callers. Each holds the thing that went wrong, so that nobody parses a message."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from cyclekit.diagnostics import Diagnostic

if TYPE_CHECKING:
    import datetime as dt


class CyclekitError(Exception):
    """What every exception of this package descends from. It can be pickled, with all that it holds."""

    def __reduce__(self) -> tuple[Any, ...]:
        # An exception is made again from its message, which is not what ours are made from.
        return _again, (type(self), self.args), vars(self)


def _again(kind: type[CyclekitError], args: tuple[object, ...]) -> CyclekitError:
    return kind.__new__(kind, *args)


class PhrasedError(CyclekitError):
    """An exception with a reason: ``reason`` in English, made of ``phrase``, which has places for ``values``.

    By the phrase other languages find their own words.
    """

    def __init__(self, before: str, phrase: str, values: Mapping[str, object], after: str = "") -> None:
        self.phrase = phrase
        self.values = dict(values)
        self.reason = phrase.format_map(self.values) if values else phrase
        super().__init__(f"{before}{self.reason}{after}")


class RuleFileError(CyclekitError):
    """Rule files have errors; ``diagnostics`` holds all of them, warnings included."""

    def __init__(self, diagnostics: Sequence[Diagnostic]) -> None:
        self.diagnostics = tuple(diagnostics)
        errors = [each for each in self.diagnostics if each.is_error]
        first = f"; the first: {errors[0].code} at {errors[0].place}" if errors else ""
        super().__init__(f"{len(errors)} error(s) in rule files{first}")


class FeedError(CyclekitError):
    """A feed is not one that calendar programs take; ``diagnostics`` say why. It is not used.

    ``feed`` is its name where that is known.
    """

    def __init__(self, diagnostics: Sequence[Diagnostic], feed: str = "") -> None:
        self.diagnostics = tuple(diagnostics)
        self.feed = feed
        first = f"; the first: {self.diagnostics[0].message} at {self.diagnostics[0].place}" if diagnostics else ""
        super().__init__(f"calendar programs would not take a feed: {len(self.diagnostics)} error(s){first}")


class LabelError(CyclekitError, ValueError):
    """A text names no date or span; ``text`` is the text, ``reason`` a short key, ``hint`` what was meant."""

    def __init__(self, text: str, reason: str, hint: str = "") -> None:
        self.text = text
        self.reason = reason
        self.hint = hint
        super().__init__(f"{text!r} names no span of days ({reason})" + (f"; did you mean {hint}?" if hint else ""))


class HorizonError(CyclekitError, ValueError):
    """A horizon cannot be used; ``horizon`` is what was given."""

    def __init__(self, horizon: object, reason: str) -> None:
        self.horizon = horizon
        super().__init__(f"{horizon!r} is no horizon: {reason}")


class CalendarError(CyclekitError):
    """A working-day calendar is missing, or a date rests on days before its data begin.

    ``calendar`` is its id; ``day`` the day asked for, where there is one.
    """

    def __init__(self, calendar: str, reason: str, day: "dt.date | None" = None) -> None:
        self.calendar = calendar
        self.day = day
        super().__init__(f"calendar {calendar!r}: {reason}")


class BeforeDataError(CalendarError):
    """A date rests on days before a calendar's data begin: it is refused, never silently wrong.

    ``occurrence`` says which, as obligation and period; ``day`` is the first day that is not known.
    """

    def __init__(self, calendar: str, occurrence: str, day: "dt.date") -> None:
        self.occurrence = occurrence
        super().__init__(calendar, f"{occurrence} rests on {day}, which is before its data begin", day)


class DateRangeError(CyclekitError, ValueError):
    """A date leaves the years 1 to 9999; ``what`` says which."""

    def __init__(self, what: str) -> None:
        self.what = what
        super().__init__(f"{what} leaves the years 1 to 9999")


class DuplicateRulebookError(CyclekitError, ValueError):
    """Two rulebooks with one id were to be expanded together; ``rulebook`` is the id."""

    def __init__(self, rulebook: str) -> None:
        self.rulebook = rulebook
        super().__init__(f"two rulebooks have the id {rulebook!r}: their occurrences would share keys")


class UnknownUnitError(CyclekitError, LookupError):
    """No unit, or several, fit a name; ``candidates`` are those that do (none: nothing fits)."""

    def __init__(self, name: str, candidates: Sequence[str] = ()) -> None:
        self.name = name
        self.candidates = tuple(candidates)
        if candidates:
            super().__init__(f"{name!r} fits several units: {', '.join(candidates)}")
        else:
            super().__init__(f"no unit {name!r}")


class UnknownOccurrenceError(CyclekitError, LookupError):
    """No occurrence has this key; ``key`` is what was asked for."""

    def __init__(self, key: object) -> None:
        self.key = key
        super().__init__(f"no occurrence {key!s}")


class LimitError(PhrasedError):
    """A stated bound is exceeded; ``what`` says by what, and ``setting`` names the argument that raises it."""

    def __init__(self, what: str, limit: int, setting: str, **values: object) -> None:
        self.limit = limit
        self.setting = setting
        super().__init__("", what, values, f": the limit is {limit:,}; {setting} raises it")
        self.what = self.reason


class MissingDayError(CyclekitError):
    """``month_end: error`` met a month without the day; ``month`` and ``day`` say which."""

    def __init__(self, day: int, month: str) -> None:
        self.day = day
        self.month = month
        super().__init__(f"{month} has no day {day}, and month_end is error")


class NoClockTimeError(CyclekitError):
    """Hours are counted from a day without a clock time; ``day`` is that day."""

    def __init__(self, day: "dt.date") -> None:
        self.day = day
        super().__init__(f"hours are counted from {day}, and no clock time is given for it")


class EventError(PhrasedError):
    """An event that no rule can use; ``name`` is the event's and ``reason`` says why."""

    def __init__(self, name: str, reason: str, **values: object) -> None:
        self.name = name
        super().__init__(f"event {name!r}: ", reason, values)


class DamagedTokensError(CyclekitError):
    """A file of tokens that cannot be read as one; ``path`` is its path."""

    def __init__(self, path: str) -> None:
        self.path = path
        super().__init__(f"{path} is no file of tokens")


class UnknownTokenError(CyclekitError):
    """An id that is not that of exactly one token in force; ``id`` is what was asked for."""

    def __init__(self, id_: str) -> None:
        self.id = id_
        super().__init__(f"no token in force has the id {id_!r}")


class DamagedPublicationError(PhrasedError):
    """A published folder is not as it was written; ``path`` is what is wrong in it and ``reason`` says how."""

    def __init__(self, path: str, reason: str, **values: object) -> None:
        self.path = path
        super().__init__(f"{path}: ", reason, values)


class PublishingNowError(CyclekitError):
    """Somebody else publishes to a folder; ``folder`` is its path."""

    def __init__(self, folder: str) -> None:
        self.folder = folder
        super().__init__(f"somebody else publishes to {folder}")


class TooManyGoneError(CyclekitError):
    """A publication would take away more than half of the feeds: ``gone`` of them, out of ``before``."""

    def __init__(self, gone: Sequence[str], before: int) -> None:
        self.gone = tuple(gone)
        self.before = before
        super().__init__(f"{len(self.gone)} of {before} feeds would go")


class ClusterError(PhrasedError):
    """A cluster did not do its work; ``reason`` says why. What was there before is as it was."""

    def __init__(self, phrase: str, /, **values: object) -> None:
        super().__init__("", phrase, values)
