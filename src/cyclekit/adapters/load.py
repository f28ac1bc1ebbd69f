"""The load of each day as a heat map: columns of weeks, in the terminal and as SVG.

What is drawn are counts by day; who counts is not asked.
"""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from xml.sax.saxutils import escape

from cyclekit.civil.spans import Span
from cyclekit.words.load import Words, load_words

#: From few to many. The first is for a day on which nothing is due.
SHADES = ("#ebedf0", "#c6e0d4", "#8fc4ac", "#4f9f7f", "#0b6e4f", "#073b2b")
#: The same in a terminal's 256 colours, and as characters where there is no colour.
_COLOURS = (236, 151, 115, 72, 29, 22)
_SIGNS = (" ·", " ░", " ▒", " ▓", " █", " █")
_CELL, _GAP = 12, 3

Counts = Mapping[dt.date, int]


def shade(count: int, most: int) -> int:
    """Which shade a count has: 0 for none, else 1 to 5, evenly by its share of the most.

    >>> [shade(count, 10) for count in (0, 1, 2, 3, 10)]
    [0, 1, 1, 2, 5]
    """
    return -(-count * (len(SHADES) - 1) // max(most, 1))


def weeks(horizon: Span) -> list[list[dt.date]]:
    """The weeks of a horizon from Monday to Sunday, the first and last of them whole."""
    first = horizon.first.toordinal() - horizon.first.weekday()
    last = horizon.last.toordinal()
    return [
        [dt.date.fromordinal(day) for day in range(monday, monday + 7) if day <= dt.date.max.toordinal()]
        for monday in range(max(first, 1), last + 1, 7)
    ]


def terminal(counts: Counts, horizon: Span, *, language: str = "en", width: int = 120, colour: bool = False) -> str:
    """The heat map of a horizon as lines, as many weeks side by side as fit; below it what the shades stand for."""
    words, most = load_words(language), max(counts.values(), default=0)
    every = weeks(horizon)
    at_once = max(1, (width - 5) // 2)
    lines: list[str] = []
    for first in range(0, len(every), at_once):
        some = every[first : first + at_once]
        lines.append(_months(some, horizon))
        for weekday in range(7):
            days = [week[weekday] if weekday < len(week) else None for week in some]
            cells = "".join(_cell(day, counts, horizon, most, colour=colour) for day in days)
            lines.append(f"{words.weekdays[weekday]:<4}{cells}".rstrip())
        lines.append("")
    lines += list(_told(counts, horizon, words))
    return "\n".join(lines) + "\n"


def _cell(day: dt.date | None, counts: Counts, horizon: Span, most: int, *, colour: bool) -> str:
    if day is None or day not in horizon:
        return "  "
    level = shade(counts.get(day, 0), most)
    return f"\x1b[38;5;{_COLOURS[level]}m ■\x1b[0m" if colour else _SIGNS[level]


def _months(some: Sequence[Sequence[dt.date]], horizon: Span) -> str:
    """A line with each month's number above the week in which it begins."""
    line = [" "] * (4 + 2 * len(some) + 2)
    for place, week in enumerate(some):
        begun = next((day for day in week if day.day == 1 and day in horizon), None)
        if begun is not None:
            for offset, char in enumerate(f"{begun.month:>2}"):
                line[4 + 2 * place + offset] = char
    return "".join(line).rstrip()


def busiest(counts: Counts, most: int = 5) -> list[tuple[dt.date, int]]:
    """The days on which most is due, the busiest first; of equal ones the earlier."""
    return sorted(((day, count) for day, count in counts.items() if count), key=lambda each: (-each[1], each[0]))[:most]


def _told(counts: Counts, horizon: Span, words: Words) -> Iterator[str]:
    total = sum(counts.values())
    yield words.total.format(count=f"{total:,}", days=sum(1 for count in counts.values() if count), horizon=horizon)
    days = ", ".join(f"{day.isoformat()} ({count:,})" for day, count in busiest(counts))
    if days:
        yield words.busiest.format(days=days)


def svg(counts: Counts, horizon: Span, *, language: str = "en") -> str:
    """The heat map as SVG without script or style sheet; each day tells its count to whoever points at it."""
    words, most = load_words(language), max(counts.values(), default=0)
    every = weeks(horizon)
    step = _CELL + _GAP
    wide, high = 50 + step * len(every), 40 + step * 7 + 40
    title = escape(words.title.format(horizon=horizon))
    letters = 'font-family="sans-serif" font-size="10"'
    drawn = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}" {letters}>',
        f"<title>{title}</title>",
        f'<rect width="{wide}" height="{high}" fill="#fff"/>',
        *(
            f'<text x="4" y="{40 + step * number + 10}">{escape(name)}</text>'
            for number, name in enumerate(words.weekdays)
        ),
    ]
    for place, week in enumerate(every):
        x = 46 + step * place
        begun = next((day for day in week if day.day == 1 and day in horizon), None)
        if begun is not None:
            drawn.append(f'<text x="{x}" y="30">{begun.year}-{begun.month:02}</text>')
        for day in week:
            if day in horizon:
                count = counts.get(day, 0)
                y = 40 + step * day.weekday()
                fill = SHADES[shade(count, most)]
                drawn.append(
                    f'<rect x="{x}" y="{y}" width="{_CELL}" height="{_CELL}" rx="2" fill="{fill}">'
                    f"<title>{day.isoformat()}: {count:,}</title></rect>"
                )
    told = " · ".join(_told(counts, horizon, words))
    drawn.append(f'<text x="4" y="{high - 16}">{escape(told)}</text>')
    return "\n".join([*drawn, "</svg>", ""])
