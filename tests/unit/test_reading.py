"""Reading: fields to values, and what is said when they do not fit."""

import datetime as dt

import pytest

from cyclekit.civil.conventions import Convention
from cyclekit.civil.cycles import Months
from cyclekit.civil.fiscal import YearStart
from cyclekit.diagnostics import Diagnostic
from cyclekit.model.obligation import Amount, Obligation, Quota, Rulebook
from cyclekit.model.pipeline import Add, Adjust, DayOfMonth, DueByPosition, DueList, MonthEnd
from cyclekit.model.selectors import UnitId
from cyclekit.model.timing import Every, Once
from cyclekit.reading.fields import SHAPES
from cyclekit.reading.known import Surroundings
from cyclekit.reading.reference import HEADINGS, reference_page
from cyclekit.reading.rulebook import RuleFile, read_rule_file
from cyclekit.reading.source import Source
from cyclekit.words.messages import headline, help_text

HEAD = """\
cyclekit: 1
id: demo
calendar: weekdays
units:
  - {id: hq, name: 总公司, kind: head}
  - {id: sh, name: 上海公司, kind: branch, parent: hq, tags: [coast]}
  - {id: bj, name: 北京公司, kind: branch, parent: hq, size: large}
obligations:
  a:
"""
FIRST = HEAD.count("\n") + 1


def read(text: str, **files: str) -> RuleFile:
    """What becomes of a rule file's text; ``files`` are the files beside it."""

    def units_file(name: str) -> tuple[Source, list[Diagnostic]] | None:
        key = name.replace(".", "_")
        return (Source(name, files[key]), []) if key in files else None

    zones = ("Asia/Shanghai", "Europe/Berlin")
    return read_rule_file(Source("demo.yaml", text), Surroundings(timezones=lambda: zones, units_file=units_file))


def one(fields: str) -> RuleFile:
    """A file with one obligation of these fields, which begin on line ``FIRST``."""
    return read(HEAD + "".join(f"    {line}\n" for line in fields.splitlines()))


def good(fields: str) -> Obligation:
    """The obligation of these fields, which are right."""
    file = one(fields)
    assert file.rulebook is not None, file.diagnostics
    return file.rulebook["a"]


def every(obligation: Obligation) -> Every:
    """Its timing, which is a cycle."""
    assert isinstance(obligation.timing, Every)
    return obligation.timing


def found(file: RuleFile) -> list[tuple[str, int, int]]:
    """Code, line within the obligation (from 1) and column of each diagnostic."""
    return [(each.code, each.place.line - FIRST + 1, each.place.column) for each in file.diagnostics]


