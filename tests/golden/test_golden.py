"""The shipped rule files give the dates that were worked out from the documents by hand."""

import csv
import json
from pathlib import Path

import pytest

from tests.edge.running import run
from tests.repo.tree import REPO

GOLDEN = Path(__file__).parent
HORIZONS = {
    "anqing-2022": "2022-10-01..2023-12-31",
    "jiujiang-2022": "2022-10-01..2027-12-31",
    "qinhuangdao-2022": "2022-09-30..2023-12-31",
    "wuhu-2020": "2020",
}
Row = tuple[str, str, str, str, str, str, str]


def rows_of(path: Path) -> list[dict[str, str]]:
    """The rows of a list."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def golden(name: str) -> list[Row]:
    """A list in the order in which the command lists due dates."""
    columns = ("due", "obligation", "unit", "period", "number", "status", "units")
    found = [tuple(row[column] for column in columns) for row in rows_of(GOLDEN / f"{name}.csv")]
    return sorted(found)  # type: ignore[arg-type]  # a tuple of the seven columns


def listed(name: str, *args: str) -> list[Row]:
    """What the command lists."""
    ran = run("due", REPO / "rules" / "cn" / f"{name}.yaml", "--format", "json", *args)
    assert ran.exit_code == 0, ran.stderr
    found = []
    for line in ran.stdout.splitlines():
        each = json.loads(line)
        assert each["nominal"] == each["due"]
        units = " ".join(each.get("units", ()))
        names = (each["due"], each["obligation"], each["unit"], each["period"])
        found.append((*names, str(each["number"]), each["status"], units))
    return found


def units_of(name: str) -> list[str]:
    """Every unit of a list, leading or not."""
    return sorted({unit for row in golden(name) for unit in [row[2], *row[6].split()]})


@pytest.mark.parametrize("name", HORIZONS)
def test_everyone(name: str) -> None:
    """A file expands to its list, no row more and no row less, in order."""
    assert listed(name, "--within", HORIZONS[name]) == golden(name)


@pytest.mark.parametrize(("name", "unit"), [(name, unit) for name in HORIZONS for unit in units_of(name)])
def test_each_unit(name: str, unit: str) -> None:
    """What a unit owes are the rows of the list that name it, alone or together with others."""
    wanted = [row for row in golden(name) if unit in (row[2], *row[6].split())]
    assert listed(name, "--within", HORIZONS[name], "--unit", unit) == wanted


@pytest.mark.parametrize("name", HORIZONS)
def test_the_horizon_of_the_documents(name: str) -> None:
    """From October 2022 to December 2023 a file gives the rows of its list whose due date lies there."""
    wanted = [row for row in golden(name) if "2022-10-01" <= row[0] <= "2023-12-31"]
    assert listed(name, "--within", "2022-10-01..2023-12-31") == wanted


def test_standing_duties(tmp_path: Path) -> None:
    """The duties without a date are those of the list, each with the units that owe it."""
    run("export", REPO / "rules" / "cn", "--within", "2023", "--out", tmp_path)
    document = json.loads((tmp_path / "deadlines.json").read_text(encoding="utf-8"))
    found = [(each["rulebook"], each["obligation"], unit) for each in document["standing"] for unit in each["units"]]
    wanted = [(row["rulebook"], row["obligation"], row["unit"]) for row in rows_of(GOLDEN / "standing.csv")]
    assert sorted(found) == sorted(wanted)
