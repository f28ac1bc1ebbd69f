"""What is told of fields that cannot be read as they stand: every value of every diagnostic, and its place."""

import pytest

from cyclekit.reading.fields import SHAPES
from tests.unit.pointed import Told, expected, read

HEAD = "cyclekit: 1\nid: demo\nunits: [{id: hq}, {id: sh, parent: hq}]\n"


def keys(shape: str) -> str:
    """The keys that a shape has, as a message lists them."""
    return ", ".join(field.name for field in SHAPES[shape])


def unknown(key: str, what: str, **more: str) -> Told:
    """What is told of a key that a shape does not have."""
    return "unknown-key", {"key": key, "what": what, **more, "expected": keys(what)}


#: The fields of an obligation, with ‹marks› around the places that are told of.
FIELDS: dict[str, tuple[str, list[Told]]] = {
    "a mapping for a word": (
        "every: month\nkind: ‹{›a: b}",
        [("wrong-type expected-text", {"field": "kind", "found": "mapping"})],
    ),
    "a list for a text": (
        "every: month\nurl: ‹[›a]",
        [("wrong-type expected-text", {"field": "url", "found": "list"})],
    ),
    "a list for a text or a mapping": (
        "every: month\ntitle: ‹[›a]",
        [("wrong-type expected-text-or-mapping", {"field": "title", "found": "list", "like": "title: {zh: …, en: …}"})],
    ),
    "a list of dashes": (
        "every: month\ntitle:\n  ‹-› a\n  - b",
        [("wrong-type expected-text-or-mapping", {"field": "title", "found": "list", "like": "title: {zh: …, en: …}"})],
    ),
    "a word for a mapping": (
        "every: month\nexpect: ‹soon›",
        [("wrong-type expected-mapping", {"field": "expect", "found": "text"})],
    ),
    "a list for a table": (
        "every: month\nexceptions: ‹[›a]",
        [
            (
                "wrong-type expected-mapping",
                {"field": "exceptions", "found": "list", "like": "exceptions: {2026Q1: {due: 2026-04-10}}"},
            )
        ],
    ),
    "a date for a table": (
        "dates: ‹2026-01-01›",
        [("wrong-type expected-mapping", {"field": "dates", "found": "text", "like": "dates: {2026Q1: 2026-04-17}"})],
    ),
    "a number of words for a mapping": (
        "every: month\nquota: [{at_least: 2}, ‹two›]",
        [("wrong-type expected-mapping-in-list", {"field": "quota", "found": "text", "like": "quota: {at_least: 2}"})],
    ),
    "a list in a list": (
        "every: month\ntags: [a, ‹[›b], ‹[›c]]",
        [("wrong-type expected-list-in-list", {"field": "tags", "found": "list"})] * 2,
    ),
    **{
        f"{text} for a due date": (
            f"every: month\ndue: ‹{text}›",
            [("wrong-type expected-mapping-or-list", {"field": "due", "found": "text", "meant": meant})],
        )
        for text, meant in {
            "20": "{day: 20}",
            "-1": "{day: -1}",
            "last": "{day: last}",
            "03-31": "{date: 03-31}",
        }.items()
    },
    **{
        f"{text} for a due date": (
            f"every: month\ndue: ‹{text}›",
            [("wrong-type expected-mapping-or-list", {"field": "due", "found": "text", "once": text})],
        )
        for text in ("2026-05-01", "2026")
    },
    **{
        f"{text} for a due date, which means nothing": (
            f"every: month\ndue: ‹{text}›",
            [("wrong-type expected-mapping-or-list", {"field": "due", "found": "text"})],
        )
        for text in ("100", "by the end", "3-31", "203", "the 20")
    },
    "a day for an opening": (
        "every: month\nopens: ‹1›",
        [
            (
                "wrong-type expected-mapping",
                {"field": "opens", "found": "text", "meant": "{day: 1}", "like": "opens: {day: 1}"},
            )
        ],
    ),
    "a day of the year for an opening": (
        "every: month\nopens: ‹03-31›",
        [("wrong-type expected-mapping", {"field": "opens", "found": "text", "like": "opens: {day: 1}"})],
    ),
    "a day for a closing": (
        "every: month\ncloses: ‹25›",
        [("wrong-type expected-mapping", {"field": "closes", "found": "text", "like": "closes: {add: 3 days}"})],
    ),
    "nothing behind a key": ("every: month\ndue:‹›", [("empty", {"field": "due", "optional": "due"})]),
    "an empty text": ('every: month\nkind: ‹""›', [("empty", {"field": "kind", "optional": "kind"})]),
    "blanks": ("every: month\nkind: ‹'  '›", [("empty", {"field": "kind", "optional": "kind"})]),
    "an empty mapping": ("every: month\ndue: ‹{›}", [("empty", {"field": "due", "optional": "due"})]),
    "an empty list": ("every: month\ntags: ‹[›]", [("empty", {"field": "tags", "optional": "tags"})]),
    "an empty table": ("dates: ‹{›}", [("empty", {"field": "dates"})]),
    "an empty entry of a list": (
        'every: month\ntags: [a, ‹""›, b]',
        [("empty", {"field": "tags", "optional": "tags"})],
    ),
    "an empty entry of a table": (
        'every: month\ntitle: {en: A, zh: ‹""›}',
        [("empty", {"field": "zh", "optional": "zh"})],
    ),
    "an empty table of texts": ("every: month\ntitle: ‹{›}", [("empty", {"field": "title", "optional": "title"})]),
    "a block for a word": ("every: month\nkind: ‹|›\n  x", [("yaml-feature block-text", {"field": "kind"})]),
    "a block in a list": (
        "every: month\ntags:\n  - a\n  - ‹>›\n    b",
        [("yaml-feature block-text", {"field": "tags"})],
    ),
    "a full-width digit": (
        "every: month\nremind: ‹３ days›",
        [("full-width full-width-mark", {"char": "３", "ascii": "3"})],
    ),
    "a full-width comma, which stands for itself": (
        "every: month\nonly: 1‹，›2",
        [("full-width full-width-mark", {"char": "，", "ascii": ","})],
    ),
    "a full-width comma in quotes": (
        "every: month\nonly: ‹'1，2'›",
        [("full-width full-width-mark", {"char": "，", "ascii": ","})],
    ),
    "a character that nobody sees": (
        'every: month\nremind: ‹"3\\u00a0days"›',
        [("invisible-char odd-blank", {"char": "U+00A0 NO-BREAK SPACE"})],
    ),
    "a character that nobody sees, before a full-width one": (
        'every: month\nremind: ‹"３\\u00a0days"›',
        [("invisible-char odd-blank", {"char": "U+00A0 NO-BREAK SPACE"})],
    ),
    "a full-width id": ("upon: ‹ａ›", [("bad-id", {"text": "ａ"})]),
    "a key that is nearly one": (
        "every: month\nquota: [{‹at_lest›: 2}]",
        [unknown("at_lest", "quota", suggestion="at_least")],
    ),
    "a key that is none": (
        "every: month\nquota: [{at_least: 2, ‹colour›: red}]",
        [
            (
                "unknown-key",
                {"key": "colour", "what": "quota", "expected": "at_least, at_most, exactly, of"},
            )
        ],
    ),
    **{
        f"{key} for {meant}": (
            f"every: month\n‹{key}›: {{day: 3}}",
            [unknown(key.strip("'"), "obligation", suggestion=meant)],
        )
        for key, meant in {"Deadline": "due", "' deadline '": "due", "截止": "due", "window": "opens"}.items()
    },
    **{
        f"{key} in an obligation, which is at home in {home}": (
            f"every: month\n‹{key}›: {value}",
            [unknown(key, "obligation", home=home)],
        )
        for key, value, home in (
            ("working_day", "3", "due"),
            ("nth", "3", "due"),
            ("rrule", "FREQ=DAILY", "every"),
            ("at_least", "2", "quota"),
            ("waived", "x", "exceptions"),
        )
    },
    "a key of an obligation in a due date": (
        "every: month\ndue: {day: 3, ‹cascade›: 3 days}",
        [unknown("cascade", "due", home="obligations")],
    ),
    "a key of a due date in an exception": (
        "every: month\nexceptions: {2026-03: {due: 2026-04-01, ‹weekday›: fri}}",
        [unknown("weekday", "exception", home="due")],
    ),
    **{
        f"{key} for a counted cycle": (
            f"every: {{‹{key}›: 2}}",
            [("unknown-key counted-cycle", {"key": key, "unit": unit})],
        )
        for key, unit in {
            "day": "day",
            "weeks": "week",
            "months": "month",
            "quarter": "quarter",
            "years": "year",
        }.items()
    },
    "a word that counts no cycle": (
        "every: {‹decades›: 2}",
        [("unknown-key", {"key": "decades", "what": "every", "expected": "rrule, start, periods"})],
    ),
    "a unit for a condition": (
        "every: month\napplies_to: {‹hq›: }",
        [
            (
                "unknown-reference unknown-attribute",
                {"name": "hq", "unit": "hq", "expected": "id, kind, tag, under, except"},
            )
        ],
    ),
    "what a mapping must have": (
        "every: month\ndue: {extend: ‹{›run: 3}, opens: {day: 1}}",
        [("missing-key", {"key": "by", "what": "extend", "like": "by: working days"})],
    ),
    "what a mapping must have, beside a key that may be meant for it": (
        "once: {‹befor›: 2026-03}",
        [unknown("befor", "once", suggestion="before")],
    ),
    "what a mapping must have, and has, but nobody can read": (
        "once: {before: ‹[›2026]}",
        [("wrong-type expected-text", {"field": "before", "found": "list"})],
    ),
}


