"""What a unit has is what the lines say, however it is looked up."""

from unittest.mock import patch

from hypothesis import given
from hypothesis import strategies as st

from cyclekit.civil.spans import Span
from cyclekit.model import rows as module
from cyclekit.model.obligation import Rulebook
from cyclekit.model.rows import Rows
from tests.properties.expanding import expanded, rules
from tests.properties.oracle import World
from tests.properties.strategies import horizons, worlds


@given(
    book=rules(),
    world=worlds(known=True),
    horizon=horizons(),
    bounds=st.sampled_from([(32, 512, 65_536), (0, 3, 4), (0, 0, 0)]),
)
def test_a_unit_has_the_rows_that_lines_give_it(
    book: Rulebook, world: World, horizon: Span, bounds: tuple[int, int, int]
) -> None:
    """Each unit's rows are those of which its line says that it has them; of a joint line, that its lead does."""
    lines = expanded(book, horizon, world).lines
    with patch.multiple(module, _ALWAYS_ASKED=bounds[0], _MOST_ASKED=bounds[1], _MOST_LISTED=bounds[2]):
        rows = Rows(lines)
    for unit in range(len(book.roster)):
        wanted = {
            (number, row)
            for number, line in enumerate(lines)
            for row in range(line.rows)
            if (unit in line.together and line.units_of(row) if line.together else line.has_row(row, unit))
        }
        found = rows.of_cohort(rows.cohort(lines[0].rulebook, unit)) if lines else []
        assert len(found) == len(wanted)
        assert set(found) == wanted
