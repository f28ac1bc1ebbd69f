"""Reading single texts: what each kind of scalar accepts, and what a misspelt one was meant to be.

A reader takes the text and gives a value, or raises Misread with the message that words the fault. No reader
knows where its text stands; places are added by who called it.
"""

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping
from difflib import get_close_matches
from itertools import islice
from typing import Any

from cyclekit.civil.conventions import Convention
from cyclekit.civil.fiscal import YearStart
from cyclekit.civil.labels import CALENDAR_YEAR, read_bounds, read_month_day, read_span
from cyclekit.civil.months import last_day
from cyclekit.civil.spans import Bounds, Span
from cyclekit.errors import LabelError
from cyclekit.model.obligation import Amount
from cyclekit.model.pipeline import MonthEnd

Read = Callable[[str], Any]


class Misread(Exception):  # noqa: N818 (it is no error of the program)
    """A text that its field cannot read: the code, the message and the values that word it."""

    def __init__(self, code: str, message: str, **values: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.values = {key: value for key, value in values.items() if value}


#: Among more words, such as the ids of a million units, nothing is looked for: it would take minutes.
MOST_COMPARED = 10_000


def near(word: str, words: Iterable[str]) -> str:
    """The one of ``words`` that a text was probably meant to be, or nothing; nothing among more than can be compared.

    >>> near("quater", ["quarter", "year"]), near("deu", ["due", "every"])
    ('quarter', 'due')
    """
    folded = word.strip().strip("“”‘’\"'").casefold().replace("-", "_").replace(" ", "_")
    several = list(islice(words, MOST_COMPARED + 1))
    if len(several) > MOST_COMPARED:
        return ""
    by_folded = {each.casefold().replace("-", "_").replace(" ", "_"): each for each in several}
    found = get_close_matches(folded[:40], list(by_folded), n=1, cutoff=0.7)
    # In a short word, two letters that changed places are too much for a ratio: “deu” is “due”.
    swapped = (folded[:at] + folded[at + 1] + folded[at] + folded[at + 2 :] for at in range(len(folded[:40]) - 1))
    meant = found[0] if found else next((each for each in swapped if each in by_folded), "")
    return by_folded[meant] if meant else ""


_INTEGER = re.compile(r"-?[0-9]+")
#: ``20th``, ``3 days``; what “2e1” or “10,20” was meant to be is not known.
_LEADING_INTEGER = re.compile(r"\s*(-?[0-9]{1,9})(?![0-9])[^.0-9]*")
_BEGINS_LIKE_A_NUMBER = re.compile(r"\s*-?[0-9]")
TOO_MANY_DIGITS = 12


def integer(text: str, what: str, low: int, high: int, *, without: int | None = None) -> int:
    """A whole number in ASCII digits from ``low`` to ``high``, but not ``without``."""
    if not _INTEGER.fullmatch(text):
        match = _LEADING_INTEGER.fullmatch(text)
        meant = int(match[1]) if match else None
        fits = meant is not None and low <= meant <= high and meant != without
        raise Misread("bad-value", f"bad-{what}", text=text, suggestion=str(meant) if fits else "")
    return in_range(text, low, high, without)


def in_range(digits: str, low: int, high: int, without: int | None = None) -> int:
    """A number that is written in digits, and has to lie in a range."""
    number = int(digits) if len(digits) <= TOO_MANY_DIGITS else high + 1
    if not low <= number <= high or number == without:
        but = "" if without is None else str(without)
        raise Misread("out-of-range", "out-of-range", text=digits, low=str(low), high=str(high), without=but)
    return number


def numbers(
    what: str,
    low: int,
    high: int,
    words: Mapping[str, Any] | None = None,
    *,
    without: int | None = None,
    told: tuple[int, int] | None = None,
) -> Read:
    """A reader of whole numbers, and of some words that stand for a value.

    ``told`` is the range to tell instead, where a wider one is read.
    """
    known = words or {}
    least, most = told or (low, high)
    ranges = (f"1…{most}", f"{least}…-1") if without == 0 else (f"{least}…{most}",)
    expected = _listed([*known, *ranges])

    def read(text: str) -> Any:
        if text in known:
            return known[text]
        if known and not _BEGINS_LIKE_A_NUMBER.match(text):
            raise Misread("bad-value", f"bad-{what}", text=text, suggestion=near(text, known), expected=expected)
        try:
            return integer(text, what, low, high, without=without)
        except Misread as fault:
            if told is not None and fault.code == "out-of-range":
                fault.values |= {"low": str(least), "high": str(most)}
            raise

    return read


def words(what: str, known: Mapping[str, Any], meant: Mapping[str, str] | None = None) -> Read:
    """A reader of one word of several; ``meant`` gives the right word for what people write instead."""
    others = {key.casefold(): value for key, value in (meant or {}).items()}

    def read(text: str) -> Any:
        if text in known:
            return known[text]
        suggestion = others.get(text.strip().casefold()) or near(text, known)
        raise Misread("bad-value", f"bad-{what}", text=text, suggestion=suggestion, expected=_listed(known))

    return read


def _listed(known: Iterable[str]) -> str:
    return ", ".join(known)


truth = words("truth", {"true": True, "false": False}, {"yes": "true", "no": "false", "on": "true", "off": "false"})

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
WEEKDAYS = {
    **{name[:3]: number for number, name in enumerate(_DAYS)},
    **{name: number for number, name in enumerate(_DAYS)},
}
_CHINESE_WEEKDAYS = {
    f"{prefix}{sign}": day
    for prefix in ("周", "星期", "礼拜")
    for sign, day in zip("一二三四五六日天", ("mon", "tue", "wed", "thu", "fri", "sat", "sun", "sun"), strict=True)
}
weekday = words("weekday", WEEKDAYS, _CHINESE_WEEKDAYS)
#: As far as days of a period may go. Those of a month are held against the month, and it is what is told.
day = numbers("day", -366, 366, {"last": -1}, without=0, told=(-31, 31))
nth = numbers("nth", 1, 5, {"last": -1})
which_month = numbers("month-of-period", 1, 12000, {word: word for word in ("first", "last", "next", "previous")})
working_day = numbers("working-day", -31, 31, without=0)
year_shift = numbers("year-shift", -1000, 1000, {"next": 1, "previous": -1})
whole = numbers("number", 1, 366)
month = numbers("number", 1, 12)
at = words("at", {"start": "start", "end": "end", "trigger": "trigger"})
within = words("within", {"period": "period"})
stub = words("stub", {"drop": True})
year_named = words("year-named", {"first": False, "last": True})
month_end = words("month-end", {each.value: each for each in MonthEnd}, {"last": "clamp"})
extend_by = words("extend-by", {"working days": "working days", "days": "days"}, {"working_days": "working days"})
trigger_at = words("trigger-at", {"due": "due", "nominal": "nominal"})
convention = words(
    "convention",
    {each.value: each for each in Convention},
    {
        "modfollowing": "modified_following",
        "mf": "modified_following",
        "modified following": "modified_following",
        "previous": "preceding",
        "next": "following",
        "顺延": "following",
        "提前": "preceding",
        "f": "following",
        "p": "preceding",
    },
)


def version(text: str) -> int:
    """The version of the language: 1 is the only one there is."""
    if text == "1":
        return 1
    if _INTEGER.fullmatch(text) and len(text) < TOO_MANY_DIGITS and int(text) > 1:
        raise Misread("bad-value", "newer-version", text=text)
    raise Misread("bad-value", "bad-version", text=text, suggestion="1")


_AMOUNT = re.compile(r"([0-9]+)( ?%)?")


def amount(text: str) -> Amount:
    """``2``, ``90 %``: a whole number or a percentage."""
    match = _AMOUNT.fullmatch(text)
    if match is None:
        raise Misread("bad-value", "bad-amount", text=text)
    return Amount(in_range(match[1], 0, 10**11), percent=match[2] is not None)


_CLOCK = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]|24:00")


