"""Occurrences as JSON."""

import json
from pathlib import Path

from cyclekit.adapters.jsonlines import document, lines, record
from tests.examples import NAMELESS, expand

KEYS = [
    "key",
    "rulebook",
    "obligation",
    "unit",
    "period",
    "number",
    "opens",
    "nominal",
    "due",
    "time",
    "closes",
    "status",
    "provisional",
    "quota",
    "title",
    "source",
]


def test_a_record_has_exactly_its_keys(tmp_path: Path) -> None:
    """Every record has the same keys in the same order, and a joint one `units` as well."""
    for each in expand(tmp_path):
        assert list(record(each)) == KEYS + ["units"] * each.is_joint


def test_what_a_record_says(tmp_path: Path) -> None:
    """Dates are ISO text, numbers are numbers, and texts are objects by language."""
    first = next(iter(expand(tmp_path)))
    assert record(first) == {
        "key": "example/report/north/2026Q1",
        "rulebook": "example",
        "obligation": "report",
        "unit": "north",
        "period": "2026Q1",
        "number": 1,
        "opens": None,
        "nominal": "2026-03-20",
        "due": "2026-03-31",
        "time": None,
        "closes": None,
        "status": "scheduled",
        "provisional": False,
        "quota": [{"at_least": 2, "of": {"zh": "简报", "en": "bulletins"}}],
        "title": {"zh": "季报", "en": "Quarterly report"},
        "source": {"document": "Act 7", "issuer": "Council", "checked": "2026-01-31"},
    }


def test_a_joint_record_names_everyone(tmp_path: Path) -> None:
    """A joint record has its lead in `unit` and everyone, sorted, in `units`; its plain title has the tag `und`."""
    joint = next(record(each) for each in expand(tmp_path) if each.is_joint)
    assert (joint["unit"], joint["units"]) == ("top", ["north", "south", "top"])
    assert joint["title"] == {"und": "Letter"}


def test_a_unit_without_a_name_is_null(tmp_path: Path) -> None:
    """The one unit of a file that names none is null; its place in the key is kept."""
    found = record(next(iter(expand(tmp_path, "2026", NAMELESS))))
    assert (found["unit"], found["key"], found["source"]) == (None, "alone/filing/_/2025-12", {})


def test_statuses(tmp_path: Path) -> None:
    """What became of an occurrence is said in one of three words, and provisional dates are marked."""
    found = [record(each) for each in expand(tmp_path)]
    assert {each["status"] for each in found} == {"scheduled", "waived", "absorbed"}
    assert [each["key"] for each in found if each["provisional"]] == ["example/far/south/once"]


def test_lines_are_objects(tmp_path: Path) -> None:
    """Each line is an object of its own, in the schedule's order, Chinese unescaped."""
    schedule = expand(tmp_path)
    text = list(lines(schedule))
    assert [json.loads(line)["key"] for line in text] == [str(each.key) for each in schedule]
    assert all(line.endswith("}\n") and line.count("\n") == 1 for line in text)
    assert "季报" in text[0]


def test_a_line_is_its_record_letter_for_letter(tmp_path: Path) -> None:
    """What the occurrences of a row share is made once, and each line is as if its record were written by itself."""
    for horizon in ("2026..2030", "2026"):
        schedule = expand(tmp_path, horizon)
        for occurrences in (list(schedule), list(schedule)[::-1]):
            assert list(lines(occurrences)) == [
                json.dumps(record(each), ensure_ascii=False) + "\n" for each in occurrences
            ]


def test_a_document_holds_the_schedule(tmp_path: Path) -> None:
    """The document has horizon, rulebooks, occurrences and standing duties, each record on a line of its own."""
    schedule = expand(tmp_path, "2026")
    text = "".join(document(schedule))
    found = json.loads(text)
    assert list(found) == ["horizon", "rulebooks", "occurrences", "standing"]
    assert found["horizon"] == {"first": "2026-01-01", "last": "2026-12-31"}
    assert found["occurrences"] == [record(each) for each in schedule]
    assert found["standing"] == [
        {
            "rulebook": "example",
            "obligation": "always",
            "units": ["north", "south"],
            "quota": [{"exactly": "90 %"}],
            "title": {"zh": "重大事项", "en": "Major matters"},
            "source": {"document": "Act 7", "issuer": "Council", "checked": "2026-01-31"},
        }
    ]
    assert text.count("\n") == 3 + 1 + len(schedule) + 1 + 1


def test_an_empty_document_is_valid(tmp_path: Path) -> None:
    """A horizon without due dates gives a valid document with empty lists."""
    found = json.loads(
        "".join(document(expand(tmp_path, "1990", NAMELESS.replace("    every", "    from: 2026\n    every"))))
    )
    assert (found["occurrences"], found["standing"]) == ([], [])