WRONG = {
    "two timings": ("every: month\nonce: 2026", [("conflict", 2, 5)]),
    "no timing": ("title: x", [("missing-key", 0, 3)]),
    "an origin that the year settles": ("every: quarter\norigin: 2026-02", [("no-effect", 2, 5)]),
    "an origin that is missing": ("every: 2 weeks", [("missing-key", 1, 12)]),
    "an origin inside a month": ("every: 2 months\norigin: 2026-02-03", [("bad-date", 2, 13)]),
    "only of another cycle": ("every: quarter\nonly: H1", [("bad-value", 2, 11)]),
    "a position twice": ("every: quarter\nonly: [Q1, Q1]", [("conflict", 2, 16)]),
    "until before from": ("every: month\nfrom: 2026\nuntil: 2025", [("empty-range", 3, 12)]),
    "nobody": ("every: month\napplies_to: branch\nexcept: [sh, bj]", [("unknown-reference", 2, 17)]),
    "an attribute that none has": ("every: month\napplies_to: {colour: red}", [("unknown-reference", 2, 18)]),
    "an attribute of another value": ("every: month\napplies_to: {size: tiny}", [("unknown-reference", 2, 24)]),
    "jointly without a lead": ("every: month\njointly: true", [("missing-key", 2, 5)]),
    "a lead that does not owe it": (
        "every: month\napplies_to: branch\njointly: true\nlead: hq",
        [("unknown-reference", 4, 11)],
    ),
    "steps with nothing to step from": ("every: month\ndue: {nth: 2}", [("missing-key", 2, 11)]),
    "an nth in a week": ("every: week\ndue: {weekday: mon, nth: 1}", [("conflict", 2, 25)]),
    "a month that fits no anchor": ("every: quarter\ndue: {at: end, month: first}", [("conflict", 2, 20)]),
    "two steps in one": ("every: month\ndue: {then: [{add: 1 day, adjust: following}]}", [("conflict", 2, 31)]),
    "a month_end beside days": ("every: month\ndue: {then: [{add: 1 day, month_end: skip}]}", [("no-effect", 2, 31)]),
    "an anchor beside once": ("once: 2026\ndue: {day: 3}", [("conflict", 2, 11)]),
    "an adjust beside dates": ("dates: {2026Q1: 2026-04-01}\nadjust: following", [("no-effect", 2, 5)]),
    "one label twice": (
        "dates: {2026Q1: 2026-04-01, 2026-01..03: 2026-04-02}",
        [("duplicate-key", 1, 33)],
    ),
    "an exception of no period": (
        "every: quarter\nexceptions: {2026-05: {waived: x}}",
        [("unknown-reference", 2, 18)],
    ),
    "an exception outside the bounds": (
        "every: quarter\nfrom: 2027\nexceptions: {2026Q1: {waived: x}}",
        [("unknown-reference", 3, 18)],
    ),
    "two names for one period": (
        "every: quarter\nexceptions: {2026Q1: {waived: x}, 2026-01..03: {waived: y}}",
        [("duplicate-key", 2, 39)],
    ),
    "an exception that does not say which": (
        "every: month\ndue: [{day: 1}, {day: 15}]\nexceptions: {2026-01: {due: 2026-01-20}}",
        [("conflict", 3, 28)],
    ),
    "an exception for a due date that is not there": (
        "every: month\ndue: [{day: 1}, {day: 15}]\nexceptions: {2026-01#3: {waived: x}}",
        [("unknown-reference", 3, 18)],
    ),
    "a due date's number that is none": (
        "every: month\nexceptions: {2026-01#: {waived: x}}",
        [("bad-value", 2, 18)],
    ),
    "a period that stub drops": (
        "every: quarter\nfrom: 2026-02-15\nstub: drop\nexceptions: {2026Q1: {waived: x}}",
        [("unknown-reference", 4, 18)],
    ),
    "some units of a joint duty": (
        "every: month\napplies_to: branch\njointly: true\nlead: sh\nexceptions: {2026-01: {waived: x, units: bj}}",
        [("conflict", 5, 46)],
    ),
    "changes that name the same units": (
        "every: month\nchanges: [{units: [sh, bj], due: {day: 3}}, {units: branch, due: {day: 4}}]",
        [("conflict", 2, 57)],
    ),
    "jointly in a change": (
        "every: month\nchanges: {units: sh, jointly: true}",
        [("unknown-key", 2, 26)],
    ),
    "an open date": ("once: ..2026-05", [("bad-date", 1, 11)]),
    "an origin that is no start of the year": (
        "every: 2 years\nyear_start: 04-01\norigin: 2026",
        [("bad-date", 3, 13)],
    ),
    "an origin beside a year that settles it": (
        "every: 2 months\nyear_start: 04-01\norigin: 2026-02",
        [("no-effect", 3, 5)],
    ),
    "a label that is nearly one": ("dates: {2026q1: 2026-04-01}", [("bad-date", 1, 13)]),
    "labels that differ in case only": ("dates: {kick: 2026-04-01, Kick: 2026-05-01}", [("duplicate-id", 1, 31)]),
    "a month_end that nothing asks": ("every: month\ndue: {day: 20, month_end: skip}", [("no-effect", 2, 20)]),
    "a calendar that nothing asks": ("every: month\ndue: {day: 20, calendar: all_days}", [("no-effect", 2, 20)]),
    "an exception to nobody": ("every: month\napplies_to: branch\nexcept: hq", [("no-effect", 3, 13)]),
    "a position of a cycle without any": ("every: week\nonly: [1]", [("bad-value", 2, 12)]),
    "a number where a due date is meant": ("every: month\ndue: 20", [("wrong-type", 2, 10)]),
    "three mistakes beside a cycle that is none": (
        "every: quater\napplies_to: nobody\nquota: {at_least: x}\ndue: {day: 32}",
        [("bad-value", 1, 12), ("unknown-reference", 2, 17), ("bad-value", 3, 23), ("out-of-range", 4, 16)],
    ),
    "moved and waived": (
        "every: month\nexceptions: {2026-01: {due: 2026-02-01, waived: x}}",
        [("conflict", 2, 45)],
    ),
    "neither moved nor waived": ("every: month\nexceptions: {2026-01: {reason: x}}", [("missing-key", 2, 27)]),
    "a standing duty with a date": ("standing: true\ndue: {day: 3}", [("conflict", 2, 5)]),
    "a change without units": ("every: month\nchanges: {lead: sh}", [("missing-key", 2, 14)]),
    "a change that changes nothing": (
        "every: month\nkind: report\nchanges: {units: sh, kind: report}",
        [("no-effect", 3, 14)],
    ),
    "by_period without one": (
        "every: half_year\ndue: {by_period: {H1: {day: 3}}}",
        [("missing-key", 2, 22)],
    ),
    "a person in no quotes": ("every: month\nreport_to: somebody", [("unknown-reference", 2, 16)]),
    "a reminder after the date": ("every: month\nremind: -3 days", [("out-of-range", 2, 13)]),
    "an event with a date of its own to start from": (
        "upon: {event: incident, at: nominal}",
        [("no-effect", 1, 29)],
    ),
    "an exception for a month in which no event can be": (
        "upon: {event: incident}\nexceptions: {2026-13: {waived: nobody was there}}",
        [("bad-date", 2, 18)],
    ),
    "two triggers": ("upon: {event: incident, obligation: other}", [("conflict", 1, 29)]),
    "a trigger that is none": ("upon: {at: nominal}", [("missing-key", 1, 11)]),
    "an unknown word of a trigger": ("upon: {evnt: incident}", [("unknown-key", 1, 12)]),
    "a calendar nobody knows": ("every: month\ncalendar: Mars", [("unknown-reference", 2, 15)]),
    "an opening that would extend itself": (
        "every: month\nopens: {day: 1}\ndue: [{day: 15, opens: {day: 3, extend: {run: 3, by: days}}}]",
        [("missing-key", 3, 37)],
    ),
    "a full-width digit": ("every: month\ndue: {day: ２０}", [("full-width", 2, 16)]),
}


