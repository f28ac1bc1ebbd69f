"""The pages on starting, done step by step as a reader does it, in an empty folder."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import attrs

from tests.edge.running import run
from tests.repo.tree import REPO

PAGE = REPO / "docs" / "starting.md"
CHINESE_PAGE = REPO / "docs" / "zh" / "starting.md"
_BLOCK = re.compile(r"```(console|yaml|diff|csv)\n(.*?)```", re.DOTALL)


@attrs.frozen
class Step:
    """One thing that the page has one do: a command with what it prints, or words that go into a file."""

    kind: str
    text: str
    printed: str = ""


def steps(page: Path = PAGE) -> Iterator[Step]:
    """What a page has one do, in its order."""
    for kind, text in _BLOCK.findall(page.read_text(encoding="utf-8")):
        if kind != "console":
            yield Step(kind, text)
            continue
        for command, printed in re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", text, re.MULTILINE):
            yield Step(kind, command, printed)


def take(step: Step, folder: Path) -> str:
    """Take a step in a folder, which has to be the working one; what it printed."""
    rules = folder / "office.yaml"
    match step.kind:
        case "yaml":
            rules.write_text(rules.read_text(encoding="utf-8") + step.text, encoding="utf-8")
        case "diff":
            lines = step.text.splitlines(keepends=True)
            old, new = ("".join(line[1:] for line in lines if line[0] == sign) for sign in "-+")
            before = rules.read_text(encoding="utf-8")
            assert before.count(old) == 1
            rules.write_text(before.replace(old, new), encoding="utf-8")
        case "csv":
            (folder / "dates.csv").write_text(step.text, encoding="utf-8")
        case _:
            ran = run(*shlex.split(step.text)[1:])
            assert ran.exit_code == (1 if re.search(r"^(error|错误)\[", step.printed, re.MULTILINE) else 0), ran.output
            return ran.stdout
    return ""
