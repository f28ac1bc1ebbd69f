"""Diagnostics whole, in a line each, for tables of what is told."""

from collections.abc import Iterable

from cyclekit.diagnostics import Diagnostic, Place


def spot(place: Place) -> str:
    """Line and column, and the width where more than one character is meant."""
    return f"{place.line}:{place.column}" + (f"+{place.width}" if place.width != 1 else "")


def whole(diagnostics: Iterable[Diagnostic]) -> list[str]:
    """Code, message, place, the values of its words, and what else is shown, as in ``conflict x 3:5+2 a=b < 1:1``."""
    return [
        " ".join(
            [
                f"{each.code} {each.message} {spot(each.place)}",
                *(f"{name}={value}" for name, value in each.values.items()),
                *(f"< {spot(place)}" for place in each.related),
            ]
        )
        for each in diagnostics
    ]
