"""The pages of a schedule: an index, and one for each unit, each of which can be made without the others."""

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import islice

import attrs
from markupsafe import Markup

from cyclekit.adapters.pages.addresses import Places, Subscription, is_base, subscription
from cyclekit.adapters.pages.agenda import Agenda, Cell, Held, Why, cells, held_by, held_in, owed_of, same_for
from cyclekit.adapters.pages.drawing import drawing_in
from cyclekit.adapters.pages.glance import Glance, month_label, stretches
from cyclekit.adapters.pages.listing import Entry, Listed, branches, counts, matching
from cyclekit.model.marked_days import MarkedDays, MarksOf
from cyclekit.model.obligation import Rulebook
from cyclekit.model.roster import Unit
from cyclekit.model.rows import Rows
from cyclekit.model.schedule import Schedule, StandingDuty, find_unit
from cyclekit.model.text import Text
from cyclekit.words.periods import period_words

#: An index that searches shows so many units at most; the rest is found by their names.
MOST_SHOWN = 500
#: So many bodies of pages are kept once they are drawn, for units that owe the same.
KEPT = 64
#: Letters on paper by the number of a year's rows; where it has more, they are ``dense``.
DENSITIES = (("sparse", 8), ("roomy", 26), ("usual", 44))


@attrs.frozen
class Part:
    """What a page shows under the heading of a year, drawn: small months and the agenda of so many ``rows``."""

    key: str
    title: str
    body: Markup
    rows: int

    @property
    def density(self) -> str:
        """How large its letters are on paper, so that a year fills a sheet and fits it."""
        return next((name for name, rows in DENSITIES if self.rows <= rows), "dense")


@attrs.frozen
class Body:
    """All parts of a page that have rows, the titles of those that have none, and what is owed, in words.

    ``owed`` is how much that is, and ``aside`` how much is waived or absorbed.
    """

    parts: tuple[Part, ...]
    empty: tuple[str, ...]
    rules: tuple[Markup, ...]
    owed: int
    aside: int


