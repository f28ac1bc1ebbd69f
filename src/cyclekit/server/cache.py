"""Answers that are ready, as many as fit in a number of bytes; the one that was asked for longest ago goes first."""

import gzip
import hashlib
from collections import OrderedDict

import attrs

#: How many bytes of answers are kept for a snapshot.
ROOM = 64 << 20


@attrs.frozen
class Ready:
    """One answer, plain and compressed. Each has a tag of its own, since they differ in their bytes."""

    plain: bytes = attrs.field(repr=False)
    packed: bytes = attrs.field(repr=False)
    digest: str

    @classmethod
    def of(cls, data: bytes) -> "Ready":
        """Bytes made ready; the same bytes give the same answer, whenever that is."""
        return cls(data, gzip.compress(data, 6, mtime=0), hashlib.sha256(data).hexdigest())

    def etag(self, *, packed: bool) -> str:
        """The strong tag of either form."""
        return f'"{self.digest}-gzip"' if packed else f'"{self.digest}"'

    @property
    def size(self) -> int:
        """The bytes of both forms."""
        return len(self.plain) + len(self.packed)


class Cache:
    """Answers by key, bounded by their bytes. One that is larger than all the room is not kept."""

    def __init__(self, room: int = ROOM) -> None:
        self._room = room
        self._held = 0
        self._ready: OrderedDict[str, Ready] = OrderedDict()

    def get(self, key: str) -> Ready | None:
        """The answer of a key; None where it has to be made."""
        found = self._ready.get(key)
        if found is not None:
            self._ready.move_to_end(key)
        return found

    def put(self, key: str, ready: Ready) -> None:
        """Keep an answer, and let others go for it."""
        before = self._ready.pop(key, None)
        if before is not None:
            self._held -= before.size
        if ready.size > self._room:
            return
        self._ready[key] = ready
        self._held += ready.size
        while self._held > self._room:
            _, gone = self._ready.popitem(last=False)
            self._held -= gone.size

    def __len__(self) -> int:
        return len(self._ready)

    @property
    def held(self) -> int:
        """How many bytes are kept."""
        return self._held
