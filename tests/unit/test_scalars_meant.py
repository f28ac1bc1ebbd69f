"""What a text was meant to be that its field cannot read."""

from cyclekit.reading.scalars import MOST_COMPARED, near
from tests.unit.test_scalars import misread, read

WEEKDAYS = "mon, tue, wed, thu, fri, sat, sun, monday, tuesday, wednesday, thursday, friday, saturday, sunday"
CONVENTIONS = (
    "none, following, modified_following, preceding, modified_preceding, nearest, half_month_modified_following, skip"
)
#: A reader, the code and the message, the words that are expected; and texts with what each was probably meant to be.
MISREAD: list[tuple[str, str, str, str, dict[str, str]]] = [
    (
        "truth",
        "bad-value",
        "bad-truth",
        "true, false",
        {"yes": "true", "No": "false", "on": "true", "OFF": "false", "True": "true", "treu": "true", "1": "", "": ""},
    ),
    (
        "weekday",
        "bad-value",
        "bad-weekday",
        WEEKDAYS,
        {
            "周一": "mon",
            "星期日": "sun",
            "礼拜天": "sun",
            "周日": "sun",
            "星期六": "sat",
            "Mon": "mon",
            "thurs": "thursday",
            "tuesdy": "tuesday",
            "weds": "wed",
            "x": "",
            "mon ": "mon",
            "“fri”": "fri",
        },
    ),
    (
        "day",
        "bad-value",
        "bad-day",
        "",
        {"1.": "", "1st": "1", "20th": "20", "20.5": "", "20 ": "20", "-5x": "-5", "12345th": ""},
    ),
    (
        "day",
        "bad-value",
        "bad-day",
        "last, 1…31, -31…-1",
        {"第1": "", "x": "", "lst": "last", "LAST": "last", "１": ""},
    ),
    ("nth", "bad-value", "bad-nth", "", {"1st": "1", "2.": ""}),
    ("nth", "bad-value", "bad-nth", "last, 1…5", {"first": ""}),
    (
        "which_month",
        "bad-value",
        "bad-month-of-period",
        "first, last, next, previous, 1…12000",
        {"nxt": "next", "prev": "", "First": "first", "next_": "next"},
    ),
    ("which_month", "bad-value", "bad-month-of-period", "", {"2nd": "2"}),
    ("working_day", "bad-value", "bad-working-day", "", {"3rd": "3", "first": "", "": ""}),
    ("year_shift", "bad-value", "bad-year-shift", "next, previous, -1000…1000", {"prev": ""}),
    ("year_shift", "bad-value", "bad-year-shift", "", {"1 year": "1"}),
    ("whole", "bad-value", "bad-number", "", {"3 days": "3", "x": ""}),
    ("month", "bad-value", "bad-number", "", {"Jan": "", "3月": "3", "1.5": ""}),
    ("at", "bad-value", "bad-at", "start, end, trigger", {"begin": "", "strat": "start"}),
    ("within", "bad-value", "bad-within", "period", {"month": "", "perod": "period"}),
    ("stub", "bad-value", "bad-stub", "drop", {"keep": "", "dropp": "drop"}),
    ("year_named", "bad-value", "bad-year-named", "first, last", {"lst": "last"}),
    (
        "month_end",
        "bad-value",
        "bad-month-end",
        "clamp, next, skip, error, sticky",
        {"last": "clamp", "strict": "", "forward": ""},
    ),
    (
        "extend_by",
        "bad-value",
        "bad-extend-by",
        "working days, days",
        {"working_days": "working days", "Working Days": "working days", "workdays": "working days", "day": "days"},
    ),
    ("trigger_at", "bad-value", "bad-trigger-at", "due, nominal", {"du": "due"}),
    (
        "convention",
        "bad-value",
        "bad-convention",
        CONVENTIONS,
        {
            "MF": "modified_following",
            "ModFollowing": "modified_following",
            "Modified Following": "modified_following",
            "previous": "preceding",
            "next": "following",
            "顺延": "following",
            "提前": "preceding",
            "f": "following",
            "P": "preceding",
            "modified-following": "modified_following",
            "folowing": "following",
            "x": "",
        },
    ),
    ("version", "bad-value", "newer-version", "", {"2": "", "12": "", "99999999999": "", "11111111111": ""}),
    (
        "version",
        "bad-value",
        "bad-version",
        "",
        {"0": "1", "-1": "1", "1.0": "1", "v1": "1", "999999999999": "1", "111111111111": "1"},
    ),
    (
        "ahead",
        "bad-value",
        "bad-ahead",
        "",
        {
            "3": "",
            "3 day s": "3 days",
            "3d": "",
            "3 weeks": "",
            "3 workdays": "3 working days",
            "3工作日": "3 working days",
            "3个工作日": "3 working days",
            "3 天": "3 days",
            "3 hours": "",
            "P3D": "3 days",
            "P2W": "",
            "3 business days": "3 working days",
            "3 bd": "3 working days",
            "3.5 days": "",
            "3  days": "3 days",
            "3_working_days": "3 working days",
            "三天": "",
            "5 dyas": "5 days",
            "5 wrking days": "5 working days",
            "5 month": "",
            "5 日": "5 days",
        },
    ),
    (
        "shift",
        "bad-value",
        "bad-shift",
        "",
        {
            "3": "",
            "3 个月": "3 months",
            "3 months.": "3 months",
            "3 月": "3 months",
            "3 年": "3 years",
            "2 周": "2 weeks",
            "2 wks": "2 weeks",
            "P3M": "3 months",
            "P1Y": "1 year",
            "P3X": "",
            "3.5 days": "",
            "-4 workdays": "-4 working days",
            "+4 workdays": "",
            "3 decades": "",
            "3 mnths": "3 months",
            "x": "",
            "3 日": "3 days",
        },
    ),
    (
        "count_of_working_days",
        "bad-value",
        "bad-working-days",
        "",
        {"2 days": "", "2": "", "2 workdays": "2 working days", "two": ""},
    ),
    ("lag", "bad-value", "bad-lag", "", {"3 weeks": "", "3 workdays": "3 working days", "3": ""}),
    ("amount", "bad-value", "bad-amount", "", {"-2": "", "90  %": "", "x": "", "1.5": ""}),
    (
        "clock",
        "bad-value",
        "bad-time",
        "",
        {
            "24:01": "",
            "9:00": "09:00",
            "9.30": "09:30",
            "17点": "17:00",
            "17点30分": "17:30",
            "17时": "17:00",
            "5:60": "",
            "25:00": "",
            "noon": "12:00",
            "Noon": "12:00",
            "中午": "12:00",
            "正午": "12:00",
            "5pm": "17:00",
            "17:30:00": "",
            "12:5": "",
            "0:00": "00:00",
            "24:00 ": "24:00",
            "29:30": "",
        },
    ),
    ("span", "empty-range", "empty-range", "", {"2026-03-05..2026-03-01": ""}),
    ("span", "bad-date", "date-form", "", {"20260301": "2026-03-01", "2026/3/1": "2026-03-01", "x": ""}),
    ("span", "bad-date", "date-month", "", {"2026-13": ""}),
    ("open_span", "empty-range", "empty-range", "", {"2026..2025": ""}),
    ("open_span", "bad-date", "date-open", "", {"..": ""}),
    (
        "single_day",
        "bad-date",
        "date-no-day",
        "",
        {"2026-03": "2026-03-31", "2026": "2026-12-31", "2026-03-01..2026-03-02": "2026-03-02"},
    ),
    ("single_day", "bad-date", "date-form", "", {"2026-2-30": "", "x": ""}),
    (
        "month_day",
        "bad-date",
        "date-month-day",
        "",
        {
            "2-29": "02-29",
            "06-31": "",
            "6月20日": "06-20",
            "13-01": "",
            "06/20": "06-20",
            "2026-06-20": "06-20",
            "x": "",
        },
    ),
    ("weekday_or_day", "bad-date", "date-month-day", "", {"6-20": "06-20"}),
    ("weekday_or_day", "bad-value", "bad-weekday", WEEKDAYS, {"Fri": "fri", "x": "", "": ""}),
    ("year_start", "bad-date", "year-start-leap", "", {"02-29": ""}),
    ("year_start", "bad-date", "date-month-day", "", {"4-1": "04-01", "02-30": ""}),
    (
        "position",
        "bad-value",
        "bad-position",
        "",
        {
            "q1": "Q1",
            "第一季度": "Q1",
            "二季度": "Q2",
            "三": "Q3",
            "四": "Q4",
            "上半年": "H1",
            "下半年": "H2",
            "x": "",
            "Q 1": "",
            "h2": "H2",
            "Q": "",
        },
    ),
    ("identifier", "bad-id", "bad-id", "", {"-a": "", "a-": "", "a b": "", "": "", "é": ""}),
    (
        "identifier",
        "bad-id",
        "device-id",
        "",
        {"con": "", "CON.x": "", "com1": "", "lpt0": "", "lpt9": "", "aux": "", "nul": "", "prn": ""},
    ),
    (
        "language",
        "bad-value",
        "bad-language",
        "",
        {"zh_CN": "zh-CN", "e": "", "english": "", "en-": "", "en_": "", "en-1": "", "a1": "", "中文": ""},
    ),
    (
        "url",
        "bad-value",
        "bad-url",
        "",
        {
            "ftp://x": "",
            "https://": "",
            "https://a b": "",
            "x": "",
            'https://a"b': "",
            "https://a<b": "",
            "https://a\\b": "",
            "HTTPS://x": "",
        },
    ),
    ("word", "bad-value", "blank-ends", "", {" x": "x", "x ": "x", "\u3000x": "x"}),
    (
        "units_file",
        "bad-value",
        "bad-units-file",
        "",
        {"a.yaml": "", "a.xls": "", "csv": "", "a.CSV": "", "a.csv.bak": ""},
    ),
    ("variable", "bad-value", "bad-variable", "", {"1a": "", "A-B": "", "": "", "ÄB": ""}),
]


