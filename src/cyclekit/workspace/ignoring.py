"""Warnings that an author has looked at and does not want to be told again: ``ignore: {CODE: reason}``."""

from collections.abc import Iterable

from cyclekit.diagnostics import Diagnostic
from cyclekit.reading.rulebook import RuleFile


def without_ignored(file: RuleFile, diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """The diagnostics of a file but for the warnings that it ignores; an ``ignore`` that finds nothing is told.

    What an obligation ignores is what stands in it; what the file ignores is all of it. Errors are never left out.
    """
    found = list(diagnostics)
    told: list[Diagnostic] = []
    for owner, entry in file.places.ignored():
        code = entry.key.text
        first, last = file.places.extent(owner) if owner else ((0, 0), (10**9, 0))
        here = [
            each
            for each in found
            if each.code == code
            and not each.is_error
            and each.place.file == file.name
            and first <= (each.place.line, each.place.column) <= last
        ]
        if not here and not any(each.is_error for each in found):
            told.append(Diagnostic("ignore-idle", "ignore-idle", entry.key.place(file.name), {"name": code}))
        found = [each for each in found if each not in here]
    return [*found, *told]
