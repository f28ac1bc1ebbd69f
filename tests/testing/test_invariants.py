"""The invariants by name: they hold for whatever is drawn, and each of them finds the fault that it is there for."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

import cyclekit
from cyclekit.civil.spans import Span
from cyclekit.model.identity import Status
from cyclekit.model.line import Line
from cyclekit.model.obligation import Rulebook
from cyclekit.model.schedule import Schedule
from cyclekit.testing import invariants
from cyclekit.testing.checking import INVARIANTS, check
from cyclekit.testing.expanding import Expand, expand
from cyclekit.testing.invariants import InvariantError
from tests.examples import load
from tests.properties.expanding import expanded, rules
from tests.properties.oracle import World
from tests.properties.strategies import horizons, worlds

YEARS = Span(dt.date(2024, 1, 1), dt.date(2025, 12, 31))
#: With something for each of them to look at.
RULES = """cyclekit: 1
id: book
calendar: weekdays
units:
  - {id: a}
  - {id: b, parent: a}
obligations:
  monthly:
    every: month
    due: {day: 31, adjust: modified_following}
    exceptions: {2024-05: {waived: no meeting}}
  quarterly:
    every: quarter
    due: {day: last, adjust: following}
    absorbs: [monthly]
  collected:
    applies_to: everyone
    every: month
    due: {day: 20, adjust: preceding}
    cascade: 3 working days
