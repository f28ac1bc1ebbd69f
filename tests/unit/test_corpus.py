"""The corpus of rule files, from bytes to rulebooks: what is accepted, and what is told of the rest."""

import csv
from pathlib import Path

import pytest

from cyclekit.diagnostics import Diagnostic
from cyclekit.reading.compose import Parser
from cyclekit.workspace.loading import Loaded, load_files

CORPUS = Path(__file__).parents[1] / "corpus"
GOOD = sorted((CORPUS / "good").glob("*.yaml"))
PARSERS: tuple[Parser, ...] = ("c", "pure")
with (CORPUS / "index.csv").open(encoding="utf-8", newline="") as _file:
    BAD = list(csv.DictReader(_file))

#: Good files whose keys are read and placed, and not built yet.
NOT_BUILT: set[str] = set()
#: Groups of which everything is built: here the first error is the one of the index, to the column.
SETTLED = {"encoding", "yaml", "typing", "key", "id", "date", "cycle", "rrule", "calendar", "calendars", "change"}

Seen = tuple[str, int, int]


def seen(diagnostic: Diagnostic) -> Seen:
    """Code, line and column."""
    return diagnostic.code, diagnostic.place.line, diagnostic.place.column


def errors(loaded: Loaded) -> list[Seen]:
    """What a file is refused for, in the order of the file."""
    return [seen(each) for each in loaded.diagnostics if each.is_error]


@pytest.mark.parametrize("path", GOOD, ids=lambda path: path.stem)
@pytest.mark.parametrize("parser", PARSERS)
def test_a_good_file_is_accepted_or_told_what_is_not_built(path: Path, parser: Parser) -> None:
    """A file of built keys alone gives a rulebook; any other is refused for its other keys, and for nothing else."""
    loaded = load_files([path], parser=parser)
    codes = {code for code, *_ in errors(loaded)}
    assert codes == ({"not-supported-yet"} if path.stem in NOT_BUILT else set())
    assert len(loaded.rulebooks) == (0 if codes else 1)


def test_what_is_not_built_is_listed() -> None:
    """The list of unbuilt files names files, so that it cannot outlive them."""
    assert {path.stem for path in GOOD} >= NOT_BUILT


@pytest.mark.parametrize("row", BAD, ids=lambda row: row["name"])
@pytest.mark.parametrize("parser", PARSERS)
def test_a_bad_file_is_refused_for_its_fault(row: dict[str, str], parser: Parser) -> None:
    """The first error is the fault of the index; only keys that are not built may be told of before it."""
    loaded = load_files([CORPUS / row["file"]], parser=parser)
    expected = (row["kind"], int(row["line"]), int(row["col"]))
    if row["level"] == "warning":
        assert [seen(each) for each in loaded.diagnostics] == [expected]
        return
    found = errors(loaded)
    assert found
    assert loaded.rulebooks == ()
    if row["group"] in SETTLED:
        assert found[0] == expected
    elif found[0][0] != "not-supported-yet":
        assert found[0][:2] == expected[:2]


@pytest.mark.parametrize("row", BAD, ids=lambda row: row["name"])
def test_both_parsers_tell_the_same(row: dict[str, str]) -> None:
    """Every diagnostic, warnings included, is the same whichever parser is at hand."""
    told = [list(map(seen, load_files([CORPUS / row["file"]], parser=parser).diagnostics)) for parser in PARSERS]
    assert told[0] == told[1]