@pytest.mark.parametrize("case", WRONG)
def test_a_mistake_is_one_diagnostic_at_its_place(case: str) -> None:
    """What does not fit is said once, with its code, at the line and column of what has to be changed."""
    fields, wanted = WRONG[case]
    file = one(fields)
    assert found(file) == wanted
    assert file.rulebook is None


@pytest.mark.parametrize("case", WRONG)
def test_a_mistake_is_worded_in_both_languages(case: str) -> None:
    """Every diagnostic has a headline in English and in Chinese."""
    for diagnostic in one(WRONG[case][0]).diagnostics:
        assert headline(diagnostic)
        assert headline(diagnostic, "zh") != headline(diagnostic)


NEAR = {
    "every: quater": "Write “quarter”",
    "every: monthly": "Write “month”",
    "every: 每季度": "Write “quarter”",
    "every: fortnight": "Write “2 weeks”",
    "evry: month": "Did you mean “every”?",
    "every: month\napplies_to: 上海公司": "Did you mean “sh”?",
    "every: month\ndue: {day: 20th}": "Write “20”",
    "every: month\ndue: {day: 3, adjust: modified following}": "Write “modified_following”",
    "every: month\ndue: {add: 5 workdays}": "Write “5 working days”",
    "every: week\ndue: {weekday: 周三}": "Write “wed”",
    "once: 2026年3月5日": "Write “2026-03-05”",
    "once: 2025-02-29": "The last day of that month is 2025-02-28",
    "once: 2025-06-00": "The last day of that month is 2025-06-30",
    "every: month\ndeadline: {day: 3}": "Did you mean “due”?",
    "every: month\nday: 3": "It belongs in `due`",
    "every: quarter\nonly: 第一季度": "Write “Q1”",
    "every: month\ndue: 20": "Write `{day: 20}`",
    "every: month\ndue: 2026-03-20": "For a single date write `once: 2026-03-20`, without `every` and `due`",
    "every: {months: 2}": "Write `every: 2 months`",
    "every: 5 months": "Add `origin: 2026-01`, where some period begins",
    "every: month\ndue: {day: 0}": "From -31 to 31, but not 0",
    "every: month\ndue: {day: true}": "One of: last, 1…31, -31…-1",
    "every: month\ndue: {day: 2e1}": "Write it like “20”",
    'every: month\ndue: {day: "10,20"}': "Write it like “20”",
    "every: month\ndue: {day: [10, 20]}": "Write one value; several due dates are a list of `due`",
    "every: month\nfrom: [2026-01]": "Write one value",
    "every: month\ndue: {add: 1 month and 3 days}": "Write it like “40 days”",
    "every: month\ndue: {add: 1 weks}": "Write “1 week”",
    "every: month\ndue: {day: 3, include: 3 days}": "Write it like “2 working days”",
    "every: month\nremind: 3 weeks before": "Write it like “3 working days”",
    "every: quarter\nonly: Q5": "From Q1 to Q4",
    "every: friday": "Write `every: week` and `due: {weekday: fri}`",
    "every: 2026-03-31": "For a single date write `once: 2026-03-31` in place of `every`",
    "every: 3 ten_days": (
        "One of: day, week, month, quarter, half_year, year, half_month, ten_days, 2 months, 3 weeks"
    ),
    "every: month\ndeu: {day: 3}": "Did you mean “due”?",
    "“every”: month": "Write `every: ` without them",
    "every: month\ntimezone: Asia/Shanghai": "`timezone` stands at the head of the file",
    "every: month\ndue: {at: end, at_least: 2 working days}": "Did you mean “include”?",
    "dates: {2026Q1: {due: 2026-04-17}}": "Did you mean “date”?",
    "dates: {2026Q1: {time: 17:30}}": "Add `date: 2026-04-17`",
    "every: month\nquota: [{at_least: 1}, 5]": "Write `{at_least: 5}`",
    "every: month\nchanges: [2027Q1]": "Write `{from: 2027Q1, due: {day: 25}}`",
    "every: month\ncloses: 3 days": "Write `{add: 3 days}`",
    "every: month\nopens: soon": "Write it like `opens: {day: 1}`",
    "every: quarter\nexceptions: {2026Q1: 2026-04-10}": "Write `{due: 2026-04-10}`",
    "every: month\ndue: {day: 3, then: [{move_to: friday}]}": "Write `{on_or_after: friday}`",
    "every: half_year\ndue: {by_period: {H1: 3, H2: {day: 4}}}": "Write `{day: 3}`",
    "every: month\ndue: {day: 3, at: end}": "Keep one; several dates are a list of `due`",
    "every: month\nopens: {day: 3, at: end}": "Keep one of the two",
    "every: month\ntime: 5:30 pm": "Write “17:30”",
    "every: month\ntime: 12am": "Write “00:00”",
    "every: month\ntime: 下午5点": "Write “17:00”",
    "every: month\ntime: 上午9点30分": "Write “09:30”",
    "every: month\ntime: 晚上12点": "Write it like “17:30”",
    "every: month\ntime: 13pm": "Write it like “17:30”",
    "every: month\ntime: 中午": "Write “12:00”",
    "every: month\napplies_to: zz": "There is: everyone, branch, head, hq, sh, bj",
    "every:": "Write a value",
    'every: {rrule: "", start: 2026-01-30}': "Write a value",
    "every: month\nnotes: [a, b]": "Write one value, or a mapping like `notes: {zh: …, en: …}`",
    "every: month\ndue:": "Write a value, or leave `due` out",
    "every: 2\u00a0months": "Type a space in its place",
    "every: month\ndue: {add: 1.5 days}": "Write it like “40 days”",
}


