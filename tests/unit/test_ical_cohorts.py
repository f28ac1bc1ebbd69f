"""A unit's own feed, put together in one piece for all units that owe the same."""

from pathlib import Path

import pytest

from cyclekit.adapters.ical import FeedWriter, Linter, Options
from tests.examples import expand

LONG = "unit-with-an-id-that-is-as-long-as-an-id-can-be-and-then-some-64"
RULES = f"""cyclekit: 1
id: book-with-an-id-that-is-rather-long-too
units:
  - {{id: top, name: 市}}
  - {{id: a, name: 甲, parent: top}}
  - {{id: b, parent: top, name: {{zh: 乙, en: A name that is longer than a line and it is broken north of the river}}}}
  - {{id: abc, name: 丙, parent: a}}
  - {{id: {LONG}, name: 丁, parent: top}}
obligations:
  report: {{every: month, report_to: parent, title: 月报}}
  letter: {{once: 2026-05-01, jointly: true, lead: a, applies_to: [a, b, abc]}}
"""


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("tasks", [False, True])
def test_a_feed_is_the_same_by_itself_and_among_others(language: str, tmp_path: Path, *, tasks: bool) -> None:
    """A unit's own feed has the events that a feed of some units has of it, with ids of any length, joint ones too."""
    schedule = expand(tmp_path, "2026", RULES)
    writer, linter = FeedWriter(schedule, Options(language, tasks=tasks)), Linter()
    (book,) = schedule.rulebooks
    for unit in (*book.roster.ids, *book.roster.ids):
        alone = FeedWriter(schedule.for_unit(unit), Options(language, tasks=tasks))
        data = writer.of_unit(unit)
        assert data == alone.of_some(writer.name_of(book, unit), lambda _line: None, whose=False)
        assert linter.check(data) == ()
        assert unit.encode() in data.replace(b"\r\n ", b"")
