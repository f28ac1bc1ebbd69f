"""What inputs are made of, as far as the language itself says it: from the table of fields, not by hand."""

from collections.abc import Iterable, Iterator
from functools import cache

from cyclekit.adapters.ical.rfc import KNOWN, SHAPES
from cyclekit.reading.fields import SHAPES as FIELDS
from cyclekit.reading.kinds import Either, Kind, Many, Scalar, Table

#: What libFuzzer takes for a word of a dictionary is at most so many octets long.
LONGEST = 60
#: Characters that a word of a dictionary has as they are.
_PLAIN = frozenset(range(0x20, 0x7F)) - frozenset(b'"\\')


@cache
def keys() -> tuple[str, ...]:
    """Every key of the language, and what people write instead of one."""
    found = (name for fields in FIELDS.values() for field in fields for name in (field.name, *field.instead))
    return tuple(dict.fromkeys(found))


@cache
def values() -> tuple[str, ...]:
    """The example of every field, and every word that a field can be."""
    found: list[str] = []
    for fields in FIELDS.values():
        for field in fields:
            found += [field.example, *_words(field.kind)]
    return tuple(dict.fromkeys(each for each in found if each))


def _words(kind: Kind | None) -> Iterator[str]:
    match kind:
        case Scalar():
            yield from (*kind.words, *kind.also)
        case Table():
            yield from (*_words(kind.key), *_words(kind.value))
        case Many():
            yield from _words(kind.each)
        case Either():
            for each in (kind.text, kind.mapping, kind.listing, *(each for _, each in kind.keyed)):
                yield from _words(each)
        case _:
            return


@cache
def fitting() -> dict[str, tuple[str, ...]]:
    """For each key what may well stand behind it: its example, and the words that it can be."""
    found: dict[str, list[str]] = {}
    for fields in FIELDS.values():
        for field in fields:
            found.setdefault(field.name, []).extend(each for each in (field.example, *_words(field.kind)) if each)
    return {name: tuple(dict.fromkeys(each)) for name, each in found.items() if each}


@cache
def properties() -> tuple[str, ...]:
    """Every property and component of a feed that has a name of its own."""
    return tuple(sorted({*KNOWN, *SHAPES}))


def written(words: Iterable[bytes]) -> str:
    r"""A file of words as libFuzzer reads it: one on each line, in quotes.

    >>> print(written([b"every", "季".encode()]), end="")
    "every"
    "\xE5\xAD\xA3"
    """
    found = dict.fromkeys(each for each in words if 0 < len(each) <= LONGEST)
    return "".join(f'"{"".join(map(_octet, each))}"\n' for each in found)


def _octet(octet: int) -> str:
    return chr(octet) if octet in _PLAIN else f"\\x{octet:02X}"
