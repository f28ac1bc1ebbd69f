"""What holds of whole schedules: they add up, and the order in which a file says things means nothing."""

import datetime as dt
from collections.abc import Iterable

from cyclekit.civil.spans import Span
from cyclekit.model.obligation import Rulebook
from cyclekit.testing.edits import shuffled
from cyclekit.testing.expanding import Expand, expand
from cyclekit.testing.invariants.errors import InvariantError, first_difference

ONE_DAY = dt.timedelta(days=1)


def horizons_add_up(
    book: Rulebook, horizon: Span, *, expand: Expand = expand, cuts: Iterable[dt.date] | None = None
) -> int:
    """Two adjacent horizons give together what their union gives.

    ``cuts`` are last days of a first part; left out, the middle and the first and last due date are tried.
    Raises InvariantError.
    """
    whole = list(expand(book, horizon))
    middle = horizon.first + (horizon.last - horizon.first) // 2
    tried = {middle, *(each.due for each in (whole[:1] + whole[-1:]))} if cuts is None else set(cuts)
    for cut in sorted(tried):
        if not horizon.first <= cut < horizon.last:
            continue
        parts = [*expand(book, Span(horizon.first, cut)), *expand(book, Span(cut + ONE_DAY, horizon.last))]
        if parts != whole:
            raise InvariantError("horizons_add_up", horizon, f"cut after {cut}: {first_difference(whole, parts)}")
    return len(whole)


def order_does_not_matter(book: Rulebook, horizon: Span, *, expand: Expand = expand) -> int:
    """Obligations and units may stand in any order. Raises InvariantError."""
    whole, other = list(expand(book, horizon)), list(expand(shuffled(book), horizon))
    if whole != other:
        raise InvariantError("order_does_not_matter", horizon, first_difference(whole, other))
    return len(whole)
