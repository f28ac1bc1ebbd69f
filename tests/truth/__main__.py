"""`make truth`: the published dates beside the rule files, a line for each set, and the golden lists.

The published tables are kept beside the repository. The golden lists hold their dates, and are looked at everywhere.
It ends with 1 where a row differs that is not on the list of disputed ones, or where the page says other figures.
"""

import sys
from collections.abc import Sequence
from pathlib import Path

from tests.truth.scores import Judgement, Verdict, aligned, differing, missing_on_page, table, with_disputes
from tests.truth.shipped import judge_published
from tests.truth.tables import BESIDE, tables_in

COLUMNS = (Verdict.RULE, Verdict.EXCEPTION, Verdict.LIST, Verdict.DISPUTED, Verdict.DIFFERING)
Scores = dict[str, list[Judgement]]


def main(folder: Path) -> int:
    """Judge the tables of a folder, print what became of them, and say whether all is well."""
    certain: Scores = {}
    weaker: Scores = {}
    for rows in tables_in(folder).values():
        for each in with_disputes(judge_published(rows)):
            scores, name = (certain, each.row.set) if each.row.is_certain else (weaker, f"{each.row.set} (weaker)")
            scores.setdefault(name, []).append(each)
    if not certain:
        print(f"{folder} is not here: no published tables to compare.")
        return 0
    return _told(certain, weaker)


def _told(certain: Scores, weaker: Scores) -> int:
    lines = table(certain | {"published": _all(certain)}, COLUMNS)
    others = table(weaker | {"weaker": _all(weaker)}, COLUMNS)
    print(aligned([*lines, *others[1:]]))
    wrong = differing([*_all(certain), *_all(weaker)])
    wrong += [f"  docs/truth.md does not say: {line}" for line in missing_on_page([*lines, *others])]
    print("\n".join(wrong))
    return 1 if wrong else 0


def _all(scores: Scores) -> Sequence[Judgement]:
    return [each for found in scores.values() for each in found]


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1] if len(sys.argv) > 1 else BESIDE) / "published"))
