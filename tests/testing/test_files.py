"""Rule files as texts: good ones are good however they are written, and bad ones are bad where they say."""

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.errors import InvalidArgument

import cyclekit
from cyclekit.civil.spans import Span
from cyclekit.diagnostics import Diagnostic
from cyclekit.model.event import Event
from cyclekit.model.obligation import Rulebook
from cyclekit.reading.rulebook import read_rule_file
from cyclekit.reading.source import Source
from cyclekit.testing.expanding import expand
from cyclekit.testing.files import DEFECTS, BadFile, bad_rule_files, rule_files, spellings
from cyclekit.testing.trees import Tree, trees
from cyclekit.workspace.loading import surroundings
from cyclekit.workspace.meaning import meaning_of
from tests.properties.oracle import Fact, facts

RULES = Path(__file__).parents[2] / "rules" / "cn"
YEARS = Span(dt.date(2022, 1, 1), dt.date(2025, 12, 31))
SLOW = settings(suppress_health_check=list(HealthCheck), deadline=None)


def read(text: str) -> tuple[Rulebook | None, list[Diagnostic]]:
    """The rulebook of a text, and its errors."""
    file = read_rule_file(Source("drawn.yaml", text), surroundings(RULES))
    return file.rulebook, [each for each in (*file.diagnostics, *meaning_of(file)) if each.is_error]


def schedule(text: str) -> list[Fact]:
    """What a text makes due in three years, with an incident where it waits for one."""
    book, errors = read(text)
    assert errors == []
    assert book is not None
    waiting = "incident" in text
    happened = {"incident": [Event(dt.date(2025, 5, 6))]} if waiting else {}
    return facts(expand(book, YEARS, happened))


@SLOW
@given(text=rule_files())
def test_good_files_have_no_error(text: str) -> None:
    """Whatever is drawn as a rule file has no error, in its words or in its meaning."""
    assert read(text)[1] == []


@SLOW
@given(tree=trees(), data=st.data())
def test_spellings_mean_the_same(tree: dict[str, Tree], data: st.DataObject) -> None:
    """Order, quotes, brackets and comments make no difference to any date."""
    one, other = data.draw(spellings(tree)), data.draw(spellings(tree))
    assert schedule(one) == schedule(other)


@SLOW
@given(text=rule_files(like=(RULES / "jiujiang-2022.yaml").read_text(encoding="utf-8")))
def test_other_spellings_of_a_file(text: str) -> None:
    """A file that somebody wrote means the same in every other spelling."""
    book = cyclekit.load(RULES / "jiujiang-2022.yaml")
    found, errors = read(text)
    assert errors == []
    assert found is not None
    assert facts(expand(found, YEARS)) == facts(expand(book, YEARS))


def test_only_mappings_can_be_spelled() -> None:
    """A text that is no YAML, or no mapping, cannot be a rule file."""
    for text in ("- a\n- b\n", "a: [", "", "word"):
        with pytest.raises(InvalidArgument):
            rule_files(like=text)


@SLOW
@given(bad=bad_rule_files())
def test_bad_files_are_bad_where_they_say(bad: BadFile) -> None:
    """A defect is told once, with its code and in its line, and nothing else is."""
    assert [(each.code, each.place.line) for each in read(bad.text)[1]] == [(bad.code, bad.line)]


@pytest.mark.parametrize("defect", DEFECTS, ids=lambda defect: defect[1])
def test_every_defect_is_told(defect: tuple[tuple[str, ...], str, int]) -> None:
    """Each defect by itself, behind a plain file."""
    lines, code, place = defect
    head = "cyclekit: 1\nid: plain\nobligations:\n"
    errors = read(head + "\n".join(lines) + "\n")[1]
    assert [(each.code, each.place.line) for each in errors] == [(code, 3 + place)]