class Site:
    """Draws the pages of a schedule in one language. What pages share is drawn once and kept.

    ``base_url`` is where the publication will be; without it a page offers its feed as a file only, since one cannot
    subscribe to an address that nobody knows. ``why`` tells what moved a date, and ``marks`` which days of a unit's
    calendar are marked. ``feeds`` and ``files`` are further calendars, and files, of the publication, as pairs of a
    name and a path. With ``rows``, which know what each unit has, a page is drawn without a look at other units.
    Raises ValueError for a ``base_url`` that is no address.
    """

    def __init__(
        self,
        schedule: Schedule,
        *,
        language: str = "en",
        base_url: str | None = None,
        places: Places = Places(),
        why: Why | None = None,
        marks: MarksOf | None = None,
        rows: Rows | None = None,
        feeds: Sequence[tuple[str, str]] = (),
        files: Sequence[tuple[str, str]] = (),
    ) -> None:
        if base_url is not None and not is_base(base_url):
            raise ValueError(f"no address of a publication: {base_url!r}")
        self._schedule = schedule
        self._language = language
        self._base_url = base_url
        self._places = places
        self._marks = marks
        self._rows = rows
        self._feeds = feeds
        self._files = files
        self._drawing = drawing_in(language)
        self._agenda = Agenda(self._drawing, language, why)
        self._glance = Glance(self._drawing, language, schedule.horizon)
        self._stretches = stretches(schedule.horizon)
        self._bodies: dict[tuple[object, ...], Body] = {}

    def style(self) -> bytes:
        """The style sheet, which all pages share."""
        return self._drawing.style()

    # ------------------------------------------------------------------------------------------ a unit

    def unit(self, name: str, places: Places | None = None) -> bytes:
        """The page of one unit, by its id or ``RULEBOOK/UNIT``. Raises UnknownUnitError.

        ``places`` are those of this page alone, as one reader may be given addresses that are nobody else's.
        """
        book, unit = find_unit(self._schedule.rulebooks, name)
        alone = Unit(book.roster, book.roster.index[unit])
        mine = [each for each in self._schedule.standing if each.rulebook is book]
        standing = [each for each in mine if each.is_owed_by(alone.number)]
        return self._page(book, alone, self._held(book, alone.number), standing, places or self._places)

    def _held(self, book: Rulebook, number: int) -> list[Held]:
        if self._rows is not None:
            return list(held_in(self._rows, book, number))
        return list(held_by([line for line in self._schedule.lines if line.rulebook is book], number))

    def units(self) -> Iterator[tuple[str, bytes]]:
        """The pages of all units, each with its path."""
        for book in self._schedule.rulebooks:
            held: list[list[Held]] = [[] for _ in range(len(book.roster))]
            standing: list[list[StandingDuty]] = [[] for _ in range(len(book.roster))]
            for line in self._schedule.lines:
                if line.rulebook is not book:
                    continue
                for unit, start, stop in line.slices():
                    for each in line.together or (unit,):
                        held[each].append(Held(line, start, stop, unit))
            for duty in self._schedule.standing:
                if duty.rulebook is book:
                    for owing in duty.units:
                        standing[owing.number].append(duty)
            for number, unit_id in enumerate(book.roster.ids):
                page = self._page(book, Unit(book.roster, number), held[number], standing[number], self._places)
                yield self._places.page_of(f"{book.id}/{unit_id}"), page

    def _page(
        self, book: Rulebook, unit: Unit, held: Sequence[Held], standing: Sequence[StandingDuty], places: Places
    ) -> bytes:
        language, name = self._language, f"{book.id}/{unit.id}"
        path, feed = places.page_of(name), places.feed_of(name)
        called = book.title if unit.is_nameless else unit.name
        body = self._body(book, unit, held)
        return self._drawing.page(
            "unit.html",
            root=places.above(path),
            home=places.home(path),
            places=places,
            horizon=self._schedule.horizon,
            name=called,
            book=None if unit.is_nameless else book.title,
            source=book.source,
            above=self._above(book, unit, places),
            count=body.owed + body.aside,
            aside=body.aside,
            parts=body.parts,
            empty=body.empty,
            rules=body.rules,
            standing=[self._agenda.standing(each, unit) for each in standing],
            feed=feed,
            subscription=subscription(self._base_url, feed, called.get(language)) if self._base_url else None,
        )

    def _body(self, book: Rulebook, unit: Unit, held: Sequence[Held]) -> Body:
        key = (book.id, unit.calendar if self._marks else None, same_for(held, unit))
        if key not in self._bodies:
            if len(self._bodies) >= KEPT:
                self._bodies.clear()
            # Where nothing is due no months are shown, and nothing need be known of their days.
            marks = self._marks(book, unit.calendar) if self._marks and held else None
            self._bodies[key] = self._drawn(cells(held), marks)
        return self._bodies[key]

    def _drawn(self, owed: Sequence[Cell], marks: MarkedDays | None) -> Body:
        months = list(self._agenda.months(owed))
        due = Counter(each.due for each in owed if each.is_owed)
        aside = Counter(each.due for each in owed if not each.is_owed)
        parts: list[Part] = []
        empty: list[str] = []
        for stretch in self._stretches:
            title, mine = stretch.title(self._language), [each for each in months if each.month in stretch.months]
            if not mine:
                empty.append(title)
                continue
            shown = [(month_label(each.month), self._month(each.month), each.days) for each in mine]
            glance, legend = self._glance.months(stretch, due, aside, marks), self._glance.legend(stretch, marks)
            body = self._drawing.part("part.html", "body", title, glance, shown, legend)
            parts.append(Part(stretch.key, title, body, sum(len(day.rows) for each in mine for day in each.days)))
        rules = self._agenda.rules(owed)
        return Body(tuple(parts), tuple(empty), rules, due.total(), aside.total())

    def _month(self, month: int) -> str:
        return period_words(month_label(month), self._language)

    def _above(self, book: Rulebook, unit: Unit, places: Places) -> list[tuple[Text, str]]:
        """The names and pages of the units above one, from the top down."""
        return [(each.name, places.page_of(f"{book.id}/{each.id}")) for each in reversed(unit.above)]

    # --------------------------------------------------------------------------------------- the index

    def index(self, query: str | None = None, *, searches: bool = False) -> bytes:
        """The index. Where it is asked for by a form, it ``searches``, and shows what has each word of the query."""
        books = self._schedule.rulebooks
        shown, found, more = [], [], 0
        if searches and query and query.strip():
            matches = matching(books, query)
            found = [(book.title, self._entry(book, number, "")) for book, number in islice(matches, MOST_SHOWN)]
            more = sum(1 for _ in matches)
        else:
            shown = [self._listed(book, MOST_SHOWN if searches else len(book.roster)) for book in books]
        place = self._places.index or ""
        return self._drawing.page(
            "index.html",
            root=self._places.above(place),
            home=self._places.home(place),
            places=self._places,
            horizon=self._schedule.horizon,
            query=(query or "").strip(),
            searches=searches,
            books=shown,
            found=found,
            found_in_all=len(found) + more,
            most=MOST_SHOWN,
            feeds=[(name, path, self._subscription(path, name)) for name, path in self._feeds],
            files=self._files,
        )

    def _subscription(self, path: str, name: str) -> Subscription | None:
        return subscription(self._base_url, path, name) if self._base_url else None

    def _listed(self, book: Rulebook, most: int) -> Listed:
        found = tuple(branches(book, self._entry, most))
        return Listed(book.id, book.title, book.source, len(book.roster), len(book.roster) > most, found)

    def _entry(self, book: Rulebook, number: int, below: str) -> Entry:
        unit = Unit(book.roster, number)
        name = book.title if unit.is_nameless else unit.name
        page = self._places.page_of(f"{book.id}/{unit.id}")
        return Entry(name, unit.id, page, self._owed(book, number), below)

    def _owed(self, book: Rulebook, number: int) -> int:
        """How many due dates a unit has. A page of all units counts all at once, one of a few each of them."""
        if self._rows is None:
            return self._counts[book.id][number]
        return sum(map(owed_of, self._held(book, number)))

    @cached_property
    def _counts(self) -> dict[str, list[int]]:
        return counts(self._schedule)
