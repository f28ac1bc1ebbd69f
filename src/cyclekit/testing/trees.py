"""What rule files say, before it is written down: nested mappings, lists and texts, as the language has them."""

from collections.abc import Mapping, Sequence
from functools import cache

import attrs
from hypothesis import strategies as st


@attrs.frozen
class Word:
    """A text. ``fixed``: its quotes mean something, so they stay as they are: ``quoted`` or not."""

    text: str
    fixed: bool = False
    quoted: bool = False


Tree = Word | Sequence["Tree"] | Mapping[str, "Tree"]

UNITS = ("north", "south", "west", "head")
TITLES = ("Report", "季度小结", "On: time, # or [not]", "a 'b' \"c\"", "10 % done", "- dash")
CONVENTIONS = ("following", "modified_following", "preceding", "nearest", "skip")


def plain(value: object) -> Tree:
    """A tree of Python's own texts, numbers, lists and mappings."""
    if isinstance(value, Mapping):
        return {str(key): plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [plain(each) for each in value]
    return Word({True: "true", False: "false"}.get(value, str(value)) if isinstance(value, bool) else str(value))


@cache
@st.composite
def _dues(draw: st.DrawFn) -> dict[str, object]:
    """A due date in any cycle of whole months."""
    due: dict[str, object] = dict(
        draw(
            st.sampled_from(
                [
                    {"day": 20},
                    {"day": "last"},
                    {"day": -2, "month": "first"},
                    {"day": 15, "month": "next"},
                    {"weekday": "wed", "nth": 3},
                    {"working_day": -3},
                    {"at": "start", "add": "10 days"},
                    {"add": "1 month"},
                    {"day": 31, "month_end": "next"},
                    {"move_to": {"on_or_before": "fri"}},
                ]
            )
        )
    )
    if draw(st.booleans()):
        due["adjust"] = draw(st.sampled_from(CONVENTIONS))
    if draw(st.booleans()):
        due["time"] = draw(st.sampled_from(["17:30", "24:00", "09:00"]))
    return due


@cache
@st.composite
def _recurring(draw: st.DrawFn) -> dict[str, object]:
    """What recurs, from one cycle to the other of those that everyone has."""
    cycle = draw(st.sampled_from(["month", "quarter", "half_year", "year", "2 months"]))
    rule: dict[str, object] = {"every": cycle}
    if cycle == "quarter" and draw(st.booleans()):
        rule["only"] = draw(st.sampled_from([["Q1"], ["Q1", "Q3"]]))
    if draw(st.booleans()):
        rule["due"] = draw(_dues() | st.lists(_dues(), min_size=1, max_size=2))
    if draw(st.booleans()):
        rule["from"] = draw(st.sampled_from(["2024-01", "2024", "2023-07-01"]))
    if cycle == "month" and "due" not in rule and draw(st.booleans()):
        ruling = draw(st.sampled_from([{"due": "2025-06-10", "reason": "flood"}, {"waived": "no meeting"}]))
        rule["exceptions"] = {"2025-05": ruling}
    return rule


_SINGLE: tuple[dict[str, object], ...] = (
    {"standing": True},
    {"once": "2025-06"},
    {"once": {"before": "2025-12"}},
    {"dates": {"kick-off": "2025-03-03", "2025Q2": "2025-07-17"}},
    {"every": "week", "due": {"weekday": "fri"}},
    {"every": "half_month"},
    {"every": {"rrule": "FREQ=MONTHLY;BYDAY=-1FR", "start": "2025-01-31"}},
    {"upon": {"event": "incident"}, "due": {"add": "3 days"}},
)


@cache
@st.composite
def _obligations(draw: st.DrawFn, with_units: bool, first: str | None) -> dict[str, object]:  # noqa: FBT001 (cached)
    rule = dict(draw(_recurring() | st.sampled_from(_SINGLE)))
    if first and draw(st.integers(0, 4)) == 4:
        rule = {"upon": first, "due": {"add": "5 working days"}}
    if draw(st.booleans()):
        rule["title"] = draw(st.sampled_from(TITLES) | st.just({"zh": "小结", "en": "Summary: it"}))
    if with_units and draw(st.booleans()):
        rule["applies_to"] = draw(st.sampled_from(["everyone", "north", ["north", "south"], {"kind": "office"}]))
    if draw(st.integers(0, 3)) == 3:
        rule["quota"] = {"at_least": draw(st.integers(1, 20))}
    return rule


@st.composite
def trees(draw: st.DrawFn) -> dict[str, Tree]:
    """A whole rule file without errors."""
    file: dict[str, object] = {"cyclekit": 1, "id": "drawn"}
    if draw(st.booleans()):
        file["title"] = draw(st.sampled_from(TITLES))
    names = list(UNITS[: draw(st.sampled_from([0, 2, 3, 4]))])
    if names:
        file["units"] = [{"id": each, "kind": "county" if each == "head" else "office"} for each in names]
    obligations: dict[str, object] = {}
    for number in range(1, draw(st.integers(1, 3)) + 1):
        dated = [each for each, rule in obligations.items() if "standing" not in rule]  # type: ignore[operator]
        obligations[f"r{number}"] = draw(_obligations(bool(names), dated[0] if dated else None))
    # Where a rule asks for working days, a calendar has to be in sight.
    if draw(st.booleans()) or _asks(obligations):
        file["calendar"] = draw(st.sampled_from(["weekdays", "CN"]))
    file["obligations"] = obligations
    return {key: plain(value) for key, value in file.items()}


def _asks(obligations: Mapping[str, object]) -> bool:
    """Whether anything in these obligations counts working days or moves off days that are not."""
    said = str(obligations)
    return "adjust" in said or "working" in said
