"""``cyclekit schema``, and the schemas that are shipped with the rule files."""

import json
import re
from pathlib import Path

import pytest

from cyclekit.reading.fields import SHAPES
from tests.edge.running import run

RULES = Path(__file__).parents[2] / "rules"


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("cyclekit.schema.json", ["--lang", "en"]),
        ("cyclekit.zh.schema.json", ["--lang", "zh"]),
        ("units.schema.json", ["--of", "units", "--lang", "en"]),
    ],
)
def test_the_shipped_schema_is_what_is_printed(name: str, options: list[str]) -> None:
    """The schema beside the rule files is the one that the command prints now."""
    assert run("schema", *options).stdout == (RULES / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("path", sorted(RULES.rglob("*.yaml")), ids=lambda path: path.stem)
def test_every_shipped_file_names_its_schema(path: Path) -> None:
    """Its first line leads to the schema of its kind, from where the file is."""
    first = path.read_text(encoding="utf-8").splitlines()[0]
    named = re.fullmatch(r"# yaml-language-server: \$schema=(\S+)", first)
    assert named is not None
    schema = path.parent / named[1]
    assert schema.is_file()
    assert schema.name.startswith("units.") == (".units." in path.name)


@pytest.mark.parametrize(("language", "place"), [("en", 0), ("zh", 1)])
def test_the_schema_has_every_field_described(language: str, place: int) -> None:
    """Each field of each shape has its title, its description and an example, in the language that is asked for."""
    schema = json.loads(run("schema", "--lang", language).stdout)
    for shape, fields in SHAPES.items():
        defined = schema if shape == "file" else schema["definitions"][shape]
        assert set(defined["properties"]) == {field.name for field in fields}
        for field in fields:
            told = defined["properties"][field.name]
            assert told["title"] == field.title[place]
            assert told["description"] == (field.en, field.zh)[place].replace("``", "`")
            assert len(told["examples"]) == 1


@pytest.mark.parametrize(
    ("of", "language", "title"),
    [
        ("rules", "en", "cyclekit rule file"),
        ("rules", "zh", "cyclekit 规则文件"),
        ("units", "en", "cyclekit units"),
        ("units", "zh", "cyclekit 单位名单"),
    ],
)
def test_what_a_schema_is_called(of: str, language: str, title: str) -> None:
    """What it is a schema of, in the language that is asked for; and of which draft it is."""
    schema = json.loads(run("schema", "--of", of, "--lang", language).stdout)
    assert (schema["title"], schema["$schema"]) == (title, "http://json-schema.org/draft-07/schema#")


def test_a_file_is_written_and_the_line_for_rule_files_told(tmp_path: Path) -> None:
    """With -o the schema goes into a file, and what is said is the line that a rule file beside it wants."""
    out = tmp_path / "a.json"
    done = run("schema", "-o", out, LC_ALL="zh_CN.UTF-8")
    assert done.exit_code == 0
    assert json.loads(out.read_text(encoding="utf-8"))["title"] == "cyclekit 规则文件"
    assert "# yaml-language-server: $schema=a.json" in done.stdout


def test_a_file_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    """A folder that is not there ends the command with 2."""
    done = run("schema", "-o", tmp_path / "none" / "a.json")
    assert done.exit_code == 2
    assert "none" in done.stderr
