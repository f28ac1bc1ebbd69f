"""`make truth`: the published dates beside the rule files, a line for each set, and the golden lists.

The published tables are kept beside the repository. The golden lists hold their dates, and are looked at everywhere.
It ends with 1 where a row differs that is not on the list of disputed ones, and says where the page has other figures.
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
    golden = judge_golden()
    if certain:
        lines = _told({"all": certain, "all (weaker)": weaker})
    else:
        print(f"{folder} is not here: no published tables to compare.")
        lines = []
    print()
    _told({"all golden lists": golden})
    wrong = differing(each for part in (certain, weaker, golden) for judged in part.values() for each in judged)
    print(f"\n{len(wrong)} unexplained", *wrong, sep="\n")
    print("\n".join(missing_on_page(lines)))
    return 1 if wrong else 0


def _told(parts: Mapping[str, Scores]) -> list[str]:
    """Print one table of all parts, each with its sum, and give its lines."""
    scores: Scores = {}
    for name, part in parts.items():
        scores |= part
        scores[name] = [each for judged in part.values() for each in judged]
    lines = table(scores, COLUMNS)
    print(aligned(lines))
    return lines


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1] if len(sys.argv) > 1 else BESIDE) / "published"))
