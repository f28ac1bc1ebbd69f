"""What became of the mutants, as a table for the documentation."""

from collections import Counter
from pathlib import Path

from mutmut.mutation.data import SourceFileMutationData

HEAD = ("room", "mutants", "tried", "killed", "of these out of time", "survived", "no test", "killed of those tried")
#: As mutmut keeps them.
SURVIVED, KILLED, UNTESTED, TIMEOUT = 0, 1, 33, -24
_OF_CODE = {SURVIVED: "survived", KILLED: "killed", TIMEOUT: "timeout", UNTESTED: "no test", None: "untried"}


def counted(files: dict[Path, SourceFileMutationData]) -> Counter[str]:
    """How many mutants of these files came to each end."""
    return Counter(_OF_CODE[code] for data in files.values() for code in data.exit_code_by_key.values())


def row(name: str, ends: Counter[str]) -> str:
    """A line of the table."""
    total, tried = ends.total(), ends.total() - ends["untried"]
    killed = ends["killed"] + ends["timeout"]
    share = f"{100 * killed / tried:.1f} %" if tried else "–"
    cells = (name, total, tried, killed, ends["timeout"], ends["survived"], ends["no test"], share)
    return "| " + " | ".join(map(str, cells)) + " |"


def table(rooms: dict[str, dict[Path, SourceFileMutationData]], *, survivors: bool = False) -> str:
    """The table, a line for each room and one for all; with `survivors`, a line for each file and mutant before it."""
    lines: list[str] = []
    for files in rooms.values() if survivors else ():
        for path, data in files.items():
            lines.append(row(str(path), counted({path: data})))
            lines += [
                f"{_OF_CODE[code]}: {name}"
                for name, code in data.exit_code_by_key.items()
                if _OF_CODE[code] in ("survived", "no test")
            ]
    lines += ["| " + " | ".join(HEAD) + " |", "|" + " --- |" * len(HEAD)]
    lines += [row(room, counted(files)) for room, files in rooms.items()]
    if len(rooms) > 1:
        every = Counter[str]()
        for files in rooms.values():
            every += counted(files)
        lines.append(row("all", every))
    return "\n".join(lines)
