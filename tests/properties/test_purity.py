"""What has its dates from values alone: no clock, file, socket, environment, chance or locale is ever asked."""

import datetime as dt
import io
import time
from collections.abc import Iterator
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from cyclekit.adapters import csvfile, jsonlines
from cyclekit.adapters.explanation import render
from cyclekit.adapters.ical import Context, FeedWriter, Linter, Options
from cyclekit.adapters.report import full
from cyclekit.civil.spans import Span
from cyclekit.diagnostics import Diagnostic
from cyclekit.engine.explain import explain
from cyclekit.model.obligation import Rulebook
from cyclekit.model.schedule import Schedule
from cyclekit.reading.layout import evened
from cyclekit.reading.rulebook import read_rule_file
from cyclekit.reading.source import Source, decode
from cyclekit.testing.files import bad_rule_files, rule_files
from cyclekit.words.rules import sentences
from cyclekit.workspace.loading import surroundings
from tests.properties.expanding import expanded, rules
from tests.properties.oracle import World, facts
from tests.properties.outside import OutsideError, load_all, nothing_outside
from tests.properties.strategies import horizons, worlds

LANGUAGES = ("en", "zh")
AROUND = surroundings(None)
load_all()
#: All is done twice, and once while every call is looked at.
fewer = settings(max_examples=max(10, settings().max_examples // 3))


def explained(schedule: Schedule) -> Iterator[str]:
    """Six explanations or so, spread over all of a schedule, in both languages."""
    listed = list(schedule)
    for each in listed[:: len(listed) // 6 + 1]:
        explanation = explain(schedule, each.key)
        yield from (render(explanation, language=language) for language in LANGUAGES)
        yield jsonlines.explanation_line(explanation, "en")


@fewer
@given(book=rules(), world=worlds(), horizon=horizons())
def test_dates_and_explanations_need_nothing_from_outside(book: Rulebook, world: World, horizon: Span) -> None:
    """Expanding, explaining and saying any rules asks nothing outside, and gives the same as ever."""

    def everything() -> tuple[Any, ...]:
        schedule = expanded(book, horizon, world)
        said = [list(sentences(each, language)) for each in book for language in LANGUAGES]
        return facts(schedule), list(explained(schedule)), said

    expected = everything()
    with nothing_outside():
        found = everything()
    assert found == expected


@fewer
@given(book=rules(), world=worlds(known=True), horizon=horizons())
def test_writing_needs_nothing_from_outside(book: Rulebook, world: World, horizon: Span) -> None:
    """Feeds, JSON and CSV of any schedule are written, and feeds looked at, without asking anything outside."""
    schedule = expanded(book, horizon, world)

    def written() -> list[bytes]:
        made: list[bytes] = []
        for language in LANGUAGES:
            writer = FeedWriter(schedule, Options(language), Context(zones=schedule.world.zones))
            feeds = [writer.of_all(), writer.of_unit(book.roster.ids[0])]
            assert Linter().check(feeds[1]) == ()
            made += [*feeds, "".join(csvfile.lines(schedule, language=language)).encode()]
        return [*made, "".join(jsonlines.document(schedule)).encode()]

    expected = written()
    with nothing_outside():
        found = written()
    assert found == expected


@given(text=rule_files() | bad_rule_files().map(lambda bad: bad.text))
def test_reading_needs_nothing_from_outside(text: str) -> None:
    """Text becomes rules, or diagnostics in both languages, without asking anything outside."""

    def read() -> tuple[object, tuple[Diagnostic, ...], list[str], str | None]:
        source, problems = decode("drawn.yaml", text.encode())
        file = read_rule_file(source, AROUND)
        told = [
            each
            for language in LANGUAGES
            for each in full(file.diagnostics, lambda place: source.line(place.line), language=language)
        ]
        book = file.rulebook and (file.rulebook.obligations, file.rulebook.roster.ids)
        return book, (*problems, *file.diagnostics), told, evened(Source("drawn.yaml", text))

    expected = read()
    with nothing_outside():
        found = read()
    assert found == expected


_MODULES = ("io", "locale", "os", "random", "secrets", "socket", "subprocess", "sys", "tempfile", "uuid", "zoneinfo")
#: What can be named there; some things under a name of one's own.
NAMES = {"dt": dt, "time": time, "Path": Path, "TODAY": dt.date.today, "CLOCK": time.time} | {
    name: import_module(name) for name in _MODULES
}
#: Ways to reach outside, by whatever name and from wherever.
REACHING = {
    "the clock": "time.time()",
    "the clock by another name": "CLOCK()",
    "the clock from C": "sorted([1], key=lambda _: time.time())",
    "today": "dt.date.today()",
    "today by another name": "TODAY()",
    "now": "dt.datetime.now(dt.UTC)",
    "a counter": "time.perf_counter()",
    "the name of a weekday": "dt.date(2026, 3, 5).strftime('%A')",
    "open": "open(os.devnull)",
    "open of io": "io.open(os.devnull)",
    "open of os": "os.open(os.devnull, os.O_RDONLY)",
    "open from C": "list(map(io.FileIO, [os.devnull]))",
    "a path": "Path(os.devnull).read_bytes()",
    "a folder": "os.listdir('/')",
    "a temporary folder": "tempfile.gettempdir()",
    "the environment": "os.environ['PATH']",
    "the environment asked gently": "os.environ.get('PATH')",
    "a variable": "os.getenv('PATH')",
    "a socket": "socket.socket()",
    "an address": "socket.getaddrinfo('localhost', 80)",
    "a program": "subprocess.run(['true'], check=True)",
    "chance": "random.random()",
    "chance of one's own": "random.Random(1).random()",
    "a secret": "secrets.token_hex()",
    "a name by chance": "uuid.uuid4()",
    "the locale": "locale.getlocale()",
    "a time zone of the system": "zoneinfo.ZoneInfo.no_cache('Asia/Shanghai')",
    "a module": "__import__('this_is_nowhere')",
    "printing": "print('x')",
    "writing to a stream": "sys.__stderr__.write('x')",
}


@pytest.mark.parametrize("reach", REACHING.values(), ids=REACHING)
def test_the_guard_refuses(reach: str) -> None:
    """Each way to reach outside is refused, and is known at the end where somebody has caught what was raised."""
    program = compile(reach, "reaching", "eval")
    with pytest.raises(OutsideError), nothing_outside():
        eval(program, NAMES)  # noqa: S307  # it is written above
    with pytest.raises(OutsideError), nothing_outside(), suppress(BaseException):
        eval(program, NAMES)  # noqa: S307  # the same


def test_the_guard_lets_values_be() -> None:
    """What computes with values alone is let through, texts in memory among them."""
    with nothing_outside():
        text = io.StringIO()
        text.write(f"{dt.date(2026, 3, 5) + dt.timedelta(1)}")
        found = text.getvalue(), sorted({3, 1}), "é".encode(), dt.date.fromisoformat("2026-03-05").isocalendar().week
    assert found == ("2026-03-06", [1, 3], b"\xc3\xa9", 10)
