"""`cyclekit init`, as it is used: with options, and with answers on the standard input."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import cyclekit
from cyclekit.cli import main
from tests.edge.running import run

ANSWERS = "办公室月度工作\n办发〔2026〕3号\n综合科，信息科\nCN\n信息报送\nmonth\n25\nfollowing\n"


def answering(answers: str, *args: str | Path, language: str = "C.UTF-8") -> Result:
    """Run the command with lines on its standard input."""
    runner = CliRunner(env={"LC_ALL": language})
    return runner.invoke(main, ["init", *map(str, args)], input=answers)


def test_answers_become_files(tmp_path: Path) -> None:
    """The answers become a rule file and its units, which are right, and give the dates that were meant."""
    path = tmp_path / "office.yaml"
    ran = answering(ANSWERS, path, language="zh_CN.UTF-8")
    assert ran.exit_code == 0, ran.output
    assert path.read_text(encoding="utf-8") == (
        "# 检查：cyclekit check office.yaml    查看截止日：cyclekit due office.yaml\n"
        "cyclekit: 1\n"
        "id: office\n"
        "title: 办公室月度工作\n"
        "source: {document: 办发〔2026〕3号}\n"
        "calendar: CN\n"
        "units: office.units.yaml\n"
        "obligations:\n"
        "  duty-1:\n"
        "    title: 信息报送\n"
        "    every: month\n"
        "    due: {day: 25, adjust: following}\n"
        "  # 下一项工作写在下面，另起名称，缩进与第一项相同。\n"
    )
    assert (tmp_path / "office.units.yaml").read_text(encoding="utf-8") == (
        "- {id: unit-1, name: 综合科}\n- {id: unit-2, name: 信息科}\n"
    )
    assert run("check", "--strict", path).exit_code == 0
    # 25 April 2026 is a Saturday, and the Monday after it is worked.
    schedule = cyclekit.expand(cyclekit.load(path), "2026-04")
    assert [(each.unit.id, str(each.due)) for each in schedule] == [("unit-1", "2026-04-27"), ("unit-2", "2026-04-27")]


def test_options_leave_nothing_to_ask(tmp_path: Path) -> None:
    """With every option nothing is asked, and nothing is read from the standard input."""
    path = tmp_path / "club.yaml"
    args = ["--title", "Club", "--document", "-", "--unit", "North", "--unit", "South", "--calendar", "-"]
    ran = answering("", path, *args, "--duty", "Report: money", "--every", "half_year", "--day", "last")
    assert (ran.exit_code, ran.stderr) == (0, "")
    text = path.read_text(encoding="utf-8")
    assert '    title: "Report: money"\n    every: half_year\n    due: {month: last, day: last}\n' in text
    assert run("check", "--strict", path).exit_code == 0
    assert run("fmt", "--check", tmp_path).exit_code == 0


def test_an_empty_line_takes_what_is_offered(tmp_path: Path) -> None:
    """Empty lines take the answers in brackets; without units there is no file of units."""
    path = tmp_path / "mine.yaml"
    ran = answering("\n\n\n\nTidy up\nweek\n\n", path)
    assert ran.exit_code == 0, ran.output
    assert "What are the rules called? [mine]" in ran.stderr
    assert not (tmp_path / "mine.units.yaml").exists()
    assert "calendar: weekdays" in path.read_text(encoding="utf-8")
    assert run("check", path).exit_code == 0


@pytest.mark.parametrize(
    ("answers", "told"),
    [
        ("", "no answer to: What are the rules called?"),
        ("a\n-\n-\ncn\n", "did you mean “CN”"),
        ("a\n-\n-\nCN\n\n", "an answer is wanted"),
        ("a\n-\n-\nCN\nb\nquater\n", "did you mean “quarter”"),
        ("a\n-\n-\nCN\nb\nmonth\n32\n", "“32” is none of: 1 … 31, last"),
        ("a\n-\n-\nCN\nb\nmonth\n5\nlater\n", "“later” is none of"),
    ],
)
def test_wrong_answers_write_nothing(tmp_path: Path, answers: str, told: str) -> None:
    """Without a terminal a wrong or missing answer ends the command with exit code 2, and no file is there."""
    ran = answering(answers, tmp_path / "a.yaml")
    assert ran.exit_code == 2
    assert told in ran.stderr
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    """Neither a rule file nor a file of units that is there already is touched."""
    for name in ("a.yaml", "a.units.yaml"):
        path = tmp_path / name
        path.write_text("mine", encoding="utf-8")
        ran = answering(ANSWERS, tmp_path / "a.yaml")
        assert (ran.exit_code, path.read_text(encoding="utf-8")) == (2, "mine")
        path.unlink()


@pytest.mark.parametrize("name", ["a.txt", "a.units.yaml", "办公室.yaml"])
def test_a_wrong_name_is_told(tmp_path: Path, name: str) -> None:
    """A name that can be no rule file's is exit code 2."""
    assert answering(ANSWERS, tmp_path / name).exit_code == 2
