"""What can be meant, and mostly is not: doubts about rules that are right by the letter.

Each is a warning with a code of its own, which ``ignore`` silences where it is meant.
"""

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations, islice

from cyclekit.civil.cycles import Months
from cyclekit.diagnostics import Diagnostic
from cyclekit.engine.course import Runner
from cyclekit.engine.lines import obligation_periods
from cyclekit.engine.reach import clipped
from cyclekit.model.obligation import Obligation, Rulebook
from cyclekit.model.pipeline import (
    Anchor,
    DateOfYear,
    DayOfMonth,
    Due,
    DueList,
    Holiday,
    WeekdayOfMonth,
    WorkingDay,
    asks_calendar,
)
from cyclekit.model.timing import Dates, Every, Once
from cyclekit.reading.rulebook import RuleFile
from cyclekit.workspace.absorbing import nominal_days
from cyclekit.workspace.compiling import USUAL_START, Shelf
from cyclekit.workspace.placing import place_in, place_of
from cyclekit.workspace.trying import SOME_YEARS, is_plain, margin_of

#: How many years are looked at for two obligations that meet, and how many of one title are compared.
MEETING_YEARS = 5
MOST_ALIKE = 40
#: Further away than this nobody means an anchor to lie.
FAR_MONTHS, FAR_YEARS = 24, 10
#: “6月前”, “第二季度以前”, “before June”: whether the month itself is meant is open. “6月底前” and “6月20日前” are not.
_BEFORE = re.compile(
    r"(?:[0-9]+|[一二三四五六七八九十]+)\s*(?:月份?|季度|年)\s*[之以]?前"
    r"|\b(?:before|prior to)\s+(?:the end of\s+)?(?:January|February|March|April|May|June|July|August|September|October"
    r"|November|December|Q[1-4]|[0-9]{4})\b",
    re.IGNORECASE,
)


def doubts_of(file: RuleFile, rulebook: Rulebook, shelf: Shelf) -> Iterator[Diagnostic]:
    """What is doubtful about the obligations of a file, each for itself and beside each other."""
    for obligation in rulebook:
        told: list[Diagnostic] = []
        for form in (obligation, *(change.result for change in obligation.changes)):
            found = [
                *_anchors(file, rulebook, form),
                *_unannounced(file, rulebook, form, shelf),
                *_unstated(file, form),
            ]
            # What a change leaves as it was is told once, where it stands.
            known = {(one.code, one.place) for one in told}
            told += [each for each in found if (each.code, each.place) not in known]
        yield from told
    yield from _same_duty(file, rulebook)


# ------------------------------------------------------------------------------------------------- anchors


def _anchors(file: RuleFile, rulebook: Rulebook, obligation: Obligation) -> Iterator[Diagnostic]:
    """Anchors that give every period of a year one day, and anchors that lie years away."""
    timing = obligation.timing
    if not isinstance(timing, Every):
        return
    for number, due in enumerate(timing.plan.dues, 1):
        anchor = due.course.anchor
        if isinstance(anchor, DateOfYear | Holiday) and isinstance(timing.plan, DueList):
            if _several_a_year(rulebook, obligation, timing):
                place = place_in(file, obligation, f"due#{number}.date", f"due#{number}.holiday", "due")
                yield Diagnostic("anchor-repeats", "anchor-repeats", place)
        elif far := _far(anchor, timing):
            place = place_in(file, obligation, f"due#{number}.{far}", "due")
            yield Diagnostic("anchor-far", "anchor-far", place, {"key": far})
        if isinstance(anchor, DateOfYear) and abs(anchor.years) > FAR_YEARS:
            yield Diagnostic(
                "anchor-far", "anchor-far", place_in(file, obligation, f"due#{number}.year"), {"key": "year"}
            )


def _several_a_year(rulebook: Rulebook, obligation: Obligation, timing: Every) -> bool:
    """Whether two of its periods end in one year, so that a day of the year is the same for both."""
    bounds = rulebook.bounds.both(obligation.bounds)
    low = max(bounds.ordinals()[0], USUAL_START.toordinal())
    if isinstance(timing.cycle, Months) and timing.cycle.n >= 12:
        return False
    window = clipped(low, low + MEETING_YEARS * 366)
    ends = [each.last for each in islice(obligation_periods(timing, bounds, [window]), 400)]
    years = [dt.date.fromordinal(each).year for each in ends]
    return len(set(years)) < len(years)


def _far(anchor: Anchor, timing: Every) -> str:
    """The key that leads an anchor more than two years past its period; nothing for any other."""
    if not isinstance(anchor, DayOfMonth | WeekdayOfMonth | WorkingDay) or not isinstance(anchor.month, int):
        return ""
    months = timing.cycle.n if isinstance(timing.cycle, Months) else 1
    return "month" if anchor.month > months + FAR_MONTHS else ""


