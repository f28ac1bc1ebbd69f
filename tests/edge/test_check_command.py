"""`cyclekit check`, as it is used."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.edge.running import loaded_by, run, spawn
from tests.examples import EXAMPLE, NAMELESS
from tests.repo.tree import REPO

RULES = REPO / "rules" / "cn"
BAD = NAMELESS.replace("every", "evry").replace("title:", "titel:")


def written(folder: Path, text: str, name: str = "a.yaml") -> Path:
    """A file with a text."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_shipped_files_are_clean() -> None:
    """The shipped rule files have neither errors nor warnings, also where warnings count."""
    ran = run("check", "--strict", RULES.parent)
    count = sum(not path.name.endswith(".units.yaml") for path in RULES.parent.rglob("*.yaml"))
    assert (ran.exit_code, ran.output) == (0, f"{count} files: no problems\n")


def test_errors_are_exit_code_1(tmp_path: Path) -> None:
    """All errors of all files are told, each with place, line, caret and help, and the exit code is 1."""
    one, two = written(tmp_path, BAD), written(tmp_path, BAD.replace("alone", "季"), "b.yaml")
    ran = run("check", one, two)
    assert ran.exit_code == 1
    assert f"{one}:5:5" in ran.stdout
    assert f"{two}:2:5" in ran.stdout
    assert "5 |     titel: =1+1\n  |     ^^^^^\n" in ran.stdout
    assert ran.stdout.splitlines()[-1].startswith("2 files: ")
    assert ran.stderr == ""


def test_warnings_count_when_strict(tmp_path: Path) -> None:
    """A warning alone is exit code 0, and 1 with --strict."""
    path = written(tmp_path, "cyclekit: 1\nid: a\nobligations: {}\n")
    assert (run("check", path).exit_code, run("check", "--strict", path).exit_code) == (0, 1)
    assert "warning[no-obligations]" in run("check", path).stdout


@pytest.mark.parametrize("command", ["check", "due"])
def test_what_cannot_be_read_is_exit_code_2(tmp_path: Path, command: str) -> None:
    """A path that is not there, and a folder without rule files, are exit code 2, told on the error output."""
    for path, told in ((tmp_path / "no.yaml", "there is no file"), (tmp_path, "no rule files")):
        ran = run(command, path)
        assert (ran.exit_code, ran.stdout) == (2, "")
        assert ran.stderr.startswith("Error: ")
        assert told in ran.stderr


def test_no_path_is_a_wrong_use() -> None:
    """Without any path the exit code is 2."""
    assert run("check").exit_code == 2


def test_json_is_an_object_a_line(tmp_path: Path) -> None:
    """In JSON each diagnostic is an object with eight keys on a line, and there is nothing else."""
    path = written(tmp_path, BAD)
    ran = run("check", "--format", "json", path)
    found = [json.loads(line) for line in ran.stdout.splitlines()]
    assert ran.exit_code == 1
    assert all(
        list(each) == ["code", "severity", "file", "line", "column", "headline", "help", "rule"] for each in found
    )
    assert {each["code"] for each in found} == {"unknown-key", "missing-key"} & {each["code"] for each in found}
    assert (found[0]["file"], found[0]["line"], found[0]["column"]) == (str(path), 5, 5)


def test_lines_are_for_editors(tmp_path: Path) -> None:
    """In the line format each diagnostic is one line that begins with its place."""
    path = written(tmp_path, BAD)
    lines = run("check", "--format", "line", path).stdout.splitlines()
    assert lines[0].startswith(f"{path}:5:5: error[unknown-key] ")


def test_all_of_a_flood_is_in_json(tmp_path: Path) -> None:
    """Of a thousand errors of one code, two hundred are shown in full and all are in JSON."""
    text = "cyclekit: 1\nid: a\nobligations:\n" + "".join(f"  o{n}: {{once: 2026-05-4{n % 10}}}\n" for n in range(1000))
    path = written(tmp_path, text)
    assert len(run("check", "--format", "json", path).stdout.splitlines()) == 1000
    full = run("check", path).stdout
    assert full.count("error[bad-date]") == 200
    assert "… and 800 more of bad-date" in full


@pytest.mark.parametrize(
    ("options", "environment", "chinese"),
    [
        ((), {"LC_ALL": "zh_CN.UTF-8"}, True),
        ((), {"LC_ALL": "", "LC_MESSAGES": "", "LANG": "zh_TW.UTF-8"}, True),
        ((), {"LC_ALL": "C", "LANG": "zh_CN.UTF-8"}, False),
        (("--lang", "zh"), {"LC_ALL": "en_US.UTF-8"}, True),
        (("--lang", "en"), {"LC_ALL": "zh_CN.UTF-8"}, False),
    ],
)
def test_the_language(tmp_path: Path, options: tuple[str, ...], environment: dict[str, str], chinese: bool) -> None:
    """Messages are in the language asked for, else in that of the environment."""
    ran = run("check", written(tmp_path, BAD), *options, **environment)
    assert ("错误[unknown-key]：" in ran.stdout) is chinese


def test_a_wrong_language_is_refused() -> None:
    """A language that messages are not written in is a wrong use."""
    assert run("check", RULES, "--lang", "fr").exit_code == 2


