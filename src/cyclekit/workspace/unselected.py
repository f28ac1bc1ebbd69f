"""Units that owe nothing, and changes whose order decides: doubts about who is meant."""

from collections.abc import Iterator, Mapping
from itertools import combinations

from cyclekit.diagnostics import Diagnostic, Place
from cyclekit.model.obligation import Obligation, Rulebook
from cyclekit.reading.reader import Fields, Reader
from cyclekit.reading.rulebook import RuleFile
from cyclekit.reading.selecting import read_selection

#: How many units are named at once.
MOST_NAMED = 10
#: What a change says about itself, and not about the obligation.
_ABOUT = frozenset({"from", "units", "reason", "announced", "source"})


def unselected_units(file: RuleFile, rulebook: Rulebook) -> Iterator[Diagnostic]:
    """The units of the file's own list that owe nothing, stand above none, lead nothing and receive nothing. Once.

    A list of its own file may serve several rule files, so nothing is said of its units.
    """
    written = file.places.units()
    if not written or not rulebook.obligations:
        return
    roster = rulebook.roster
    selected: set[int] = set()
    seen: set[object] = set()
    named: set[str] = set()
    for obligation in rulebook:
        if obligation.selection not in seen:
            seen.add(obligation.selection)
            selected.update(obligation.selection.units(roster))
        for form in (obligation, *(change.result for change in obligation.changes)):
            named |= {form.lead or "", *form.report_to}
    selected |= {roster.index[each] for each in named if each in roster} | set(roster.parents)
    values = {each for column in roster.attributes.values() for each in column if each}
    idle = [unit for number, unit in enumerate(roster.ids) if number not in selected and unit not in values]
    if idle:
        more = ["…"] if len(idle) > MOST_NAMED else []
        where = next((written[unit].place(file.name) for unit in idle if unit in written), Place(file.name, 1, 1))
        yield Diagnostic("unit-idle", "unit-idle", where, {"units": ", ".join([*idle[:MOST_NAMED], *more])})


def colliding_changes(file: RuleFile, rulebook: Rulebook, obligation: Obligation) -> Iterator[Diagnostic]:
    """Two changes of one field from one day on, for units of which only some are the same: their order decides."""
    if len(obligation.changes) < 2:
        return
    changes = file.places.changes(obligation.id)
    concerned = {number: _units(each, rulebook, obligation) for number, each in changes.items()}
    for one, other in combinations(sorted(changes), 2):
        shared = _said(changes, one) & _said(changes, other)
        both = concerned[one] & concerned[other]
        # Fewer units after more is an exception to what holds for all, and meant.
        if (
            shared
            and both
            and changes[one].get("from") == changes[other].get("from")
            and not concerned[other] <= concerned[one]
        ):
            place = file.places[obligation.id, f"changes#{other}"]
            values = {
                "key": ", ".join(sorted(shared)),
                "units": ", ".join(rulebook.roster.ids[each] for each in sorted(both)),
            }
            first = file.places[obligation.id, f"changes#{one}"]
            yield Diagnostic("changes-collide", "changes-collide", place, values, (first,))


def _said(changes: Mapping[int, Fields], number: int) -> set[str]:
    return set(changes[number]) - _ABOUT


def _units(change: Fields, rulebook: Rulebook, obligation: Obligation) -> frozenset[int]:
    owing = frozenset(obligation.selection.units(rulebook.roster))
    if "units" not in change:
        return owing
    found = read_selection(Reader(""), change["units"], None, rulebook.roster, among=owing)
    return frozenset() if found is None else owing & frozenset(found.units(rulebook.roster))
