"""The same bytes everywhere: each Python, hash seed, time zone and locale writes what `digests.csv` says.

How the table is renewed stands in `digests.py`.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.golden.digests import EXAMPLE, HEAD, WRITTEN, digests
from tests.repo.tree import REPO

TABLE = Path(__file__).with_name("digests.csv").read_text(encoding="utf-8").splitlines()
#: What each of the ten seeds writes: one of everything.
WRITTEN_TEN_TIMES = (EXAMPLE,)
ZONES = ("Asia/Shanghai", "America/St_Johns", "Pacific/Kiritimati")
#: Bytes of ASCII alone; UTF-8; Turkish, which has other small and capital letters, in eight bits.
LOCALES = ("C", "C.UTF-8", "tr_TR.ISO-8859-9")


def rows(names: tuple[str, ...]) -> list[str]:
    """The rows of some rule files, in their order."""
    return [row for name in names for row in TABLE[1:] if row.startswith(f"{name},")]


@pytest.fixture(scope="module")
def locales(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the Turkish locale, where the system has what makes one; elsewhere it counts if it is installed."""
    folder = tmp_path_factory.mktemp("locales")
    name = LOCALES[2]
    try:
        language, charset = name.split(".")
        made = subprocess.run(["localedef", "-i", language, "-f", charset, folder / name], check=False)
    except FileNotFoundError:
        return Path()
    return folder if made.returncode == 0 else Path()


@pytest.mark.parametrize("name", WRITTEN)
def test_this_python_writes_the_same_bytes(name: str) -> None:
    """Tables, JSON, CSV, feeds and pages in both languages are those of the table, on whichever Python this is."""
    assert list(digests([name])) == rows((name,))


def test_the_table_has_nothing_else() -> None:
    """Every row of the table is of a rule file that is written."""
    assert [HEAD, *rows(tuple(WRITTEN))] == TABLE


@pytest.mark.parametrize("seed", range(10))
def test_another_process_writes_the_same_bytes(seed: int, locales: Path) -> None:
    """By each of ten hash seeds, three time zones and three locales, each zone with each locale, the bytes are those.

    Where the third locale is not to be had, Python falls back to the first, and says so on its standard error.
    """
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG", "PYTHON"))}
    environment |= {
        "PYTHONHASHSEED": str(seed),
        "TZ": ZONES[seed % 3],
        "LC_ALL": LOCALES[seed // 3 % 3],
        "PYTHONCOERCECLOCALE": "0",
        "PYTHONUTF8": "0",
        "PYTHONPATH": os.pathsep.join(each for each in (os.environ.get("PYTHONPATH"), str(REPO)) if each),
    }
    if locales.name:
        environment["LOCPATH"] = str(locales)
    command = [sys.executable, "-m", "tests.golden.digests", *WRITTEN_TEN_TIMES]
    ran = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.splitlines() == [HEAD, *rows(WRITTEN_TEN_TIMES)]
    told = ran.stderr.splitlines()[0].removeprefix("# ")
    assert told == environment["LC_ALL"] or (told == "C" and not locales.name)
