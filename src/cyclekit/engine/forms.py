"""The forms of an obligation: which units owe it how, in which periods, by what was known on a day.

Changes are chosen by an occurrence's own period: of those that name its unit, hold for its period and are known,
the last one counts. So the forms of one unit lie one after the other, and each period begins in exactly one.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

import attrs

from cyclekit.civil.spans import Bounds
from cyclekit.model.numbers import Numbers
from cyclekit.model.obligation import Change, Obligation, Rulebook

ONE_DAY = dt.timedelta(days=1)

#: Stands for the obligation as it is written, before any change.
_UNCHANGED = -1


def as_known(rulebook: Rulebook, known_on: dt.date | None) -> Rulebook:
    """A rulebook without the changes and exceptions that were announced after a day; None: with all of them.

    What has no day of announcement is known always.
    """
    if known_on is None:
        return rulebook
    obligations = tuple(known(each, known_on) for each in rulebook)
    if all(one is other for one, other in zip(obligations, rulebook, strict=True)):
        return rulebook
    return attrs.evolve(rulebook, obligations=obligations)


def known(obligation: Obligation, known_on: dt.date) -> Obligation:
    """An obligation without the changes and exceptions that were announced after a day."""
    exceptions = tuple(each for each in obligation.exceptions if _is_known(each.announced, known_on))
    changes: list[Change] = []
    for each in obligation.changes:
        if _is_known(each.announced, known_on):
            result = known(each.result, known_on)
            changes.append(each if result is each.result else attrs.evolve(each, result=result))
    if (exceptions, tuple(changes)) == (obligation.exceptions, obligation.changes):
        return obligation
    return attrs.evolve(obligation, exceptions=exceptions, changes=tuple(changes))


def _is_known(announced: dt.date | None, known_on: dt.date) -> bool:
    return announced is None or announced <= known_on


def variants(obligation: Obligation) -> tuple[Obligation, ...]:
    """An obligation and what its changes make of it, each with the periods that it may be about."""
    changed = (_beginning(each.result, each.since, None) for each in obligation.changes)
    return (obligation, *changed)


def forms(rulebook: Rulebook, obligation: Obligation) -> Iterator[tuple[Obligation, Numbers]]:
    """Each form of an obligation that some unit owes, with the periods it is about, and its units.

    Units that owe the same form in the same periods stand together. Every change counts as known.
    """
    owing = obligation.selection.units(rulebook.roster)
    if not obligation.changes:
        yield obligation, owing
        return
    naming: dict[int, list[int]] = {unit: [] for unit in owing}
    for number, change in enumerate(obligation.changes):
        for unit in change.units.units(rulebook.roster):
            if unit in naming:
                naming[unit].append(number)
    alike: defaultdict[tuple[int, ...], list[int]] = defaultdict(list)
    for unit, named_by in naming.items():
        alike[tuple(named_by)].append(unit)
    owed: defaultdict[tuple[int, dt.date | None, dt.date | None], list[int]] = defaultdict(list)
    for numbers, units in alike.items():
        for stretch in _stretches(obligation.changes, numbers):
            owed[stretch].extend(units)
    for number, first, last in sorted(owed, key=lambda each: (each[0], each[1] or dt.date.min)):
        form = obligation if number == _UNCHANGED else obligation.changes[number].result
        yield _beginning(form, first, last), sorted(owed[number, first, last])


def forms_in_time(rulebook: Rulebook, obligation: Obligation) -> dict[tuple[int, ...], list[tuple[Bounds, Numbers]]]:
    """By the changes that make it: on which days the periods of a form begin, and for which units.

    Whenever that is asked: a form that is known to be replaced was owed by what was known before.
    """
    days = sorted({each.announced for each in obligation.changes if each.announced})
    found: defaultdict[tuple[int, ...], list[tuple[Bounds, Numbers]]] = defaultdict(list)
    for day in [dt.date.min, *days]:
        for form, units in forms(rulebook, known(obligation, day)):
            place = (form.begins, units)
            made_by = tuple(each.number for each in form.amendments)
            if place not in found[made_by]:
                found[made_by].append(place)
    return found


def _stretches(
    changes: Sequence[Change], numbers: Iterable[int]
) -> Iterable[tuple[int, dt.date | None, dt.date | None]]:
    """Which change holds from which day to which for a unit that these ones name, as numbers; open ends are None."""
    starts: list[tuple[dt.date, int]] = [(dt.date.min, _UNCHANGED)]
    for number in numbers:
        since = changes[number].since or dt.date.min
        # What an earlier one says for later periods is replaced as well: a later change holds for good.
        starts = [each for each in starts if each[0] < since]
        starts.append((since, number))
    ends = [start - ONE_DAY for start, _ in starts[1:]]
    for (start, number), end in zip(starts, [*ends, None], strict=True):
        yield number, None if start == dt.date.min else start, end


def _beginning(form: Obligation, first: dt.date | None, last: dt.date | None) -> Obligation:
    if first is None and last is None:
        return form
    return attrs.evolve(form, begins=Bounds(first, last))
