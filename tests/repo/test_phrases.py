"""What commands say, which has to be there in both languages."""

import ast
from string import Formatter

import pytest

from cyclekit.cli.phrases import PHRASES
from cyclekit.cli.phrases_damage import DAMAGE
from cyclekit.errors import DamagedPublicationError
from tests.repo.tree import calls, modules, parsed


def fields(template: str) -> set[str]:
    """The values that a template wants."""
    return {name for _, name, _, _ in Formatter().parse(template) if name}


def reasons() -> list[ast.expr]:
    """What the code says of damage, wherever it does."""
    found = [call for path in modules() for call in calls(parsed(path))]
    named = [each for each in found if getattr(each.func, "id", "") == DamagedPublicationError.__name__]
    return [each.args[1] for each in named]


@pytest.mark.parametrize("name", PHRASES)
def test_both_languages_want_the_same_values(name: str) -> None:
    """A phrase of the command line has the same values in English and in Chinese."""
    english, chinese = PHRASES[name]
    assert fields(english) == fields(chinese)


@pytest.mark.parametrize("phrase", DAMAGE)
def test_damage_wants_the_same_values(phrase: str) -> None:
    """What is said of damage has the same values in English and in Chinese."""
    assert fields(phrase) == fields(DAMAGE[phrase])


def test_damage_is_said_in_chinese() -> None:
    """Each phrase that the code says of damage has a Chinese one."""
    said = {each.value for each in reasons() if isinstance(each, ast.Constant)}
    assert said
    assert said <= DAMAGE.keys()
