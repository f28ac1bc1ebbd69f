"""Why a date is the one it is, in one line: what a calendar entry has room for."""

from cyclekit.model.explanation import Cascaded, Explanation
from cyclekit.model.obligation import PeriodException
from cyclekit.words.anchors import Both
from cyclekit.words.occurrences import ahead_words
from cyclekit.words.periods import is_chinese
from cyclekit.words.stretches import stretch_words
from cyclekit.words.ways import Row, way_rows

#: How many stretches of days are told for one step: the first ones, as they are what moved it first.
MOST_STRETCHES = 3


def why_words(explanation: Explanation, language: str = "en") -> str:
    """The rule of a date, with the holidays that moved it; nothing where the rule file gives the date itself.

    What was decided for one period alone is told instead, where that moved it. No unit is named, so that all units
    that share the date can share the words.
    """
    decided = [each for each in explanation.moves if each.due is not None]
    if decided:
        return _decided(decided[-1]).get(language)
    if explanation.cascaded is not None:
        return _cascaded(explanation.cascaded, language)
    rows = list(way_rows(explanation, language))
    if [row.kind for row in rows] == ["given"]:
        return ""
    before = None
    told = []
    for row in rows:
        # An adjustment that changed nothing tells nothing.
        if row.kind != "step" or row.passed or row.day != before:
            told.append(_row(row, language))
        before = row.day
    return ("，" if is_chinese(language) else ", ").join(told)


def _row(row: Row, language: str) -> str:
    chinese = is_chinese(language)
    days = [stretch_words(each).get(language) for each in row.passed[:MOST_STRETCHES]]
    if len(row.passed) > MOST_STRETCHES:
        days.append("等" if chinese else "and others")
    said = ("；" if chinese else "; ").join(days)
    if not said:
        return row.text
    return f"{row.text}（{said}）" if chinese else f"{row.text} ({said})"


def _decided(exception: PeriodException) -> Both:
    if exception.announced is None:
        return Both("moved by an exception", "例外调整")
    return Both(f"moved by an exception announced {exception.announced}", f"例外调整，{exception.announced} 公布")


def _cascaded(cascaded: Cascaded, language: str) -> str:
    chinese, days = is_chinese(language), ahead_words(cascaded.lag.days, language, working=cascaded.lag.working)
    text = f"比上级单位的截止日提前 {days}" if chinese else f"{days} before the unit above is due"
    return _row(Row("cascade", cascaded.day, text, passed=cascaded.passed), language)
