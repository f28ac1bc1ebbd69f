"""All that is told of the corpus: `python -m tests.corpus.told` prints it.

`told.txt` has what it printed last: of each bad file every diagnostic, in English and in Chinese, and of each good one
what it says, with the diagnostics of those that give a warning. A change there is a change of what somebody reads who
made a mistake: read it, and write the file anew:

    python -m tests.corpus.told > tests/corpus/told.txt
"""

import contextlib
import sys
from itertools import chain
from pathlib import Path

from cyclekit.adapters import report, saying
from cyclekit.workspace.loading import load_files

CORPUS = Path(__file__).parent
#: What begins the part of a file.
MARK = "######## "


def told(name: str) -> str:
    """What is told of one file of the corpus, ``good/…`` or ``bad/…``, in both languages."""
    with contextlib.chdir(CORPUS):
        loaded = load_files([name])
        owed = [
            saying.Owed(file.places[each.id, ""], file.rulebook, each)
            for file in loaded.files
            if file.rulebook is not None
            for each in file.rulebook
        ]
        told_in = {
            language: "".join(
                chain(
                    report.full(loaded.diagnostics, loaded.line, said=loaded.said, language=language),
                    saying.full(owed, language=language),
                )
            ).splitlines()
            for language in ("en", "zh")
        }
    # The line that is meant, and its place, are the same in both.
    same = set(told_in["en"])
    return "\n".join((*told_in["en"], *(line for line in told_in["zh"] if line not in same))) + "\n"


def names() -> list[str]:
    """The files of the corpus, the bad ones first."""
    return [
        path.relative_to(CORPUS).as_posix()
        for kind in ("bad", "good")
        for path in sorted(CORPUS.glob(f"{kind}/*.yaml"))
    ]


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    sys.stdout.writelines(f"{MARK}{each}\n\n{told(each)}\n" for each in names())
