"""What holds for the package as it is installed."""

import importlib.util
import os
import re
import subprocess
import sys
import tomllib
from importlib.metadata import distribution, version
from pathlib import Path

import pytest

from tests.repo.tree import REPO, SOURCE

PROJECT = tomllib.loads((REPO / "pyproject.toml").read_text(encoding="utf-8"))
HEAVY = ["duckdb", "holidays", "hypothesis", "icalendar", "jinja2", "pyarrow", "rich", "starlette"]
GROUPS = {
    "runtime": (["build"], ["pages", "xlsx"]),
    "test": (["build", "test"], ["pages", "testing", "xlsx"]),
    "check": (["build", "test", "check"], ["pages", "testing", "xlsx"]),
    "mutants": (["build", "test", "mutants"], ["pages", "testing", "xlsx"]),
    "fuzz": (["build", "fuzz"], ["pages", "server", "xlsx"]),
    "server": (["build", "test", "server"], ["pages", "server", "testing", "xlsx"]),
}


def pins(name: str) -> dict[str, str]:
    """The names and versions of a file of pinned requirements."""
    text = (REPO / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
    return dict(re.findall(r"^([a-z0-9-]+)==([^ ;\\]+)", text, re.MULTILINE))


def canonical(requirement: str) -> str:
    """The name in a requirement, as registries compare names."""
    return re.sub(r"[-_.]+", "-", re.split(r"[ ;<>=!~\[]", requirement)[0]).lower()


def loaded_by(*lines: str) -> set[str]:
    """The top-level modules that a Python has loaded after it has run a program of these lines."""
    program = "\n".join(["import sys", *lines, "print(*sorted({name.split('.')[0] for name in sys.modules}))"])
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=REPO)
    return set(ran.stdout.splitlines()[-1].split())


def test_version_is_said_once() -> None:
    """The installed version is the one of `pyproject.toml`, and the changes have a heading for it."""
    stated = PROJECT["project"]["version"]
    assert version("cyclekit") == stated
    assert f"\n## {stated} " in (REPO / "CHANGELOG.md").read_text(encoding="utf-8")


def test_the_wheel_is_what_ci_tests() -> None:
    """Where CI says that it tests the wheel, cyclekit is not imported from the source folder."""
    found = importlib.util.find_spec("cyclekit")
    assert found is not None
    assert found.origin is not None
    from_source = Path(found.origin).is_relative_to(SOURCE)
    assert not (from_source and os.environ.get("CYCLEKIT_TESTED") == "wheel")


def test_only_the_package_is_installed() -> None:
    """What is installed is `cyclekit`, its metadata with the licence, and the one command."""
    files = distribution("cyclekit").files
    assert files is not None
    names = {file.as_posix() for file in files if "__pycache__" not in file.parts}
    tops = {name.split("/")[0] for name in names if not name.startswith("..")}
    assert {re.sub(r"-[0-9].*", "", top) for top in tops} <= {"cyclekit", "cyclekit.pth"}
    assert [Path(name).stem for name in names if name.startswith("..")] == ["cyclekit"]
    assert any(name.endswith("/LICENSE") for name in names)


@pytest.mark.parametrize("name", GROUPS)
def test_pins_cover_what_is_asked_for(name: str) -> None:
    """Each file of pins has everything that its groups in `pyproject.toml` ask for, on this platform or another."""
    groups, extras = GROUPS[name]
    asked = list(PROJECT["project"]["dependencies"])
    for group in groups:
        asked += PROJECT["dependency-groups"][group]
    for extra in extras:
        asked += PROJECT["project"]["optional-dependencies"][extra]
    assert {canonical(each) for each in asked} <= pins(name).keys()


def test_pins_agree() -> None:
    """The smaller files of pins are parts of the larger, so that one environment can grow from one to the next."""
    assert pins("runtime").items() <= pins("test").items() <= pins("check").items()
    assert pins("test").items() <= pins("mutants").items()
    assert pins("runtime").items() <= pins("fuzz").items()


def test_import_is_light() -> None:
    """`import cyclekit` loads no library that is not needed yet."""
    assert loaded_by("import cyclekit").isdisjoint(HEAVY)


def test_help_is_light() -> None:
    """`cyclekit --help` loads neither the calendar libraries nor rich."""
    asks_for_help = ["from cyclekit.cli import main", "sys.argv = ['cyclekit', '--help']"]
    ends = ["try:", "    main()", "except SystemExit as end:", "    assert not end.code"]
    assert loaded_by(*asks_for_help, *ends).isdisjoint(HEAVY)


def test_the_command_is_installed() -> None:
    """`cyclekit --help` is a command, and says how it is used."""
    command = Path(sys.executable).with_name("cyclekit")
    ran = subprocess.run([command, "--help"], capture_output=True, text=True, check=True)
    assert "Usage: cyclekit" in ran.stdout