# ------------------------------------------------------------------------------- years that nobody announced


def _unannounced(file: RuleFile, rulebook: Rulebook, obligation: Obligation, shelf: Shelf) -> Iterator[Diagnostic]:
    """A single date, or one of a list, that rests on days which nobody has announced. What recurs always does."""
    match obligation.timing:
        case Once(span=span, before=before, due=due):
            start = span.first.toordinal() - 1 if before else span.last.toordinal()
            days = [start]
        case Dates(entries=entries, due=due):
            days = [each.date.toordinal() for each in entries]
        case _:
            return
    if not any(map(asks_calendar, due.course.steps)):
        return
    units = obligation.selection.units(rulebook.roster)
    unit = rulebook.roster.calendars[units[0]] if units else None
    margin = margin_of(rulebook, due)
    for start in days:
        runner = Runner(due.course, shelf.calendars_of(obligation, due, unit, clipped(start - margin, start + margin)))
        dates = None if due.course.is_extended else runner.walk(start)
        if dates is not None and dates.provisional:
            day = dt.date.fromordinal(dates.due)
            place = place_in(file, obligation, "once", "dates")
            yield Diagnostic("year-unannounced", "year-unannounced", place, {"day": str(day), "year": str(day.year)})
            return


# ------------------------------------------------------------------------------------------- open readings


def _unstated(file: RuleFile, obligation: Obligation) -> Iterator[Diagnostic]:
    """A document that says “before June”, and a rule that reads it as the last of June without saying why."""
    timing = obligation.timing
    if not isinstance(timing, Once) or timing.before or timing.span.days == 1:
        return
    texts = [text for words in (obligation.title, obligation.notes) if words for _, text in words.parts]
    if obligation.source is not None:
        texts.append(obligation.source.quote)
    found = next((match for text in texts if (match := _BEFORE.search(text))), None)
    if found is not None:
        values = {
            "text": found[0],
            "day": str(timing.span.last),
            "other": str(timing.span.first - dt.timedelta(days=1)),
        }
        yield Diagnostic("reading-unstated", "reading-unstated", place_in(file, obligation, "once"), values)


# ------------------------------------------------------------------------------ two duties that are the same


def _same_duty(file: RuleFile, rulebook: Rulebook) -> Iterator[Diagnostic]:
    """Two obligations of one title that some unit owes on the same day. Said once for each of them."""
    alike: dict[str, list[Obligation]] = defaultdict(list)
    for obligation in rulebook:
        if (obligation.id, "title") in file.places:
            for _, text in obligation.title.parts:
                alike[text.strip().casefold()].append(obligation)
    told: set[str] = set()
    for several in alike.values():
        for one, other in combinations(several[:MOST_ALIKE], 2):
            if other.id in told or one.id == other.id or other.id in one.absorbs or one.id in other.absorbs:
                continue
            units = (set(each.selection.units(rulebook.roster)) for each in (one, other))
            if set.intersection(*units) and _meet(rulebook, one, other):
                told.add(other.id)
                first, second = (place_of(file, each) for each in (one, other))
                yield Diagnostic("same-duty", "same-duty", second, {"name": one.id}, (first,))


def _meet(rulebook: Rulebook, one: Obligation, other: Obligation) -> bool:
    """Whether two obligations have a nominal day in common, as far as that can be told without a calendar."""
    single = [days for each in (one, other) if (days := _given_days(each))]
    if single:
        window = max(map(min, single)), min(map(max, single))
    else:
        bounds = [rulebook.bounds.both(each.bounds).first or USUAL_START for each in (one, other)]
        low = max(*(each.toordinal() for each in bounds), USUAL_START.toordinal())
        window = clipped(low, low + MEETING_YEARS * 366)
    if window[1] < window[0]:
        return False
    mine, theirs = (_given_days(each) or _recurring_days(rulebook, each, window) for each in (one, other))
    return bool(mine & theirs)


def _recurring_days(rulebook: Rulebook, obligation: Obligation, window: tuple[int, int]) -> set[int]:
    # A period may be due long after it has ended.
    low, high = clipped(window[0] - SOME_YEARS, window[1] + SOME_YEARS)
    return nominal_days(rulebook, obligation, (low, high)) or set()


def _given_days(obligation: Obligation) -> set[int]:
    """The days of a single date or of a list of them; none of any other."""
    match obligation.timing:
        case Once(span=span, before=before, due=due) if _is_given(due):
            return {span.first.toordinal() - 1 if before else span.last.toordinal()}
        case Dates(entries=entries, due=due) if _is_given(due):
            return {each.date.toordinal() for each in entries}
        case _:
            return set()


def _is_given(due: Due) -> bool:
    return is_plain(due) and due.course.finish == 0
