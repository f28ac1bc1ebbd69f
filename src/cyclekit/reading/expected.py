"""Texts of an expectation to values: numbers of due dates, of days and of months."""

import re

from cyclekit.reading.scalars import Misread, integer, numbers, words

_LEADING_INTEGER = re.compile(r"\s*(-?[0-9]{1,4})")
expected_true = words("truth", {"true": True}, {"yes": "true", "on": "true"})
count_expected = numbers("number", 0, 10_000)
month_expected = numbers(
    "month-expected", 1, 12000, {"true": "last", **{word: word for word in ("first", "last", "next", "previous")}}
)


def days_expected(text: str) -> int:
    """``80 days``: how many days something lasts, or lies apart."""
    match = re.fullmatch(r"(-?[0-9]+) days?", text)
    if match is None:
        number = _LEADING_INTEGER.match(text)
        raise Misread("bad-value", "bad-days", text=text, suggestion=f"{int(number[1])} days" if number else "")
    return integer(match[1], "number", 0, 366 * 50)