@pytest.mark.parametrize("case", FIELDS)
def test_a_field_that_cannot_be_read(case: str) -> None:
    """One diagnostic where it stands, with all that its words need."""
    fields, told = FIELDS[case]
    marked = HEAD + "obligations:\n  a:\n" + "".join(f"    {line}\n" for line in fields.splitlines())
    file = read(marked)
    assert list(file.diagnostics) == expected(marked, told)
    assert file.rulebook is None


#: Whole files, with ‹marks› around the places that are told of, and «marks» around what else is shown.
FILES: dict[str, tuple[str, list[Told]]] = {
    "a file that is a list": ("‹-› a\n- b\n", [("wrong-type expected-file", {"field": "file", "found": "list"})]),
    "a file that is a word": ("‹monthly›\n", [("wrong-type expected-file", {"field": "file", "found": "text"})]),
    "a file without an id": (
        "‹#› quarterly\ncyclekit: 1\nobligations: {a: {every: year}}\n",
        [("missing-key", {"key": "id", "what": "file"})],
    ),
    "a file with an id alone": (
        "‹‹i››d: a\n",
        [
            ("missing-key", {"key": "cyclekit", "what": "file", "like": "cyclekit: 1"}),
            ("missing-key", {"key": "obligations", "what": "file", "like": "obligations: {report: {every: quarter}}"}),
        ],
    ),
    "a file with a key that may be the one that is missing": (
        "cyclekit: 1\nid: a\n‹rules›: {a: {every: year}}\n",
        [unknown("rules", "file", suggestion="obligations")],
    ),
    "a file with the field of an obligation": (
        "cyclekit: 1\nid: a\n‹absorbs›: b\nobligations: {a: {every: year}}\n",
        [unknown("absorbs", "file", home="obligations")],
    ),
    "a file without a readable version": (
        "cyclekit: ‹{›a: b}\nid: a\nobligations: {a: {every: year}}\n",
        [("wrong-type expected-text", {"field": "cyclekit", "found": "mapping"})],
    ),
    "no obligations": (
        "cyclekit: 1\nid: a\nobligations: ‹{›}\n",
        [("no-obligations", {})],
    ),
    "obligations in a list": (
        "cyclekit: 1\nid: a\nobligations:\n  ‹-› a: {every: year}\n",
        [
            (
                "wrong-type expected-mapping",
                {"field": "obligations", "found": "list", "like": "obligations: {report: {every: quarter}}"},
            )
        ],
    ),
    "an obligation of one word": (
        "cyclekit: 1\nid: a\nobligations: {a: ‹yearly›, b: {every: year}}\n",
        [("wrong-type expected-mapping", {"field": "a", "found": "text"})],
    ),
    "an obligation whose id is none": (
        "cyclekit: 1\nid: a\nobligations: {‹b c›: {upon: d}, d: {every: year}}\n",
        [("bad-id", {"text": "b c"})],
    ),
    "obligations that differ in case": (
        "cyclekit: 1\nid: a\nobligations: {«Report»: {every: year}, ‹rePort›: {every: year}}\n",
        [("duplicate-id case-twins «»", {"id": "rePort", "other": "Report"})],
    ),
    "a language that is none": (
        "cyclekit: 1\nid: a\ntitle: {en: A, ‹english language›: B}\nobligations: {a: {every: year}}\n",
        [("bad-value bad-language", {"text": "english language"})],
    ),
    "units of one word each": (
        "cyclekit: 1\nid: a\nunits: [‹hq›, {id: sh}]\nobligations: {a: {every: year}}\n",
        [("wrong-type expected-mapping-in-list", {"field": "units", "found": "text", "meant": "{id: hq}"})],
    ),
    "a unit without an id": (
        "cyclekit: 1\nid: a\nunits:\n  - ‹n›ame: hq\nobligations: {a: {every: year}}\n",
        [("missing-key", {"key": "id", "what": "unit"})],
    ),
    "an attribute of a unit without a value": (
        "cyclekit: 1\nid: a\nunits:\n  - region:‹›\n    id: hq\nobligations: {a: {every: year}}\n",
        [("empty", {"field": "region", "optional": "region"})],
    ),
    "an attribute of a unit that is a list": (
        "cyclekit: 1\nid: a\nunits: [{id: hq, region: ‹[›a]}]\nobligations: {a: {every: year}}\n",
        [("wrong-type expected-text", {"field": "region", "found": "list"})],
    ),
    "an attribute of a unit with a blank at its end": (
        "cyclekit: 1\nid: a\nunits: [{id: hq, region: ‹'a '›}]\nobligations: {a: {every: year}}\n",
        [("bad-value blank-ends", {"text": "a ", "suggestion": "a"})],
    ),
    "an attribute whose name has a blank at its end": (
        "cyclekit: 1\nid: a\nunits: [{id: hq, ‹'region '›: a}]\nobligations: {a: {every: year}}\n",
        [unknown("region ", "unit")],
    ),
    "an attribute without a name": (
        "cyclekit: 1\nid: a\nunits: [{id: hq, ‹''›: a}]\nobligations: {a: {every: year}}\n",
        [("unknown-key", {"what": "unit", "expected": keys("unit")})],
    ),
    "units that cannot be read, whose own years an exception asks for": (
        (
            "cyclekit: 1\nid: a\nunits: ‹x›\nobligations:\n"
            "  a: {every: year, year_start: unit, exceptions: {2023: {waived: y}}}"
        ),
        [("bad-value bad-units-file", {"text": "x"})],
    ),
    "units by a query that is cut short": (
        "cyclekit: 1\nid: a\nunits: ‹{›sql: SELECT 1}\nobligations: {a: {every: year}}\n",
        [("missing-key", {"key": "url_env", "what": "query", "like": "url_env: OFFICES_URL"})],
    ),
}


@pytest.mark.parametrize("case", FILES)
def test_a_file_that_cannot_be_read(case: str) -> None:
    """What is told of the whole of it, of its table of obligations and of its units."""
    marked, told = FILES[case]
    file = read(marked)
    assert list(file.diagnostics) == expected(marked, told)
    assert (file.rulebook is None) == any(each.is_error for each in file.diagnostics)
