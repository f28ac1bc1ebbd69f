"""Things that refer to each other: which of them come back to themselves."""

import pytest

from cyclekit.model.roster import NO_PARENT
from cyclekit.reading.loops import loops, ring_among
from cyclekit.reading.nodes import Scalar
from cyclekit.reading.reader import Item


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ""),
        ("a:b b:c", ""),
        ("a:bc b:d c:d d:", ""),
        ("a:a", "aa"),
        ("a:b b:a", "aba"),
        ("b:a a:b", "bab"),
        # From the one that stands first in the file, though another one led there.
        ("x:c a:b b:c c:a", "abca"),
        ("x:b c:a b:c a:b", "cabc"),
        # Of two loops each is told, also where one begins behind the other, or they share one.
        ("a:b b:a c:d d:c", "aba cdc"),
        ("a:bc b:a c:a", "aba aca"),
        ("a:b b:ca c:b", "bcb aba"),
        ("a:aba b:", "aa aa"),
        # What is not there leads nowhere, and what was seen is not looked at once more.
        ("a:zb b:y", ""),
        ("a:b b:d c:b d:b", "bdb"),
        ("a:bcd b: c:b d:c e:ade", "ee"),
    ],
)
def test_loops_are_found(text: str, expected: str) -> None:
    """Each once, along its names, from the one that stands first."""
    edges = {part[0]: [Item(each, Scalar(each, 1, 1, 1, plain=True)) for each in part[2:]] for part in text.split()}
    before = {name: list(items) for name, items in edges.items()}
    assert ["".join(loop) for loop in loops(edges)] == expected.split()
    assert edges == before


@pytest.mark.parametrize(
    ("parents", "expected"),
    [
        ([], []),
        ([NO_PARENT, 0, 0, 1], []),
        ([0], [0]),
        ([NO_PARENT, 1], [1]),
        ([1, 0], [0, 1]),
        # From the first of them, whichever was found first.
        ([2, 0, 1], [0, 2, 1]),
        ([NO_PARENT, 3, 1, 2, 0], [1, 3, 2]),
        # A way that leads into a ring is no part of it; a way that was gone before is not gone again.
        ([1, 2, 3, 2], [2, 3]),
        ([3, NO_PARENT, 1, 4, 3], [3, 4]),
        ([NO_PARENT, 0, 1, 2, 2, 4, 3], []),
        ([NO_PARENT, 0, 1, 1, 3, 7, 5, 6], [5, 7, 6]),
        # The first of two.
        ([1, 0, 3, 2], [0, 1]),
    ],
)
def test_a_ring_is_found(parents: list[int], expected: list[int]) -> None:
    """Each lies below the next, and the last below the first."""
    assert ring_among(parents) == expected
