"""One character gone wrong: a good file, or a diagnostic that points at it and proposes what mends it."""

import csv
import itertools
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cyclekit.testing.files import BadFile, bad_rule_files
from cyclekit.workspace.loading import surroundings
from tests.properties.slips import (
    SMALL,
    TYPED,
    check_good_or_told,
    check_mends,
    goes_on,
    points_at_it,
    proposal,
    slips,
    told,
)
from tests.repo.tree import REPO

CORPUS = REPO / "tests" / "corpus"
#: Whole files of authors: those that are shipped, and the good ones of the corpus.
FILES = sorted([*(REPO / "rules").rglob("*.yaml"), *(CORPUS / "good").glob("*.yaml")])
RULES = [path for path in FILES if not path.name.endswith(".units.yaml") and path.stat().st_size < 8000]
WORDS = "abcdefghijklmnopqrstuvwxyz0123456789"
#: By `thorough` every character stands in every place, else another one in each.
EVERY = settings().max_examples >= 1000


@pytest.mark.parametrize("text", SMALL.values(), ids=SMALL)
def test_small_files_are_good(text: str) -> None:
    """What the slips are made in has no error, and nothing is wrong with it but in them."""
    found = told(text.encode())
    assert [each for each in found.diagnostics if each.is_error] == []
    assert found.rulebook is not None


@pytest.mark.parametrize("text", SMALL.values(), ids=SMALL)
def test_any_slip_in_a_small_file(text: str) -> None:
    """Each character of a file left out, doubled and replaced: a good file or a diagnostic, and no exception."""
    others = itertools.cycle(TYPED)
    for at in range(len(text)):
        for slip in slips(text, at, TYPED if EVERY else next(others)):
            check_good_or_told(told(slip.encode()))


@given(path=st.sampled_from(RULES), at=st.integers(0, 10_000), typed=st.sampled_from(TYPED), data=st.data())
def test_any_slip_in_a_whole_file(path: Path, at: int, typed: str, data: st.DataObject) -> None:
    """A character of a file that somebody wrote left out, doubled or replaced: a good file or a diagnostic."""
    text = path.read_bytes().decode("utf-8-sig")
    slip = data.draw(st.sampled_from(list(slips(text, at % len(text), typed))), label="slip")
    check_good_or_told(told(slip.encode(), surroundings(path.parent)), "2024")


@given(data=st.binary(max_size=40), text=st.sampled_from(sorted(SMALL.values())), at=st.integers(0, 400))
def test_any_bytes_are_good_or_told(data: bytes, text: str, at: int) -> None:
    """Any bytes in the midst of a file, in whatever encoding, are told at their place and raise nothing."""
    whole = text.encode()
    check_good_or_told(told(whole[:at] + data + whole[at:]))


@given(
    text=st.sampled_from(sorted(SMALL.values())),
    at=st.integers(0, 400),
    typed=st.sampled_from(WORDS + TYPED),
    data=st.data(),
)
def test_a_diagnostic_points_at_what_is_wrong(text: str, at: int, typed: str, data: st.DataObject) -> None:
    """The span of a diagnostic holds the text that its words name, whatever slip it is about."""
    slip = data.draw(st.sampled_from(list(slips(text, at % len(text), typed))), label="slip")
    found = told(slip.encode())
    assert [each for each in found.diagnostics if not points_at_it(found.text, each)] == []


@given(
    text=st.sampled_from(sorted(SMALL.values())),
    at=st.integers(0, 400),
    typed=st.sampled_from(WORDS),
    data=st.data(),
)
def test_what_is_proposed_mends(text: str, at: int, typed: str, data: st.DataObject) -> None:
    """Written where the diagnostic points, what it proposes removes it, and nothing of its kind comes in its place."""
    slip = data.draw(st.sampled_from(list(slips(text, at % len(text), typed))), label="slip")
    found = told(slip.encode())
    for each in found.diagnostics:
        if proposal(each) and not goes_on(found.text, each):
            check_mends(found.text, each)


@given(bad=bad_rule_files())
def test_what_is_proposed_mends_a_drawn_file(bad: BadFile) -> None:
    """So it does in files of any kind with one defect."""
    found = told(bad.text.encode())
    for each in found.diagnostics:
        assert points_at_it(found.text, each)
        if proposal(each):
            check_mends(found.text, each)


def test_the_corpus_is_pointed_at_and_mended() -> None:
    """So it is with each file of the corpus: spans hold what is wrong, and proposals mend it."""
    with (CORPUS / "index.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    proposals = 0
    for row in rows:
        path = CORPUS / row["file"]
        around = surroundings(path.parent)
        found = told(path.read_bytes(), around)
        # A file may have thousands: those at its head will do.
        for each in [one for one in found.diagnostics if one.place.file == "slip.yaml"][:20]:
            assert points_at_it(found.text, each), (row["file"], each)
            if proposal(each) and not goes_on(found.text, each):
                proposals += 1
                check_mends(found.text, each, around)
    assert proposals > 100
