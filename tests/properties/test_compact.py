"""A roster of compact columns is the same roster."""

import attrs
from hypothesis import given
from hypothesis import strategies as st

from cyclekit.civil.spans import Span
from cyclekit.model.compact import Coded, Texts
from cyclekit.model.obligation import Rulebook
from cyclekit.model.roster import Roster
from tests.properties.expanding import expanded, rules
from tests.properties.oracle import World, facts
from tests.properties.strategies import horizons, worlds


def compacted(roster: Roster) -> Roster:
    """The roster with its ids as texts and everything else by numbers of values."""
    return Roster(
        Texts.of(roster.ids),
        names=Coded.of(roster.names),
        kinds=Coded.of(roster.kinds),
        parents=Coded.of(roster.parents),
        tags=Coded.of(roster.tags),
        calendars=Coded.of(roster.calendars),
        timezones=Coded.of(roster.timezones),
        year_starts=Coded.of(roster.year_starts),
        active=Coded.of(roster.active),
        attributes={name: Coded.of(column) for name, column in roster.attributes.items()},
    )


@given(book=rules(), world=worlds(known=True), horizon=horizons(), data=st.data())
def test_how_a_roster_is_held_changes_nothing(book: Rulebook, world: World, horizon: Span, data: st.DataObject) -> None:
    """Rules give the same occurrences in the same order for a roster of lists and for one of compact columns.

    So does one unit's part of them.
    """
    compact = attrs.evolve(book, roster=compacted(book.roster))
    assert compact.roster == book.roster
    one, other = expanded(book, horizon, world), expanded(compact, horizon, world)
    assert facts(one) == facts(other)
    assert len(one) == len(other)
    assert [(each.obligation.id, [unit.id for unit in each.units]) for each in one.standing] == [
        (each.obligation.id, [unit.id for unit in each.units]) for each in other.standing
    ]
    unit = data.draw(st.sampled_from(list(book.roster.ids)))
    assert facts(one.for_unit(unit)) == facts(other.for_unit(unit))
