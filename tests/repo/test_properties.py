"""The table of properties in the documentation is that of the tests."""

from collections import Counter

from tests.repo.properties import FAMILIES, FOLDERS, OTHERS, draws, on_the_page, properties, table
from tests.repo.tree import REPO, named, parsed

LEAST = 50


def test_the_page_lists_the_properties() -> None:
    """`docs/testing.md` has a row for each; `python -m tests.repo.properties` writes them anew."""
    assert on_the_page().strip() == table().strip()


def test_there_are_enough_of_every_kind() -> None:
    """There are at least fifty, of each family some, and each says in a sentence what it promises."""
    found = list(properties())
    assert len(found) >= LEAST
    assert {each.family for each in found} == set(FAMILIES)
    assert [each.name for each in found if not each.promise.endswith((".", "!"))] == []


def test_each_is_in_one_family() -> None:
    """What is said to be about something else than its file is there, once."""
    names = Counter(each.name for each in properties())
    assert [name for several in OTHERS.values() for name in several if names[name] != 1] == []


def test_none_stands_elsewhere() -> None:
    """No other folder of the tests holds a property."""
    paths = [path for path in REPO.joinpath("tests").rglob("*.py") if path.parent.name not in FOLDERS]
    tops = [path for path in paths if path.relative_to(REPO / "tests").parts[0] not in FOLDERS]
    trees = {named(path): parsed(path) for path in tops}
    assert [name for name, tree in trees.items() if any(map(draws, tree.body))] == []
