"""Published dates beside the rule files of this repository."""

import datetime as dt
import functools
from collections.abc import Callable, Mapping, Sequence

import cyclekit
from cyclekit import Occurrence, Rulebook
from cyclekit.civil.periods import ListOfPeriods
from cyclekit.model.timing import Dates, Every
from cyclekit.workspace.loading import load_files
from tests.repo.tree import REPO
from tests.truth.mapping import About, about, mapping, vintages
from tests.truth.periods import event_of, found_for
from tests.truth.scores import Judgement, Verdict, one_by_one
from tests.truth.tables import Row, UnreadableRowError, day, parts

#: In which years a rule without a year is looked at.
YEARS = (dt.date(2019, 1, 1), dt.date(2026, 12, 31))
#: How far around its published dates a rulebook is expanded.
AROUND = dt.timedelta(days=400)


@functools.cache
def shipped() -> Mapping[str, Rulebook]:
    """The rule files of this repository by id. Raises RuleFileError where one has errors."""
    loaded = load_files([REPO / "rules"])
    if loaded.has_errors:
        raise cyclekit.RuleFileError(loaded.diagnostics)
    return {book.id: book for book in loaded.rulebooks}


def judge_shipped(rows: Sequence[Row]) -> list[Judgement]:
    """The rows of one table, matched or not, whether by a rule or by an exception that it states."""
    owed = {Verdict.RULE: Verdict.MATCHED, Verdict.EXCEPTION: Verdict.MATCHED, Verdict.LIST: Verdict.MATCHED}
    return [Judgement(each.row, owed.get(each.verdict, each.verdict), each.found) for each in judge_published(rows)]


def judge_published(rows: Sequence[Row]) -> list[Judgement]:
    """The rows of one table: by a rule, by an exception, by a list of dates, or differing."""
    lines, known = mapping(), vintages()
    groups: dict[tuple[str, str], list[tuple[Row, About]]] = {}
    unread: dict[Row, str] = {}
    for row in rows:
        try:
            line = _read(row, lines)
        except UnreadableRowError as fault:
            unread[row] = str(fault)
            continue
        groups.setdefault((line.rulebook, known.get((row.set, row.period, row.due), "")), []).append((row, line))
    judged = {row: Judgement(row, Verdict.DIFFERING, fault) for row, fault in unread.items()}
    for (rulebook, known_on), pairs in groups.items():
        judged |= {each.row: each for each in _of_rulebook(rulebook, dict(pairs), known_on)}
    return [judged[row] for row in rows]


def _of_rulebook(rulebook: str, lines: Mapping[Row, About], known_on: str) -> list[Judgement]:
    occurrences = _expanded(rulebook, lines, known_on)
    return one_by_one(lambda row: _judged(row, lines[row], occurrences), lines)


def _read(row: Row, lines: tuple[About, ...]) -> About:
    """What a row is about. Raises UnreadableRowError where its dates, or what it is about, are not understood."""
    line = about(row, lines)
    event_of(line, row)
    if line.period not in GENERAL:
        _wanted(line, row)
    return line


def _expanded(rulebook: str, lines: Mapping[Row, About], known_on: str) -> Sequence[Occurrence]:
    book = shipped().get(rulebook)
    if book is None:
        return ()
    events: dict[str, set[dt.date]] = {}
    for row, line in lines.items():
        if event := event_of(line, row):
            events.setdefault(event[0], set()).add(event[1])
    days = [row.date for row, line in lines.items() if line.period not in GENERAL] or list(YEARS)
    horizon = cyclekit.Span(min(days) - AROUND, max(days) + AROUND)
    known = day(known_on) if known_on else None
    return tuple(cyclekit.expand(book, horizon, events=events, known_on=known, max_years=100))


def _judged(row: Row, line: About, occurrences: Sequence[Occurrence]) -> Judgement:
    found = found_for(line, row, occurrences)
    if line.period in GENERAL:
        wrong = [f"{each.period} {each.nominal}" for each in found if not GENERAL[line.period](row, each)]
        is_right = bool(found) and not wrong
        return Judgement(row, Verdict.RULE if is_right else Verdict.DIFFERING, ", ".join(wrong) or "nothing")
    dates = [_date(line, each) for each in found]
    if dates != [_wanted(line, row)]:
        return Judgement(row, Verdict.DIFFERING, ", ".join(map(str, dates)) or "nothing")
    return Judgement(row, origin(found[0]))


def origin(occurrence: Occurrence) -> Verdict:
    """Where a date comes from: an exception, a list, or a rule."""
    if occurrence.exception:
        return Verdict.EXCEPTION
    timing = occurrence.obligation.timing
    listed = isinstance(timing, Dates) or (isinstance(timing, Every) and isinstance(timing.cycle, ListOfPeriods))
    return Verdict.LIST if listed else Verdict.RULE


def _date(line: About, occurrence: Occurrence) -> object:
    """What is published: the due date, or the first and last day where the period itself is."""
    return occurrence.period_days if line.period == "list-label" else occurrence.due


def _wanted(line: About, row: Row) -> object:
    if line.period != "list-label":
        return row.date
    last = day(parts(r"end=(\S+);", row.note)[1])
    return row.date.toordinal(), last.toordinal()


#: Rows that give a rule for every year, by how their period is read: whether an occurrence follows it.
GENERAL: dict[str, Callable[[Row, Occurrence], bool]] = {
    "ends-in-year": lambda row, each: each.nominal.isoformat().endswith(row.due),
    "every-month": lambda row, each: (
        each.nominal.toordinal() - each.period_days[1] == int(row.due.removeprefix("+").removesuffix(" days"))
    ),
}