_NOON = ("noon", "中午", "正午")
_HALF_OF_DAY = re.compile(r"(上午|下午|晚上)?([0-9]{1,2})(?:[:.点时]([0-9]{2})?分?)?\s*(am|pm)?")


def _clock_meant(text: str) -> str:
    """The clock time that a text probably means, ``17:00`` of ``5pm`` and ``下午5点``, or nothing."""
    plain = re.fullmatch(r"([0-9]{1,2})[:.点时]([0-9]{2})?分?", text)
    if plain:
        return f"{int(plain[1]):02}:{plain[2] or '00'}"
    half = _HALF_OF_DAY.fullmatch(text)
    if half is None or (half[1] is None) == (half[4] is None) or not 1 <= int(half[2]) <= 12:
        return "12:00" if text in _NOON else ""
    if text.startswith("晚上12"):
        return ""
    later = 12 if half[1] in ("下午", "晚上") or half[4] == "pm" else 0
    return f"{int(half[2]) % 12 + later:02}:{half[3] or '00'}"


def clock(text: str) -> int:
    """``17:30``: hours and minutes, as minutes after midnight; ``24:00`` is the end of the day."""
    if not _CLOCK.fullmatch(text):
        meant = _clock_meant(text.strip().lower())
        raise Misread("bad-value", "bad-time", text=text, suggestion=meant if _CLOCK.fullmatch(meant) else "")
    hours, _, minutes = text.partition(":")
    return int(hours) * 60 + int(minutes)


