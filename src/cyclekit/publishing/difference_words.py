"""Differences in words, by unit, as lines of a text."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from cyclekit.adapters.jsonlines import UNDETERMINED, Json
from cyclekit.model.text import Text
from cyclekit.publishing.comparing import Difference, How, Record
from cyclekit.words.display import columns, visible
from cyclekit.words.periods import is_chinese, period_words

_WORDS = {
    How.ADDED: ("added", "新增"),
    How.REMOVED: ("removed", "删除"),
    How.RELABELLED: ("relabelled", "改期名"),
    How.MOVED: ("moved", "改期"),
    How.WAIVED: ("waived", "免除"),
    How.ABSORBED: ("absorbed", "并入"),
    How.OWED_AGAIN: ("owed again", "恢复"),
    How.RETITLED: ("retitled", "改名"),
    How.ALTERED: ("altered", "内容有变"),
}


def lines(found: Iterable[Difference], language: str = "en") -> Iterator[str]:
    """The differences, each unit's below its id: what, which date, which period, and the title."""
    comma = "、" if is_chinese(language) else ", "
    for unit, several in groupby(found, key=lambda each: each.unit):
        yield f"{visible(unit)}\n"
        rows = [
            (
                comma.join(_how(how, each, language) for how in each.how),
                _both(_when(each.old), _when(each.new)),
                _both(_period(each.old, language), _period(each.new, language)),
                _both(_title(each.old, language), _title(each.new, language)),
            )
            for each in several
        ]
        widths = [max(columns(row[column]) for row in rows) for column in range(4)]
        for row in rows:
            cells = (cell + " " * (width - columns(cell)) for cell, width in zip(row, widths, strict=True))
            yield f"  {'  '.join(cells).rstrip()}\n"


def _how(how: How, difference: Difference, language: str) -> str:
    """What has become of it, with the fields that are altered, as rule files spell them."""
    word = _WORDS[how][is_chinese(language)]
    if how is not How.ALTERED:
        return word
    colon, comma = ("：", "、") if is_chinese(language) else (": ", ", ")
    return visible(f"{word}{colon}{comma.join(difference.altered)}")


def _both(old: str, new: str) -> str:
    return f"{old} → {new}" if old and new and old != new else new or old


def _when(record: Record | None) -> str:
    if record is None:
        return ""
    time = record.get("time")
    return visible(f"{record['due']} {time}" if time else str(record["due"]))


def _period(record: Record | None, language: str) -> str:
    return "" if record is None else visible(period_words(str(record["period"]), language))


def _title(record: Record | None, language: str) -> str:
    return "" if record is None else visible(_text(record["title"], language))


def _text(title: Json, language: str) -> str:
    if not isinstance(title, dict) or not title:
        return str(title)
    return Text(tuple(("" if tag == UNDETERMINED else tag, str(text)) for tag, text in title.items())).get(language)
