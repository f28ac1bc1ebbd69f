"""The corpus of rule files, from bytes to rulebooks: what is accepted, and what is told of the rest."""

import csv
from pathlib import Path

import pytest

from cyclekit.diagnostics import Diagnostic
from cyclekit.reading.compose import Parser
from cyclekit.workspace.loading import Loaded, load_files
from tests.corpus.told import MARK, names, told

CORPUS = Path(__file__).parents[1] / "corpus"
GOOD = sorted((CORPUS / "good").glob("*.yaml"))
PARSERS: tuple[Parser, ...] = ("c", "pure")
with (CORPUS / "index.csv").open(encoding="utf-8", newline="") as _file:
    BAD = list(csv.DictReader(_file))
TOLD = dict(part.split("\n\n", 1) for part in (CORPUS / "told.txt").read_text(encoding="utf-8").split(MARK)[1:])

Seen = tuple[str, int, int]


def seen(diagnostic: Diagnostic) -> Seen:
    """Code, line and column."""
    return diagnostic.code, diagnostic.place.line, diagnostic.place.column


def errors(loaded: Loaded) -> list[Seen]:
    """What a file is refused for, in the order of the file."""
    return [seen(each) for each in loaded.diagnostics if each.is_error]


@pytest.mark.parametrize("path", GOOD, ids=lambda path: path.stem)
@pytest.mark.parametrize("parser", PARSERS)
def test_a_good_file_is_accepted(path: Path, parser: Parser) -> None:
    """A file that follows the language gives a rulebook, and no error."""
    loaded = load_files([path], parser=parser)
    assert errors(loaded) == []
    assert len(loaded.rulebooks) == 1


@pytest.mark.parametrize("row", BAD, ids=lambda row: row["name"])
@pytest.mark.parametrize("parser", PARSERS)
def test_a_bad_file_is_refused_for_its_fault(row: dict[str, str], parser: Parser) -> None:
    """The first error is the fault of the index, at its line and column, and the file gives no rulebook."""
    loaded = load_files([CORPUS / row["file"]], parser=parser)
    expected = (row["kind"], int(row["line"]), int(row["col"]))
    if row["level"] == "warning":
        assert [seen(each) for each in loaded.diagnostics] == [expected]
        return
    found = errors(loaded)
    assert found[:1] == [expected]
    assert loaded.rulebooks == ()


@pytest.mark.parametrize("row", BAD, ids=lambda row: row["name"])
def test_both_parsers_tell_the_same(row: dict[str, str]) -> None:
    """Every diagnostic, warnings included, is the same whichever parser is at hand."""
    told = [list(map(seen, load_files([CORPUS / row["file"]], parser=parser).diagnostics)) for parser in PARSERS]
    assert told[0] == told[1]


@pytest.mark.parametrize("name", names())
def test_what_is_told_changes_on_purpose(name: str) -> None:
    """Each word told of a file, in English and in Chinese, is that of `told.txt`, which was read before it was kept."""
    assert told(name) == TOLD[name].removesuffix("\n")


def test_nothing_is_told_of_files_that_are_gone() -> None:
    """`told.txt` has the files of the corpus, in their order, and no others."""
    assert list(TOLD) == names()
