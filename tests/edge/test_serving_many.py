"""A server of very many units: what it holds, and that each of them is answered."""

from pathlib import Path

from cyclekit.adapters.ical import Options
from cyclekit.api import expand, load
from cyclekit.workspace.feeding import feed_writer
from tests.edge.many_units import ENVIRONMENT, megabytes, unit_id, write_rules, write_units
from tests.edge.serving import serving

UNITS = 200_000
#: What the server may take, all in all; and what of it may be in memory.
ADDRESSES, RESIDENT = 768 << 20, 256


def test_units_by_the_hundred_thousand_are_served_within_little_memory(tmp_path: Path) -> None:
    """Any of 200,000 units has its own feed and page, the index lists some and finds the others, under a limit."""
    write_units(tmp_path / "units.parquet", UNITS)
    rules = tmp_path / "national.yaml"
    write_rules(rules)
    writer = feed_writer(expand(load(rules), "2026"), Options("zh"))
    with serving(rules, "--within", "2026", "--lang", "zh", memory=ADDRESSES, **ENVIRONMENT) as server:
        for number in (0, 1, 99_999, 123_000, UNITS - 1):
            status, fields, data = server.get(f"/feeds/national/{unit_id(number)}.ics")
            assert (status, data) == (200, writer.of_unit(f"national/{unit_id(number)}"))
            assert data.count(b"BEGIN:VEVENT") == (80 if number % 1000 else 40)
            again = {"If-None-Match": fields["etag"]}
            assert server.get(f"/feeds/national/{unit_id(number)}.ics", again)[0] == 304
            page = server.get(f"/units/national/{unit_id(number)}")
            assert (page[0], f"第{number}号基层工会委员会".encode() in page[2]) == (200, True)
        assert server.get(f"/feeds/national/{unit_id(UNITS)}.ics")[0] == 404
        index = server.get("/")[2].decode()
        assert "200,000" in index or "200000" in index
        assert index.count("<li>") <= 500
        found = server.get("/?q=123456")[2].decode()
        assert (found.count("<li>"), unit_id(123_456) in found) == (1, True)
        assert megabytes(server, "VmHWM") < RESIDENT
        assert server.end() == 0
