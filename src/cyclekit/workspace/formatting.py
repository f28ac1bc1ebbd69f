"""Files as they are and as they would be with their layout evened out."""

from collections.abc import Iterable
from pathlib import Path

import attrs

from cyclekit.diagnostics import Diagnostic, Place
from cyclekit.reading.compose import read_nodes
from cyclekit.reading.layout import evened
from cyclekit.reading.source import decode
from cyclekit.workspace.loading import SUFFIXES, UNITS_SUFFIXES, find_rule_files, load_files


@attrs.frozen
class Formatted:
    """A file, its text as it is and evened out, and its errors: with any of those the text stays as it is."""

    path: Path
    before: str
    after: str
    errors: tuple[Diagnostic, ...] = ()
    lines: tuple[str, ...] = attrs.field(default=(), repr=False)

    @property
    def changes(self) -> bool:
        """Whether evening out makes a difference."""
        return self.before != self.after

    def line(self, place: Place) -> str:
        """The line of the file at which an error points."""
        return self.lines[place.line - 1] if place.file == str(self.path) and place.line <= len(self.lines) else ""


def files_of(paths: Iterable[Path]) -> list[Path]:
    """The rule files and files of units in YAML that paths mean.

    Raises FileNotFoundError where there are none, as finding rule files does.
    """
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            units = [each for each in sorted(path.rglob("*")) if each.name.endswith(UNITS_SUFFIXES) and each.is_file()]
            visible = [each for each in units if not any(part.startswith(".") for part in each.relative_to(path).parts)]
            found += [*find_rule_files([path]), *visible]
        elif path.name.endswith(SUFFIXES) and path.is_file():
            found.append(path)
        else:
            found += find_rule_files([path])
    return list(dict.fromkeys(found))


def formatted(path: Path) -> Formatted:
    """What becomes of a file. Raises OSError where it cannot be read."""
    data = path.read_bytes()
    source, problems = decode(str(path), data)
    if path.name.endswith(UNITS_SUFFIXES):
        found = [*problems, *([] if problems else read_nodes(source)[1])]
    else:
        found = list(load_files([path]).diagnostics)
    errors = tuple(each for each in found if each.is_error)
    lines = tuple(source.lines)
    if errors:
        return Formatted(path, source.text, source.text, errors, lines)
    before = data.decode("utf-8")
    return Formatted(path, before, evened(source) or before, (), lines)
