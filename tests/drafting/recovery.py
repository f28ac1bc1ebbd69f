"""How many of the rules of shipped rule files are found again from their golden dates.

The golden dates of a rule file are imported as a list: titles, units, periods and dates, or titles and dates alone.
A rule counts as found where a proposal, put in the place of the rule, gives the same dates: for every unit of the
list, from the list's first date until ten years after its last.
"""

import csv
import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

import attrs

import cyclekit
from cyclekit import Rulebook
from cyclekit.civil.cycles import Months
from cyclekit.civil.fiscal import YearStart
from cyclekit.civil.labels import read_span
from cyclekit.civil.spans import Span
from cyclekit.drafting.cutting import Owner
from cyclekit.drafting.fitting import Lens, World
from cyclekit.drafting.planning import Amended
from cyclekit.drafting.proposing import YEARS_AFTER, Proposal, propose_all
from cyclekit.engine.own_calendars import compile_all
from cyclekit.model.listed import ListedDate
from cyclekit.model.obligation import Change, Obligation
from cyclekit.model.pipeline import UNIT
from cyclekit.model.selectors import Selection, UnitId
from cyclekit.model.timing import Every
from cyclekit.sources.public_holidays import compile_calendar
from tests.repo.tree import REPO

GOLDEN = REPO / "tests" / "golden"
YEARS_ON = 10


@attrs.frozen
class Found:
    """What became of one recurring obligation: the places of the proposals that give its dates (0 is the first)."""

    rulebook: str
    obligation: str
    dates: int
    places: tuple[int, ...]
    proposals: tuple[Proposal, ...] = attrs.field(repr=False)


def books() -> Iterator[tuple[Rulebook, Path]]:
    """The shipped rule files with the lists of their golden dates."""
    for path in sorted((REPO / "rules").rglob("*.yaml")):
        if path.name.endswith(".units.yaml"):
            continue
        book = cyclekit.load(path)
        for name in (book.id, book.id.removeprefix("cn-")):
            if (GOLDEN / f"{name}.csv").exists():
                yield book, GOLDEN / f"{name}.csv"
                break


def listed(path: Path, *, labelled: bool) -> list[ListedDate]:
    """The rows of a golden list, as importing reads them; without labels: titles, units and dates alone."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return [
        ListedDate(
            row["obligation"],
            dt.date.fromisoformat(row["due"]),
            name=row["obligation"],
            unit="" if row["unit"] == "_" else row["unit"],
            period=row["period"] if labelled else "",
            number=int(row["number"]) if labelled else 0,
            place=f"row {place}",
        )
        for place, row in enumerate(rows, 2)
    ]


def world_of(book: Rulebook, dates: Sequence[ListedDate]) -> World:
    """What the author of a rule file knows before the first rule: its calendars, and its units with theirs."""
    years = [each.day.year for each in dates]
    days = (dt.date(min(years) - 2, 1, 1).toordinal(), dt.date(max(years) + YEARS_AFTER + 3, 12, 31).toordinal())
    named = {book.calendar, *book.roster.calendars, *(each.calendar for each in book)} - {None, UNIT}
    ids = {each for each in named if each is not None}
    keys = {each: book.calendar_keys.get(each, each) for each in ids}
    made = compile_all([book], dict.fromkeys(keys.values(), days), compile_calendar)
    compiled = {each: made[key] for each, key in keys.items()}
    roster = book.roster
    owners = {
        unit: Owner(roster.calendars[at] or book.calendar, roster.year_starts[at]) for at, unit in enumerate(roster.ids)
    }
    lenses = [Lens(book.calendar)] if book.calendar else []
    if any(roster.calendars):
        lenses.append(Lens(UNIT, 0.1))
    lenses += [
        Lens(each, 0.4)
        for each in sorted({each.calendar for each in book if each.calendar in ids and each.calendar} - {book.calendar})
    ]
    return World(compiled, (Lens(None), *lenses), owners)


def year_of(book: Rulebook) -> YearStart:
    """Where the fiscal years of a file begin, which its author knows."""
    starts = [_year(each) for each in book]
    return next((each for each in starts if not each.is_calendar_year), YearStart())


def _year(obligation: Obligation) -> YearStart:
    cycle = obligation.timing.cycle if isinstance(obligation.timing, Every) else None
    return cycle.year if isinstance(cycle, Months) else YearStart()


def recovered(book: Rulebook, path: Path, *, labelled: bool = True) -> Iterator[Found]:
    """For each recurring obligation of a list, which of the proposals are its rule."""
    recurring = {each.id for each in book if isinstance(each.timing, Every)}
    dates = [each for each in listed(path, labelled=labelled) if each.name in recurring]
    if not dates:
        return
    years = defaultdict(list)
    for each in dates:
        years[_year(book[each.name])].append(each)
    world = world_of(book, dates)
    for start, several in years.items():
        plain = attrs.evolve(start, named_last=False)
        for group, proposals in propose_all(several, world, plain):
            name = group[0].name
            wanted = _dates_of(book, book[name], group)
            places = tuple(
                place for place, each in enumerate(proposals) if _dates_of(book, put(book[name], each), group) == wanted
            )
            yield Found(book.id, name, len(group), places, tuple(proposals))


def put(obligation: Obligation, proposal: Proposal) -> Obligation:
    """An obligation with the rule that is proposed in the place of its own."""
    plain = attrs.evolve(
        obligation, timing=proposal.timing, calendar=proposal.calendar, changes=(), exceptions=(), cascade=None
    )
    return attrs.evolve(plain, changes=tuple(_change(plain, proposal, each) for each in proposal.changes))


def _change(plain: Obligation, proposal: Proposal, amended: Amended) -> Change:
    result = attrs.evolve(plain, timing=attrs.evolve(proposal.timing, plan=amended.plan))
    units = Selection(tuple(map(UnitId, amended.units))) if amended.units else Selection()
    return Change(units, result, read_span(amended.since, _year(plain)).first if amended.since else None)


def _dates_of(book: Rulebook, obligation: Obligation, group: Sequence[ListedDate]) -> set[tuple[str, dt.date, int]]:
    bare = _without_rulings(obligation)
    bare = attrs.evolve(
        bare, changes=tuple(attrs.evolve(each, result=_without_rulings(each.result)) for each in bare.changes)
    )
    alone = attrs.evolve(book, obligations=(bare,))
    first = min(each.day for each in group)
    last = max(each.day for each in group)
    schedule = cyclekit.expand(alone, Span(first, last.replace(year=last.year + YEARS_ON, day=1)))
    units = {each.unit or "_" for each in group}
    return {(each.unit.id, each.due, each.number) for each in schedule if each.unit.id in units}


def _without_rulings(obligation: Obligation) -> Obligation:
    return attrs.evolve(obligation, exceptions=(), absorbs=())
