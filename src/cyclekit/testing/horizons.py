"""Which years of a rulebook are worth looking at: those that it covers, as far as they are few."""

import datetime as dt

from cyclekit.civil.cycles import extent
from cyclekit.civil.spans import Bounds, Span
from cyclekit.model.obligation import Obligation, Rulebook
from cyclekit.model.timing import Dates, Every, Once

#: Where a rule without a beginning is looked at. No clock is asked: the same file is always looked at alike.
USUAL_START = dt.date(2020, 1, 1)
#: Leap years, and each date on each weekday, come round in so many years.
YEARS = 28


def years_of(book: Rulebook, years: int = YEARS) -> Span:
    """The years in which a rulebook has due dates, at most so many from its beginning."""
    each = [_years_of_rule(book, rule, years) for rule in book] or [_years(Bounds(), years)]
    first = min(span.first for span in each)
    last = min(max(span.last for span in each), _years_on(first, years))
    return Span(first, max(first, last))


def _years_of_rule(book: Rulebook, rule: Obligation, years: int) -> Span:
    bounds = book.bounds.both(rule.bounds)
    spans: list[Span] = []
    match rule.timing:
        case Once(span=span):
            spans = [span]
        case Dates(entries=entries):
            spans = [Span(each.date, each.date) for each in entries] + [each.span for each in entries]
        case Every(cycle=cycle):
            bounds = bounds.both(extent(cycle))
        case _:
            pass
    spans += [Span(each.due, each.due) for each in rule.exceptions if each.due is not None and spans]
    if spans:
        bounds = Bounds(min(each.first for each in spans), max(each.last for each in spans))
    return _years(bounds, years)


def _years(bounds: Bounds, years: int) -> Span:
    """Whole years of some bounds, and one after them: what is about a year may fall due in the next."""
    last = bounds.last
    first = bounds.first or (min(USUAL_START, last) if last else USUAL_START)
    end = _years_on(first, years) if last is None else min(_years_on(last, 1), _years_on(first, years))
    return Span(dt.date(first.year, 1, 1), max(end, dt.date(first.year, 12, 31)))


def _years_on(day: dt.date, years: int) -> dt.date:
    return dt.date(min(day.year + years, dt.MAXYEAR), 12, 31)
