"""Changes to an input that leave it nearly right: lines, keys and values change places, or others take theirs."""

import random
import re
from collections.abc import Callable
from typing import Protocol

from tests.fuzz.dictionary import fitting, keys, values


class Mutator(Protocol):
    """What makes ordinary mutations: atheris, while it runs."""

    def Mutate(self, data: bytes, most: int, /) -> bytes:  # noqa: N802  # so it is called
        """An input that is a little other, of so many octets at most."""


#: A key with its value: a text, or a list or a mapping in brackets that holds no other.
_ENTRY = re.compile(rb"([\w.-]+)(:[ \t]+)(\[[^\[\]\r\n]*\]|\{[^{}\r\n]*\}|[^\r\n,{}\[\]]+)")
_TOKEN = re.compile(rb"[\w.+-]+|[^\w\s]")
_KEYS = [each.encode() for each in keys()]
_VALUES = [each.encode() for each in values()]
_FITTING = {key.encode(): [each.encode() for each in found] for key, found in fitting().items()}
_FITTING_KEYS = list(_FITTING)


def of_yaml(plain: Mutator) -> Callable[[bytes, int, int], bytes]:
    """A mutator of YAML: one time in three ``plain``, else one to three of the changes below."""

    def mutate(data: bytes, most: int, seed: int) -> bytes:
        draw = random.Random(seed)
        if draw.random() < 0.33:
            return plain.Mutate(data, most)
        for _ in range(draw.choice((1, 1, 1, 2, 3))):
            data = draw.choice(_CHANGES)(data, draw)
        return data[:most]

    return mutate


def _lines(data: bytes, draw: random.Random) -> bytes:
    """A line goes, comes twice, or changes places with another."""
    lines = data.split(b"\n")
    one, other = draw.randrange(len(lines)), draw.randrange(len(lines))
    match draw.randrange(4):
        case 0:
            del lines[one]
        case 1:
            lines.insert(other, lines[one])
        case 2:
            lines[one], lines[other] = lines[other], lines[one]
        case _:
            lines[one] = draw.choice([b"  " + lines[one], lines[one].removeprefix(b"  "), lines[one] + b" #"])
    return b"\n".join(lines)


def _entries(data: bytes, draw: random.Random) -> bytes:
    """An entry has another key or another value: of the language, or of another entry."""
    found = list(_ENTRY.finditer(data))
    if not found:
        return data
    one, other = draw.choice(found), draw.choice(found)
    part = draw.choice((1, 3))
    new = other[part] if draw.random() < 0.5 else draw.choice(_KEYS if part == 1 else _VALUES)
    return data[: one.start(part)] + new + data[one.end(part) :]


def _fitting_value(data: bytes, draw: random.Random) -> bytes:
    """An entry has another value that its key can have."""
    found = [each for each in _ENTRY.finditer(data) if each[1] in _FITTING]
    if not found:
        return data
    one = draw.choice(found)
    return data[: one.start(3)] + draw.choice(_FITTING[one[1]]) + data[one.end(3) :]


def _new_entry(data: bytes, draw: random.Random) -> bytes:
    """An entry more, behind one that is there: on a line of its own, or in the same brackets."""
    found = list(_ENTRY.finditer(data))
    key = draw.choice(_FITTING_KEYS)
    entry = key + b": " + draw.choice(_FITTING[key])
    if not found:
        return entry + b"\n" + data
    beside = draw.choice(found)
    before = data[data.rfind(b"\n", 0, beside.start()) + 1 : beside.start()]
    between = b", " if before.strip(b" -") else b"\n" + b" " * len(before)
    return data[: beside.end()] + between + entry + data[beside.end() :]


def _tokens(data: bytes, draw: random.Random) -> bytes:
    """A word or a mark is one that stands elsewhere, or a number is another."""
    found = list(_TOKEN.finditer(data))
    if not found:
        return data
    one = draw.choice(found)
    new = draw.choice(found)[0]
    if one[0].isdigit() and draw.random() < 0.7:
        number = draw.choice((0, 1, 2, 3, 5, 12, 13, 28, 29, 30, 31, 32, 53, 99, 366, 400, 1582, 2024, 9999, 10000))
        new = str(draw.choice((number, -number, int(one[0][:9]) + 1))).encode()
    return data[: one.start()] + new + data[one.end() :]


_CHANGES = (_lines, _entries, _fitting_value, _fitting_value, _new_entry, _new_entry, _tokens)
