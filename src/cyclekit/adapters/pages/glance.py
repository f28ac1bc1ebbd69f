"""A year at a glance: twelve small months, each day marked by how much is due on it, and whether it is worked."""

import datetime as dt
from collections.abc import Iterator, Mapping
from functools import lru_cache

import attrs
from markupsafe import Markup

from cyclekit.adapters.pages.drawing import Drawing
from cyclekit.civil.months import first_day, last_day, month_of
from cyclekit.civil.spans import Span
from cyclekit.model.explanation import Nature
from cyclekit.model.explanation import Stretch as Days
from cyclekit.model.marked_days import MarkedDays
from cyclekit.words.pages import page_words
from cyclekit.words.periods import date_words, is_chinese, period_words, weekday_words
from cyclekit.words.stretches import stretch_words

#: A horizon of at most so many months is shown as one stretch; a longer one by calendar years.
MOST_MONTHS = 13
#: Days with so much due, or more, look alike.
HOTTEST = 4
_A_MONDAY = dt.date(2024, 1, 1)
#: How many months with due dates are kept once they are drawn.
_KEPT = 8192


@attrs.frozen
class Stretch:
    """What stands under one heading, and in print on one sheet: a calendar year, or the whole of a short horizon.

    ``key`` is its place in the page, ``months`` are those that it shows.
    """

    key: str
    first_year: int
    last_year: int
    months: range

    def title(self, language: str) -> str:
        """Its heading."""
        years = str(self.first_year) if self.first_year == self.last_year else f"{self.first_year}–{self.last_year}"
        return page_words("year", language, year=years)


@attrs.frozen
class Cell:
    """A day of a small month: its number and how it looks.

    Where something is due, ``label`` is said of it, and it leads to ``address``. Where it is not as usual, it has a
    ``mark`` beside its number, and ``said`` says why.
    """

    day: int
    look: str = ""
    address: str = ""
    label: str = ""
    mark: str = ""
    said: str = ""


@attrs.frozen
class Legend:
    """Which marks the months of a stretch have, and until when something is known where that is not all of them."""

    rests: bool = False
    works: bool = False
    known_until: str = ""


#: A day with what is owed on it, what is waived or absorbed, and what its calendar says of it.
_Mark = tuple[int, int, int, Days | None]


def stretches(horizon: Span) -> tuple[Stretch, ...]:
    """The stretches that a horizon is shown in.

    >>> [each.key for each in stretches(Span(dt.date(2022, 10, 1), dt.date(2023, 12, 31)))]
    ['2022', '2023']
    >>> [each.key for each in stretches(Span(dt.date(2026, 11, 21), dt.date(2027, 11, 20)))]
    ['2026-2027']
    """
    first, last = horizon.first.year, horizon.last.year
    months = range(month_of(horizon.first.toordinal()), month_of(horizon.last.toordinal()) + 1)
    if first != last and len(months) <= MOST_MONTHS:
        return (Stretch(f"{first}-{last}", first, last, months),)
    years = range(first, last + 1)
    return tuple(Stretch(str(year), year, year, range(12 * year, 12 * year + 12)) for year in years)


def month_label(month: int) -> str:
    """A month as labels write it.

    >>> month_label(12 * 2023 + 4)
    '2023-05'
    """
    return f"{month // 12:04}-{month % 12 + 1:02}"


class Glance:
    """Draws small months. Those that look the same are drawn once."""

    def __init__(self, drawing: Drawing, language: str, horizon: Span) -> None:
        self._drawing = drawing
        self._language = language
        self._within = range(horizon.first.toordinal(), horizon.last.toordinal() + 1)
        names = [weekday_words(_A_MONDAY + dt.timedelta(days=each), language) for each in range(7)]
        self._weekdays = [(each[-1] if is_chinese(language) else each[:2], each) for each in names]
        self._month = lru_cache(maxsize=_KEPT)(self._draw)

    def months(
        self, stretch: Stretch, owed: Mapping[int, int], aside: Mapping[int, int], marks: MarkedDays | None = None
    ) -> Iterator[Markup]:
        """The small months of a stretch. ``owed`` counts what is due by day, ``aside`` what is waived or absorbed."""
        days = marks.days if marks else {}
        marked: dict[int, list[_Mark]] = {}
        for day in sorted({*owed, *aside, *days}):
            marked.setdefault(month_of(day), []).append((day, owed.get(day, 0), aside.get(day, 0), days.get(day)))
        for month in stretch.months:
            yield self._month(month, tuple(marked.get(month, ())), stretch.first_year != stretch.last_year)

    def legend(self, stretch: Stretch, marks: MarkedDays | None) -> Legend:
        """What the marks of a stretch mean."""
        if marks is None:
            return Legend()
        natures = {each.nature for day, each in marks.days.items() if month_of(day) in stretch.months}
        until = marks.known_until
        shown = until is not None and until.toordinal() < last_day(stretch.months[-1])
        return Legend(
            bool(natures & {Nature.HOLIDAY, Nature.SUSPENDED}),
            Nature.EXCHANGED in natures,
            until.isoformat() if until and shown else "",
        )

    def _draw(self, month: int, marks: tuple[_Mark, ...], with_year: bool) -> Markup:  # noqa: FBT001
        first, last = first_day(month), last_day(month)
        found = {day: (owed, aside, marked) for day, owed, aside, marked in marks}
        cells: list[Cell | None] = [None] * dt.date.fromordinal(first).weekday()
        cells += [self._cell(day, *found.get(day, (0, 0, None))) for day in range(first, last + 1)]
        cells += [None] * (-len(cells) % 7)
        weeks = [cells[at : at + 7] for at in range(0, len(cells), 7)]
        name = period_words(month_label(month), self._language)
        if not with_year:
            # It stands below a heading with the year: 5 月, May.
            name = name.removeprefix(f"{month // 12} 年 ").removesuffix(f" {month // 12}")
        idle = not any(owed or aside for _, owed, aside, _ in marks)
        return self._drawing.part("months.html", "month", name, self._weekdays, weeks, idle)

    def _cell(self, day: int, owed: int, aside: int, marked: Days | None) -> Cell:
        date, language = dt.date.fromordinal(day), self._language
        look, mark, said = "", "", ""
        if marked is not None:
            look = "work" if marked.nature is Nature.EXCHANGED else "rest"
            mark, said = page_words(look, language), stretch_words(marked)[is_chinese(language)]
        if not owed and not aside:
            return Cell(date.day, look if day in self._within else "out", mark=mark, said=said)
        phrase = "on-day" if owed else "on-day-aside"
        label = page_words(phrase, language, day=date_words(date, language), count=owed or aside)
        if said:
            label = page_words("and-day", language, label=label, said=said)
        heat = f"h{min(owed, HOTTEST)}"
        return Cell(date.day, f"{heat} {look}".strip(), f"#d{date.isoformat()}", label, mark, said)
