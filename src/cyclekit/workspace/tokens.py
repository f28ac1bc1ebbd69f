"""Who may read which feed: a file of tokens, of which only the SHA-256 is kept.

A token is 256 bits of chance, for one feed and one reader. Whoever reads the file cannot make one from it.
"""

import contextlib
import datetime as dt
import hashlib
import hmac
import json
import os
import secrets
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import attrs

from cyclekit.errors import DamagedTokensError, UnknownTokenError

FORMAT = 1
#: The bytes of chance in a token.
LENGTH = 32
#: How much of a digest a token is called by.
SHOWN = 10
_INDEXED = 16
_NOBODY = "0" * 64
#: The first line of a file of tokens, as it is written here.
_HEAD = f'{{"format": {FORMAT}, "tokens": [\n'.encode()


@attrs.frozen
class Grant:
    """What one token opens: one feed, for one reader, until it is revoked. ``digest`` is the token's SHA-256."""

    digest: str
    feed: str
    reader: str
    created: dt.date
    revoked: dt.date | None = None

    @property
    def id(self) -> str:
        """What it is called by when it is listed or revoked."""
        return self.digest[:SHOWN]


class InForce:
    """The grants of a file that are in force, found by token in a time that tells nothing of them.

    A server may have millions of them: each takes what its digest and its feed take, and some bytes to be found by.
    """

    def __init__(self, grants: Iterable[Grant] = ()) -> None:
        self._digests, self._feeds = bytearray(), bytearray()
        self._ends = array("q", [0])
        beginnings = array("Q")
        for each in grants:
            if each.revoked is None:
                self._digests += bytes.fromhex(each.digest)
                self._feeds += each.feed.encode("utf-8", "surrogatepass")
                self._ends.append(len(self._feeds))
                beginnings.append(_beginning(each.digest))
        self._order = array("I", sorted(range(len(beginnings)), key=beginnings.__getitem__))
        # Whoever guesses tokens does not choose their digests, so looking up the beginning of one tells nothing.
        self._beginnings = array("Q", map(beginnings.__getitem__, self._order))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, InForce):
            return NotImplemented
        return (self._digests, self._feeds, self._ends) == (other._digests, other._feeds, other._ends)

    __hash__ = None  # type: ignore[assignment]

    def __len__(self) -> int:
        return len(self._order)

    def allows(self, token: str, feed: str) -> bool:
        """Whether a token opens a feed. Unknown, revoked and for another feed are all the same."""
        digest = digest_of(token)
        # Of several that begin alike, the last one written.
        place = bisect_right(self._beginnings, _beginning(digest)) - 1
        known, opens = _NOBODY, b""
        if place >= 0 and self._beginnings[place] == _beginning(digest):
            number = self._order[place]
            known = self._digests[LENGTH * number : LENGTH * (number + 1)].hex()
            opens = bytes(self._feeds[self._ends[number] : self._ends[number + 1]])
        same_token = hmac.compare_digest(known, digest)
        same_feed = hmac.compare_digest(opens, feed.encode("utf-8", "surrogatepass"))
        return same_token & same_feed


def _beginning(digest: str) -> int:
    return int(digest[:_INDEXED], 16)


class Tokens:
    """The grants of a file, those that are revoked as well."""

    def __init__(self, grants: Iterable[Grant] = ()) -> None:
        self.grants = tuple(grants)
        self._in_force = InForce(self.grants)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Tokens) and other.grants == self.grants

    __hash__ = None  # type: ignore[assignment]

    def allows(self, token: str, feed: str) -> bool:
        """Whether a token opens a feed. Unknown, revoked and for another feed are all the same."""
        return self._in_force.allows(token, feed)

    def added(self, feed: str, reader: str, day: dt.date) -> tuple["Tokens", str]:
        """A new token for a feed and a reader: the tokens with it, and the token itself, which is kept nowhere."""
        token = secrets.token_urlsafe(LENGTH)
        return Tokens([*self.grants, Grant(digest_of(token), feed, reader, day)]), token

    def revoked(self, id_: str, day: dt.date) -> "Tokens":
        """The tokens without the one of this id, which stays on the list. Raises UnknownTokenError."""
        which = self[id_]
        return Tokens(attrs.evolve(each, revoked=day) if each is which else each for each in self.grants)

    def rotated(self, id_: str, day: dt.date) -> tuple["Tokens", str]:
        """A new token in place of the one of this id, for the same feed and reader. Raises UnknownTokenError."""
        which = self[id_]
        return self.revoked(id_, day).added(which.feed, which.reader, day)

    def __getitem__(self, id_: str) -> Grant:
        """The grant of an id that is in force. Raises UnknownTokenError."""
        found = [each for each in self.grants if each.id == id_ and each.revoked is None]
        if len(found) != 1:
            raise UnknownTokenError(id_)
        return found[0]


