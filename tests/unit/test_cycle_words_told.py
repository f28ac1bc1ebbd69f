"""Cycles as people write them: those that are right, and what is proposed for those that are not."""

import pytest

from cyclekit.reading.cycle_words import CycleWords, cycle
from cyclekit.reading.scalars import Misread
from tests.unit.marked import both

HEAD = "cyclekit: 1\nid: demo\nobligations:\n"
KNOWN = "day, week, month, quarter, half_year, year, half_month, ten_days, 2 months, 3 weeks"

RIGHT = {
    "day": CycleWords(1, "day"),
    "week": CycleWords(1, "week"),
    "month": CycleWords(1, "month"),
    "quarter": CycleWords(1, "quarter"),
    "half_year": CycleWords(1, "half_year"),
    "year": CycleWords(1, "year"),
    "half_month": CycleWords(1, "half_month"),
    "ten_days": CycleWords(1, "ten_days"),
    "1 month": CycleWords(1, "month"),
    "2 months": CycleWords(2, "month", counted=True),
    "10 day": CycleWords(10, "day", counted=True),
    "9999 weeks": CycleWords(9999, "week", counted=True),
    "0002 years": CycleWords(2, "year", counted=True),
}
#: What is no cycle, and what was meant; nothing where nobody knows.
MEANT = {
    "monthly": "month",
    "Weekly ": "week",
    "DAILY": "day",
    "yearly": "year",
    "annual": "year",
    "annually": "year",
    "quarterly": "quarter",
    "biweekly": "2 weeks",
    "fortnight": "2 weeks",
    "fortnightly": "2 weeks",
    "bimonthly": "2 months",
    "halfyear": "half_year",
    "half-year": "half_year",
    "half year": "half_year",
    "semester": "half_year",
    "xun": "ten_days",
    "decade": "10 years",
    "旬": "ten_days",
    "日": "day",
    "每日": "day",
    "周": "week",
    "每周": "week",
    "月": "month",
    "每月": "month",
    "月度": "month",
    "季": "quarter",
    "季度": "quarter",
    "每季": "quarter",
    "每季度": "quarter",
    "半年": "half_year",
    "每半年": "half_year",
    "年": "year",
    "年度": "year",
    "每年": "year",
    "双月": "2 months",
    "两个月": "2 months",
    "frida": "",
    "FREQ=MONTHLY;BYDAY=FR": "{rrule: …, start: …}",
    "RRULE:FREQ=DAILY": "{rrule: …, start: …}",
    "P3M": "3 months",
    "p10d": "10 days",
    "P2W": "2 weeks",
    "P1Y": "1 years",
    "every 2 months": "2 months",
    "every two weeks": "2 weeks",
    "three months": "3 months",
    "four years": "4 years",
    "six days": "6 days",
    "2months": "2 months",
    "2 mnths": "2 months",
    "two mths": "2 months",
    "3个月": "3 months",
    "三个月": "3 months",
    "二月": "2 months",
    "两周": "2 weeks",
    "四天": "4 days",
    "六日": "6 days",
    "六年": "6 years",
    "seven months": "",
    "2 parsecs": "",
    "month, on the last day": "month",
    "qarter；每季": "quarter",
    "month＃每月": "month",
    "month #": "month",
    "yeer;": "year",
    "weak，": "week",
    "whenever": "",
}


def test_what_is_right() -> None:
    """A cycle has its number and its unit; it counts as counted from two on."""
    assert {text: cycle(text) for text in RIGHT} == RIGHT


def test_what_was_meant() -> None:
    """What people write instead is answered by the cycle that they mean."""
    found = {}
    for text in MEANT:
        with pytest.raises(Misread) as caught:
            cycle(text)
        found[text] = (caught.value.code, caught.value.message, caught.value.values)
    assert found == {
        text: ("bad-value", "bad-cycle", {"text": text, "expected": KNOWN} | ({"suggestion": meant} if meant else {}))
        for text, meant in MEANT.items()
    }


def test_a_giant_number_is_out_of_range() -> None:
    """However many digits it has: more of them than Python turns into a number."""
    with pytest.raises(Misread) as caught:
        cycle(f"{'9' * 5000} days")
    assert (caught.value.code, caught.value.values["high"]) == ("out-of-range", "9999")


def out_of_range(text: str) -> str:
    """A number of periods that no cycle has."""
    return f"out-of-range | text={text} | low=1 | high=9999"


TOLD: dict[str, tuple[str, ...]] = {
    "a: {every: «mothly»}": (f"bad-value bad-cycle | text=mothly | suggestion=month | expected={KNOWN}",),
    "a: {every: «whenever»}": (f"bad-value bad-cycle | text=whenever | expected={KNOWN}",),
    "a: {every: «0 months»}": (out_of_range("0 months"),),
    "a: {every: «-2 weeks»}": (out_of_range("-2 weeks"),),
    "a: {every: «10000 days»}": (out_of_range("10000 days"),),
    "a: {every: «999999999999999999999999 years»}": (out_of_range("999999999999999999999999 years"),),
    "a: {every: «０ months»}": ("full-width full-width-mark | char=０ | ascii=0",),
    "a: {every: month«＃»每月}": ("full-width full-width-mark | char=＃ | ascii=#",),
}
#: Full-width and Chinese marks, and what was meant: those that part texts are told by themselves.
MARKS = {
    "！": "!",
    "～": "..",
    "〜": "..",
    "。": ".",
    "〔": "[",
    "〕": "]",
    "\u3000": " ",
    "Ａ": "A",
    "９": "9",
    "＿": "_",
}
PARTING = {"＃": "#", "，": ",", "、": ",", "；": ";", "［": "[", "］": "]", "｛": "{", "｝": "}", "【": "[", "】": "]"}
TOLD |= {
    f"a:\n  every: «mon{char}th»": (f"full-width full-width-mark | char={char} | ascii={plain}",)
    for char, plain in MARKS.items()
}
TOLD |= {
    f"a:\n  every: mon«{char}»th": (f"full-width full-width-mark | char={char} | ascii={plain}",)
    for char, plain in PARTING.items()
}
TOLD |= {
    f"a:\n  every: «'mon{char}th'»": (f"full-width full-width-mark | char={char} | ascii={plain}",)
    for char, plain in PARTING.items()
}


#: What is no cycle, and the keys that are meant.
OTHER_KEYS = {
    "friday": {"unit": "week", "due": "{weekday: fri}"},
    "Fri": {"unit": "week", "due": "{weekday: fri}"},
    "wednesday": {"unit": "week", "due": "{weekday: wed}"},
    "2026-03-31": {"once": "2026-03-31"},
    "2026-03-31 and later": {"once": "2026-03-31"},
    "2026-03": {"once": "2026-03"},
}


def test_what_other_keys_were_meant() -> None:
    """A weekday is a due date of each week, and a date is one that comes once."""
    found = {}
    for text in OTHER_KEYS:
        with pytest.raises(Misread) as caught:
            cycle(text)
        found[text] = (caught.value.code, caught.value.message, caught.value.values)
    assert found == {
        text: ("bad-value", "bad-cycle", {"text": text, "expected": KNOWN} | meant)
        for text, meant in OTHER_KEYS.items()
    }


def test_what_is_told() -> None:
    """With the words that there are, and the one that was meant."""
    found, wanted = both(TOLD, HEAD, 2)
    assert found == wanted
