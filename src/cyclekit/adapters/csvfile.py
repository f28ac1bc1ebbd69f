"""Occurrences as CSV (RFC 4180), made so that a spreadsheet opens it as it is.

It begins with a BOM, without which Excel on a Chinese Windows reads UTF-8 as GBK. A text that a spreadsheet would
take for a formula gets an apostrophe before it, as OWASP advises against formula injection.
"""

import re
from collections.abc import Iterable, Iterator

from cyclekit.model.occurrence import Occurrence
from cyclekit.words.occurrences import quota_words, source_words, unit_words

BOM = "\ufeff"
COLUMNS = (
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
    "units",
    "unit_name",
)
#: Full-width signs too: spreadsheets in Chinese and Japanese take them for the narrow ones.
_FORMULA = tuple("=+-@\t\r\n＝＋－＠")
_QUOTED = re.compile('[",\r\n]')


def lines(occurrences: Iterable[Occurrence], *, language: str = "en", bom: bool = True) -> Iterator[str]:
    """The sheet line by line, each with its CRLF: a head, then one line for each occurrence.

    Quota, title, source and unit name are words of a language; ``units`` has everyone who owes a joint occurrence,
    with blanks between; ``unit`` is empty for the one unit of a file that names none.
    """
    yield f"{BOM if bom else ''}{','.join(COLUMNS)}\r\n"
    last: object = None
    before = behind = ""
    for each in occurrences:
        here = each.place[:2]
        if here != last:
            # What all occurrences of a row have in common, all but key and unit, is made once.
            last = here
            shared = _shared(each, language)
            before, behind = (",".join(map(_cell, part)) for part in (shared[:2], shared[2:]))
        unit = "" if each.unit.is_nameless else each.unit.id
        yield f"{_cell(str(each.key))},{before},{_cell(unit)},{behind},{_cell(unit_words(each.unit, language))}\r\n"


def guarded(text: str | None) -> str:
    """A cell as it may be written: an apostrophe before what a spreadsheet would take for a formula; empty for None.

    >>> guarded("=1+1"), guarded("季报")
    ("'=1+1", '季报')
    """
    return f"'{text}" if text and text.startswith(_FORMULA) else text or ""


def _shared(occurrence: Occurrence, language: str) -> tuple[str, ...]:
    """The cells of a row, without the first, its key, those of its unit, the fourth and the last."""
    return (
        occurrence.rulebook.id,
        occurrence.obligation.id,
        occurrence.period,
        str(occurrence.number),
        occurrence.opens.isoformat() if occurrence.opens else "",
        occurrence.nominal.isoformat(),
        occurrence.due.isoformat(),
        occurrence.time or "",
        occurrence.closes.isoformat() if occurrence.closes else "",
        occurrence.status.value,
        "true" if occurrence.provisional else "false",
        quota_words(occurrence.quota, language),
        occurrence.title.get(language),
        source_words(occurrence.source, language) if occurrence.source else "",
        " ".join(sorted(each.id for each in occurrence.units)) if occurrence.is_joint else "",
    )


def _cell(text: str) -> str:
    """A cell as it is written: in quotes where it holds what ends a cell or a line (RFC 4180, section 2)."""
    safe = guarded(text)
    return '"{}"'.format(safe.replace('"', '""')) if _QUOTED.search(safe) else safe