def test_what_cannot_be_read() -> None:
    """The fault has the text, what it was meant to be where that can be told, and the words that there are."""
    for reader, code, message, expected, texts in MISREAD:
        for text, suggestion in texts.items():
            values = {"text": text, "suggestion": suggestion, "expected": expected}
            said = {name: value for name, value in values.items() if value}
            assert (reader, *misread(reader, text)) == (reader, code, message, said)


def test_a_day_that_is_not_there_is_told_with_the_last_that_is() -> None:
    """In a month as in a year."""
    last = {"text": "2026-02-30", "last": "2026-02-28"}
    assert misread("span", "2026-02-30") == ("bad-date", "date-day", last)


def test_what_is_proposed_can_be_read() -> None:
    """Written instead, it is no fault."""
    for reader, _, _, _, texts in MISREAD:
        for suggestion in filter(None, texts.values()):
            read(reader, suggestion)


NEAR = [
    ("quater", ["quarter", "year"], "quarter"),
    ("Working-Day", ["working_day"], "working_day"),
    ("working_day", ["Working Day"], "Working Day"),
    (" “year” ", ["quarter", "year"], "year"),
    ("'year'", ["year"], "year"),
    ('"year"', ["year"], "year"),
    ("‘year’", ["year"], "year"),
    *((f"{mark}at{mark}", ["at"], "at") for mark in "“”‘’\"'"),
    ("a-b", ["a_b"], "a_b"),
    ("a b", ["a_b"], "a_b"),
    ("a_b", ["a-b"], "a-b"),
    ("a_b", ["a b"], "a b"),
    ("AT", ["at"], "at"),
    ("at", ["AT"], "AT"),
    ("yr", ["year"], ""),
    ("month", ["quarter", "year"], ""),
    ("", ["year"], ""),
    ("a" * 60, ["a" * 40], "a" * 40),
]


def test_what_a_word_was_meant_to_be() -> None:
    """The word that is most like it, whatever the case, the hyphens and the quotes; nothing where none is like it."""
    assert [(text, words, near(text, words)) for text, words, _ in NEAR] == NEAR


def test_among_too_many_nothing_is_looked_for() -> None:
    """So many are compared, and one more is too many."""
    words = [f"w{number:05}" for number in range(MOST_COMPARED - 1)]
    assert near("quater", [*words, "quarter"]) == "quarter"
    assert near("quater", [*words, "quarter", "year"]) == ""
