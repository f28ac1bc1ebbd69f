"""The fuzzer's inputs, without the fuzzer: what was found once stays mended, and the targets see what they look for."""

import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from starlette.responses import Response

import cyclekit
from cyclekit.adapters.ical import templates
from cyclekit.adapters.ical.text import cleaned
from cyclekit.server import app
from tests.fuzz import feeds, reading, requests
from tests.fuzz.dictionary import keys, written
from tests.fuzz.mutating import of_yaml

HERE = Path(__file__).parent
TARGETS: dict[str, Callable[[bytes], None]] = {"reading": reading.one, "feeds": feeds.one, "requests": requests.one}
INPUTS = sorted(
    path for folder in ("corpus", "found") for path in (HERE / folder).glob("*/*") if path.name != ".gitkeep"
)
SMALL = b"cyclekit: 1\nid: r\nobligations:\n  a: {every: month, due: {day: 5, month: next}}\n"


@pytest.mark.parametrize("path", INPUTS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_an_input_breaks_nothing(path: Path) -> None:
    """An input that is kept, as one that once broke something is, breaks nothing."""
    TARGETS[path.parent.name](path.read_bytes())


@pytest.mark.parametrize("name", TARGETS)
def test_each_target_has_inputs(name: str) -> None:
    """Each target begins with inputs of its own."""
    assert any(path.parent.name == name for path in INPUTS)


def test_the_rules_of_the_language_break_nothing() -> None:
    """Every tenth of the files with which reading is fuzzed, each with a few changes, breaks nothing."""
    draw = random.Random(5)
    mutate = of_yaml(Plain())
    for seed in list(reading.seeds())[::10]:
        for _ in range(3):
            reading.one(mutate(seed[: reading.LONGEST], reading.LONGEST, draw.randrange(2**32)))


class Plain:
    """Mutations without atheris: an octet is another."""

    def Mutate(self, data: bytes, most: int, /) -> bytes:  # noqa: N802  # so atheris calls it
        """The input with its middle octet changed."""
        middle = len(data) // 2
        return (data[:middle] + b":" + data[middle + 1 :])[:most]


def test_mutations_are_short_enough_and_the_same_again() -> None:
    """A mutation keeps to its length, and follows from its seed alone."""
    mutate = of_yaml(Plain())
    for seed in range(300):
        found = mutate(SMALL, 60, seed)
        assert len(found) <= 60
        assert found == mutate(SMALL, 60, seed)
    assert len({mutate(SMALL, 1000, seed) for seed in range(300)}) > 100


def test_every_key_is_a_word_of_the_dictionary() -> None:
    """The dictionary of reading has every key of the language, as octets that libFuzzer reads."""
    lines = reading.WORDS.splitlines()
    assert all(line.startswith('"') and line.endswith('"') and line.isascii() for line in lines)
    assert {written([f"{each}: ".encode()]).strip() for each in keys()} <= set(lines)


# --------------------------------------------------------------------------------------- what they look for


def test_reading_lets_foreign_exceptions_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """An exception that nobody is told of comes out, and ends the run."""

    def broken(*_args: object, **_named: object) -> Iterator[object]:
        raise KeyError("month")

    reading.one(SMALL)
    monkeypatch.setattr(cyclekit, "expand", broken)
    with pytest.raises(KeyError):
        reading.one(SMALL)


def test_feeds_finds_a_text_that_is_not_escaped(monkeypatch: pytest.MonkeyPatch) -> None:
    """A writer that does not escape what stands in a title is found out."""
    told = b"\x00\x00a\nX-EVIL:1"
    feeds.one(told)
    monkeypatch.setattr(templates, "escaped", cleaned)
    with pytest.raises(AssertionError):
        feeds.one(told)


def test_feeds_finds_a_text_that_is_another(monkeypatch: pytest.MonkeyPatch) -> None:
    """A writer that loses a part of a text is found out."""
    told = b"\x00\x00a  b"
    feeds.one(told)
    monkeypatch.setattr(templates, "escaped", lambda text: " ".join(text.split()))
    with pytest.raises(AssertionError):
        feeds.one(told)


@pytest.mark.parametrize(
    "answered",
    [
        Response("x", 500),
        Response("x", 302, {"Location": "/"}),
        Response("x", 200, {"Content-Type": "text/html"}),
        Response("x", 304),
    ],
    ids=["a fault", "a redirection", "without the fields of all answers", "304 with content"],
)
def test_requests_finds_an_answer_that_breaks_a_rule(monkeypatch: pytest.MonkeyPatch, answered: Response) -> None:
    """An answer that HTTP does not allow there, or that lacks what every answer has, is found out."""
    asked = b"GET /health"
    requests.one(asked)
    monkeypatch.setattr(app, "as_json", lambda _value: answered)
    with pytest.raises(AssertionError):
        requests.one(asked)


def test_requests_finds_a_token_that_opens_too_much(monkeypatch: pytest.MonkeyPatch) -> None:
    """A server that answers who has the token of another unit is found out."""
    asked = f"+GET /feeds/{requests.TOKEN}/example/south.ics".encode()
    requests.one(asked)
    monkeypatch.setattr(app.App, "is_open", lambda *_args: True)
    with pytest.raises(AssertionError):
        requests.one(asked)


def test_requests_lets_exceptions_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """An exception in a route comes out, though the application answers it."""

    def broken(_value: object) -> Response:
        raise KeyError("moment")

    monkeypatch.setattr(app, "as_json", broken)
    with pytest.raises(KeyError):
        requests.one(b"GET /health")
