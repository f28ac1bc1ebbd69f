"""Codes of what was expected of dates, and of what holds always."""

from cyclekit.words.code import Code

EXPECTATION_CODES: tuple[Code, ...] = (
    Code(
        "unmet",
        "The dates are not what the author expects of them (`check --expect`, `try`): the rule is wrong, or what is "
        "expected.",
        "日期与作者的预期不符（`check --expect`、`try`）：或规则有误，或预期有误。",
        "  report: {every: quarter, due: {month: first, day: 20}, expect: {within_month: last}}\n",
        "  report: {every: quarter, due: {month: last, day: 20}, expect: {within_month: last}}\n",
    ),
    Code(
        "invariant",
        "Something that holds for every rule file does not hold for this one: a mistake of cyclekit, and not of its "
        "author.",
        "对任何规则文件都应成立的性质在此不成立：这是 cyclekit 的错误，而非作者的错误。",
        "",
        "",
    ),
)
