"""The files of this repository, as its own promises are checked on them."""

import ast
import subprocess
from collections.abc import Iterator
from pathlib import Path

REPO = Path(__file__).resolve().parents[2]
SOURCE = REPO / "src" / "cyclekit"
_TOOLS = {".git", ".hypothesis", ".mypy_cache", ".pytest_cache", ".ruff_cache", "__pycache__"}
_NOT_OURS = _TOOLS | {"_build", "build", "dist", "out"}


def tracked() -> list[Path]:
    """Every file that git tracks or would add; where git does not answer, what is not plainly made by a tool."""
    command = ["git", "-c", "safe.directory=*", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    try:
        listed = subprocess.run(command, cwd=REPO, capture_output=True, check=True).stdout.decode().split("\0")
    except (OSError, subprocess.CalledProcessError):
        return [path for path in sorted(REPO.rglob("*")) if path.is_file() and _is_ours(path.relative_to(REPO))]
    return [REPO / name for name in sorted(set(listed)) if name and (REPO / name).is_file()]


def _is_ours(path: Path) -> bool:
    return not any(part in _NOT_OURS or part.startswith(".venv") or part.endswith(".egg-info") for part in path.parts)


def modules() -> list[Path]:
    """Every module of the package."""
    return sorted(SOURCE.rglob("*.py"))


def named(path: Path) -> str:
    """A path as a test is named after it, and as a failure quotes it."""
    return path.relative_to(REPO).as_posix()


def parsed(path: Path) -> ast.Module:
    """A module's syntax tree."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def calls(tree: ast.AST) -> Iterator[ast.Call]:
    """Every call in a syntax tree."""
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))
