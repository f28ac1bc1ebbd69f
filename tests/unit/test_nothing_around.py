"""A rule file alone: who says nothing of the world around it has no calendars, time zones, sheets or databases."""

from cyclekit.diagnostics import Place
from cyclekit.reading.known import Surroundings
from cyclekit.reading.rulebook import read_rule_file
from cyclekit.reading.source import Source
from tests.unit.marked import NAME, both, told, unmarked

NOTHING = Surroundings()
FILES: dict[str, tuple[str, ...]] = {
    "units: «units.csv»": ("missing-file | name=units.csv",),
    "units: «demo.units.yaml»": ("missing-file | name=demo.units.yaml",),
    "units: «units.parquet»": ("missing-file | name=units.parquet",),
    "units: «{»sql: SELECT 1 AS id, url_env: UNITS}": ("missing-file no-address | name=UNITS",),
    "timezone: «Asia/Shanghai»": ("unknown-reference unknown-timezone | name=Asia/Shanghai",),
    "calendar: «CN»": ("unknown-reference unknown-calendar | name=CN",),
    "calendar: weekdays": (),
    "calendar: all_days": (),
}


def test_what_is_not_there() -> None:
    """Each reference to the world is told where it stands, and nothing is proposed."""
    found, wanted = both(FILES, "cyclekit: 1\nid: demo\nobligations: {a: {every: month}}\n", 0, NOTHING)
    assert found == wanted


def test_no_holiday_is_known() -> None:
    """A calendar that cannot be had is told, and so is its holiday; one that needs no data has none."""
    head = "cyclekit: 1\nid: demo\ncalendar: «CN»\nobligations: {a: {every: year, due: {holiday: «元旦»}}}\n"
    marked = unmarked(head)
    file = read_rule_file(Source(NAME, marked.text), NOTHING)
    assert told(file.diagnostics, marked) == [
        (marked.about[0], "unknown-reference unknown-calendar | name=CN"),
        (marked.about[1], "unknown-reference unknown-holiday | name=元旦 | calendar=CN"),
    ]
    assert marked.about[0] == Place(NAME, 3, 11, 2)
