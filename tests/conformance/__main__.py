"""`make conformance`: every table that is kept beside the repository, a line for each set.

It ends with 1 where a row differs that is not on the list of disputed ones, and says where the page has other figures.
"""

import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from tests.conformance import conventions, counting, credit, days, recurrence, schedules
from tests.truth.scores import Judgement, Verdict, aligned, differing, left_out, missing_on_page, table, with_disputes
from tests.truth.shipped import judge_shipped
from tests.truth.tables import BESIDE, Row, tables_in

COLUMNS = (Verdict.MATCHED, Verdict.DISPUTED, Verdict.DIFFERING, Verdict.NOT_APPLICABLE)
#: How each table is judged; any other one by the shipped rule files.
JUDGES: dict[str, Callable[[Sequence[Row]], list[Judgement]]] = {
    "ca_federal_court": counting.judge,
    "cal_cn_state_council": days.judge_china,
    "cal_uk_bank_holidays": days.judge_united_kingdom,
    "fin_cds_grid": credit.judge,
    "fin_quantlib_bdc": conventions.judge_quantlib,
    "fin_quantlib_schedules": schedules.judge_quantlib,
    "fin_strata_schedules": schedules.judge_strata,
    "fin_strata_tables": conventions.judge_strata,
    "legal_dates_calc": conventions.judge_dates_calc,
    "rrule_dateutil": recurrence.judge,
    "rrule_rfc5545": recurrence.judge,
}


def main(folder: Path) -> int:
    """Judge the tables of a folder, print what became of them, and say whether all is well."""
    tables = tables_in(folder)
    if not tables:
        print(f"{folder} is not here: nothing to conform to.")
        return 0
    scores: dict[str, list[Judgement]] = {}
    for name, rows in tables.items():
        for each in with_disputes(JUDGES.get(name, judge_shipped)(rows)):
            scores.setdefault(each.row.set, []).append(each)
    judged = [each for found in scores.values() for each in found]
    of_tables = [each for each in judged if not each.row.set.endswith(days.OTHER_DAYS)]
    lines = table(scores | {"all": of_tables}, COLUMNS)
    print(aligned(lines))
    reasons = left_out(judged)
    print("\n".join(f"not applicable, {count} rows: {reason}" for reason, count in reasons.items()))
    wrong = differing(judged)
    print(f"\n{len(wrong)} unexplained", *wrong, sep="\n")
    print("\n".join(missing_on_page([*lines, *(f"| {reason} | {count} |" for reason, count in reasons.items())])))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1] if len(sys.argv) > 1 else BESIDE) / "conformance"))