@pytest.mark.parametrize("fields", NEAR)
def test_the_help_says_what_was_meant(fields: str) -> None:
    """A near miss is answered with the right word."""
    first = one(fields).diagnostics[0]
    assert help_text(first) == NEAR[fields]


@pytest.mark.parametrize(
    ("fields", "en", "zh"),
    [
        ("evr: month", "“evr” is no key of an obligation", "事项里没有“evr”这个键"),
        ("once: {befor: 2026}", "“befor” is no key of `once`", "`once` 里没有“befor”这个键"),
        ("every: month\nopens: {dya: 1}", "“dya” is no key of `opens`", "`opens` 里没有“dya”这个键"),
        ("every: month\ndue: {nth: 3}", "`nth` lacks “weekday”", "`nth` 缺少“weekday”"),
        ("every: quarter\nonly: Q5", "Q5 is out of range", "Q5 超出范围"),
        (
            "every: month\nquota: [5]",
            "Each entry of “quota” is a mapping, and here is a text",
            "“quota”的每一项应是键值表，这里是文字",
        ),
        ("every: month\norigin: 2026-02", "`month` settles where a period begins", "`month` 已经确定了周期的起点"),
        ("upon: a", "An obligation waits for itself: a → a", "事项在等待自身：a → a"),
        (
            "“every”: month",
            "`“every”`: these quotes are not those of a keyboard, and count as part of the key",
            "`“every”`：这里的引号不是半角引号，被当成键的一部分",
        ),
    ],
)
def test_the_headline_names_what_is_written(fields: str, en: str, zh: str) -> None:
    """A mapping that stands under a key of the language is called by it, in both languages."""
    first = one(fields).diagnostics[0]
    assert (headline(first), headline(first, "zh")) == (en, zh)


