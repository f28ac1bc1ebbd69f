"""Units from a sheet (CSV): the same as from a list in YAML, and what is wrong with a sheet at its row and column."""

from pathlib import Path

import pytest

from cyclekit.civil.fiscal import YearStart
from cyclekit.civil.spans import Bounds
from cyclekit.model.roster import Roster
from cyclekit.model.text import Text
from cyclekit.reading.limits import Limits
from cyclekit.reading.sheets import read_sheet
from cyclekit.reading.source import Source
from cyclekit.words.messages import headline, help_text
from cyclekit.workspace.loading import Loaded, find_rule_files, load_files

RULES = "cyclekit: 1\nid: demo\nunits: offices.csv\nobligations: {a: {every: year}}\n"
SHEET = """\
id,name,kind,parent,tags,calendar,timezone,year_start,active,region
hq,总公司,head,,,,Asia/Shanghai,,,
sh,"上海公司, 分部",branch,hq,coast; 沿海,CN,,04-01,2019..2021;2023..,east
bj, 北京公司 ,branch,hq,coast、沿海,,,,,
"""


def loaded(folder: Path, sheet: str | bytes, rules: str = RULES) -> Loaded:
    """What becomes of a rule file whose units stand in a sheet beside it."""
    (folder / "demo.yaml").write_text(rules, encoding="utf-8")
    (folder / "offices.csv").write_bytes(sheet if isinstance(sheet, bytes) else sheet.encode())
    return load_files([folder / "demo.yaml"])


def roster(told: Loaded) -> Roster:
    """The units, without a diagnostic."""
    assert not told.diagnostics, [headline(each) for each in told.diagnostics]
    return told.rulebooks[0].roster


def found(told: Loaded) -> list[str]:
    """Code, file, line and column of each diagnostic."""
    return [
        f"{each.code} {Path(each.place.file).name}:{each.place.line}:{each.place.column}" for each in told.diagnostics
    ]


def test_a_sheet_is_read_like_a_list(tmp_path: Path) -> None:
    """Fields, attributes and the tree of units come from columns; blanks around a cell do not count."""
    units = roster(loaded(tmp_path, SHEET))
    assert units.ids == ["hq", "sh", "bj"]
    assert units.names == [Text.of("总公司"), Text.of("上海公司, 分部"), Text.of("北京公司")]
    assert units.kinds == ["head", "branch", "branch"]
    assert units.parents == [-1, 0, 0]
    assert units.tags == [frozenset(), frozenset({"coast", "沿海"}), frozenset({"coast", "沿海"})]
    assert units.calendars == [None, "CN", None]
    assert units.timezones == ["Asia/Shanghai", None, None]
    assert units.year_starts == [None, YearStart(4, 1), None]
    spans = [[each.ordinals() for each in spans] for spans in units.active]
    assert [len(each) for each in spans] == [0, 2, 0]
    assert isinstance(units.active[1][1], Bounds)
    assert units.active[1][1].last is None
    assert units.attributes == {"region": [None, "east", None]}


def test_a_sheet_and_a_list_give_one_roster(tmp_path: Path) -> None:
    """What a sheet says in rows gives the roster of the same units in YAML."""
    listed = """units:
  - {id: hq, name: 总公司, kind: head, timezone: Asia/Shanghai}
  - {id: sh, name: "上海公司, 分部", kind: branch, parent: hq, tags: [coast, 沿海], calendar: CN, year_start: 04-01,
     active: [2019..2021, 2023..], region: east}
  - {id: bj, name: 北京公司, kind: branch, parent: hq, tags: [coast, 沿海]}
"""
    from_sheet = roster(loaded(tmp_path, SHEET))
    assert from_sheet == roster(loaded(tmp_path, SHEET, RULES.replace("units: offices.csv\n", listed)))


@pytest.mark.parametrize(
    "sheet",
    [
        "\ufeffid,kind\r\nhq,head\r\n",
        "id,kind\nhq,head",
        '"id","kind"\n"hq","head"\n',
        "id,kind,\nhq,head,\n,,\n\n",
        "id,kind\nhq,head,,\n",
        "kind,id\nhead,hq\n",
        "id, kind\nhq, head\n",
    ],
)
def test_ways_to_save_a_sheet(sheet: str, tmp_path: Path) -> None:
    """A byte order mark, any line end, quotes, columns in any order, and what a spreadsheet leaves empty."""
    units = roster(loaded(tmp_path, sheet))
    assert (units.ids, units.kinds, units.attributes) == (["hq"], ["head"], {})


