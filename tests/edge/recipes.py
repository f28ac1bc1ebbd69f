"""The pages of recipes, done from their first line to their last in one folder, as a reader does them."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import attrs

from tests.edge.running import run
from tests.repo.tree import REPO

PAGE = REPO / "docs" / "how-to.md"
CHINESE_PAGE = REPO / "docs" / "zh" / "how-to.md"
#: A block, with the line above it: what that line names last is the file that the block is.
_BLOCK = re.compile(r"([^\n]*)\n\n```(console|yaml|diff|csv)\n(.*?)```", re.DOTALL)
_NAMED = re.compile(r"`([a-z-]+\.(?:yaml|csv))`")
_RELEASE = re.compile(r"holidays [0-9.]+")


@attrs.frozen
class Recipe:
    """One thing that a page has one do: write a file (``name``), change the last rule file, or run a command."""

    kind: str
    text: str
    name: str = ""
    printed: str = ""


def recipes(page: Path) -> Iterator[Recipe]:
    """What a page has one do, in its order. A file is named by the line before it."""
    for before, kind, text in _BLOCK.findall(page.read_text(encoding="utf-8")):
        named = _NAMED.findall(before)
        if kind == "console":
            for command, printed in re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", text, re.MULTILINE):
                yield Recipe(kind, command, printed=_RELEASE.sub("holidays", printed))
        elif kind == "diff":
            yield Recipe(kind, text, "office.yaml")
        else:
            yield Recipe(kind, text, named[-1])


def do(recipe: Recipe, folder: Path) -> str:
    """Do what a recipe says in a folder, which has to be the working one; what a command printed."""
    path = folder / recipe.name
    match recipe.kind:
        case "console":
            ran = run(*shlex.split(recipe.text)[1:])
            fails = re.search(r"^(error|错误)\[", recipe.printed, re.MULTILINE)
            assert ran.exit_code == (1 if fails else 0), ran.output
            return _RELEASE.sub("holidays", ran.stdout)
        case "diff":
            lines = recipe.text.splitlines(keepends=True)
            old, new = ("".join(line[1:] for line in lines if line[0] in signs) for signs in (" -", " +"))
            before = path.read_text(encoding="utf-8")
            assert before.count(old) == 1, old
            path.write_text(before.replace(old, new), encoding="utf-8")
        case _:
            path.write_text(recipe.text, encoding="utf-8")
    return ""
