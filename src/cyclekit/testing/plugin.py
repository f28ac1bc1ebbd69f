"""A plugin for pytest: with ``--cyclekit`` rule files are collected as tests.

Each file becomes some tests: that it can be used, that its dates are those that its author expects, that what always
holds does, and that its dates are those of the list next to it. Run by ``pytest --cyclekit rules/``; without the
option nothing changes. Nothing here loads Hypothesis before a file is hunted through.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from cyclekit.diagnostics import Diagnostic
    from cyclekit.model.obligation import Rulebook
    from cyclekit.workspace.loading import Loaded

#: What follows a rule file's name in that of the list of dates which it has to give.
GOLDEN = ".golden.csv"
HEADER = "obligation,unit,period,due"
#: What is said of how a golden list is made.
WRITE_IT = "pytest --cyclekit --cyclekit-golden"


def pytest_addoption(parser: pytest.Parser) -> None:
    """The options of the plugin."""
    group = parser.getgroup("cyclekit", "cyclekit: rule files as tests")
    group.addoption("--cyclekit", action="store_true", help="Collect rule files (*.yaml) as tests.")
    group.addoption("--cyclekit-golden", action="store_true", help="Write the lists of dates next to rule files anew.")
    group.addoption("--cyclekit-lang", default="en", choices=["en", "zh"], help="The language of what is told.")
    group.addoption("--cyclekit-seconds", type=float, default=6.0, help="How long each file is hunted through.")


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> "RuleFileTests | None":
    """A rule file becomes tests; files of units, hidden files, and any other YAML do not."""
    if not parent.config.getoption("--cyclekit") or file_path.suffix not in (".yaml", ".yml"):
        return None
    from cyclekit.workspace.loading import UNITS_SUFFIXES  # noqa: PLC0415

    if file_path.name.endswith(UNITS_SUFFIXES) or file_path.name.startswith("."):
        return None
    return RuleFileTests.from_parent(parent, path=file_path)


class RuleFileTests(pytest.File):
    """One rule file, and the tests that it is."""

    _loaded: "Loaded | None" = None

    def loaded(self) -> "Loaded":
        """What became of the file. It is read once."""
        if self._loaded is None:
            from cyclekit.workspace.loading import load_files  # noqa: PLC0415

            self._loaded = load_files([self.path])
        return self._loaded

    def book(self) -> "Rulebook":
        """The rulebook of the file; fails the test where it has errors, which another test tells."""
        loaded = self.loaded()
        if loaded.has_errors:
            pytest.fail("the file has errors", pytrace=False)
        return loaded.rulebooks[0]

    def collect(self) -> Iterable[pytest.Item]:
        """The tests of the file."""
        yield Diagnostics.from_parent(self, name="diagnostics")
        yield Hunted.from_parent(self, name="expectations")
        yield Invariants.from_parent(self, name="invariants")
        if golden_of(self.path).exists() or self.config.getoption("--cyclekit-golden"):
            yield Golden.from_parent(self, name="golden")


class RuleFileTest(pytest.Item):
    """One test of a rule file: it passes where nothing is found."""

    parent: RuleFileTests

    def found(self) -> "Iterator[Diagnostic]":
        """What is wrong."""
        raise NotImplementedError

    def runtest(self) -> None:
        """Fail with everything that is found, at its line."""
        found = list(self.found())
        if found:
            raise RuleFileFailure(self.told(found))

    def told(self, found: "list[Diagnostic]") -> str:
        """Diagnostics with the lines that they point at."""
        from cyclekit.adapters.report import full  # noqa: PLC0415

        language = self.config.getoption("--cyclekit-lang")
        loaded = self.parent.loaded()
        return "".join(full(found, loaded.line, said=loaded.said, language=language)).rstrip("\n")

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: object = None) -> str:
        """What was found, and no traceback of ours."""
        if isinstance(excinfo.value, RuleFileFailure | pytest.fail.Exception):
            return str(excinfo.value)
        return str(super().repr_failure(excinfo, style))  # type: ignore[arg-type]  # as pytest hands it on

    def reportinfo(self) -> tuple[Path, int, str]:
        """Where the test stands: in the rule file."""
        return self.path, 0, f"{self.path.name}: {self.name}"


class RuleFileFailure(AssertionError):  # noqa: N818 (what fails is the rule file)
    """Something was found in a rule file."""


class Diagnostics(RuleFileTest):
    """The file can be used."""

    def found(self) -> "Iterator[Diagnostic]":
        """Every error."""
        return (each for each in self.parent.loaded().diagnostics if each.is_error)


class Hunted(RuleFileTest):
    """The dates are those that the author expects, on days that nobody has thought of too."""

    def found(self) -> "Iterator[Diagnostic]":
        """What the hunt finds, but for invariants."""
        from cyclekit.testing.hunting import hunt  # noqa: PLC0415

        book, loaded = self.parent.book(), self.parent.loaded()
        places = loaded.places_of(book.id)
        seconds = self.config.getoption("--cyclekit-seconds")
        return (each for each in hunt(book, places, places.file, seconds=seconds).diagnostics if each.code == "unmet")


class Invariants(RuleFileTest):
    """What always holds does for this file."""

    def found(self) -> "Iterator[Diagnostic]":
        """Every invariant that is broken."""
        from cyclekit.testing.hunting import broken_invariants  # noqa: PLC0415

        book = self.parent.book()
        return iter(broken_invariants(book, self.parent.loaded().places_of(book.id).file))


class Golden(RuleFileTest):
    """The dates are those of the list next to the file."""

    def runtest(self) -> None:
        """Compare the lists, or write the golden one where that is asked for."""
        path = golden_of(self.parent.path)
        made = list(golden_lines(self.parent.book()))
        if self.config.getoption("--cyclekit-golden"):
            path.write_text("".join(f"{line}\n" for line in made), encoding="utf-8")
            return
        stated = path.read_text(encoding="utf-8").splitlines()
        if stated != made:
            gone = [f"- {line}" for line in stated if line not in set(made)]
            new = [f"+ {line}" for line in made if line not in set(stated)]
            some = (gone + new)[:20] or ["the order of the lines differs"]
            raise RuleFileFailure("\n".join([f"{path.name} differs; {WRITE_IT} writes it anew", *some]))

    def found(self) -> "Iterator[Diagnostic]":
        """Nothing: a list is compared line by line."""
        return iter(())


def golden_of(path: Path) -> Path:
    """The list of dates next to a rule file: ``report.yaml`` has ``report.golden.csv``."""
    return path.with_name(path.stem + GOLDEN)


def golden_lines(book: "Rulebook") -> Iterator[str]:
    """The due dates of a rulebook in the first years that it covers, one a line."""
    from cyclekit.testing.checking import USUAL_YEARS  # noqa: PLC0415
    from cyclekit.testing.expanding import expand  # noqa: PLC0415
    from cyclekit.testing.horizons import years_of  # noqa: PLC0415

    yield HEADER
    for each in expand(book, years_of(book, USUAL_YEARS)):
        number = "" if each.number == 1 else f"#{each.number}"
        yield f"{each.key.obligation},{each.key.unit},{each.period}{number},{each.due.isoformat()}"