def test_chinese_helps_list_as_chinese_does() -> None:
    """Lists and examples in a Chinese help have no English words and marks between them."""
    position, cycle = one("every: quarter\nonly: spring"), one("every: sometimes")
    assert help_text(position.diagnostics[0], "zh") == "写法如“Q1”、“H1”、“6”"
    assert help_text(position.diagnostics[0]) == "Write it like “Q1”, “H1” or “6”"
    assert help_text(cycle.diagnostics[0], "zh").startswith("可写：day、week、month、")


def test_a_mistake_has_no_echo() -> None:
    """What a second anchor brings along is not told beside it, nor that nothing is left where an id is misspelt."""
    assert [each.message for each in one("every: month\ndue: {day: 20, weekday: fri, nth: 3}").diagnostics] == [
        "two-anchors"
    ]
    text = "cyclekit: 1\nid: demo\nobligations:\n  q\u200breport: {every: quarter}\n"
    assert [each.message for each in read(text).diagnostics] == ["invisible-char"]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("20\n", [("wrong-type", "expected-file", "Write lines of `key: value`, beginning with `cyclekit: 1`")]),
        ("id: a\nobligations: {}\n", [("missing-key", "missing-key", "Add `cyclekit: 1`")]),
        (
            'cyclekit: 1\nid: a\nobligations: {"": {every: month}}\n',
            [("empty", "empty-key", "Write the key in front of the colon")],
        ),
        (
            "cyclekit: 1\nid: a\nobligations: {b: {every: month}}\rtitle: x\n",
            [("control-char", "lone-return", "Begin a new line in its place: an editor writes LF or CRLF there")],
        ),
    ],
)
def test_a_whole_file_is_told_what_it_lacks(text: str, wanted: list[tuple[str, str, str]]) -> None:
    """What is wrong at the top of a file is told of the file, with what to write."""
    told = [(each.code, each.message, help_text(each)) for each in read(text).diagnostics if each.is_error]
    assert told[:1] == wanted


def test_all_mistakes_of_a_file_are_told_at_once() -> None:
    """Mistakes in several obligations, in the units and at the head come together, in the order of the file."""
    text = (
        "cyclekit: 1\nid: demo\ntimezone: Asia/Shangai\nunits:\n  - {id: hq, parent: hx}\nobligations:\n"
        "  a: {every: quater}\n  b: {once: 2026-13}\n  c: {every: month, du: {day: 3}}\n"
    )
    codes = [each.code for each in read(text).diagnostics]
    assert codes == ["unknown-reference", "unknown-reference", "bad-value", "bad-date", "unknown-key"]


