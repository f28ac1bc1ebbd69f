"""Rows of cells to a list of dates: what a sheet says, whichever program wrote it.

With a row of column names the columns say what they hold: a date, a title, a unit, a period, a number. Without one,
each row that has dates has them for the text before them.
"""

import csv
import datetime as dt
import io
import re
from collections.abc import Iterable, Mapping, Sequence

from cyclekit.model.listed import DateList, ListedDate, Unreadable

#: A cell is a text, or a date where the sheet knows it for one.
Cell = str | dt.date
#: What people call the columns, in lower case.
_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "day": ("due", "due date", "deadline", "date", "day", "日期", "截止日", "截止日期", "到期日", "期限", "截止时间"),
    "name": ("obligation", "id", "事项编号", "编号"),
    "title": (
        "title",
        "name",
        "task",
        "duty",
        "subject",
        "event",
        "summary",
        "what",
        "事项",
        "名称",
        "标题",
        "任务",
        "工作",
        "内容",
        "报表",
    ),
    "unit": ("unit", "office", "department", "who", "owner", "unit id", "单位", "部门", "科室", "责任单位"),
    "period": ("period", "期间", "所属期", "周期", "属期"),
    "number": ("number", "no", "第几次"),
}
_DATE = re.compile(
    r"(?P<y>[0-9]{4})(?:-(?P<m>[0-9]{1,2})-(?P<d>[0-9]{1,2})|/(?P<m2>[0-9]{1,2})/(?P<d2>[0-9]{1,2})"
    r"|\.(?P<m3>[0-9]{1,2})\.(?P<d3>[0-9]{1,2})|年(?P<m4>[0-9]{1,2})月(?P<d4>[0-9]{1,2})日)(?:[T ][0-9:]+)?"
)
_MOST_ROWS = 100_000


def read_csv(data: bytes, title: str = "") -> DateList:
    r"""The dates of a sheet in CSV, in UTF-8 with or without a byte order mark.

    The separator is the comma, semicolon or tab that the first row has most of. Raises ValueError where the bytes
    are no UTF-8, or a quote is left open.

    >>> read_csv("title,due\nReport,2023-03-20\n".encode()).dates[0].day
    datetime.date(2023, 3, 20)
    """
    text = data.decode("utf-8-sig")
    first = text.partition("\n")[0]
    separator = max(",;\t", key=first.count)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True))
    except csv.Error as fault:
        raise ValueError(str(fault)) from fault
    return of_rows(rows, title)


def of_rows(rows: Iterable[Sequence[Cell]], title: str = "") -> DateList:
    """The dates of some rows, with what could not be read. Raises ValueError for too many rows."""
    numbered = [(place, list(row)) for place, row in enumerate(rows, 1) if any(_said(each) for each in row)]
    if len(numbered) > _MOST_ROWS:
        raise ValueError(f"{len(numbered):,} rows; at most {_MOST_ROWS:,} are read")
    for at, (_, row) in enumerate(numbered):
        columns = _columns(row)
        if "day" in columns:
            return _by_columns(numbered[at + 1 :], columns, title)
        if any(_day(each) for each in row):
            break
    return _by_rows(numbered, title)


def _said(cell: Cell) -> str:
    return cell.isoformat() if isinstance(cell, dt.date) else cell.strip()


def _columns(row: Sequence[Cell]) -> dict[str, int]:
    """The columns that a row of names names; of several names for one thing, the one that says it best."""
    names = [_said(each).lower().replace("_", " ") for each in row]
    found: dict[str, int] = {}
    for field, spellings in _COLUMNS.items():
        place = next((names.index(each) for each in spellings if each in names), None)
        if place is not None:
            found[field] = place
    return found


def _day(cell: Cell) -> dt.date | None:
    if isinstance(cell, dt.date):
        return cell
    match = _DATE.fullmatch(cell.strip())
    if match is None:
        return None
    _, *parts = (int(each) for each in match.groups() if each is not None)
    try:
        return dt.date(int(match["y"]), *parts)
    except ValueError:
        return None


def _by_columns(rows: Iterable[tuple[int, Sequence[Cell]]], columns: Mapping[str, int], title: str) -> DateList:
    dates: list[ListedDate] = []
    lost: list[Unreadable] = []
    for place, row in rows:
        said = {field: _said(row[at]) if at < len(row) else "" for field, at in columns.items()}
        cell = row[columns["day"]] if columns["day"] < len(row) else ""
        day = _day(cell)
        number = said.get("number", "")
        if day is None or (number and not re.fullmatch("[1-9][0-9]?", number)):
            lost.append(Unreadable(f"row {place}", " | ".join(map(_said, row))))
            continue
        name = said.get("name", "")
        dates.append(
            ListedDate(
                said.get("title") or name or title,
                day,
                name,
                said.get("unit", "").replace("_", "") if said.get("unit") == "_" else said.get("unit", ""),
                said.get("period", ""),
                int(number) if number else 0,
                f"row {place}",
            )
        )
    return DateList(title, tuple(dates), tuple(lost))


def _by_rows(rows: Iterable[tuple[int, Sequence[Cell]]], title: str) -> DateList:
    """Rows without names of columns: a text, then its dates; a row without a text goes on with the one before."""
    dates: list[ListedDate] = []
    lost: list[Unreadable] = []
    above = title
    for place, row in rows:
        days = [day for each in row if (day := _day(each))]
        words = [_said(each) for each in row if _said(each) and not _day(each)]
        if not days or len(words) > 1:
            lost.append(Unreadable(f"row {place}", " | ".join(map(_said, row))))
            continue
        above = words[0] if words else above
        dates += [ListedDate(above, day, place=f"row {place}") for day in days]
    return DateList(title, tuple(dates), tuple(lost))
