"""Octets with slots."""

from cyclekit.adapters.ical.slotted import Slotted, Slotting


def test_slots_are_filled_in_their_order() -> None:
    """Literal octets that follow each other are one piece, and a value may fill several slots, or none."""
    made = Slotting()
    made.literal(b"UID:", b"a~")
    made.slot(0)
    made.slot(2)
    made.literal(b"!")
    made.slot(0)
    found = made.done()
    assert (found.literals, found.slots) == ((b"UID:a~", b"", b"!", b""), (0, 2, 0))
    assert found.filled((b"x", b"unused", b"y")) == b"UID:a~xy!x"


def test_without_a_slot_it_is_what_it_is() -> None:
    """Nothing put together is nothing, and literal octets alone are themselves."""
    assert Slotting().done().filled(()) == b""
    assert Slotted((b"abc",), ()).filled(()) == b"abc"
