"""Octets with places to fill: what many feeds share is held once, and each has its own put between."""

from collections.abc import Callable, Sequence
from operator import itemgetter

import attrs


@attrs.frozen(eq=False)
class Slotted:
    """Literal octets with a slot between each two of them, each with the number of the value that fills it.

    >>> Slotted((b"UID:", b"@x", b""), (0, 1)).filled((b"north", b"!"))
    b'UID:north@x!'
    """

    literals: tuple[bytes, ...]
    slots: tuple[int, ...]
    _picked: Callable[[Sequence[bytes]], Sequence[bytes]] = attrs.field(init=False, repr=False)

    @_picked.default
    def _picking(self) -> Callable[[Sequence[bytes]], Sequence[bytes]]:
        # For one slot, itemgetter gives the value itself; and for many it is quicker than any loop.
        slots = self.slots
        return itemgetter(*slots) if len(slots) > 1 else lambda values: [values[slot] for slot in slots]

    def filled(self, values: Sequence[bytes]) -> bytes:
        """All of it, with these values: in one go, since a feed may have thousands of slots."""
        parts = [b""] * (2 * len(self.slots) + 1)
        parts[::2] = self.literals
        parts[1::2] = self._picked(values)
        return b"".join(parts)


class Slotting:
    """Puts literal octets and slots together, one after the other."""

    def __init__(self) -> None:
        self._literals: list[bytes] = []
        self._slots: list[int] = []
        self._open: list[bytes] = []

    def literal(self, *octets: bytes) -> None:
        """Octets that are the same in each."""
        self._open += octets

    def slot(self, number: int) -> None:
        """A place for the value of this number."""
        self._literals.append(b"".join(self._open))
        self._slots.append(number)
        self._open = []

    def done(self) -> Slotted:
        """What was put together."""
        return Slotted((*self._literals, b"".join(self._open)), tuple(self._slots))