def test_what_follows_from_another_mistake_is_not_told() -> None:
    """A unit without a readable id makes no selector wrong: the id is the mistake."""
    text = HEAD.replace("id: sh,", "id: 上海,") + "    applies_to: [sh, bj]\n    every: month\n"
    assert [each.code for each in read(text).diagnostics] == ["bad-id"]


def test_values_mean_what_they_say() -> None:
    """Words that YAML would turn into something else stay what was written."""
    text = (
        "cyclekit: 1\nid: no\ntitle: 2026-02-30\nunits:\n  - {id: 010, name: null, kind: yes}\n"
        "obligations:\n  12e3: {title: 17:30, every: month, due: {day: 08}, applies_to: 010}\n"
    )
    book = read(text).rulebook
    assert isinstance(book, Rulebook)
    assert (book.id, str(book.title), book.roster.ids, str(book.roster["010"].name)) == (
        "no",
        "2026-02-30",
        ["010"],
        "null",
    )
    assert book.roster.kinds == ["yes"]
    assert str(book["12e3"].title) == "17:30"
    assert every(book["12e3"]).plan.dues[0].course.anchor == DayOfMonth(8)


def test_a_due_date_is_an_anchor_and_steps_in_their_order() -> None:
    """Beside the anchor one shift and the adjusting; the rest of the steps in ``then``, as they are written."""
    timing = every(
        good("every: month\ndue: {day: 20, add: 2 weeks, adjust: preceding, then: [{add: -1 month, month_end: skip}]}")
    )
    assert isinstance(timing.plan, DueList)
    course = timing.plan.entries[0].course
    assert course.anchor == DayOfMonth(20)
    assert course.steps == (Add(2, "weeks"), Adjust(Convention.PRECEDING), Add(-1, "months", MonthEnd.SKIP))


def test_the_default_convention_is_the_last_step() -> None:
    """A ``due`` without an ``adjust`` of its own ends with the nearest default; one that has any keeps to it."""
    book = read(
        HEAD.replace("calendar: weekdays", "calendar: weekdays\nadjust: following")
        + "    every: month\n    due: [{day: 3}, {day: 4, adjust: none}, {day: 5, then: [{adjust: preceding}]}]\n"
        + "  b: {once: 2026-03-07}\n  c: {dates: {2026Q1: 2026-03-07}}\n"
        + "  d: {every: month, adjust: nearest, opens: {day: 1}}\n"
    ).rulebook
    assert book is not None
    conventions = [due.course.steps[-1].convention for due in every(book["a"]).plan.dues]  # type: ignore[union-attr]
    assert conventions == [Convention.FOLLOWING, Convention.NONE, Convention.PRECEDING]
    once = book["b"].timing
    assert isinstance(once, Once)
    assert once.due.course.steps == (Adjust(Convention.FOLLOWING),)
    assert book["c"].timing.due.course.steps == ()  # type: ignore[union-attr]
    due = every(book["d"]).plan.dues[0]
    assert due.course.steps == (Adjust(Convention.NEAREST),)
    assert due.opens is not None
    assert due.opens.steps == ()


def test_keys_beside_by_period_hold_for_each_entry() -> None:
    """An entry of ``by_period`` takes what stands beside it, and replaces it by its own."""
    timing = every(
        good(
            "every: half_year\n"
            "due: {adjust: following, month: next, by_period: {H1: {day: 3}, H2: {day: 4, month: first}}}"
        )
    )
    assert isinstance(timing.plan, DueByPosition)
    anchors = {name: due.course.anchor for name, due in timing.plan.entries}
    assert anchors == {"H1": DayOfMonth(3, "next"), "H2": DayOfMonth(4, "first")}
    assert all(due.course.steps == (Adjust(Convention.FOLLOWING),) for due in timing.plan.dues)


def test_defaults_stand_below_what_an_obligation_writes() -> None:
    """An obligation takes a default field where it writes none, and keeps its own where it does."""
    head = HEAD.replace("obligations:", "defaults: {kind: report, remind: 7 days, due: {day: 5}}\nobligations:")
    book = read(head + "    every: month\n  b: {every: month, kind: task, due: {day: 9}}\n  c: {once: 2026}\n").rulebook
    assert book is not None
    assert [each.kind for each in book] == ["report", "task", "report"]
    assert every(book["a"]).plan.dues[0].course.anchor == DayOfMonth(5)
    assert every(book["b"]).plan.dues[0].course.anchor == DayOfMonth(9)


