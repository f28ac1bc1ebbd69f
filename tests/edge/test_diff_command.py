"""`cyclekit diff`, as it is used."""

import json
from pathlib import Path

import pytest

from tests.edge.running import run
from tests.examples import EXAMPLE, NAMELESS

DAYS = ("--within", "2026")


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """The rule file before."""
    path = tmp_path / "old.yaml"
    path.write_text(EXAMPLE, encoding="utf-8")
    return path


def changed(tmp_path: Path, *edits: tuple[str, str]) -> Path:
    """The rule file after some edits."""
    text = EXAMPLE
    for one, other in edits:
        assert one in text
        text = text.replace(one, other)
    path = tmp_path / "new.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_nothing_is_different(old: Path) -> None:
    """Two lists that are the same end with 0."""
    ran = run("diff", old, old, *DAYS)
    assert (ran.exit_code, ran.stdout) == (0, "no difference\n")


def test_a_table(tmp_path: Path, old: Path) -> None:
    """Each unit's differences stand below it, with both dates where they moved; there being any ends with 1."""
    another = "  new: {applies_to: north, once: 2026-07-01}\n  far:"
    new = changed(tmp_path, ("due: 2026-03-31", "due: 2026-03-30"), ("  far:", another))
    ran = run("diff", old, new, *DAYS)
    assert ran.exit_code == 1
    assert ran.stdout == (
        "example/north\n"
        "  moved  2026-03-31 → 2026-03-30  Q1 2026  Quarterly report\n"
        "  added  2026-07-01               once     new\n"
        "example/south\n"
        "  moved  2026-03-31 → 2026-03-30  Q1 2026  Quarterly report\n"
        "differences: 3, units: 2\n"
    )


def test_a_rule_that_reads_otherwise(tmp_path: Path, old: Path) -> None:
    """Where the rule is another one and the date the same, what is altered is the rule, and why it is that day."""
    new = changed(tmp_path, ("due: {month: last, day: 20}", "due: {month: 3, day: 20}"))
    ran = run("diff", old, new, *DAYS)
    assert ran.exit_code == 1
    assert "altered: rule, why" in ran.stdout


def test_in_chinese(tmp_path: Path, old: Path) -> None:
    """The table is in the language that is asked for."""
    ran = run("diff", old, changed(tmp_path, ("due: 2026-03-31", "due: 2026-03-30")), *DAYS, "--lang", "zh")
    assert "改期" in ran.stdout
    assert "2 个单位，2 处差异" in ran.stdout


@pytest.mark.parametrize(
    ("edit", "how"),
    [
        (("  letter:\n", "  note:\n"), {"removed", "added"}),
        (("2026Q2: {waived: no meeting}", "2026Q3: {waived: no meeting}"), {"waived", "owed again"}),
        (("title: Letter", "title: Note"), {"retitled"}),
        (("quota: {at_least: 2,", "quota: {at_least: 3,"), {"altered"}),
        (("    absorbs: [report]\n", ""), {"owed again"}),
        (("once: 2026-05-01", "once: 2026-05-02"), {"moved"}),
        (("every: quarter", "every: 3 months"), {"relabelled"}),
    ],
)
def test_what_has_become_of_it(tmp_path: Path, old: Path, edit: tuple[str, str], how: set[str]) -> None:
    """Each kind of difference is told by its name."""
    ran = run("diff", old, changed(tmp_path, edit), *DAYS, "--format", "json")
    found = [json.loads(line) for line in ran.stdout.splitlines()]
    assert {one for each in found for one in each["changes"]} == how


def test_an_object_has_both(tmp_path: Path, old: Path) -> None:
    """In JSON a difference has the whole occurrence as it was, and as it is."""
    ran = run("diff", old, changed(tmp_path, ("once: 2026-05-01", "once: 2026-05-02")), *DAYS, "--format", "json")
    (found,) = map(json.loads, ran.stdout.splitlines())
    assert (found["key"], found["unit"]) == ("example/letter/top/once", "top")
    assert (found["old"]["due"], found["new"]["due"]) == ("2026-05-01", "2026-05-02")


def test_with_what_is_published(tmp_path: Path, old: Path) -> None:
    """A published folder is compared over the days that it has, or those of them that are asked for."""
    out = tmp_path / "out"
    run("publish", old, "--to", out, "--within", "2026-05..2026-07", "--no-xlsx")
    new = changed(tmp_path, ("due: 2026-03-31", "due: 2026-03-30"), ("once: 2026-05-01", "once: 2026-05-02"))
    for path in (out, out / "current", out / "current" / "site", out / "generations" / "1"):
        ran = run("diff", path, new, "--format", "json")
        assert [json.loads(line)["key"] for line in ran.stdout.splitlines()] == ["example/letter/top/once"]
    assert run("diff", out, new, "--within", "2026-06").exit_code == 0
    assert run("diff", out, new, "--within", "2027").exit_code == 2


def test_what_is_published_from_the_rules(tmp_path: Path, old: Path) -> None:
    """What was published differs in nothing from the rules that it was made of."""
    run("publish", old, "--to", tmp_path / "out", "--no-xlsx")
    assert run("diff", tmp_path / "out", old).exit_code == 0


