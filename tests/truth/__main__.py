"""`make truth`: the published dates beside the rule files, a line for each set, and the golden lists.

The published tables are kept beside the repository. The golden lists hold their dates, and are looked at everywhere.
It ends with 1 where a row differs that is not on the list of disputed ones, or where the page says other figures.
"""

import sys
from collections.abc import Mapping
from pathlib import Path

from tests.truth.golden import judge_golden
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
    if certain:
        wrong = _told({"all": certain, "all (weaker)": weaker}, on_page=True)
    else:
        print(f"{folder} is not here: no published tables to compare.")
        wrong = []
    print()
    wrong += _told({"all golden lists": judge_golden()}, on_page=False)
    print("\n".join(wrong))
    return 1 if wrong else 0


def _told(parts: Mapping[str, Scores], *, on_page: bool) -> list[str]:
    """Print one table of all parts, each with its sum, and give what is wrong with it."""
    scores: Scores = {}
    for name, part in parts.items():
        scores |= part
        scores[name] = [each for judged in part.values() for each in judged]
    lines = table(scores, COLUMNS)
    print(aligned(lines))
    wrong = differing(each for part in parts.values() for judged in part.values() for each in judged)
    return wrong + [f"  docs/truth.md does not say: {line}" for line in missing_on_page(lines) if on_page]


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1] if len(sys.argv) > 1 else BESIDE) / "published"))