def digest_of(token: str) -> str:
    """The SHA-256 of a token, in hexadecimal digits."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def read_tokens(path: Path) -> Tokens:
    """The tokens of a file. Raises OSError, and DamagedTokensError for what is no file of tokens."""
    try:
        return Tokens(map(_grant, _entries(path)))
    except (KeyError, TypeError, ValueError) as fault:
        raise DamagedTokensError(str(path)) from fault


def read_in_force(path: Path) -> InForce:
    """The tokens of a file that are in force, and nothing else of it. Raises as ``read_tokens`` does."""
    try:
        return InForce(map(_grant, _entries(path)))
    except (KeyError, TypeError, ValueError) as fault:
        raise DamagedTokensError(str(path)) from fault


def _grant(each: Any) -> Grant:  # noqa: ANN401  # whatever stands in the file
    return Grant(
        _digest(each["sha256"]),
        str(each["feed"]),
        str(each["reader"]),
        dt.date.fromisoformat(each["created"]),
        dt.date.fromisoformat(each["revoked"]) if each["revoked"] else None,
    )


def _entries(path: Path) -> Iterator[Any]:
    """What stands in a file of tokens: line by line as we write it, else as whatever JSON it is."""
    with path.open("rb") as file:
        first = file.readline()
        if first != _HEAD:
            found = json.loads(first + file.read())
            if found["format"] != FORMAT:
                raise ValueError(found["format"])
            yield from found["tokens"]
            return
        none, goes_on = True, True
        for line in file:
            text = line.strip()
            if text == b"]}":
                break
            if text:
                if not goes_on:
                    raise ValueError(text)
                none, goes_on = False, text.endswith(b",")
                yield json.loads(text.removesuffix(b","))
        else:
            raise ValueError(path)
        if (goes_on and not none) or file.read().strip():
            raise ValueError(path)


def _digest(text: object) -> str:
    if not isinstance(text, str) or len(bytes.fromhex(text)) != LENGTH:
        raise ValueError(text)
    return text.lower()


def write_tokens(path: Path, tokens: Tokens) -> None:
    """Write a file of tokens, readable by its owner alone: the old one, or the new one, and never a part."""
    rows = [
        {
            "sha256": each.digest,
            "feed": each.feed,
            "reader": each.reader,
            "created": each.created.isoformat(),
            "revoked": each.revoked.isoformat() if each.revoked else None,
        }
        for each in tokens.grants
    ]
    # A grant a line, so that two of them can be compared.
    inside = ",\n".join(json.dumps(each, ensure_ascii=False) for each in rows)
    data = _HEAD + f"{inside}\n]}}\n".encode()
    target = path.resolve()
    unfinished = target.with_name(f".{secrets.token_hex(8)}.unfinished")
    try:
        with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(target)
    except OSError as fault:
        # It names the unfinished file, of which nobody has heard.
        raise OSError(fault.errno, fault.strerror, str(path)) from fault
    finally:
        unfinished.unlink(missing_ok=True)


@contextlib.contextmanager
def changing(path: Path, *, make: bool = False) -> Iterator[Tokens]:
    """The tokens of a file while nobody else changes it; none where there is no file yet and ``make`` it is.

    Raises OSError, and leaves nothing behind where there is no file.
    """
    if not make:
        path.stat()
    lock = path.resolve().with_name(f".{path.name}.lock")
    file = os.open(lock, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        _wait_for(file)
        yield Tokens() if make and not path.exists() else read_tokens(path)
    finally:
        os.close(file)


def _wait_for(file: int) -> None:
    import fcntl  # noqa: PLC0415  # there is none on Windows, where the rest of the package works

    fcntl.flock(file, fcntl.LOCK_EX)
