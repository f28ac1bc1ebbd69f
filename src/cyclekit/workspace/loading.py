"""From paths to rulebooks: every file is read, and all diagnostics of all files are collected."""

import zoneinfo
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import attrs

from cyclekit.diagnostics import Diagnostic, Place, in_order
from cyclekit.model.obligation import Rulebook
from cyclekit.reading.compose import Parser
from cyclekit.reading.known import Surroundings
from cyclekit.reading.limits import Limits
from cyclekit.reading.places import Places
from cyclekit.reading.rulebook import RuleFile, read_rule_file
from cyclekit.reading.source import Source, decode
from cyclekit.sources.public_holidays import PublicHolidays
from cyclekit.workspace.meaning import meaning_of

SUFFIXES = (".yaml", ".yml")
UNITS_SUFFIXES = tuple(f".units{suffix}" for suffix in SUFFIXES)
LISTS_OF_UNITS = (*UNITS_SUFFIXES, ".csv")


@attrs.frozen
class Loaded:
    """What became of some rule files: the rulebooks without errors, and every diagnostic in order.

    ``places`` tells by the id of a rulebook where its fields stand.
    """

    rulebooks: tuple[Rulebook, ...]
    diagnostics: tuple[Diagnostic, ...]
    sources: tuple[Source, ...] = attrs.field(repr=False)
    places: Mapping[str, Places] = attrs.field(factory=dict, repr=False, eq=False)

    @property
    def has_errors(self) -> bool:
        """Whether any file cannot be used."""
        return any(each.is_error for each in self.diagnostics)

    def line(self, place: Place) -> str:
        """The line of a file at which a diagnostic points; empty where the file was not read."""
        source = next((each for each in self.sources if each.name == place.file), None)
        return source.line(place.line) if source else ""


def find_rule_files(paths: Iterable[str | Path]) -> list[Path]:
    """The rule files that paths mean: files as they are named, and folders with all they hold, in order.

    Files of units (``*.units.yaml``, ``*.csv``) and hidden files are never rule files. Raises FileNotFoundError for a
    path that is not there, for a file of units, and for a folder without any rule file.
    """
    found: list[Path] = []
    for path in map(Path, paths):
        if path.is_dir():
            inside = sorted(
                each for each in path.rglob("*") if _is_rule_file(each.relative_to(path)) and each.is_file()
            )
            if not inside:
                raise FileNotFoundError(f"no rule files in {path}")
            found += inside
        elif path.exists() and path.name.endswith(LISTS_OF_UNITS):
            raise FileNotFoundError(f"{path} lists units and is no rule file")
        elif path.exists():
            found.append(path)
        else:
            raise FileNotFoundError(f"no such file: {path}")
    return list(dict.fromkeys(found))


def _is_rule_file(path: Path) -> bool:
    hidden = any(part.startswith(".") for part in path.parts)
    return path.name.endswith(SUFFIXES) and not path.name.endswith(UNITS_SUFFIXES) and not hidden


def load_files(paths: Iterable[str | Path], *, parser: Parser = "auto", limits: Limits = Limits()) -> Loaded:
    """Read rule files. Two files with one id are an error at the second.

    Raises OSError where a file cannot be read at all; what is wrong inside a file is a diagnostic.
    """
    files = [_read(path, parser, limits) for path in find_rule_files(paths)]
    diagnostics = [each for file in files for each in file.diagnostics]
    diagnostics += _duplicates(files)
    books = tuple(file.rulebook for file in files if file.rulebook is not None)
    sources = tuple(source for file in files for source in file.sources)
    places = {file.rulebook.id: file.places for file in files if file.rulebook is not None}
    return Loaded(books, in_order(diagnostics), sources, places)


def _read(path: Path, parser: Parser, limits: Limits) -> RuleFile:
    source, problems = decode(str(path), path.read_bytes(), limits=limits)
    if any(each.is_error for each in problems):
        return RuleFile(source.name, None, in_order(problems), sources=(source,))
    around = surroundings(path.parent, limits)
    file = read_rule_file(source, around, parser=parser, limits=limits)
    found = in_order([*problems, *file.diagnostics, *meaning_of(file)])
    book = None if any(each.is_error for each in found) else file.rulebook
    return attrs.evolve(file, diagnostics=found, rulebook=book)


def surroundings(folder: Path, limits: Limits = Limits()) -> Surroundings:
    """What a rule file in this folder may refer to: public holidays, time zones, files of units beside it."""

    def units_file(name: str) -> tuple[Source, list[Diagnostic]] | None:
        path = folder / name
        if not path.is_file():
            return None
        return decode(str(path), path.read_bytes(), limits=limits)

    return Surroundings(PublicHolidays(), zoneinfo.available_timezones, units_file)


def _duplicates(files: Sequence[RuleFile]) -> list[Diagnostic]:
    seen: dict[str, RuleFile] = {}
    found: list[Diagnostic] = []
    for file in files:
        if file.rulebook is None:
            continue
        first = seen.setdefault(file.rulebook.id.lower(), file)
        if first is not file:
            place, other = (each.places.get(("", "id"), Place(each.name, 1, 1)) for each in (file, first))
            values = {"id": file.rulebook.id}
            found.append(Diagnostic("duplicate-id", "duplicate-rulebook", place, values, (other,)))
    return found