def test_changes_for_units_make_the_obligation_differ() -> None:
    """A change gives the whole obligation as its units owe it, with the fields it does not name as they were."""
    obligation = good(
        "every: month\ndue: {day: 3}\nchanges:\n  - {units: sh, lead: hq}\n  - {units: bj, due: {day: 4}}"
    )
    sh, bj = obligation.changes
    assert (sh.result.lead, every(sh.result).plan) == ("hq", every(obligation).plan)
    assert every(bj.result).plan.dues[0].course.anchor == DayOfMonth(4)


def test_quotas_are_numbers_or_percentages_of_something() -> None:
    """A quota holds whole numbers or percentages, of what is counted; a list holds several."""
    quota = good("once: 2026\nquota: [{at_least: 20, of: 竞赛}, {exactly: 90 %}]").quota
    assert quota[0].at_least == Amount(20)
    assert str(quota[0].of) == "竞赛"
    assert quota[1] == Quota(exactly=Amount(90, percent=True))


def test_a_file_without_units_has_one() -> None:
    """Its name is the title of the file, and no written id can be equal to its own."""
    book = read("cyclekit: 1\nid: demo\ntitle: 规则\nobligations: {a: {every: year}}\n").rulebook
    assert book is not None
    assert [str(unit.name) for unit in book.roster] == ["规则"]
    refused = read("cyclekit: 1\nid: demo\nunits: [{id: _}]\nobligations: {a: {every: year}}\n")
    assert [each.code for each in refused.diagnostics] == ["bad-id"]


def test_units_may_stand_in_a_file_of_their_own() -> None:
    """A list in ``*.units.yaml`` is read like one in the rule file; its mistakes are told in that file."""
    text = "cyclekit: 1\nid: demo\nunits: x.units.yaml\nobligations: {a: {every: year}}\n"
    file = read(text, x_units_yaml="- {id: hq, children: [{id: sh}]}\n")
    assert file.rulebook is not None
    assert file.rulebook.roster.parents == [-1, 0]
    wrong = read(text, x_units_yaml="- {id: hq}\n- {id: hq}\n").diagnostics
    assert [(str(each.place), each.code) for each in wrong] == [("x.units.yaml:2:8", "duplicate-id")]
    missing = read(text).diagnostics
    assert [(str(each.place), each.code) for each in missing] == [("demo.yaml:3:8", "missing-file")]


def test_a_source_may_be_a_text_or_its_parts() -> None:
    """One text is the document; the parts of an obligation fill in those of its file."""
    head = HEAD.replace("calendar:", "source: {document: 57号, checked: 2026-11-20}\ncalendar:")
    book = read(head + "    every: year\n    source: {article: 三}\n  b: {every: year, source: 58号}\n").rulebook
    assert book is not None
    assert book.source is not None
    assert book.source.checked == dt.date(2026, 11, 20)
    source = book["a"].source
    assert source is not None
    assert (source.within(book.source).document, source.within(book.source).article) == ("57号", "三")
    other = book["b"].source
    assert other is not None
    assert other.document == "58号"


def test_the_table_of_fields_is_whole() -> None:
    """Every field is described in both languages, and has a name of its own in its shape."""
    for shape, fields in SHAPES.items():
        names = [field.name for field in fields]
        assert len(names) == len(set(names)), shape
        for field in fields:
            assert field.en.endswith("."), field.name
            assert field.zh.endswith("。"), field.name
            assert all(field.title), field.name
            assert field.example, (shape, field.name)
            assert not set(field.instead) & set(names), (shape, field.name)


def test_the_reference_page_has_every_field() -> None:
    """The page lists each shape, and each of its fields in a row."""
    page = reference_page()
    assert set(HEADINGS) == set(SHAPES)
    for shape, fields in SHAPES.items():
        section = page.split(f"({shape})=")[1].split(")=")[0]
        assert all(f"| `{field.name}` |" in section for field in fields)