def _dated(text: str, error: LabelError) -> Misread:
    if error.reason == "reversed":
        return Misread("empty-range", "empty-range", text=text)
    if error.reason == "day":
        # Who wrote the 29th of a February that has 28 days hardly meant another year: no date is proposed.
        return Misread("bad-date", "date-day", text=error.text, last=_last_of_month(error.text))
    return Misread("bad-date", f"date-{error.reason}", text=error.text, suggestion=error.hint)


def _last_of_month(text: str) -> str:
    """The last day of the month of a day that there is not, ``2026-02-28`` of ``2026-02-29``."""
    return dt.date.fromordinal(last_day(12 * int(text[:4]) + int(text[5:7]) - 1)).isoformat()


def span(text: str, year: YearStart = CALENDAR_YEAR) -> Span:
    """A date: the span of days that it names."""
    try:
        return read_span(text, year)
    except LabelError as error:
        raise _dated(text, error) from None


def open_span(text: str) -> Bounds:
    """A span that may be open at one end."""
    try:
        return read_bounds(text)
    except LabelError as error:
        raise _dated(text, error) from None


def single_day(text: str) -> dt.date:
    """A date that names one day."""
    found = span(text)
    if found.days != 1:
        raise Misread("bad-date", "date-no-day", text=text, suggestion=found.last.isoformat())
    return found.first


def month_day(text: str) -> tuple[int, int]:
    """A day of the year, ``06-20``."""
    try:
        return read_month_day(text)
    except LabelError as error:
        raise Misread("bad-date", "date-month-day", text=text, suggestion=error.hint) from None


def weekday_or_day(text: str) -> object:
    """A weekday or a day of the year, to move to."""
    return month_day(text) if text[:1].isdigit() else weekday(text)


def year_start(text: str) -> tuple[int, int]:
    """The day on which a year begins. 29 February is refused: three years in four it is not there."""
    found = month_day(text)
    if found == (2, 29):
        raise Misread("bad-date", "year-start-leap", text=text)
    return found


_POSITION = re.compile(r"[QH]?[0-9]+")


def position(text: str) -> str:
    """A position in the year: ``Q1`` to ``Q4``, ``H1``, ``H2``, or ``1`` to ``12``."""
    if not _POSITION.fullmatch(text):
        signs = {"一": "Q1", "二": "Q2", "三": "Q3", "四": "Q4", "上": "H1", "下": "H2"}
        meant = next((each for sign, each in signs.items() if sign in text), text.strip().upper())
        raise Misread("bad-value", "bad-position", text=text, suggestion=meant if _POSITION.fullmatch(meant) else "")
    most = {"Q": 4, "H": 2}.get(text[0], 12)
    kind = text[0] if text[0] in "QH" else ""
    try:
        return f"{kind}{in_range(text.removeprefix(kind), 1, most)}"
    except Misread as fault:
        fault.values |= {"text": text, "low": f"{kind}1", "high": f"{kind}{most}"}
        raise


_ID = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?")
_DEVICES = frozenset({"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))})
LONGEST_ID = 64


def identifier(text: str) -> str:
    """An id: ASCII letters, digits, ``-``, ``.``, ``_``; it stands in file names, addresses and UIDs."""
    if not _ID.fullmatch(text):
        raise Misread("bad-id", "bad-id", text=text)
    if len(text) > LONGEST_ID:
        raise Misread("bad-id", "long-id", text=text, length=str(len(text)), limit=str(LONGEST_ID))
    if text.partition(".")[0].lower() in _DEVICES:
        raise Misread("bad-id", "device-id", text=text)
    return text


_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")


def language(text: str) -> str:
    """A language tag as in BCP 47."""
    if not _LANGUAGE.fullmatch(text):
        meant = text.replace("_", "-")
        raise Misread("bad-value", "bad-language", text=text, suggestion=meant if _LANGUAGE.fullmatch(meant) else "")
    return text


def url(text: str) -> str:
    """An address that a calendar can open: http, https or mailto."""
    if not re.fullmatch(r"(https?://|mailto:)[^\s<>\"\\]+", text):
        raise Misread("bad-value", "bad-url", text=text)
    return text


def free(text: str) -> str:
    """Any text, as written."""
    return text


def word(text: str) -> str:
    """A text without blanks at its ends: a kind, a tag, an attribute."""
    if text != text.strip():
        raise Misread("bad-value", "blank-ends", text=text, suggestion=text.strip())
    return text


def units_file(text: str) -> str:
    """The name of a file of units beside the rule file."""
    if not re.search(r"(\.units\.ya?ml|\.csv|\.xlsx|\.parquet)$", text):
        raise Misread("bad-value", "bad-units-file", text=text)
    return text


def variable(text: str) -> str:
    """The name of an environment variable."""
    if not re.fullmatch("[A-Za-z_][A-Za-z0-9_]*", text):
        raise Misread("bad-value", "bad-variable", text=text)
    return text
