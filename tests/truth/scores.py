"""What became of published dates, counted and printed a line for each set."""

import csv
import enum
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

import attrs

from cyclekit import CyclekitError
from tests.repo.tree import REPO
from tests.truth.tables import Row, UnreadableRowError

PAGE = REPO / "docs" / "truth.md"
#: Rows that we hold to be wrong, each with the date we give and the reason. The page shows this table.
DISPUTED = Path(__file__).parent / "disputed.csv"


class Verdict(enum.Enum):
    """What became of a row; the value heads its column."""

    RULE = "by rule"
    EXCEPTION = "by exception"
    LIST = "by list"
    MATCHED = "matched"
    DISPUTED = "disputed"
    DIFFERING = "differing"
    NOT_APPLICABLE = "not applicable"


@attrs.frozen
class Judgement:
    """A row, what became of it, and what was found instead, or why it does not apply."""

    row: Row
    verdict: Verdict
    found: str = ""


def matching(row: Row, wanted: object, found: object) -> Judgement:
    """Matched where the two are equal, otherwise differing."""
    return Judgement(row, Verdict.MATCHED) if wanted == found else Judgement(row, Verdict.DIFFERING, str(found))


def one_by_one(judge: Callable[[Row], Judgement], rows: Iterable[Row]) -> list[Judgement]:
    """Every row judged by itself: one that is not understood, or is refused, differs and stops no other."""
    judged = []
    for row in rows:
        try:
            judged.append(judge(row))
        except (UnreadableRowError, CyclekitError) as fault:
            judged.append(Judgement(row, Verdict.DIFFERING, f"{type(fault).__name__}: {fault}"))
    return judged


def disputes() -> dict[tuple[str, str, str], str]:
    """The dates we give instead of disputed ones, by set, period and published date."""
    with DISPUTED.open(encoding="utf-8", newline="") as file:
        return {(row["set"], row["period"], row["published"]): row["ours"] for row in csv.DictReader(file)}


def with_disputes(judged: Iterable[Judgement]) -> list[Judgement]:
    """The judgements, where a differing row is disputed if the list of disputes gives the date that was found."""
    listed = disputes()
    return [
        attrs.evolve(each, verdict=Verdict.DISPUTED)
        if each.verdict is Verdict.DIFFERING and listed.get((each.row.set, each.row.period, each.row.due)) == each.found
        else each
        for each in judged
    ]


def table(scores: Mapping[str, Sequence[Judgement]], columns: Sequence[Verdict]) -> list[str]:
    """The lines of a table as a page spells it: a line for each set, its rows and what became of them."""
    lines = [" | ".join(["| set", "rows", *(each.value for each in columns)]) + " |"]
    lines.append("|" + " --- |" * (len(columns) + 2))
    for name, judged in scores.items():
        counts = Counter(each.verdict for each in judged)
        figures = [len(judged), *(counts[each] for each in columns)]
        lines.append(" | ".join([f"| {name}", *map(str, figures)]) + " |")
    return lines


def aligned(lines: Sequence[str]) -> str:
    """A table's lines as columns to read."""
    cells = [[cell.strip() for cell in line.strip("| ").split("|")] for line in lines if "---" not in line]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    shown = []
    for name, *figures in cells:
        padded = (figure.rjust(width) for figure, width in zip(figures, widths[1:], strict=True))
        shown.append("  ".join([name.ljust(widths[0]), *padded]))
    return "\n".join(shown)


def differing(judged: Iterable[Judgement]) -> list[str]:
    """A line for each row that differs without an explanation."""
    return [
        f"  {each.row.set} [{each.row.period}] {each.row.obligation[:70]}\n"
        f"      published {each.row.due[:120]}\n      found     {each.found[:200]}"
        for each in judged
        if each.verdict is Verdict.DIFFERING
    ]


def left_out(judged: Iterable[Judgement]) -> Counter[str]:
    """How many rows do not apply, by the reason."""
    return Counter(each.found for each in judged if each.verdict is Verdict.NOT_APPLICABLE)


def missing_on_page(lines: Iterable[str]) -> list[str]:
    """What the page should say and does not, each with a word about it."""
    said = set(PAGE.read_text(encoding="utf-8").splitlines())
    return [f"docs/truth.md does not say: {line}" for line in lines if line not in said]
