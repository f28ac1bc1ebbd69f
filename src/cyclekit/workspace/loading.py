"""From paths to rulebooks: every file is read, and all diagnostics of all files are collected."""

import zoneinfo
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from types import MappingProxyType

import attrs

from cyclekit.adapters.saying import Owed
from cyclekit.diagnostics import ABOUT_DATES, Diagnostic, Place, in_order
from cyclekit.model.obligation import Rulebook
from cyclekit.model.unit_table import Refusal, UnitTable
from cyclekit.reading.compose import Parser
from cyclekit.reading.known import Surroundings
from cyclekit.reading.limits import Limits
from cyclekit.reading.places import Places
from cyclekit.reading.rulebook import RuleFile, read_rule_file
from cyclekit.reading.source import Source, decode
from cyclekit.sources.public_holidays import PublicHolidays
from cyclekit.workspace.ignoring import without_ignored
from cyclekit.workspace.keeping import KeptTables
from cyclekit.workspace.meaning import meaning_of

SUFFIXES = (".yaml", ".yml")
UNITS_SUFFIXES = tuple(f".units{suffix}" for suffix in SUFFIXES)
LISTS_OF_UNITS = (*UNITS_SUFFIXES, ".csv", ".xlsx", ".parquet")


@attrs.frozen
class Loaded:
    """What became of some rule files: the rulebooks without errors, and every diagnostic in order.

    ``files`` are the same one by one, with the places of what stands in them.
    """

    rulebooks: tuple[Rulebook, ...]
    diagnostics: tuple[Diagnostic, ...]
    sources: tuple[Source, ...] = attrs.field(repr=False)
    files: tuple[RuleFile, ...] = attrs.field(default=(), repr=False, eq=False)

    @property
    def has_errors(self) -> bool:
        """Whether any file cannot be used."""
        return any(each.is_error for each in self.diagnostics)

    @property
    def places(self) -> dict[tuple[str, str], Place]:
        """Where obligations stand, by rulebook and obligation, and with ``""`` where a rulebook begins.

        Few and small, so that they can be kept when the files are not.
        """
        return dict(chain.from_iterable(map(_places, self.files)))

    def places_of(self, rulebook: str) -> Places:
        """Where all that a rulebook says stands. Raises LookupError for one that is not among them."""
        for file in self.files:
            if file.rulebook is not None and file.rulebook.id == rulebook:
                return file.places
        raise LookupError(rulebook)

    def said(self, diagnostic: Diagnostic, language: str = "en") -> str:
        """The rule that a diagnostic is about, as it was read, in a sentence; empty where it is not about dates."""
        if diagnostic.code in ABOUT_DATES:
            for file in self.files:
                owner = file.places.owner(diagnostic.place)
                if owner is not None and file.as_read is not None:
                    return Owed(diagnostic.place, file.as_read, file.as_read[owner]).rule(language)
        return ""

    def line(self, place: Place) -> str:
        """The line of a file at which a diagnostic points; empty where the file was not read."""
        source = next((each for each in self.sources if each.name == place.file), None)
        return source.line(place.line) if source else ""


def find_rule_files(paths: Iterable[str | Path]) -> list[Path]:
    """The rule files that paths mean: files as they are named, and folders with all they hold, in order.

    Files of units (``*.units.yaml``, ``*.csv``, ``*.xlsx``, ``*.parquet``) and hidden files are never rule files.
    Raises FileNotFoundError for a path that is not there, for a file of units, and for a folder without any rule file.
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


def load_files(
    paths: Iterable[str | Path],
    *,
    environment: Mapping[str, str] = MappingProxyType({}),
    parser: Parser = "auto",
    limits: Limits = Limits(),
    tables: KeptTables | None = None,
) -> Loaded:
    """Read rule files. Two files with one id are an error at the second.

    ``environment`` has the addresses of databases by the names under ``url_env``; ``tables`` keeps tables of units for
    who reads them again. Raises OSError where a file cannot be read at all; what is wrong inside a file is a
    diagnostic.
    """
    around = _Around(environment, limits, tables or KeptTables())
    files = [_read(path, around, parser) for path in find_rule_files(paths)]
    diagnostics = [each for file in files for each in file.diagnostics]
    diagnostics += _duplicates(files)
    books = tuple(file.rulebook for file in files if file.rulebook is not None)
    sources = tuple(source for file in files for source in file.sources)
    return Loaded(books, in_order(diagnostics), sources, tuple(files))


def _places(file: RuleFile) -> Iterator[tuple[tuple[str, str], Place]]:
    book = file.rulebook
    if book is not None:
        yield (book.id, ""), file.places.get(("", "id"), Place(file.name, 1, 1))
        yield from (((book.id, each.id), file.places[each.id, ""]) for each in book if (each.id, "") in file.places)


@attrs.frozen
class _Around:
    """What all rule files that are read together have around them."""

    environment: Mapping[str, str]
    limits: Limits
    tables: KeptTables


def _read(path: Path, around: _Around, parser: Parser) -> RuleFile:
    limits = around.limits
    source, problems = decode(str(path), path.read_bytes(), limits=limits)
    if any(each.is_error for each in problems):
        return RuleFile(source.name, None, in_order(problems), sources=(source,))
    beside = surroundings(path.parent, around.environment, limits, around.tables)
    file = read_rule_file(source, beside, parser=parser, limits=limits)
    found = in_order(without_ignored(file, [*problems, *file.diagnostics, *meaning_of(file)]))
    book = None if any(each.is_error for each in found) else file.rulebook
    return attrs.evolve(file, diagnostics=found, rulebook=book, as_read=file.rulebook)


def surroundings(
    folder: Path | None,
    environment: Mapping[str, str] = MappingProxyType({}),
    limits: Limits = Limits(),
    tables: KeptTables | None = None,
) -> Surroundings:
    """What a rule file in this folder may refer to: holidays, time zones, files of units beside it, databases.

    ``folder`` None: it stands in none, and no file is beside it. ``tables`` are those that were read before.
    """
    kept = tables or KeptTables()

    def units_file(name: str) -> tuple[Source, list[Diagnostic]] | None:
        path = folder / name if folder is not None else None
        if path is None or not path.is_file():
            return None
        return decode(str(path), path.read_bytes(), limits=limits)

    def units_table(name: str) -> UnitTable | Refusal | None:
        path = folder / name if folder is not None else None
        if path is None or not path.is_file():
            return None
        return kept.read(path)

    def units_query(sql: str, url_env: str) -> UnitTable | Refusal:
        if not environment.get(url_env):
            return Refusal("missing-file", "no-address", {"name": url_env})
        from cyclekit.sources import databases  # noqa: PLC0415  # the same

        return databases.query(environment[url_env], sql, name=url_env)

    return Surroundings(PublicHolidays(), zoneinfo.available_timezones, units_file, units_table, units_query)


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
