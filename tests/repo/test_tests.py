"""What holds for the tests themselves."""

import ast
from pathlib import Path

import pytest

from tests.repo.tree import REPO, calls, named, parsed

TEST_FILES = sorted(REPO.joinpath("tests").rglob("test_*.py"))
SENTENCE_ENDS = (".", "?", "!", ":", "。")
NEEDS_REASON = {"skip", "skipif", "xfail", "importorskip"}


def written_in(path: Path) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    """The tests that are written in a file, in classes or not."""
    return [
        node
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test")
    ]


@pytest.mark.parametrize("path", TEST_FILES, ids=named)
def test_every_test_makes_a_promise(path: Path) -> None:
    """Every test says in a sentence what it promises."""
    promises = {test.name: ast.get_docstring(test) or "" for test in written_in(path)}
    assert [name for name, promise in promises.items() if not promise.rstrip().endswith(SENTENCE_ENDS)] == []


@pytest.mark.parametrize("path", TEST_FILES, ids=named)
def test_names_are_not_used_twice(path: Path) -> None:
    """No two tests of a file share a name, by which the first would never run."""
    for scope in ast.walk(parsed(path)):
        if not isinstance(scope, ast.Module | ast.ClassDef):
            continue
        names = [node.name for node in scope.body if isinstance(node, ast.FunctionDef)]
        assert sorted(set(names)) == sorted(names)


@pytest.mark.parametrize("path", TEST_FILES, ids=named)
def test_nothing_is_left_out_without_a_reason(path: Path) -> None:
    """Nothing is skipped, nor expected to fail, without a reason beside it."""
    tree = parsed(path)
    reasons = {id(call.func) for call in calls(tree) if any(keyword.arg == "reason" for keyword in call.keywords)}
    left_out = [
        f"{named(path)}:{node.lineno}: {ast.unparse(node)}"
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and node.attr in NEEDS_REASON
        and ast.unparse(node.value) in {"pytest", "pytest.mark"}
        and id(node) not in reasons
    ]
    assert left_out == []
