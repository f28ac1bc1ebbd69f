"""The catalogue of diagnostics and the code that makes them belong together."""

import ast
import re
from string import Formatter

import pytest

from cyclekit.diagnostics import CODES, Diagnostic, Place
from cyclekit.words.message import Message
from cyclekit.words.messages import MESSAGES, headline, help_text
from tests.repo.tree import modules

CATALOGUE = MESSAGES


def named_in_the_code(name: str) -> bool:
    """Whether some module beside the catalogue and the table of codes makes this text, by an f-string or whole."""
    return any(pattern.fullmatch(name) for pattern in PATTERNS)


def patterns_of_the_code() -> set[re.Pattern[str]]:
    """Each text that the package makes: constants as they are, f-strings with anything in their holes."""
    found: set[str] = set()
    for path in modules():
        if path.name.startswith("messages") or path.name == "diagnostics.py":
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.add(re.escape(node.value))
            elif isinstance(node, ast.JoinedStr) and any(isinstance(each, ast.Constant) for each in node.values):
                parts = (
                    re.escape(str(each.value)) if isinstance(each, ast.Constant) else "[a-z-]+" for each in node.values
                )
                found.add("".join(map(str, parts)))
    return {re.compile(each) for each in found if re.search("[a-z]{2}", each)}


PATTERNS = patterns_of_the_code()


def fields(template: str) -> set[str]:
    """The values that a template wants."""
    return {name for _, name, _, _ in Formatter().parse(template) if name}


@pytest.mark.parametrize("message", CATALOGUE.values(), ids=CATALOGUE)
def test_both_languages_want_the_same_values(message: Message) -> None:
    """English and Chinese say the same: same values in the headline, as many helps, each with the same values."""
    assert fields(message.en) == fields(message.zh)
    assert [fields(each) for each in message.help_en] == [fields(each) for each in message.help_zh]


@pytest.mark.parametrize("message", CATALOGUE.values(), ids=CATALOGUE)
def test_every_message_says_what_to_do(message: Message) -> None:
    """Every message has a help, in both languages."""
    assert message.help_en
    assert message.help_zh


@pytest.mark.parametrize("message", CATALOGUE.values(), ids=CATALOGUE)
def test_chinese_is_chinese(message: Message) -> None:
    """A Chinese message holds Chinese characters, and an English one none of its own."""
    assert re.search("[\u4e00-\u9fff]", message.zh)
    assert not re.search("[\u4e00-\u9fff]", message.en)


@pytest.mark.parametrize("name", CATALOGUE)
def test_every_message_is_made_somewhere(name: str) -> None:
    """No message is left in the catalogue that nothing makes."""
    assert named_in_the_code(name)


@pytest.mark.parametrize("code", CODES)
def test_every_code_is_made_somewhere(code: str) -> None:
    """No code is listed that nothing makes."""
    assert named_in_the_code(code)


def test_the_code_is_severe_or_not_wherever_it_stands() -> None:
    """A diagnostic's severity comes from its code alone."""
    for code, severity in CODES.items():
        assert Diagnostic(code, "empty", Place("a", 1, 1)).severity is severity


def test_the_help_is_the_first_whose_values_are_there() -> None:
    """With a suggestion the help asks whether it was meant; without one it lists what is possible."""
    place = Place("a.yaml", 1, 1)
    near = {"text": "quater", "suggestion": "quarter", "expected": "day, week"}
    assert help_text(Diagnostic("bad-value", "bad-cycle", place, near)) == "Write “quarter”"
    far = {"text": "x", "expected": "day, week"}
    assert help_text(Diagnostic("bad-value", "bad-cycle", place, far)) == "One of: day, week"
    assert headline(Diagnostic("bad-value", "bad-cycle", place, far), "zh") == "“x”不是周期"


def test_a_message_never_repeats_a_giant_text() -> None:
    """Five thousand characters are shown by their beginning, and control characters by their number."""
    values = {"text": "x" * 5000 + "\x07"}
    shown = headline(Diagnostic("bad-value", "bad-cycle", Place("a", 1, 1), values))
    assert len(shown) < 100
    assert "\x07" not in headline(Diagnostic("bad-value", "bad-cycle", Place("a", 1, 1), {"text": "a\x07"}))