def test_the_reference_page_in_chinese_has_every_field() -> None:
    """The Chinese page lists the same shapes and fields, each with its Chinese meaning and without the English one."""
    page = reference_page("zh")
    for shape, fields in SHAPES.items():
        section = page.split(f"(zh-{shape})=")[1].split(")=")[0]
        assert all(f"| `{field.name}` |" in section and field.zh.replace("``", "`") in section for field in fields)
        assert not any(field.en.replace("``", "`") in section for field in fields)


def test_changes_meet_field_by_field() -> None:
    """A unit that two changes name keeps the fields of both; where both say one field, the later one counts."""
    obligation = good(
        "every: month\nchanges:\n"
        "  - {units: branch, tags: x, kind: one}\n  - {units: sh, url: https://x.org, kind: two}",
    )
    of_unit = {
        part.id: change.result
        for change in obligation.changes
        for part in change.units.parts
        if isinstance(part, UnitId)
    }
    facts = {unit: (each.tags, each.url, each.kind) for unit, each in of_unit.items()}
    assert facts == {"bj": (("x",), "", "one"), "sh": (("x",), "https://x.org", "two")}


def test_exceptions_name_periods_of_the_units_they_concern() -> None:
    """Where a change gives units another cycle, an exception for them names a period of that one."""
    obligation = good(
        "every: month\nchanges: {units: sh, every: quarter}\n"
        "exceptions: {2026-05: {waived: x, units: bj}, 2026Q2: {waived: y, units: sh}}",
    )
    assert [each.label for each in obligation.exceptions] == ["2026-05"]
    assert [each.label for each in obligation.changes[0].result.exceptions] == ["2026Q2"]


def test_a_year_of_units_keeps_how_it_is_named() -> None:
    """`year_named: last` holds for years that begin where the unit's own does."""
    timing = every(good("every: year\nyear_start: unit\nyear_named: last"))
    assert isinstance(timing.cycle, Months)
    assert timing.cycle.in_year(YearStart(4, 1)).year == YearStart(4, 1, named_last=True)


def test_an_attribute_that_is_nearly_a_field_is_warned_about() -> None:
    """`calender: US` is an attribute for the reader, and probably a calendar for its author. Said once."""
    units = "units: [{id: a, calender: US}, {id: b, calender: CN}]"
    file = read(f"cyclekit: 1\nid: demo\n{units}\nobligations: {{a: {{every: year}}}}\n")
    assert [(each.code, each.is_error) for each in file.diagnostics] == [("attribute-near-key", False)]
    assert help_text(file.diagnostics[0]) == "Did you mean “calendar”?"


def test_defaults_speak_to_those_that_can_use_them() -> None:
    """A default year or position does not forbid a weekly cycle, which has neither."""
    head = HEAD.replace("obligations:", "defaults: {year_start: 04-06, only: [1]}\nobligations:")
    book = read(head + "    every: week\n  b: {every: month}\n").rulebook
    assert book is not None
    assert every(book["b"]).only == frozenset({"1"})


def test_what_is_absorbed_is_looked_for_in_defaults_and_changes_too() -> None:
    """A default that makes an obligation absorb itself, and a change that names nothing, are refused."""
    text = "cyclekit: 1\nid: demo\ndefaults: {absorbs: x}\nobligations: {x: {every: month}, y: {every: quarter}}\n"
    assert [each.code for each in read(text).diagnostics] == ["cycle"]
    assert found(one("every: month\nchanges: {units: sh, absorbs: nope}")) == [("unknown-reference", 2, 35)]


def test_exceptions_where_the_units_cannot_be_read() -> None:
    """What is wrong with the units is told, and nothing of an exception that then concerns nobody."""
    text = (
        "cyclekit: 1\nid: demo\nunits: [{id: a}, [b]]\n"
        "obligations:\n  x: {every: quarter, exceptions: {2026Q1: {due: 2026-04-10}}}\n"
    )
    assert [(each.code, each.place.line) for each in read(text).diagnostics] == [("wrong-type", 3)]


def test_a_single_unit_needs_no_list() -> None:
    """One mapping stands for a list of one."""
    book = read("cyclekit: 1\nid: demo\nunits: {id: a}\nobligations: {a: {every: year}}\n").rulebook
    assert book is not None
    assert book.roster.ids == ["a"]
