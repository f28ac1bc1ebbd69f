"""The pages of the codes: each has one, and its example is what it says."""

import re

import pytest

from cyclekit.cli.code_pages import index, page, told
from cyclekit.diagnostics import CODES
from cyclekit.words.codes import MEANINGS


def test_every_code_has_a_page() -> None:
    """The codes that have a meaning are the codes that there are."""
    assert set(MEANINGS) == set(CODES)


#: Those of which a file can be written.
SHOWN = [code for code in CODES if MEANINGS[code].has_example]


def test_all_but_our_own_mistakes_have_an_example() -> None:
    """Only what would be a mistake of cyclekit itself cannot be shown, and its page says so."""
    assert set(CODES) - set(SHOWN) == {"invariant"}
    assert "mistake of cyclekit" in page("invariant")


@pytest.mark.parametrize("code", SHOWN)
def test_the_example_is_told_by_its_code(code: str) -> None:
    """The first that is told of the example has this code; of what to write instead nothing is told."""
    wrong, right = MEANINGS[code].files()
    assert told(wrong)[0].code == code
    assert told(right.encode("utf-8")) == ()


@pytest.mark.parametrize("code", CODES)
def test_the_meaning_is_said_in_both_languages(code: str) -> None:
    """A sentence in English without a Chinese word of ours, and one in Chinese."""
    meaning = MEANINGS[code]
    assert meaning.en.endswith(".")
    assert meaning.zh.endswith("。")
    assert not re.search("[\u4e00-\u9fff]", meaning.en)
    assert re.search("[\u4e00-\u9fff]", meaning.zh)


@pytest.mark.parametrize("code", SHOWN)
def test_the_page_shows_the_example_and_what_to_write(code: str) -> None:
    """In either language: the code, its meaning, three blocks of text, and no character that steers a terminal."""
    for language, said in (("en", MEANINGS[code].en), ("zh", MEANINGS[code].zh)):
        text = page(code, language)
        assert text.startswith(f"# `{code}`\n")
        assert said in text
        assert text.count("```") == 6
        assert f"[{code}]" in text
        assert all(char.isprintable() or char in "\n\t" for char in text)


def test_the_index_lists_every_page() -> None:
    """A row and an entry of the tree for each code."""
    listed = index()
    for code in CODES:
        assert f"(diagnostics/{code}.md)" in listed
        assert f"\ndiagnostics/{code}\n" in listed
