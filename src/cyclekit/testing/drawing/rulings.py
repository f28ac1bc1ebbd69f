"""What is decided afterwards about single periods: moved to another day, or waived."""

import datetime as dt

import attrs
from hypothesis import strategies as st

from cyclekit.civil.cycles import Months
from cyclekit.civil.spans import Span
from cyclekit.model.obligation import PeriodException
from cyclekit.model.roster import Roster
from cyclekit.model.selectors import Selection
from cyclekit.model.timing import Dates, Every, OfEvent, OfObligation, Once, Timing, Upon
from cyclekit.testing.drawing.chances import NOTHING, OF_FIVE
from cyclekit.testing.drawing.cycles import periods_within
from cyclekit.testing.drawing.days import announcements, days, minutes
from cyclekit.testing.drawing.rosters import selections
from cyclekit.testing.drawing.scene import USUAL, Scene
from cyclekit.testing.drawing.timings import Before, forms_of

#: Where reading puts what may happen on any day.
ANY_DAYS = Span(dt.date(2000, 1, 1), dt.date(2000, 12, 31))
#: A period by its label and its days.
Named = tuple[str, Span]


@st.composite
def exceptions(
    draw: st.DrawFn, timing: Timing, roster: Roster, before: Before, scene: Scene = USUAL
) -> tuple[PeriodException, ...]:
    """Periods of the obligation, moved to any day of eight years or waived, for all units or some."""
    periods = own_periods(timing, roster, before, scene)
    found: list[PeriodException] = []
    for _ in range(draw(st.sampled_from([0, 0, 1, 2, 3])) if periods else 0):
        label, span = draw(st.sampled_from(periods))
        near = draw(NOTHING | days() | days(dt.date(2023, 1, 1), dt.date(2026, 12, 31)))
        number = draw(st.sampled_from([None, 1, 2])) if near is None else draw(st.sampled_from([1, 2]))
        ruling = draw(rulings(timing, (label, span), near, draw(NOTHING | selections(roster))))
        found.append(attrs.evolve(ruling, number=number))
        if draw(OF_FIVE) == 4:  # announced again
            again = draw(rulings(timing, (label, span), draw(NOTHING | days()), ruling.units))
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


def own_periods(timing: Timing, roster: Roster, before: Before, scene: Scene = USUAL) -> list[Named]:
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
            periods = [each for one in made for each in periods_within(one, scene.years)]
            return [(each.label, Span(*map(dt.date.fromordinal, each[:2]))) for each in periods]
        case Upon(trigger=OfEvent(name=name)):
            unnamed = [(day.isoformat(), Span(day, day)) for day in scene.event(name).days]
            return unnamed + [(each, ANY_DAYS) for each in scene.event(name).ids]
        case Upon(trigger=OfObligation(obligation=other)):
            forms = forms_of(before[other])
            return [each for form in forms for each in own_periods(form.timing, roster, before, scene)]
        case _:
            return []