@pytest.mark.parametrize(
    "environment", [{"LC_ALL": "C"}, {"PYTHONIOENCODING": "ascii"}, {"PYTHONUTF8": "0", "LC_ALL": "C"}]
)
def test_any_locale_does(tmp_path: Path, environment: dict[str, str]) -> None:
    """Whatever the locale, Chinese goes out as UTF-8 and nothing fails."""
    ran = spawn("check", written(tmp_path, BAD.replace("=1", "季")), "--lang", "zh", **environment)
    assert ran.returncode == 1
    assert "季" in ran.stdout.decode("utf-8")
    assert b"Traceback" not in ran.stderr


def test_a_terminal_is_safe(tmp_path: Path) -> None:
    """Escape sequences in a file or in its name never reach the terminal."""
    path = written(tmp_path, EXAMPLE.replace("Letter", "\x1b[31mLetter\x9b"), "e\x1b[31m\udcff.yaml")
    for form in ("full", "line", "json"):
        ran = run("check", path, "--format", form)
        assert ran.exit_code == 1
        assert "\x1b" not in ran.stdout


def test_a_reader_who_leaves_hears_nothing() -> None:
    """Where the reader of the output goes away, the command ends without a traceback."""
    command = [sys.executable, "-m", "cyclekit", "due", str(RULES), "--within", "2020..2027", "--format", "json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        assert running.stdout.readline().startswith(b'{"key"')
        running.stdout.close()
        assert running.stderr.read() == b""
        assert running.wait() == 141


def test_a_full_disk_is_said() -> None:
    """Where the output cannot be written, the exit code is 2, with one line that says so."""
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip(reason="there is no /dev/full here")
    with full.open("wb") as nowhere:
        command = [sys.executable, "-m", "cyclekit", "due", str(RULES), "--within", "2022"]
        ran = subprocess.run(command, stdout=nowhere, stderr=subprocess.PIPE, check=False)
    assert ran.returncode == 2
    assert ran.stderr.count(b"\n") == 1


def test_help_says_the_exit_codes() -> None:
    """The help of every command tells its exit codes."""
    for command in ((), ("check",), ("due",), ("feed",), ("export",)):
        ran = run(*command, "--help")
        assert ran.exit_code == 0
        assert "Exit codes:" in ran.stdout


def test_the_version() -> None:
    """`--version` names the program."""
    assert run("--version").stdout.startswith("cyclekit ")


def test_an_unknown_command_is_refused() -> None:
    """A word that is no command is exit code 2."""
    assert run("chek", RULES).exit_code == 2


@pytest.mark.parametrize("command", ["check", "due", "feed", "export"])
def test_help_is_light(command: str) -> None:
    """Asking a command for help loads no library that computes or draws."""
    assert loaded_by(command, "--help").isdisjoint({"holidays", "icalendar", "rich", "hypothesis", "yaml", "dateutil"})


def test_obligations_are_said_in_words(tmp_path: Path) -> None:
    """With --say each obligation has its sentence below its place, in the language that is asked for."""
    text = "cyclekit: 1\nid: a\nobligations:\n  x: {title: {zh: 月报, en: Report}, every: month, due: {day: 20}}\n"
    path = written(tmp_path, text)
    said = run("check", "--say", path).stdout
    assert said == f"{path}:4:3: x (Report)\n  By the 20th of each month.\n\n1 file: no problems\n"
    assert f"{path}:4:3: x (月报)\n  每月 20 日前。\n" in run("check", "--say", "--lang", "zh", path).stdout
    assert run("check", "--say", "--format", "line", path).stdout == f"{path}:4:3: says[x] By the 20th of each month.\n"
    (line,) = run("check", "--say", "--format", "json", path).stdout.splitlines()
    assert json.loads(line) == {
        "file": str(path),
        "line": 4,
        "column": 3,
        "obligation": "x",
        "title": "Report",
        "says": ["By the 20th of each month."],
    }


def test_what_cannot_be_read_is_not_said(tmp_path: Path) -> None:
    """Of two files, the one with an error is told what is wrong, and the obligations of the other are said."""
    wrong = written(tmp_path, BAD)
    right = written(tmp_path, "cyclekit: 1\nid: b\nobligations: {x: {every: year}}\n", "b.yaml")
    ran = run("check", "--say", "--format", "line", wrong, right)
    assert ran.exit_code == 1
    assert [line for line in ran.stdout.splitlines() if "says[" in line] == [
        f"{right}:3:15: says[x] By the last day of each year."
    ]


def test_github_is_told_where(tmp_path: Path) -> None:
    """With --format github each problem is a command that annotates its line; marks in names are escaped."""
    path = written(tmp_path, "cyclekit: 1\nid: a\nobligations: {x: {every: quater}}\n", "a, b.yaml")
    ran = run("check", "--format", "github", path)
    name = str(path).replace(",", "%2C")
    assert ran.exit_code == 1
    assert ran.stdout == (
        f"::error file={name},line=3,col=26,endColumn=32,title=bad-value::“quater” is no cycle%0AWrite “quarter”\n"
    )


def test_what_a_code_means_is_one_command_away(tmp_path: Path) -> None:
    """Below the problems stands the command that tells more of the first, and nothing where there are none."""
    path = written(tmp_path, BAD)
    assert "What a code means: cyclekit code unknown-key\n" in run("check", path).stdout
    assert "cyclekit code" not in run("check", "--format", "line", path).stdout
