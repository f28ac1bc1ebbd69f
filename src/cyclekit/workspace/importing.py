"""From a file of dates to what drafting needs: the dates, the calendars to try, the units that are known already."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

import attrs

from cyclekit.civil.spans import Span
from cyclekit.diagnostics import Diagnostic
from cyclekit.drafting.cutting import Owner
from cyclekit.drafting.fitting import Lens, World
from cyclekit.drafting.proposing import YEARS_AFTER
from cyclekit.engine.expand import expand
from cyclekit.engine.own_calendars import compile_all
from cyclekit.engine.reach import USUAL_CLOSURE
from cyclekit.engine.windows import calendars_needed
from cyclekit.model.listed import DateList
from cyclekit.model.obligation import Rulebook
from cyclekit.model.pipeline import UNIT
from cyclekit.model.roster import Roster
from cyclekit.reading.rulebook import RuleFile, read_rule_file
from cyclekit.reading.source import Source
from cyclekit.sources.public_holidays import compile_calendar
from cyclekit.workspace.loading import surroundings

SUFFIXES = (".ics", ".xlsx", ".csv")
#: How many days beyond a list the calendars reach: the years that are compared, and the longest period.
YEARS_AROUND = 3


def read_dates(path: Path) -> DateList:
    """The dates of a calendar (``.ics``), a workbook (``.xlsx``) or a sheet (``.csv``).

    Raises OSError where it cannot be read, ValueError for another suffix, or where its content is something else;
    UnicodeDecodeError, which is one, for a sheet that is not in UTF-8.
    """
    data = path.read_bytes()
    match path.suffix.lower():
        case ".ics":
            from cyclekit.sources.calendar_dates import read_calendar  # noqa: PLC0415

            return read_calendar(data, path.stem)
        case ".xlsx":
            from cyclekit.sources.dated_rows import of_rows  # noqa: PLC0415
            from cyclekit.sources.xlsx import read_xlsx  # noqa: PLC0415

            return of_rows(read_xlsx(data), path.stem)
        case ".csv":
            from cyclekit.sources.dated_rows import read_csv  # noqa: PLC0415

            return read_csv(data, path.stem)
        case _:
            raise ValueError(path.suffix)


def read_units(path: Path) -> tuple[Roster | None, tuple[Diagnostic, ...]]:
    """The units of a file of units; None, with what is wrong, where it has errors."""
    text = f"cyclekit: 1\nid: units\nunits: {path.name}\nobligations: {{a: {{standing: true}}}}\n"
    file = read_rule_file(Source(str(path), text), surroundings(path.parent))
    return (file.rulebook.roster if file.rulebook else None), file.diagnostics


def world_of(listed: DateList, codes: Sequence[str], roster: Roster | None = None) -> World:
    """What a list is held against: no calendar, those of these codes in their order, and the units' own.

    Raises CalendarError for a code that nothing is known of.
    """
    years = [each.day.year for each in listed.dates]
    first = dt.date(max(min(years) - YEARS_AROUND, 1), 1, 1)
    last = dt.date(min(max(years) + YEARS_AFTER + YEARS_AROUND, dt.MAXYEAR), 12, 31)
    owners: dict[str, Owner] = {}
    if roster is not None:
        columns = zip(roster.ids, roster.calendars, roster.year_starts, strict=True)
        owners = {unit: Owner(calendar or codes[0], year) for unit, calendar, year in columns}
    wanted = dict.fromkeys([*codes, *(owner.calendar for owner in owners.values() if owner.calendar)])
    compiled = {code: compile_calendar(code, first.toordinal(), last.toordinal()) for code in wanted}
    lenses = [Lens(None), *(Lens(code, 0.1 * place) for place, code in enumerate(codes))]
    if roster is not None and any(roster.calendars):
        lenses.insert(1, Lens(UNIT))
    return World(compiled, tuple(lenses), owners)


@attrs.frozen
class Checked:
    """What reading a draft back and expanding it gave: what is wrong with it, and the dates of the list it lacks."""

    file: RuleFile
    lacking: tuple[str, ...]


def check_draft(text: str, name: str, folder: Path, listed: DateList, units: "dict[str, str]") -> Checked:
    """A draft, read and expanded like any rule file, and held against the list. ``units`` are the ids of its units."""
    file = read_rule_file(Source(name, text), surroundings(folder))
    if file.rulebook is None:
        return Checked(file, tuple(str(each.day) for each in listed.dates))
    days = Span(min(each.day for each in listed.dates), max(each.day for each in listed.dates))
    given = Counter((unit, day) for unit, day in _due_dates(file.rulebook, days))
    wanted = Counter((units.get(each.unit, each.unit) or "_", each.day) for each in listed.dates)
    lacking = sorted((day, unit) for unit, day in (wanted - given))
    return Checked(file, tuple(f"{day}" + (f" ({unit})" if unit != "_" else "") for day, unit in lacking))


def _due_dates(book: Rulebook, days: Span) -> Iterable[tuple[str, dt.date]]:
    window = (days.first.toordinal(), days.last.toordinal())
    needed = calendars_needed((book,), window, 2 * USUAL_CLOSURE, ())
    schedule = expand(book, days, compile_all((book,), needed, compile_calendar), doubtful=True, max_years=dt.MAXYEAR)
    for each in schedule:
        yield each.unit.id, each.due
