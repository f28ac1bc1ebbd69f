"""A schedule as a table for a terminal, drawn by rich: one for each rulebook, with what has no date below it."""

import io
from collections.abc import Iterator

from rich import box
from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text

from cyclekit.model.identity import Status
from cyclekit.model.occurrence import Occurrence
from cyclekit.model.schedule import Schedule, StandingDuty
from cyclekit.words.display import columns, visible
from cyclekit.words.occurrences import others, quota_words, standing_words, unit_words
from cyclekit.words.periods import is_chinese, weekday_words

WIDTH = 120
#: A longer id or label is folded, never cut, where the table is too narrow.
LONGEST_UNBROKEN = 26
#: Ids, dates and periods are folded, too, rather than leave less than this.
LEAST_FOR_TITLE = 12
#: Unit names are folded rather than leave less than this to the title.
NEEDED_FOR_TITLE = 20
#: Where title and note have less than this between them, the note stands below the title.
NEEDED_FOR_BOTH = 32
#: More units than these are counted rather than listed.
MOST_NAMED = 2

_HEADS = {
    "due": ("Due", "截止"),
    "unit": ("Unit", "单位"),
    "name": ("Name", "名称"),
    "title": ("Duty", "事项"),
    "period": ("Period", "所属期"),
    "note": ("Note", "说明"),
    "units": ("Units", "单位"),
    "standing": ("Standing duties, without a date", "常态事项，无固定日期"),
}


def render(schedule: Schedule, *, language: str = "en", width: int = WIDTH, colour: bool = False) -> str:
    """The tables as text, ``width`` columns wide, with the number of due dates in the last line.

    Waived and absorbed occurrences are dimmed and say what they are. Ids are never cut short.
    """
    drawn = io.StringIO()
    console = Console(
        file=drawn,
        width=width,
        force_terminal=colour,
        color_system="standard" if colour else None,
        legacy_windows=False,
        highlight=False,
        emoji=False,
        markup=False,
        # Rich would else look for NO_COLOR, COLUMNS and more: what is drawn depends on the arguments alone.
        _environ={},
    )
    for each in _parts(schedule, language, width):
        console.print(each)
    return "".join(f"{line.rstrip()}\n" for line in drawn.getvalue().splitlines())


def _parts(schedule: Schedule, language: str, width: int) -> Iterator[RenderableType]:
    books = sorted(schedule.rulebooks, key=lambda each: each.id)
    by_book: dict[str, list[Occurrence]] = {book.id: [] for book in books}
    for each in schedule:
        by_book[each.rulebook.id].append(each)
    for book in books:
        standing = [duty for duty in schedule.standing if duty.rulebook.id == book.id]
        if by_book[book.id] or standing:
            yield Text.assemble((visible(book.id), "bold"), "  ", visible(book.title.get(language)))
        if by_book[book.id]:
            yield from (_due_table(by_book[book.id], language, width), "")
        if standing:
            yield from (_standing_table(standing, language), "")
    yield Text(count_words(schedule, language), style="bold")


def _due_table(occurrences: list[Occurrence], language: str, width: int) -> Table:
    cells_by_name = {
        "due": [_when(each, language) for each in occurrences],
        "unit": ["" if each.unit.is_nameless else each.unit.id for each in occurrences],
        "name": [_name(each, language) for each in occurrences],
        "title": [visible(each.title.get(language)) for each in occurrences],
        "period": [_period(each) for each in occurrences],
        "note": [visible(_note(each, language)) for each in occurrences],
    }
    widest = {name: max(map(columns, cells)) for name, cells in cells_by_name.items()}
    unbroken = {name for name in ("due", "unit", "name", "period") if widest[name] <= LONGEST_UNBROKEN}
    left = width - sum(widest[name] + 1 for name in unbroken if widest[name])
    if left < NEEDED_FOR_TITLE:
        unbroken.discard("name")
    if left < LEAST_FOR_TITLE:
        # In still less room, what may not be broken would be cut.
        unbroken.clear()
    if left < NEEDED_FOR_BOTH:
        # Side by side they would be broken into a few characters each.
        pairs = zip(cells_by_name["title"], cells_by_name.pop("note"), strict=True)
        cells_by_name["title"] = [f"{title}\n{note}" if note else title for title, note in pairs]
    cells_by_name = {name: cells for name, cells in cells_by_name.items() if any(cells)}
    table = _table()
    for name in cells_by_name:
        table.add_column(_HEADS[name][is_chinese(language)], no_wrap=name in unbroken, overflow="fold")
    for each, *cells in zip(occurrences, *cells_by_name.values(), strict=True):
        table.add_row(*map(Text, cells), style="" if each.status is Status.SCHEDULED else "dim")
    return table


