"""`cyclekit import`, as it is used: lists of dates in, drafts of rule files out."""

import datetime as dt
import io
import zipfile
from pathlib import Path

import pytest

import cyclekit
from tests.edge.running import run
from tests.repo.tree import REPO

#: The 20th of a quarter's last month, or the next working day in China. 20 March 2021 is a Saturday and 20 June 2021 a
#: Sunday; 20 September 2021 is a Monday of the Mid-Autumn holidays, 22 September the first day worked.
QUARTERS = {
    "2021Q1": "2021-03-22",
    "2021Q2": "2021-06-21",
    "2021Q3": "2021-09-22",
    "2021Q4": "2021-12-20",
    "2022Q1": "2022-03-21",
    "2022Q2": "2022-06-20",
}
SHEET = "事项,截止日期\n" + "".join(f"季度小结,{day}\n" for day in QUARTERS.values())


def written(folder: Path, text: str | bytes, name: str) -> Path:
    """A file with this content."""
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def workbook(rows: list[list[str | dt.date]]) -> bytes:
    """A workbook as spreadsheets write it: shared texts, and dates as numbers of days with a format."""
    main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    links = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    texts = [each for row in rows for each in row if isinstance(each, str)]
    cells = ""
    for number, row in enumerate(rows, 1):
        cells += f'<row r="{number}">'
        for column, cell in zip("ABCDE", row, strict=False):
            place = f"{column}{number}"
            if isinstance(cell, str):
                cells += f'<c r="{place}" t="s"><v>{texts.index(cell)}</v></c>'
            else:
                cells += f'<c r="{place}" s="1"><v>{(cell - dt.date(1899, 12, 30)).days}</v></c>'
        cells += "</row>"
    parts = {
        "xl/workbook.xml": f'<workbook {main} xmlns:r="{links}"><sheets><sheet name="a" sheetId="1" r:id="x1"/>'
        "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}"><Relationship Id="x1" Type="t" '
        'Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/sharedStrings.xml": f"<sst {main}>" + "".join(f"<si><t>{each}</t></si>" for each in texts) + "</sst>",
        "xl/styles.xml": f'<styleSheet {main}><numFmts><numFmt numFmtId="164" formatCode="yyyy&quot;年&quot;m"/>'
        '</numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="164"/></cellXfs></styleSheet>',
        "xl/worksheets/sheet1.xml": f"<worksheet {main}><sheetData>{cells}</sheetData></worksheet>",
    }
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as file:
        for name, text in parts.items():
            file.writestr(name, text)
    return data.getvalue()


def calendar(events: list[tuple[str, str]]) -> str:
    """A calendar with all-day events: titles and days in eight digits."""
    blocks = "".join(
        f"BEGIN:VEVENT\r\nUID:{at}@x\r\nDTSTAMP:20210101T000000Z\r\nSUMMARY:{title}\r\nDTSTART;VALUE=DATE:{day}\r\n"
        "END:VEVENT\r\n"
        for at, (title, day) in enumerate(events)
    )
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n{blocks}END:VCALENDAR\r\n"


def drafted_from(path: Path, *args: str) -> str:
    """The draft that the command prints for a list."""
    ran = run("import", path, *args)
    assert ran.exit_code == 0, ran.output
    return ran.stdout


def test_a_sheet_becomes_a_rule_file(tmp_path: Path) -> None:
    """The dates of a sheet become a rule file that reads without any diagnostic and gives the same dates."""
    path, out = written(tmp_path, SHEET, "plan.csv"), tmp_path / "rules.yaml"
    ran = run("import", path, "--calendar", "CN", "-o", out)
    assert ran.exit_code == 0, ran.output
    assert "1. explains 6 of 6: every: quarter, due: {month: last, day: 20, adjust: following}" in ran.stdout
    assert "the 20th of the quarter's last month, or the next working day" in ran.stdout
    assert run("check", "--strict", out).exit_code == 0
    due = [each.due.isoformat() for each in cyclekit.expand(cyclekit.load(out), "2021-01-01..2022-06-30")]
    assert due == list(QUARTERS.values())


def test_a_workbook_and_a_calendar_say_the_same(tmp_path: Path) -> None:
    """The same dates in a workbook and in a calendar give the same rule as the sheet."""
    days = [dt.date.fromisoformat(each) for each in QUARTERS.values()]
    rows: list[list[str | dt.date]] = [["事项", "截止日期"]]
    rows += [["季度小结", day] for day in days]
    events = [("季度小结", f"{day:%Y%m%d}") for day in days]
    rule = "    every: quarter\n    from: 2021Q1\n    due: {month: last, day: 20, adjust: following}\n"
    for path in (
        written(tmp_path, workbook(rows), "plan.xlsx"),
        written(tmp_path, calendar(events), "plan.ics"),
        written(tmp_path, SHEET, "plan.csv"),
    ):
        assert rule in drafted_from(path, "--calendar", "CN"), path


