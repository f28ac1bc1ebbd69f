"""What commands say, which has to be there in both languages."""

import ast
from string import Formatter

import pytest

from cyclekit.cli.phrases import PHRASES
from cyclekit.cli.phrases_push import PUSHING
from cyclekit.cli.phrases_reasons import REASONS
from cyclekit.cli.phrases_starting import STARTING
from cyclekit.errors import ClusterError, DamagedPublicationError, EventError, LimitError, PhrasedError
from tests.repo.tree import SOURCE, calls, modules, parsed


def fields(template: str) -> set[str]:
    """The values that a template wants."""
    return {name for _, name, _, _ in Formatter().parse(template) if name}


#: Exceptions with a reason, and at which place it is given.
PHRASED: dict[type[PhrasedError], int] = {
    ClusterError: 0,
    DamagedPublicationError: 1,
    EventError: 1,
    LimitError: 0,
}


def reasons() -> list[ast.expr]:
    """The reasons that the code gives, wherever it does."""
    places = {each.__name__: place for each, place in PHRASED.items()}
    made = [call for path in modules() for call in calls(parsed(path))]
    named = [(each.func.id, each.args) for each in made if isinstance(each.func, ast.Name)]
    return [args[places[name]] for name, args in named if name in places]


def test_no_name_is_used_twice() -> None:
    """Each of the tables of phrases has names of its own: none can stand in for another without a word."""
    parts = [STARTING, PUSHING]
    tree = parsed(SOURCE / "cli" / "phrases.py")
    own = [
        key.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Dict)
        for key in node.keys
        if isinstance(key, ast.Constant)
    ]
    assert len(own) + sum(map(len, parts)) == len(PHRASES)


@pytest.mark.parametrize("name", PHRASES)
def test_both_languages_want_the_same_values(name: str) -> None:
    """A phrase of the command line has the same values in English and in Chinese."""
    english, chinese = PHRASES[name]
    assert fields(english) == fields(chinese)


@pytest.mark.parametrize("phrase", REASONS)
def test_both_languages_want_the_same_values_of_a_reason(phrase: str) -> None:
    """The reason of an exception has the same values in English and in Chinese."""
    assert fields(phrase) == fields(REASONS[phrase])


def test_reasons_are_given_in_chinese() -> None:
    """Each phrase by which the code gives a reason has a Chinese one."""
    assert not [each for each in reasons() if isinstance(each, ast.JoinedStr)]
    given = {each.value for each in reasons() if isinstance(each, ast.Constant)}
    assert len(given) > len(PHRASED)
    assert given <= REASONS.keys()
