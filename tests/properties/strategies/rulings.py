"""What is decided afterwards about single periods: moved to another day, or waived."""

import datetime as dt

import attrs
from hypothesis import strategies as st

from cyclekit.civil.cycles import Months
from cyclekit.civil.spans import Span
from cyclekit.model.obligation import PeriodException
from cyclekit.model.roster import Roster
from cyclekit.model.selectors import Selection
from cyclekit.model.timing import Dates, Every, OfEvent, OfObligation, Once, Standing, Timing, Upon
from tests.properties.oracle import all_periods
from tests.properties.strategies.days import WORLD_OF_EXCEPTIONS, announcements, days, minutes
from tests.properties.strategies.rosters import selections
from tests.properties.strategies.timings import Before, forms_of
from tests.properties.strategies.worlds import EVENT_DAYS, EVENT_IDS

#: Where reading puts what may happen on any day.
ANY_DAYS = Span(dt.date(2000, 1, 1), dt.date(2000, 12, 31))
#: A period by its label and its days.
Named = tuple[str, Span]


@st.composite
def exceptions(draw: st.DrawFn, timing: Timing, roster: Roster, before: Before) -> tuple[PeriodException, ...]:
    """Periods of the obligation, moved to any day of eight years or waived, for all units or some."""
    periods = own_periods(timing, roster, before)
    found: list[PeriodException] = []
    for _ in range(draw(st.sampled_from([0, 0, 1, 2, 3])) if periods else 0):
        label, span = draw(st.sampled_from(periods))
        near = draw(st.none() | days() | days(dt.date(2023, 1, 1), dt.date(2026, 12, 31)))
        number = draw(st.sampled_from([None, 1, 2])) if near is None else draw(st.sampled_from([1, 2]))
        ruling = draw(rulings(timing, (label, span), near, draw(st.none() | selections(roster))))
        found.append(attrs.evolve(ruling, number=number))
        if draw(st.integers(0, 4)) == 4:  # announced again
            again = draw(rulings(timing, (label, span), draw(st.none() | days()), ruling.units))
            found.append(attrs.evolve(again, number=number))
    return tuple(found)


@st.composite
def rulings(
    draw: st.DrawFn, timing: Timing, named: Named, due: dt.date | None, units: Selection | None
) -> PeriodException:
    """One ruling about a period: a date, perhaps with a clock time, or that it is waived."""
    label, span = named
    if due and isinstance(timing, Upon) and isinstance(timing.trigger, OfEvent):
        span = Span(due, due)
    return PeriodException(
        label,
        span,
        due=due,
        reason="" if due else "waived",
        announced=draw(announcements()),
        units=units,
        time=draw(minutes()) if due else None,
    )


def own_periods(timing: Timing, roster: Roster, before: Before) -> list[Named]:
    """The periods that an obligation of this timing can have near the horizons; those of events have known names."""
    match timing:
        case Once(span=span):
            return [("once", span)]
        case Dates(entries=entries):
            return [(each.label, each.span) for each in entries]
        case Every(cycle=cycle, year_of_unit=of_unit):
            made = [cycle]
            if of_unit and isinstance(cycle, Months):
                made += [attrs.evolve(cycle, year=year, phase=year.offset) for year in roster.year_starts if year]
            periods = [(each.label, Span(each.first, each.last)) for one in made for each in all_periods(one)]
            return [each for each in periods if each[1].overlaps(WORLD_OF_EXCEPTIONS)]
        case Upon(trigger=OfEvent(name=name)):
            unnamed = [(f"{day:%Y-%m-%d}", Span(day, day)) for day in EVENT_DAYS]
            return unnamed + [(each, ANY_DAYS) for each in EVENT_IDS[name]]
        case Upon(trigger=trigger):
            assert isinstance(trigger, OfObligation)
            forms = forms_of(before[trigger.obligation])
            return [each for form in forms for each in own_periods(form.timing, roster, before)]
        case Standing():
            return []
