"""What a published folder holds, and whether readers see one publication, whole."""

import os
from pathlib import Path

from cyclekit.publishing.manifest import flaws

RULES = """cyclekit: 1
id: office
title: Office
units: [{id: top, kind: city}, {id: north, kind: county, parent: top}, {id: idle}]
obligations:
  report: {applies_to: [top, north], every: quarter, due: {month: last, day: 20}}
  letter: {applies_to: county, once: 2026-05}
"""
#: One duty moves, another is gone, and a new one has come; the feed of one unit stays as it is.
CHANGED = RULES.replace("day: 20}", "day: 21}").replace("letter:", "note:")
OLDER = RULES.replace("Office", "Bureau")


def tree(folder: Path) -> dict[str, bytes | str]:
    """Everything in a folder: files by their bytes, links by their targets, folders by nothing."""
    found: dict[str, bytes | str] = {}
    for top, folders, files in os.walk(folder):
        for name in (*folders, *files):
            path = Path(top, name)
            if path.is_symlink():
                found[path.relative_to(folder).as_posix()] = f"-> {path.readlink()}"
            elif path.is_file():
                found[path.relative_to(folder).as_posix()] = path.read_bytes()
            else:
                found[f"{path.relative_to(folder).as_posix()}/"] = ""
    return found


def seen(folder: Path) -> dict[str, bytes | str] | None:
    """What readers of a published folder see; None where nothing was published yet."""
    link = folder / "current"
    return tree(link.resolve(strict=True)) if link.is_symlink() else None


def is_torn(folder: Path) -> bool:
    """Whether what readers see is not what its manifest says."""
    link = folder / "current"
    return link.is_symlink() and (not link.is_dir() or flaws(link) != [])
