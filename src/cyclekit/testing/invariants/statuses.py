"""What holds of what became of occurrences: waived, absorbed, or owed earlier by a level below."""

import datetime as dt

import attrs

from cyclekit.civil.spans import Span
from cyclekit.model.identity import Status
from cyclekit.model.obligation import Obligation, Rulebook
from cyclekit.model.timing import Upon
from cyclekit.testing.expanding import Expand, expand
from cyclekit.testing.invariants.errors import InvariantError

#: Absorbing goes by nominal dates, which lie at most so far outside of a horizon.
MARGIN = dt.timedelta(days=366)


def waived_are_still_listed(book: Rulebook, horizon: Span, *, expand: Expand = expand) -> int:
    """Without its waivers a rulebook has the same occurrences: waiving takes none away.

    What is fired by a waived one is left aside. Raises InvariantError.
    """
    fired = {each.id for each in book for form in _forms(each) if isinstance(form.timing, Upon)}
    with_waivers = [each for each in expand(book, horizon) if each.key.obligation not in fired]
    unwaived = attrs.evolve(book, obligations=tuple(map(_unwaived, book.obligations)))
    listed = {each.key for each in with_waivers}
    for each in expand(unwaived, horizon):
        if each.key.obligation not in fired and each.key not in listed:
            raise InvariantError("waived_are_still_listed", horizon, "it is waived and not listed", each.key)
    return sum(each.status is Status.WAIVED for each in with_waivers)


def _forms(rule: Obligation) -> list[Obligation]:
    return [rule, *(each.result for each in rule.changes)]


def _unwaived(rule: Obligation) -> Obligation:
    changes = tuple(attrs.evolve(each, result=_unwaived(each.result)) for each in rule.changes)
    kept = tuple(each for each in rule.exceptions if each.due is not None)
    return attrs.evolve(rule, exceptions=kept, changes=changes)


def absorbed_once(book: Rulebook, horizon: Span, *, expand: Expand = expand) -> int:
    """What is absorbed has one that stands for it: of the same nominal date and unit, and not waived.

    Raises InvariantError.
    """
    absorbed = [each for each in expand(book, horizon) if each.status is Status.ABSORBED]
    if not absorbed:
        return 0
    wide = Span(
        max(horizon.first, dt.date.min + MARGIN) - MARGIN,
        min(horizon.last, dt.date.max - MARGIN) + MARGIN,
    )
    around = list(expand(book, wide))
    for each in absorbed:
        owing = {unit.id for unit in each.units}
        rule = each.absorbed_by or ""
        forms = [form for obligation in book if obligation.id == rule for form in _forms(obligation)]
        if not any(each.key.obligation in form.absorbs for form in forms):
            raise InvariantError("absorbed_once", horizon, f"{rule} does not say that it stands for it", each.key)
        standing = [
            one
            for one in around
            if one.key.obligation == rule and one.nominal == each.nominal and owing <= {unit.id for unit in one.units}
        ]
        # One that was moved far away is not among those around.
        if standing and all(one.status is Status.WAIVED for one in standing):
            raise InvariantError("absorbed_once", horizon, f"{rule} is waived and stands for it", each.key)
    return len(absorbed)


def levels_are_strictly_earlier(book: Rulebook, horizon: Span, *, expand: Expand = expand) -> int:
    """In a cascade a unit's due date lies before that of the level above, unless it was moved itself.

    Raises InvariantError.
    """
    seen = 0
    for each in expand(book, horizon):
        if each.above is None or each.moves:
            continue
        seen += 1
        if each.due.toordinal() >= each.above.due:
            said = f"due {each.due}, and above it {dt.date.fromordinal(each.above.due)}"
            raise InvariantError("levels_are_strictly_earlier", horizon, said, each.key)
    return seen
