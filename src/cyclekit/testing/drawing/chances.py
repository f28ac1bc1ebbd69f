"""Chances that are drawn again and again: made once, since making a strategy costs more than drawing from it."""

from typing import TypeVar

from hypothesis import strategies as st

T = TypeVar("T")
COIN = st.booleans()
#: A number of which the last one stands for what is rare.
OF_FOUR = st.integers(0, 3)
OF_FIVE = st.integers(0, 4)
NOTHING = st.none()


@st.composite
def mostly(draw: st.DrawFn, usual: st.SearchStrategy[T], other: st.SearchStrategy[T]) -> T:
    """The usual three times out of four: ``|`` would take the same strategy only once."""
    return draw(other if draw(OF_FOUR) == 3 else usual)
