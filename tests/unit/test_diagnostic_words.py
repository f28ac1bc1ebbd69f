"""What a diagnostic says of a file: words in both languages, made of what stands in the file."""

from collections.abc import Iterable

import pytest

from cyclekit.diagnostics import CODES, Diagnostic
from cyclekit.words.messages import MESSAGES, headline, help_text
from cyclekit.workspace.loading import load_files
from tests.unit import test_reading as reading
from tests.unit.test_corpus import BAD, CORPUS

#: What is taken from the file as it stands there.
QUOTED = ("first", "id", "part", "second", "text")
#: The second half of a span is quoted with what it shares with the first.
SPELLED_OUT = {"date-day", "date-week"}


def told(diagnostics: Iterable[Diagnostic], source: str) -> None:
    """Hold what diagnostics say against the file that they are about."""
    for each in diagnostics:
        assert each.code in CODES
        assert each.message in MESSAGES
        for language in ("en", "zh"):
            assert headline(each, language)
            help_text(each, language)
        for name, value in each.values.items():
            assert isinstance(value, str), (each.message, name)
            assert value not in ("", "None"), (each.message, name)
        if each.message not in SPELLED_OUT:
            quoted = [each.values[name] for name in QUOTED if name in each.values]
            assert [text for text in quoted if text not in source] == [], each
        place = each.place
        lines = source.split("\n")
        assert 1 <= place.line <= len(lines) + 1
        assert place.column >= 1
        assert place.width >= 0


@pytest.mark.parametrize("row", [row for row in BAD if row["group"] != "encoding"], ids=lambda row: row["name"])
def test_a_diagnostic_of_the_corpus_is_worded_of_its_file(row: dict[str, str]) -> None:
    """Headlines in English and Chinese have all their words, and quote what stands in the file."""
    path = CORPUS / row["file"]
    told(load_files([path], parser="c").diagnostics, path.read_bytes().decode("utf-8", "replace"))


@pytest.mark.parametrize("case", reading.WRONG)
def test_a_diagnostic_of_an_obligation_is_worded_of_its_file(case: str) -> None:
    """As in the corpus, for mistakes in the fields of an obligation."""
    fields, _ = reading.WRONG[case]
    told(reading.one(fields).diagnostics, reading.HEAD + fields)