def _standing_table(duties: list[StandingDuty], language: str) -> Table:
    cells_by_name = {
        "standing": [visible(duty.obligation.title.get(language)) for duty in duties],
        "note": [visible(quota_words(duty.obligation.quota, language)) for duty in duties],
        "units": [" ".join(each.id for each in duty.units if not each.is_nameless) for duty in duties],
    }
    cells_by_name = {name: cells for name, cells in cells_by_name.items() if any(cells)}
    table = _table()
    for name in cells_by_name:
        table.add_column(_HEADS[name][is_chinese(language)], overflow="fold")
    for cells in zip(*cells_by_name.values(), strict=True):
        table.add_row(*map(Text, cells))
    return table


def _table() -> Table:
    return Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False, show_edge=False, header_style="bold")


def _when(occurrence: Occurrence, language: str) -> str:
    day = f"{occurrence.due.isoformat()} {weekday_words(occurrence.due, language)}"
    return f"{day} {occurrence.time}" if occurrence.time else day


def _name(occurrence: Occurrence, language: str) -> str:
    name = unit_words(occurrence.unit, language)
    return "" if name == occurrence.unit.id else visible(name)


def _period(occurrence: Occurrence) -> str:
    return occurrence.period if occurrence.number == 1 else f"{occurrence.period}#{occurrence.number}"


def _note(occurrence: Occurrence, language: str) -> str:
    chinese = is_chinese(language)
    exception = occurrence.exception
    notes = [
        standing_words(occurrence, language, brief=True),
        exception.reason if exception else "",
        _moved(occurrence, language) if occurrence.nominal != occurrence.due else "",
        _closes(occurrence, language),
        _together(occurrence, language),
        quota_words(occurrence.quota, language),
    ]
    return ("；" if chinese else "; ").join(each for each in notes if each)


def _moved(occurrence: Occurrence, language: str) -> str:
    nominal = f"{occurrence.nominal.isoformat()} {weekday_words(occurrence.nominal, language)}"
    return f"原定 {nominal}" if is_chinese(language) else f"moved from {nominal}"


def _closes(occurrence: Occurrence, language: str) -> str:
    if occurrence.closes is None:
        return ""
    day = occurrence.closes.isoformat()
    return f"受理至 {day}" if is_chinese(language) else f"accepted until {day}"


def _together(occurrence: Occurrence, language: str) -> str:
    with_whom = others(occurrence)
    if not with_whom:
        return ""
    if len(with_whom) > MOST_NAMED:
        return f"与其他 {len(with_whom)} 个单位" if is_chinese(language) else f"with {len(with_whom)} others"
    names = " ".join(each.id for each in with_whom)
    return f"与 {names}" if is_chinese(language) else f"with {names}"


def count_words(schedule: Schedule, language: str = "en") -> str:
    """How much a schedule holds: due dates, waived and absorbed ones among them, standing duties."""
    counted = dict.fromkeys(Status, 0)
    for line in schedule.lines:
        for row, status in enumerate(line.status):
            counted[status] += len(line.units_of(row))
    standing = len(schedule.standing)
    if is_chinese(language):
        parts = [f"{sum(counted.values())} 个截止日"]
        parts += [f"其中免除 {counted[Status.WAIVED]} 个"] * bool(counted[Status.WAIVED])
        parts += [f"其中并入 {counted[Status.ABSORBED]} 个"] * bool(counted[Status.ABSORBED])
        parts += [f"常态事项 {standing} 项"] * bool(standing)
        return f"{schedule.horizon}：{'，'.join(parts)}"
    parts = [_plural(sum(counted.values()), "due date")]
    parts += [
        f"{counted[status]} of them {status.value}" for status in (Status.WAIVED, Status.ABSORBED) if counted[status]
    ]
    parts += [_plural(standing, "standing duty", "standing duties")] * bool(standing)
    return f"{schedule.horizon}: {', '.join(parts)}"


def _plural(count: int, one: str, many: str = "") -> str:
    return f"{count:,} {one if count == 1 else many or f'{one}s'}"
