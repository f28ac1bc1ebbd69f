"""Property testing for those who write rules, or build on the library: the extra ``cyclekit[testing]``.

Strategies draw what rules are made of, invariants say by name what always holds, and rule files are hunted through for
the day on which they go wrong.

>>> import cyclekit
>>> from cyclekit import testing
>>> testing.check(cyclekit.load("rules/cn/lpr.yaml")).broken
()
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cyclekit.testing import invariants
    from cyclekit.testing.checking import INVARIANTS, Checked, check
    from cyclekit.testing.drawing.scene import EventName, Scene
    from cyclekit.testing.edits import Case, from_rule_file
    from cyclekit.testing.expanding import expand, expand_with
    from cyclekit.testing.files import BadFile, bad_rule_files, rule_files
    from cyclekit.testing.invariants import InvariantError
    from cyclekit.testing.strategies import (
        calendars,
        cycles,
        dues,
        horizons,
        obligations,
        periods,
        rosters,
        rulebooks,
        units,
    )

#: Where each name lives. It is loaded when it is asked for: what needs no Hypothesis does without it.
_HOMES = {
    **dict.fromkeys(("INVARIANTS", "Checked", "check"), "checking"),
    **dict.fromkeys(("EventName", "Scene"), "drawing.scene"),
    **dict.fromkeys(("Case", "from_rule_file"), "edits"),
    **dict.fromkeys(("expand", "expand_with"), "expanding"),
    **dict.fromkeys(("BadFile", "bad_rule_files", "rule_files"), "files"),
    "InvariantError": "invariants",
    **dict.fromkeys(
        ("calendars", "cycles", "dues", "horizons", "obligations", "periods", "rosters", "rulebooks", "units"),
        "strategies",
    ),
}

__all__ = [
    "INVARIANTS",
    "BadFile",
    "Case",
    "Checked",
    "EventName",
    "InvariantError",
    "Scene",
    "bad_rule_files",
    "calendars",
    "check",
    "cycles",
    "dues",
    "expand",
    "expand_with",
    "from_rule_file",
    "horizons",
    "invariants",
    "obligations",
    "periods",
    "rosters",
    "rule_files",
    "rulebooks",
    "units",
]


def __getattr__(name: str) -> object:
    if name == "invariants":
        return import_module("cyclekit.testing.invariants")
    if name not in _HOMES:
        raise AttributeError(name)
    value: object = getattr(import_module(f"cyclekit.testing.{_HOMES[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