"""


@settings(suppress_health_check=list(HealthCheck), deadline=None)
@given(book=rules(), world=worlds(), horizon=horizons())
def test_they_hold_whatever_is_drawn(book: Rulebook, world: World, horizon: Span) -> None:
    """No rulebook over any horizon, by any calendars, breaks one of them."""
    assert check(book, horizon, expand=lambda each, span: expanded(each, span, world)).broken == ()


def test_each_has_something_to_look_at(tmp_path: Path) -> None:
    """Over two years of a file that has a bit of everything, each of them holds for something."""
    checked = check(load(tmp_path, RULES), YEARS)
    assert (set(checked.held), checked.idle, checked.broken) == (set(INVARIANTS), (), ())
    assert checked


def test_without_a_horizon_the_file_s_own_years_are_looked_at(tmp_path: Path) -> None:
    """What is owed once in 2031 is looked at in 2031."""
    book = load(tmp_path, "cyclekit: 1\nid: once\nobligations: {a: {once: 2031-05}}\n")
    assert "feeds_read_back" in check(book).held


def test_what_asks_for_public_holidays_is_not_moved_by_centuries() -> None:
    """Holidays are not the same in every century, so nothing is claimed of them."""
    assert invariants.centuries_repeat(cyclekit.load("rules/cn/lpr.yaml"), YEARS) == 0


def doctored(change: Callable[[Rulebook, Line], None]) -> Expand:
    """Expanding by an engine with a fault: each line is changed before it is given out."""

    def by_a_faulty_engine(book: Rulebook, horizon: Span) -> Schedule:
        found = expand(book, horizon)
        for line in found.lines:
            change(book, line)
        return found

    return by_a_faulty_engine


def forgets_in_short_horizons(book: Rulebook, horizon: Span) -> Schedule:
    """Expanding that leaves out the first line of a horizon of less than two years."""
    found = expand(book, horizon)
    lines = found.lines if horizon.days > 700 else found.lines[1:]
    return Schedule(found.rulebooks, horizon, lines, found.standing, found.world)


def follows_the_first_obligation(book: Rulebook, line: Line) -> None:
    """A date depends on which obligation comes first."""
    if book.obligations[0].id == "monthly":
        line.nominal[:] = [day + 1 for day in line.nominal]


def numbers_too_many(_book: Rulebook, line: Line) -> None:
    """Each due date is called the second one."""
    line.numbers[:] = [2] * line.rows


def drifts(book: Rulebook, line: Line) -> None:
    """The more periods an obligation covers, the later it is."""
    if book[line.obligation.id].bounds.are_open:
        line.nominal[:] = [day + 1 for day in line.nominal]


def names_alike(_book: Rulebook, line: Line) -> None:
    """Every period has one label."""
    line.labels[:] = ["2024"] * line.rows


def names_by_date(_book: Rulebook, line: Line) -> None:
    """The due date is part of the key."""
    line.labels[:] = [str(day) for day in line.due]


def rests(_book: Rulebook, line: Line) -> None:
    """Every date becomes the Sunday of its week."""
    line.due[:] = [day + -day % 7 for day in line.due]


def leaves_the_month(_book: Rulebook, line: Line) -> None:
    """Every date is moved on by four weeks."""
    line.due[:] = [day + 28 for day in line.due]


def goes_back(_book: Rulebook, line: Line) -> None:
    """Every date is moved back by four weeks."""
    line.due[:] = [day - 28 for day in line.due]


def turns_back(_book: Rulebook, line: Line) -> None:
    """Later periods are due earlier."""
    line.due[:] = line.due[::-1]


def forgets_the_waived(book: Rulebook, horizon: Span) -> Schedule:
    """Expanding that leaves out what is waived."""
    found = expand(book, horizon)
    lines = [
        line.select([row for row in range(line.rows) if line.status[row] is not Status.WAIVED]) for line in found.lines
    ]
    return Schedule(found.rulebooks, horizon, lines, found.standing, found.world)


def two_of_one_key(book: Rulebook, horizon: Span) -> Schedule:
    """Expanding that gives every line twice, so that a feed has fewer events than there are occurrences."""
    found = expand(book, horizon)
    return Schedule(found.rulebooks, horizon, (*found.lines, *found.lines), found.standing, found.world)


def absorbs_by_itself(_book: Rulebook, line: Line) -> None:
    """What is absorbed is said to be absorbed by itself."""
    line.absorbers = dict.fromkeys(line.absorbers, line.obligation.id)


def keeps_levels_together(_book: Rulebook, line: Line) -> None:
    """Every level is due when the one above it is."""
    for row, above in line.above.items():
        line.due[row] = above.due


def counts_from_2400(_book: Rulebook, line: Line) -> None:
    """From 2400 on everything is a day late."""
    line.due[:] = [day + (day > dt.date(2400, 1, 1).toordinal()) for day in line.due]


FAULTS: dict[str, Expand] = {
    "horizons_add_up": forgets_in_short_horizons,
    "order_does_not_matter": doctored(follows_the_first_obligation),
    "one_occurrence_a_period": doctored(numbers_too_many),
    "nothing_drifts": doctored(drifts),
    "keys_are_unique": doctored(names_alike),
    "keys_do_not_depend_on_dates": doctored(names_by_date),
    "adjusted_days_are_working_days": doctored(rests),
    "modified_stays_in_the_month": doctored(leaves_the_month),
    "adjusting_has_a_direction": doctored(goes_back),
    "periods_keep_their_order": doctored(turns_back),
    "waived_are_still_listed": forgets_the_waived,
    "feeds_read_back": two_of_one_key,
    "absorbed_once": doctored(absorbs_by_itself),
    "levels_are_strictly_earlier": doctored(keeps_levels_together),
    "centuries_repeat": doctored(counts_from_2400),
}


def test_there_is_a_fault_for_each() -> None:
    """Every invariant is tried with a fault."""
    assert FAULTS.keys() == INVARIANTS.keys()


@pytest.mark.parametrize("name", FAULTS)
def test_each_finds_its_fault(name: str, tmp_path: Path) -> None:
    """An engine with the fault that an invariant is there for breaks it, and the error says over which days."""
    with pytest.raises(InvariantError) as caught:
        INVARIANTS[name](load(tmp_path, RULES), YEARS, expand=FAULTS[name])
    assert (caught.value.name, caught.value.horizon) == (name, YEARS)


def test_check_tells_what_broke(tmp_path: Path) -> None:
    """Where one breaks, the others are held all the same, and the whole is false."""
    checked = check(load(tmp_path, RULES), YEARS, expand=FAULTS["absorbed_once"])
    assert [each.name for each in checked.broken] == ["absorbed_once"]
    assert len(checked.held) == len(INVARIANTS) - 1
    assert not checked