def test_what_is_not_explained_is_an_exception(tmp_path: Path) -> None:
    """A date that no rule explains stands as an exception with the row it came from, and is named in the report."""
    path = written(tmp_path, SHEET + "季度小结,2022-09-27\n季度小结,2022-12-20\n", "plan.csv")
    ran = run("import", path, "--calendar", "CN")
    assert "# explains 7 of 8 dates" in ran.stdout
    assert "      # not explained by the rule: row 8\n      2022Q3: {due: 2022-09-27}\n" in ran.stdout
    assert "not explained: 2022-09-27 (row 8)" in ran.stderr
    assert "The draft gives the 8 dates of the list" in ran.stderr


def test_dates_without_a_rule_are_listed(tmp_path: Path) -> None:
    """Where no rule explains enough, the dates are written out, and it is said that there is none."""
    path = written(tmp_path, "what,due\nvisit,2023-02-03\nvisit,2023-02-17\nvisit,2023-07-21\n", "plan.csv")
    ran = run("import", path)
    assert "    dates:\n      2023-02-03: 2023-02-03\n" in ran.stdout
    assert "no rule was found" in ran.stderr


def test_what_cannot_be_read_is_told(tmp_path: Path) -> None:
    """A row without a date that is known is told, in the report and in the draft, and never dropped in silence."""
    path = written(tmp_path, SHEET + "季度小结,4月底\n季度小结,20/06/2022\n", "plan.csv")
    ran = run("import", path)
    for told in ("row 8: 季度小结 | 4月底", "row 9: 季度小结 | 20/06/2022"):
        assert f"# not read: {told}" in ran.stdout
        assert f"not read: {told}" in ran.stderr
    repeating = calendar([("a", "20210101")]).replace("END:VEVENT", "RRULE:FREQ=DAILY\r\nEND:VEVENT")
    ran = run("import", written(tmp_path, repeating + "", "plan.ics"))
    assert (ran.exit_code, "no dates" in ran.stderr) == (2, True)


def test_periods_and_units_are_taken_from_the_list(tmp_path: Path) -> None:
    """Where a list names periods and units, the rule is about those periods, and the units stand in the draft."""
    rows = "".join(
        f"report,{unit},{label[:4]}-0{month},{label}\n"
        for unit in ("east", "west")
        for month, label in ((1, "2023-02-15"), (2, "2023-03-15"), (3, "2023-04-15"))
    )
    text = drafted_from(written(tmp_path, f"obligation,unit,period,due\n{rows}", "plan.csv"))
    assert "units:\n  - {id: east, name: east}\n  - {id: west, name: west}\n" in text
    assert "    every: month\n    from: 2023-01\n    due: {month: next, day: 15}\n" in text


def test_known_units_judge_by_their_own_calendars(tmp_path: Path) -> None:
    """With a file of units each unit is judged by its calendar: Assumption, 15 August 2024, is a holiday in France."""
    units = "- {id: de, calendar: DE}\n- {id: fr, calendar: FR}\n"
    written(tmp_path, units, "states.units.yaml")
    golden = (REPO / "tests" / "golden" / "eu-supervisory.csv").read_text(encoding="utf-8")
    rows = [row for row in golden.splitlines() if row.startswith(("obligation,", "monthly-remittance,"))]
    path = written(tmp_path, "\n".join(rows), "plan.csv")
    ran = run("import", path, "--units", tmp_path / "states.units.yaml", "--calendar", "weekdays")
    assert "units: states.units.yaml" in ran.stdout
    assert "    calendar: unit\n    due: {month: next, day: 15, adjust: following}\n" in ran.stdout
    assert "1. explains 24 of 24" in ran.stderr


@pytest.mark.parametrize("name", ["cn-lpr", "anqing-2022", "jiujiang-2022", "qinhuangdao-2022", "de-tax-and-social"])
def test_drafts_of_golden_lists_are_right(name: str) -> None:
    """The draft from a golden list has no error, and gives every date of the list."""
    path = REPO / "tests" / "golden" / f"{name}.csv"
    code = "DE" if name.startswith("de-") else "CN"
    ran = run("import", path, "--calendar", code)
    assert ran.exit_code == 0
    assert "error[" not in ran.stderr
    count = len(path.read_text(encoding="utf-8").splitlines()) - 1
    assert f"The draft gives the {count} dates of the list" in ran.stderr


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    """A file that is there already is left alone, with exit code 2."""
    path, out = written(tmp_path, SHEET, "plan.csv"), written(tmp_path, "mine", "rules.yaml")
    ran = run("import", path, "-o", out)
    assert (ran.exit_code, out.read_text()) == (2, "mine")
    assert "left alone" in ran.stderr