def test_names_in_languages(tmp_path: Path) -> None:
    """A column for each language gives a name in several, and a unit without any is called by its id."""
    units = roster(loaded(tmp_path, "id,name:zh,name:en\nhq,总公司,Head office\nsh,,Shanghai\nbj,,\n"))
    both = Text((("zh", "总公司"), ("en", "Head office")))
    assert units.names == [both, Text((("en", "Shanghai"),)), Text.of("bj")]


def test_quotes_within_a_cell(tmp_path: Path) -> None:
    """A quote in a quoted cell is written twice; one inside a bare cell is a text."""
    units = roster(loaded(tmp_path, 'id,name\nhq,"the ""old"" office, Anqing"\nsh,the "new" one\n'))
    assert [str(name) for name in units.names] == ['the "old" office, Anqing', 'the "new" one']


def test_attributes_can_be_selected(tmp_path: Path) -> None:
    """A further column is an attribute that a selector tests."""
    rules = RULES.replace("{every: year}", "{every: year, applies_to: {region: east}}")
    told = loaded(tmp_path, SHEET, rules)
    assert not told.diagnostics
    book = told.rulebooks[0]
    assert list(book["a"].selection.units(book.roster)) == [1]


WRONG: dict[str, tuple[str, list[str]]] = {
    "nothing": ("", ["empty offices.csv:1:1"]),
    "only commas": (",,\n\n", ["empty offices.csv:1:1"]),
    "no rows": ("id,name\n", ["empty offices.csv:1:1"]),
    "no ids": ("name,kind\nhq,head\n", ["missing-key offices.csv:1:1"]),
    "ids in capitals": ("ID,kind\nhq,head\n", ["missing-key offices.csv:1:1"]),
    "semicolons": ("id;name\nhq;总公司\n", ["syntax offices.csv:1:3"]),
    "tabs": ("id\tname\nhq\t总公司\n", ["syntax offices.csv:1:3"]),
    "Chinese commas": ("id，name\nhq，总公司\n", ["syntax offices.csv:1:3"]),
    "a column twice": ("id,kind,kind\nhq,a,b\n", ["duplicate-key offices.csv:1:9"]),
    "children": ("id,children\nhq,sh\n", ["unknown-key offices.csv:1:4"]),
    "a name with and without a language": ("id,name,name:zh\nhq,a,b\n", ["conflict offices.csv:1:9"]),
    "a language that is none": ("id,name:x\nhq,a\nsh,b\n", ["bad-value offices.csv:1:9"]),
    "an odd blank in a name": ("id,re\xa0gion\nhq,a\n", ["invisible-char offices.csv:1:6"]),
    "a column that is nearly a field": ("id,calender\nhq,CN\n", ["attribute-near-key offices.csv:1:4"]),
    "a column with a Chinese name": ("id,名称\nhq,总公司\n", ["attribute-near-key offices.csv:1:4"]),
    "a column that selectors use": ("id,tag\nhq,coast\n", ["unknown-key offices.csv:1:4"]),
    "a row that is short": ("id,name,kind\nhq,总公司\n", ["syntax offices.csv:2:7"]),
    "a row that is long": ("id,name\nhq,总公司,head\n", ["syntax offices.csv:2:8"]),
    "a cell in a column without a name": ("id,,name\nhq,x,总公司\n", ["syntax offices.csv:2:4"]),
    "a quote that stays open": ('id,name\nhq,"总公司\nsh,x\n', ["syntax offices.csv:2:4"]),
    "a line break in a cell": ('id,name\nhq,"总\n公司"\n', ["syntax offices.csv:2:4", "syntax offices.csv:3:4"]),
    "a quote that ends early": ('id,name\nhq,"总公司" x\n', ["syntax offices.csv:2:4"]),
    "no id in a row": ("id,name\nhq,总公司\n,上海\n", ["missing-key offices.csv:3:1"]),
    "an id that is none": ("id\n总公司\n", ["bad-id offices.csv:2:1"]),
    "an id twice": ("id,name\nhq,a\nhq,b\n", ["duplicate-id offices.csv:3:1"]),
    "ids that differ in case": ("id,name\nhq,a\nHQ,b\n", ["duplicate-id offices.csv:3:1"]),
    "a word of the language": ("id\neveryone\n", ["bad-id offices.csv:2:1"]),
    "a parent that is not there": ("name,id,parent\na,sh,hq\n", ["unknown-reference offices.csv:2:6"]),
    "a unit below itself": ("id,parent\na,b\nb,a\n", ["cycle offices.csv:2:3"]),
    "a calendar that is none": ("id,calendar\nhq,XX\n", ["unknown-reference offices.csv:2:4"]),
    "a time zone that is none": ("id,timezone\nhq,Beijing\n", ["unknown-reference offices.csv:2:4"]),
    "a start of the year that is none": ("id,year_start\nhq,13-01\n", ["bad-date offices.csv:2:4"]),
    "spans that overlap": ("id,active\nhq,2019..2021;2021..\n", ["conflict offices.csv:2:15"]),
    "a span that is none": ("id,active\nhq,2019..; x\n", ["bad-date offices.csv:2:12"]),
    "tags with commas": ('id,tags\nhq,"a,b"\n', ["bad-value offices.csv:2:6"]),
    "an empty tag": ("id,tags\nhq,a;;b\n", ["empty offices.csv:2:6"]),
    "a control character": ("id,name\nhq,\x07\n", ["control-char offices.csv:2:4"]),
    "an invisible character": ("id,kind\nhq,a\u200bb\n", ["invisible-char offices.csv:2:5"]),
    "a lone return": ("id,kind\rhq,a\n", ["control-char offices.csv:1:8"]),
    "a row that others name": ("id,parent\nhq\nsh,hq\n", ["syntax offices.csv:2:3"]),
    "several at once": ("id,kind\nhq\nsh,b,c\n", ["syntax offices.csv:2:3", "syntax offices.csv:3:6"]),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_is_wrong_with_a_sheet(case: str, tmp_path: Path) -> None:
    """Code, row and column of what is wrong, worded in both languages, and nothing about the rule file."""
    sheet, wanted = WRONG[case]
    told = loaded(tmp_path, sheet)
    assert found(told) == wanted
    assert all(
        headline(each, language) and help_text(each, language) for each in told.diagnostics for language in ("en", "zh")
    )


def test_the_column_of_ids_is_guessed_for_the_help(tmp_path: Path) -> None:
    """What a column of ids is called otherwise is named in the help, and never taken for it."""
    for name in ("ID", "编号", "unit"):
        told = loaded(tmp_path, f"name,{name}\na,hq\n")
        assert f"“{name}”" in help_text(told.diagnostics[0])


@pytest.mark.parametrize(
    ("data", "encoding"),
    [("id,name\nhq,季度总公司\n".encode("gbk"), "GBK"), ("id,name\nhq,总公司\n".encode("utf-16"), "UTF-16")],
)
def test_encodings_are_refused_as_in_rule_files(data: bytes, encoding: str, tmp_path: Path) -> None:
    """A sheet in another encoding is refused with the encoding named, and the form to save it in."""
    told = loaded(tmp_path, data)
    assert [each.code for each in told.diagnostics] == ["encoding"]
    assert encoding in headline(told.diagnostics[0])
    assert "CSV UTF-8" in help_text(told.diagnostics[0], "zh")


def test_a_workbook_is_told_as_such(tmp_path: Path) -> None:
    """A workbook that was only renamed is refused as what it is."""
    told = loaded(tmp_path, b"PK\x03\x04" + bytes(100))
    assert found(told) == ["encoding offices.csv:1:1"]
    assert "CSV UTF-8" in help_text(told.diagnostics[0])


def test_a_sheet_that_is_not_there(tmp_path: Path) -> None:
    """A missing sheet is told in the rule file."""
    (tmp_path / "demo.yaml").write_text(RULES, encoding="utf-8")
    assert found(load_files([tmp_path / "demo.yaml"])) == ["missing-file demo.yaml:3:8"]


def test_a_sheet_is_no_rule_file(tmp_path: Path) -> None:
    """A folder's sheets are not taken for rule files, and one that is named itself is refused."""
    loaded(tmp_path, SHEET)
    assert [path.name for path in find_rule_files([tmp_path])] == ["demo.yaml"]
    with pytest.raises(FileNotFoundError, match="lists units"):
        find_rule_files([tmp_path / "offices.csv"])


def test_limits_of_a_sheet() -> None:
    """A text and a number of units above their limits are told with the setting that raises them."""
    long = read_sheet(Source("a.csv", "id,name\nhq,12345\n"), Limits(text=4))[1]
    many = read_sheet(Source("a.csv", "id\na\nb\nc\n"), Limits(inline_units=2))[1]
    giant = read_sheet(Source("a.csv", f"id,name\nhq,{'x' * 200_000}\n"))[1]
    shown = [(each.code, each.values["setting"], str(each.place)) for each in (*long, *many, *giant)]
    assert shown == [
        ("limit", "text", "a.csv:2:4"),
        ("limit", "inline_units", "a.csv:4:1"),
        ("limit", "text", "a.csv:2:1"),
    ]
