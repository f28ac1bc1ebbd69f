"""What holds for the modules of the package."""

import ast
from pathlib import Path

import pytest

from tests.repo.tree import REPO, SOURCE, calls, modules, named, parsed

MOST_LINES = 400
TOUCHES_THE_WORLD = {
    "open": "take text or bytes as an argument: files are read and written by cyclekit.workspace",
    "print": "return a value: cyclekit.cli prints",
    "input": "take a value as an argument: cyclekit.cli asks",
    "exec": "write the code down",
    "eval": "write the code down",
}
EDGES = {"cli", "server", "remote", "testing", "workspace"}


def documented(tree: ast.AST, outer: str = "") -> list[str]:
    """The public functions and classes of a syntax tree that have no docstring."""
    missing = []
    for node in ast.iter_child_nodes(tree):
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) or node.name.startswith("_"):
            continue
        overloaded = any(ast.unparse(each).split(".")[-1] in {"overload", "override"} for each in node.decorator_list)
        if ast.get_docstring(node) is None and not overloaded:
            missing.append(f"{outer}{node.name}")
        if isinstance(node, ast.ClassDef):
            missing += documented(node, f"{outer}{node.name}.")
    return missing


@pytest.mark.parametrize("path", modules(), ids=named)
def test_a_module_is_one_idea(path: Path) -> None:
    """A module has at most 400 lines."""
    lines = path.read_bytes().count(b"\n")
    assert lines <= MOST_LINES


@pytest.mark.parametrize("path", modules(), ids=named)
def test_what_is_public_is_documented(path: Path) -> None:
    """Every public function, method and class says what it is."""
    assert documented(parsed(path)) == []


@pytest.mark.parametrize("path", modules(), ids=named)
def test_the_core_touches_nothing(path: Path) -> None:
    """Outside the edges and the workspace nothing opens a file, prints or asks."""
    if path.relative_to(SOURCE).parts[0] in EDGES:
        return
    found = [
        f"{named(path)}:{call.lineno}: {call.func.id}: {TOUCHES_THE_WORLD[call.func.id]}"
        for call in calls(parsed(path))
        if isinstance(call.func, ast.Name) and call.func.id in TOUCHES_THE_WORLD
    ]
    assert found == []


def test_every_room_is_a_package() -> None:
    """Every folder of the package has an `__init__.py`, without which its modules would be missing from the wheel."""
    folders = {path.parent for path in modules()}
    assert [named(folder) for folder in sorted(folders) if not (folder / "__init__.py").is_file()] == []
    assert (SOURCE / "py.typed").is_file()
    assert not list((REPO / "src").glob("*.py"))
