"""A cycle with its phase: where its periods begin, and which positions of the year it has."""

import attrs

from cyclekit.civil.cycles import HALF_MONTH, TEN_DAYS, Cycle, Days, Months, Weeks
from cyclekit.civil.fiscal import YearStart
from cyclekit.civil.labels import CALENDAR_YEAR
from cyclekit.civil.spans import Span
from cyclekit.model.pipeline import UNIT
from cyclekit.reading import scalars
from cyclekit.reading.cycle_words import CycleWords
from cyclekit.reading.nodes import Node
from cyclekit.reading.reader import Fields, Reader
from cyclekit.reading.scalars import Misread
from cyclekit.reading.written_cycles import read_written_cycle

#: The named cycles of months, and how many months each has.
MONTHS = {"month": 1, "quarter": 3, "half_year": 6, "year": 12}
POSITIONS = {
    "quarter": tuple(f"Q{n}" for n in range(1, 5)),
    "half_year": ("H1", "H2"),
}


def read_date(reader: Reader, text: str, node: Node, year: YearStart = CALENDAR_YEAR) -> Span | None:
    """The span that a date names; None where it names none, which is reported."""
    try:
        return scalars.span(text, year)
    except Misread as fault:
        reader.misread(fault, node)
        return None


@attrs.frozen
class CycleRead:
    """A cycle with the fiscal year in force, and whether it is the unit's own."""

    cycle: Cycle
    year: YearStart
    of_unit: bool
    positions: tuple[str, ...]


def read_cycle(reader: Reader, fields: Fields, inherited: frozenset[str]) -> CycleRead | None:
    """The cycle of ``every`` with its phase; None where it cannot be made, which is reported."""
    if not isinstance(fields.get("every"), CycleWords):
        written = read_written_cycle(reader, fields, inherited)
        return None if written is None else CycleRead(written, CALENDAR_YEAR, of_unit=False, positions=())
    words: CycleWords = fields.get("every")
    year, of_unit = _year(reader, fields, words)
    if year is None:
        return None
    origin = None
    if "origin" in fields:
        origin = read_date(reader, fields.get("origin"), fields["origin"].node, year)
        if origin is None:
            return None
    cycle = _phased(reader, fields, words, year, origin)
    return None if cycle is None else CycleRead(cycle, year, of_unit, _positions(words, cycle))


def _year(reader: Reader, fields: Fields, words: CycleWords) -> tuple[YearStart | None, bool]:
    """The year that the cycle follows; None where what is written cannot be read."""
    if "year_start" not in fields:
        if "year_named" in fields:
            reader.report("no-effect", "named-without-start", fields["year_named"].key, key="year_named")
            return None, False
        return CALENDAR_YEAR, False
    entry = fields["year_start"]
    if words.unit not in MONTHS:
        reader.report("no-effect", "no-effect", entry.key, key="year_start", what=f"every: {words.unit}")
        return None, False
    if entry.value == UNIT:
        return YearStart(named_last=fields.get("year_named", False)), True
    try:
        month, day = scalars.year_start(entry.value)
    except Misread as fault:
        reader.misread(fault, entry.node)
        return None, False
    return YearStart(month, day, fields.get("year_named", False)), False


def _phased(reader: Reader, fields: Fields, words: CycleWords, year: YearStart, origin: Span | None) -> Cycle | None:
    n, unit = words.n, words.unit
    if unit == "week":
        if n > 1 and origin is None:
            _ask_for_origin(reader, fields)
            return None
        return Weeks(n, origin.first.toordinal() if origin else 1)
    if unit == "day" and n > 1:
        if origin is None:
            _ask_for_origin(reader, fields)
            return None
        return Days(n, origin.first.toordinal())
    settled = unit not in MONTHS or not words.counted
    if settled and origin is not None:
        reader.report("no-effect", "origin-settled", fields["origin"].key, key="origin", what=unit)
        return None
    match unit:
        case "day":
            return Days()
        case "half_month":
            return HALF_MONTH
        case "ten_days":
            return TEN_DAYS
        case _:
            return _months(reader, fields, words, year, origin)


def _months(reader: Reader, fields: Fields, words: CycleWords, year: YearStart, origin: Span | None) -> Cycle | None:
    months = MONTHS[words.unit] * words.n
    spelling = words.unit
    if words.counted:
        spelling = "years" if words.unit == "year" else "months"
    if origin is None:
        if 12 % months and words.counted:
            _ask_for_origin(reader, fields)
            return None
        return Months(months, spelling, year.offset % months, year)
    if "year_start" in fields and 12 % months == 0:
        reader.report("no-effect", "origin-settled", fields["origin"].key, key="origin", what="year_start")
        return None
    if not _begins_a_period(origin, spelling, year):
        node, text = fields["origin"].node, fields.get("origin")
        begun = f"{origin.first.year:04}-{year.month if spelling == 'years' else origin.first.month:02}-{year.day:02}"
        reader.report("bad-date", "origin-inside-month", node, text=text, suggestion=begun.removesuffix("-01"))
        return None
    return Months(months, spelling, (12 * origin.first.year + origin.first.month - 1) % months, year)


def _begins_a_period(origin: Span, spelling: str, year: YearStart) -> bool:
    """Whether months, or years that have a beginning of their own, begin on the first day of this span."""
    if spelling == "years" and not year.is_calendar_year:
        return (origin.first.month, origin.first.day) == (year.month, year.day)
    return origin.first.day == year.day


def _ask_for_origin(reader: Reader, fields: Fields) -> None:
    days = fields.get("every").unit in ("day", "week")
    example = "2026-01-05" if days else "2026-01"
    reader.report("missing-key", "missing-origin", fields["every"].node, key="origin", example=example)


def _positions(words: CycleWords, cycle: Cycle) -> tuple[str, ...]:
    """The positions in its year that a cycle has; none for cycles without a place in the year."""
    if words.unit in POSITIONS:
        return POSITIONS[words.unit]
    if isinstance(cycle, Months) and words.unit == "month" and 12 % cycle.n == 0:
        start = 12 * 2000 + cycle.phase
        return tuple(sorted({cycle.position(start + step) for step in range(0, 12, cycle.n)}, key=int))
    return ()