def test_rules_that_cannot_be_compared(tmp_path: Path, old: Path) -> None:
    """Rule files with errors, a path that is not there and a list that is none end with 2: nobody has compared."""
    broken = tmp_path / "broken.yaml"
    broken.write_text("cyclekit: 1\n", encoding="utf-8")
    assert run("diff", old, broken, *DAYS).exit_code == 2
    assert run("diff", old, tmp_path / "none", *DAYS).exit_code == 2
    (tmp_path / "list").mkdir()
    (tmp_path / "list" / "deadlines.json").write_text("{}", encoding="utf-8")
    assert run("diff", tmp_path / "list", old, *DAYS).exit_code == 2


def test_a_file_without_units(tmp_path: Path) -> None:
    """Where a rule file names no units, its differences stand below its own id."""
    one, other = tmp_path / "one.yaml", tmp_path / "other.yaml"
    one.write_text(NAMELESS, encoding="utf-8")
    other.write_text(NAMELESS.replace("day: 5", "day: 6"), encoding="utf-8")
    ran = run("diff", one, other, "--within", "2026-01")
    assert ran.stdout.startswith("alone\n  moved  2026-01-05 → 2026-01-06  December 2025  =1+1\n")


@pytest.mark.parametrize(
    ("edit", "altered"),
    [
        (("second line", "third line"), ["notes"]),
        (("remind: [10 days, 3 working days]", "remind: [10 days, 4 working days]"), ["remind"]),
        (("    kind: report; a,b\n", "    kind: return\n"), ["kind"]),
        (("    kind: report; a,b\n", "    kind: report; a,b\n    tags: [yearly]\n"), ["tags"]),
        (("deliver: [plan (3 copies), roster]", "deliver: [plan]"), ["deliver"]),
        (("report?a=1", "report?a=2"), ["url"]),
        (("report_to: parent", "report_to: idle"), ["report_to"]),
        (("reason: 洪水", "reason: 暴雨"), ["reason"]),
        (("quota: {at_least: 2,", "quota: {at_least: 3,"), ["quota"]),
        (("    report_to: parent\n", "    report_to: parent\n    lead: parent\n"), ["lead"]),
        (("en: City union", "en: Union"), ["lead", "name", "report_to"]),
        (("name: {zh: 北区, en: North}", "name: {zh: 北区, en: Northern}"), ["name"]),
    ],
)
def test_all_that_readers_see_is_compared(tmp_path: Path, old: Path, edit: tuple[str, str], altered: list[str]) -> None:
    """Whatever an event tells is compared, and which fields are other ones is said."""
    ran = run("diff", old, changed(tmp_path, edit), *DAYS, "--format", "json")
    assert ran.exit_code == 1
    found = [json.loads(line) for line in ran.stdout.splitlines()]
    assert {tuple(each["changes"]) for each in found} == {("altered",)}
    assert sorted({name for each in found for name in each["altered"]}) == altered


def test_altered_fields_are_named_in_the_table(tmp_path: Path, old: Path) -> None:
    """The table names the fields as rule files do, after what else has become of it; in Chinese as well."""
    new = changed(tmp_path, ("second line", "third line"), ("at_least: 2", "at_least: 3"), ("2026-03-31", "2026-03-30"))
    lines = run("diff", old, new, "--within", "2026Q1").stdout.splitlines()
    assert lines[1] == "  moved, altered: quota, notes  2026-03-31 → 2026-03-30  Q1 2026  Quarterly report"
    assert "改期、内容有变：quota、notes" in run("diff", old, new, "--within", "2026Q1", "--lang", "zh").stdout


def test_another_way_to_the_same_date(tmp_path: Path, old: Path) -> None:
    """A date that stays and is come by otherwise is altered: from which day it moved, and why."""
    new = changed(tmp_path, ("once: 2030-10-01", "once: 2030-10-02"))
    (found,) = map(json.loads, run("diff", old, new, "--within", "2030", "--format", "json").stdout.splitlines()[-1:])
    assert (found["changes"], found["altered"]) == (["altered"], ["nominal", "why"])


def test_what_a_list_does_not_have_is_not_compared(tmp_path: Path, old: Path) -> None:
    """With a published folder only what stands in its list is compared, and that is said."""
    run("publish", old, "--to", tmp_path / "out", "--no-xlsx", *DAYS)
    ran = run("diff", tmp_path / "out", changed(tmp_path, ("second line", "third line")))
    assert (ran.exit_code, ran.stdout) == (0, "no difference\n")
    assert "deadlines.json" in ran.stderr
    assert run("diff", old, old, *DAYS).stderr == ""


def test_a_folder_without_a_list(tmp_path: Path, old: Path) -> None:
    """Of a folder that was published without lists it is said that its list is missing."""
    run("publish", old, "--to", tmp_path / "out", "--no-lists", *DAYS)
    for path in (tmp_path / "out", tmp_path / "out" / "current" / "site"):
        ran = run("diff", path, old, *DAYS)
        assert ran.exit_code == 2
        assert f"in {path} is neither a deadlines.json" in ran.stderr


def test_what_is_damaged_is_said_in_the_readers_language(tmp_path: Path, old: Path) -> None:
    """A list that is none is told to be so in English or Chinese, and not in both."""
    (tmp_path / "deadlines.json").write_text("{}", encoding="utf-8")
    assert "it is no list of deadlines" in run("diff", tmp_path, old).stderr
    told = run("diff", tmp_path, old, "--lang", "zh").stderr
    assert "不是截止日清单" in told
    assert "deadlines;" not in told
    assert " it " not in told
