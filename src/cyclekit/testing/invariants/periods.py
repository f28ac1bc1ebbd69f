"""What holds of periods and of keys: one occurrence for each, made from its own period, whatever its date."""

import datetime as dt
from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING

import attrs

from cyclekit.civil.spans import Bounds, Span
from cyclekit.model.identity import Key
from cyclekit.model.obligation import Obligation, Rulebook
from cyclekit.model.pipeline import Add, Course, DueByPosition, DueList, DuePlan
from cyclekit.model.timing import Every
from cyclekit.testing.expanding import Expand, expand
from cyclekit.testing.invariants.errors import InvariantError

if TYPE_CHECKING:
    from cyclekit.model.occurrence import Occurrence

#: Of so many occurrences of an obligation it is tried whether they come from their period alone.
MOST = 12
A_YEAR = dt.timedelta(days=366)


def one_occurrence_a_period(book: Rulebook, horizon: Span, *, expand: Expand = expand) -> int:
    """What recurs has one occurrence a period, or one for each of its due dates; its periods share no day.

    Raises InvariantError.
    """
    owed: defaultdict[tuple[str, str, Obligation], dict[tuple[int, int], set[int]]] = defaultdict(dict)
    seen = 0
    for each in expand(book, horizon):
        timing = each.obligation.timing
        if not isinstance(timing, Every):
            continue
        seen += 1
        most = len(timing.plan.entries) if isinstance(timing.plan, DueList) else 1
        numbers = owed[each.key.obligation, each.key.unit, each.obligation].setdefault(each.period_days, set())
        if each.number in numbers or not 1 <= each.number <= most:
            raise InvariantError("one_occurrence_a_period", horizon, f"due date {each.number} of {most}", each.key)
        numbers.add(each.number)
    for (_, unit, form), periods in owed.items():
        days = sorted(periods)
        for (_, end), (begin, _) in pairwise(days):
            if begin <= end:
                day = dt.date.fromordinal(begin)
                raise InvariantError(
                    "one_occurrence_a_period", horizon, f"two periods of {form.id} for {unit} share {day}"
                )
    return seen


def nothing_drifts(book: Rulebook, horizon: Span, *, expand: Expand = expand) -> int:
    """Bounded to one of its periods, a recurring obligation gives there what it gives unbounded.

    Raises InvariantError.
    """
    tried: defaultdict[str, int] = defaultdict(int)
    for each in expand(book, horizon):
        form = each.obligation
        if not isinstance(form.timing, Every) or form.absorbs or tried[form.id] == MOST:
            continue
        tried[form.id] += 1
        period = Bounds(*map(dt.date.fromordinal, each.period_days))
        alone = expand(_bounded(book, form.id, period), Span(each.due, each.due))
        found = [one for one in alone.for_obligation(form.id) if one.key == each.key]
        if [(one.nominal, one.due) for one in found] != [(each.nominal, each.due)]:
            said = f"due {each.due}, but {[str(one.due) for one in found]} where only its own period is covered"
            raise InvariantError("nothing_drifts", horizon, said, each.key)
    return sum(tried.values())


def _bounded(book: Rulebook, obligation: str, period: Bounds) -> Rulebook:
    def within(rule: Obligation) -> Obligation:
        changes = tuple(attrs.evolve(each, result=within(each.result)) for each in rule.changes)
        timing = attrs.evolve(rule.timing, drop_stubs=False) if isinstance(rule.timing, Every) else rule.timing
        return attrs.evolve(rule, bounds=rule.bounds.both(period), changes=changes, timing=timing)

    return attrs.evolve(book, obligations=tuple(within(each) if each.id == obligation else each for each in book))


def keys_are_unique(book: Rulebook, horizon: Span, *, expand: Expand = expand) -> int:
    """No two occurrences have one key, and a schedule finds each by its key. Raises InvariantError."""
    schedule = expand(book, horizon)
    seen: set[Key] = set()
    for number, each in enumerate(schedule):
        if each.key in seen or (number < MOST and schedule[each.key] != each):
            raise InvariantError("keys_are_unique", horizon, "this key is not the only one of its kind", each.key)
        seen.add(each.key)
    return len(seen)


def keys_do_not_depend_on_dates(book: Rulebook, horizon: Span, *, expand: Expand = expand) -> int:
    """Where every recurring due date lies a day later, the occurrences of the same periods keep their keys.

    Raises InvariantError.
    """
    later = attrs.evolve(book, obligations=tuple(map(_a_day_later, book.obligations)))
    wide = Span(max(horizon.first, dt.date.min + A_YEAR) - A_YEAR, min(horizon.last, dt.date.max - A_YEAR) + A_YEAR)

    def keys(each: Rulebook, span: Span) -> dict[tuple[object, ...], Key]:
        found = (one for one in expand(each, span) if isinstance(one.obligation.timing, Every))
        return {(one.key.obligation, one.key.unit, one.period_days, one.number): one.key for one in found}

    before, after = keys(book, horizon), keys(later, wide)
    both = before.keys() & after.keys()
    for each in both:
        if before[each] != after[each]:
            raise InvariantError("keys_do_not_depend_on_dates", horizon, f"became {after[each]}", before[each])
    return len(both)


def _a_day_later(rule: Obligation) -> Obligation:
    changes = tuple(attrs.evolve(each, result=_a_day_later(each.result)) for each in rule.changes)
    if isinstance(rule.timing, Every):
        return attrs.evolve(rule, timing=attrs.evolve(rule.timing, plan=_plan(rule.timing.plan)), changes=changes)
    return attrs.evolve(rule, changes=changes)


def _plan(plan: DuePlan) -> DuePlan:
    def later(course: Course) -> Course:
        return attrs.evolve(course, steps=(Add(1, "days"), *course.steps))

    match plan:
        case DueList(entries=entries):
            return DueList(tuple(attrs.evolve(each, course=later(each.course)) for each in entries))
        case DueByPosition(entries=named):
            return DueByPosition(tuple((name, attrs.evolve(each, course=later(each.course))) for name, each in named))


def periods_keep_their_order(book: Rulebook, horizon: Span, *, expand: Expand = expand) -> int:
    """Of one form of a recurring obligation, a later period is never due before an earlier one, for the same unit.

    What an exception moved, what follows a unit above, what is extended by the holidays in it, and what has another
    date for each position of the year may be.
    Raises InvariantError.
    """
    last: dict[tuple[Obligation, str, int], Occurrence] = {}
    seen = 0
    for each in sorted(expand(book, horizon), key=lambda one: one.period_days):
        form = each.obligation
        extended = isinstance(form.timing, Every) and any(due.course.is_extended for due in form.timing.plan.dues)
        if not isinstance(form.timing, Every) or not isinstance(form.timing.plan, DueList):
            continue
        if each.moves or form.cascade is not None or extended:
            continue
        seen += 1
        place = (form, each.key.unit, each.number)
        before = last.get(place)
        if before is not None and each.due < before.due:
            said = f"due {each.due}, and {before.period} before it only on {before.due}"
            raise InvariantError("periods_keep_their_order", horizon, said, each.key)
        last[place] = each
    return seen
