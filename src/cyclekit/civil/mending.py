"""What a misspelt date was meant to be: proposals for diagnostics, never used as dates.

Kept apart from reading, so that nothing here can make a text valid.
"""

import datetime as dt
import re
import unicodedata

_PROPOSALS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), spelling)
    for pattern, spelling in (
        (r"([0-9]{4})[-./年 _]([0-9]{1,2})[-./月 _]([0-9]{1,2})[日号]?", "{0:04}-{1:02}-{2:02}"),
        (r"([0-9]{4})([0-9]{2})([0-9]{2})", "{0:04}-{1:02}-{2:02}"),
        (r"([0-9]{2})[-./]([0-9]{1,2})[-./]([0-9]{1,2})", "20{0:02}-{1:02}-{2:02}"),
        (r"([0-9]{4})[-./年 ]([0-9]{1,2})月?", "{0:04}-{1:02}"),
        (r"([0-9]{4})年", "{0:04}"),
        (r"([0-9]{4})[-_ ]?[Qq]([0-9])", "{0:04}Q{1}"),
        (r"[Qq]([0-9])[-/ ]?([0-9]{4})", "{1:04}Q{0}"),
        (r"([0-9]{4})年第?([1-4])季度", "{0:04}Q{1}"),
        (r"([0-9]{4})[-_ ]?[Hh]([0-9])", "{0:04}H{1}"),
        (r"([0-9]{4})[-_ ]?[Ww]([0-9]{1,2})", "{0:04}-W{1:02}"),
    )
)
_HALVES = {"上半年": "H1", "下半年": "H2"}
_MONTH_DAYS = (
    re.compile(r"[0-9]{4}-([0-9]{1,2})-([0-9]{1,2})"),
    re.compile(r"([0-9]{1,2})[-./月 ]([0-9]{1,2})[日号]?"),
)
_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
#: A label as it is spelled: year, month, day, quarter, half, week.
_SPELLED = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?|Q([0-9])|H([0-9])|-W([0-9]{2}))?", re.ASCII)
_ORDINAL = re.compile(r"([0-9])(?:st|nd|rd|th)\b", re.IGNORECASE)


def _plain(text: str) -> str:
    """Compatibility forms made plain, every digit ASCII, every dash a hyphen, and ``l`` and ``O`` for digits."""
    folded = unicodedata.normalize("NFKC", text).strip()
    folded = re.sub(r"[\u2010-\u2015\u2212]", "-", folded)
    folded = "".join(str(unicodedata.digit(char)) if char.isdigit() and not char.isascii() else char for char in folded)
    return re.sub(r"(?<=[0-9-])[lI]|[lI](?=[0-9])", "1", re.sub(r"(?<=[0-9-])O|O(?=[0-9])", "0", folded))


def label(text: str) -> str:
    """The label that a text probably means, or nothing.

    >>> label("2026年1月1日")
    '2026-01-01'
    """
    plain = _plain(text)[:40]
    for word, half in _HALVES.items():
        if re.fullmatch(rf"[0-9]{{4}}年?{word}", plain):
            return plain[:4] + half
    both = re.fullmatch(r"([0-9-]{7,10})\s*(?:,|~|/|to|至|到)\s*([0-9-]{7,10})", plain)
    if both:
        found = "..".join(label(each) or each for each in both.groups())
        return found if exists(found) else ""
    for pattern, spelling in _PROPOSALS:
        match = pattern.fullmatch(plain)
        if match:
            found = spelling.format(*(int(each) for each in match.groups()))
            return found if exists(found) else ""
    return plain if plain != text and exists(plain) else ""


def month_day(text: str) -> str:
    """The day of a year that a text probably means, or nothing.

    >>> month_day("24 December"), month_day("Dec. 24th")
    ('12-24', '12-24')
    """
    plain = _ORDINAL.sub(r"\1", _plain(text)[:40])
    named = re.fullmatch(r"([0-9]{1,2})\s+(?:of\s+)?([A-Za-z.]+)|([A-Za-z.]+)\s+([0-9]{1,2})", plain)
    if named:
        word = (named[2] or named[3]).rstrip(".").lower()
        month = next((n for n, name in enumerate(_MONTHS, 1) if name.startswith(word) and len(word) >= 3), 0)
        plain = f"{month}-{named[1] or named[4]}"
    for pattern in _MONTH_DAYS:
        match = pattern.fullmatch(plain)
        if match and exists(f"2000-{int(match[1]):02}-{int(match[2]):02}"):
            return f"{int(match[1]):02}-{int(match[2]):02}"
    return ""


def leap_year(text: str) -> str:
    """For a 29 February in a common year: the next one that exists, or nothing."""
    if not text.endswith("-02-29"):
        return ""
    year = int(text[:4])
    years = range(year, min(year + 9, dt.MAXYEAR + 1))
    later = next((each for each in years if exists(f"{each:04}-02-29")), None)
    return f"{later:04}-02-29" if later else ""


def exists(spelling: str) -> bool:
    """Whether a label of a civil year, or two with ``..`` between, names days that there are: nothing else is proposed.

    >>> exists("2026Q4"), exists("2026Q6"), exists("2026-05..2026-02")
    (True, False, False)
    """
    days = [_first_day(each) for each in spelling.split("..")]
    found = [each for each in days if each is not None]
    return found == days and found == sorted(found)


def _first_day(spelling: str) -> dt.date | None:
    match = _SPELLED.fullmatch(spelling)
    if match is None:
        return None
    year, month, day, quarter, half, week = (int(each) if each else None for each in match.groups())
    try:
        if week is not None:
            return dt.date.fromisocalendar(year or 0, week, 1)
        for number, months in ((quarter, 3), (half, 6)):
            if number is not None:
                month = months * (number - 1) + 1
        return dt.date(year or 0, 1 if month is None else month, 1 if day is None else day)
    except ValueError:
        return None