@pytest.mark.parametrize(
    ("name", "content", "args", "told"),
    [
        ("plan.pdf", b"x", (), "no list of dates"),
        ("plan.csv", SHEET.encode("gbk"), (), "not in UTF-8"),
        ("plan.csv", b"a,b\n", (), "no dates were found"),
        ("plan.xlsx", b"PK", (), "no workbook"),
        ("plan.ics", b"BEGIN:VEVENT", (), "no calendar"),
        ("plan.csv", SHEET.encode(), ("--calendar", "cn"), "did you mean “CN”"),
        ("plan.csv", SHEET.encode(), ("--year-start", "4-1"), "no day"),
        ("plan.csv", SHEET.encode(), ("--units", "none.yaml"), "there is no file"),
    ],
)
def test_mistakes_are_told(tmp_path: Path, name: str, content: bytes, args: tuple[str, ...], told: str) -> None:
    """What stops the command is told in a sentence, with exit code 2."""
    ran = run("import", written(tmp_path, content, name), *args)
    assert ran.exit_code == 2
    assert told in ran.stderr


def test_a_workbook_that_would_grow_is_refused(tmp_path: Path) -> None:
    """A part with a document type, by which few bytes can become many, is refused."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as file:
        file.writestr("xl/workbook.xml", '<!DOCTYPE a [<!ENTITY b "c">]><workbook>&b;</workbook>')
    assert run("import", written(tmp_path, data.getvalue(), "plan.xlsx")).exit_code == 2


def test_a_chinese_draft_speaks_chinese(tmp_path: Path) -> None:
    """In Chinese, the report and the comments of the draft are Chinese."""
    ran = run("import", written(tmp_path, SHEET, "plan.csv"), "--lang", "zh")
    assert "# 可解释 6 个日期中的 6 个" in ran.stdout
    assert "1. 可解释 6 个中的 6 个：every: quarter" in ran.stderr


HOLIDAYS = """\
BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//school//EN
BEGIN:VEVENT
UID:1
DTSTAMP:20260101T000000Z
DTSTART;VALUE=DATE:20261224
DTEND;VALUE=DATE:20270103
SUMMARY:Winter break: all
END:VEVENT
BEGIN:VEVENT
UID:2
DTSTAMP:20260101T000000Z
DTSTART;VALUE=DATE:20260508
SUMMARY:校庆
END:VEVENT
BEGIN:VEVENT
UID:3
DTSTAMP:20260101T000000Z
DTSTART:20260509T080000Z
SUMMARY:Meeting
END:VEVENT
BEGIN:VEVENT
UID:4
DTSTAMP:20260101T000000Z
DTSTART;VALUE=DATE:20260601
RRULE:FREQ=YEARLY
SUMMARY:Children's Day
END:VEVENT
END:VCALENDAR
""".replace("\n", "\r\n")


def test_closed_days_of_a_calendar(tmp_path: Path) -> None:
    """The whole days of somebody's calendar are closed days of a calendar of one's own; the others are named."""
    path = written(tmp_path, HOLIDAYS, "school.ics")
    ran = run("import", path, "--closed", "--calendar", "CN")
    assert ran.exit_code == 0
    assert "event 3: Meeting" in ran.stderr
    assert "event 4: Children's Day" in ran.stderr
    rules = "calendar: own\nobligations:\n  report: {every: month, due: {day: 8, adjust: following}}\n"
    book = written(tmp_path, f"cyclekit: 1\nid: school\n{ran.stdout}{rules}", "school.yaml")
    days = [each.due.isoformat() for each in cyclekit.expand(cyclekit.load(book), "2026-05")]
    # 8 May 2026 is a Friday, and 9 May a Saturday worked in exchange for a day of Labour Day.
    assert days == ["2026-05-09"]
    # What can be read back says the same.
    assert "2026-12-24..2027-01-02" in ran.stdout


def test_closed_days_that_are_none(tmp_path: Path) -> None:
    """What is no calendar, and a calendar without a whole day, make no closed days, and nothing is overwritten."""
    assert run("import", written(tmp_path, "no calendar", "a.ics"), "--closed").exit_code == 2
    timed = HOLIDAYS.partition("BEGIN:VEVENT")[0] + "END:VCALENDAR\r\n"
    assert run("import", written(tmp_path, timed, "b.ics"), "--closed").exit_code == 2
    there = written(tmp_path, "mine", "own.yaml")
    assert run("import", written(tmp_path, HOLIDAYS, "c.ics"), "--closed", "-o", there).exit_code == 2
    assert there.read_text(encoding="utf-8") == "mine"
