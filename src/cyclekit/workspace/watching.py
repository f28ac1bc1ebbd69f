"""What a saved file changes: which files are other than they were, and which dates."""

from collections.abc import Iterable, Mapping
from pathlib import Path

import attrs

from cyclekit.model.schedule import Schedule
from cyclekit.workspace.loading import LISTS_OF_UNITS, SUFFIXES

#: What tells a file from what it was: when it was written, how long it is, and which file it is, since editors that
#: write a new file in the place of the old one may keep the first two.
Stamp = tuple[int, int, int]


def stamps(paths: Iterable[Path]) -> dict[Path, Stamp]:
    """The rule files and lists of units that paths mean, each with its stamp; what is not there is left out.

    Of a folder these are all it holds; of a file, itself and the lists of units beside it.
    """
    found: dict[Path, Stamp] = {}
    for path in paths:
        if path.is_dir():
            inside = [each for each in path.rglob("*") if each.name.endswith((*SUFFIXES, *LISTS_OF_UNITS))]
            near = [each for each in inside if not any(part.startswith(".") for part in each.relative_to(path).parts)]
        else:
            near = [path, *(each for each in path.parent.glob("*") if each.name.endswith(LISTS_OF_UNITS))]
        for each in near:
            try:
                status = each.stat()
            except FileNotFoundError:
                continue
            found[each] = (status.st_mtime_ns, status.st_size, status.st_ino)
    return found


def differing(before: Mapping[Path, Stamp], after: Mapping[Path, Stamp]) -> list[Path]:
    """The files that were written, made or taken away between two looks, in order."""
    return sorted(each for each in before.keys() | after.keys() if before.get(each) != after.get(each))


@attrs.frozen
class DateChange:
    """What became of one occurrence: ``old`` None: it is new; ``new`` None: it is gone; both: it was moved."""

    key: str
    old: str | None
    new: str | None


def dates_of(schedule: Schedule) -> dict[str, str]:
    """What is due when, by key: the date, with its clock time and status where they say more."""
    found: dict[str, str] = {}
    for each in schedule:
        status = "" if each.status.value == "scheduled" else f" {each.status.value}"
        found[str(each.key)] = f"{each.due:%Y-%m-%d}" + (f" {each.time}" if each.time else "") + status
    return found


def date_changes(before: Mapping[str, str], after: Mapping[str, str]) -> list[DateChange]:
    """What changed from one schedule to the next, by date."""
    keys = [each for each in before.keys() | after.keys() if before.get(each) != after.get(each)]
    found = [DateChange(each, before.get(each), after.get(each)) for each in keys]
    return sorted(found, key=lambda each: (each.new or each.old or "", each.key))
