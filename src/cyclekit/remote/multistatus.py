"""What a server answers about many objects at once: a multistatus (RFC 4918, section 13), read without any tricks.

A document type is refused: it can declare entities that grow without end, or that read files. What is not asked for
is passed over.
"""

import xml.etree.ElementTree as ET

import attrs

from cyclekit.remote.faults import RemoteError

DAV, CALDAV = "{DAV:}", "{urn:ietf:params:xml:ns:caldav}"
_DEEPEST = 64


@attrs.define
class Found:
    """One object of a multistatus: where it is, and what was asked about it; None is what the server did not tell."""

    href: str = ""
    status: int = 200
    etag: str | None = None
    data: str | None = None
    is_collection: bool = False
    is_calendar: bool = False


class _Target:
    """Takes the events of the parser and keeps what answers the questions that we ask."""

    def __init__(self) -> None:
        self.found: list[Found] = []
        self.root = ""
        self._path: list[str] = []
        self._text: list[str] = []
        self._one = Found()
        self._properties: dict[str, str | bool] = {}
        self._status = 200

    def doctype(self, name: str, _public: str | None, _system: str | None) -> None:
        raise RemoteError("doctype", name=name)

    def start(self, tag: str, _attributes: dict[str, str]) -> None:
        self._path.append(tag)
        self._text = []
        if len(self._path) > _DEEPEST:
            raise RemoteError("xml", reason="too deep")
        if len(self._path) == 1:
            self.root = tag
        elif tag == f"{DAV}response" and len(self._path) == 2:
            self._one = Found()
        elif tag == f"{DAV}propstat":
            self._properties, self._status = {}, 200
        elif self._path[-2] == f"{DAV}resourcetype":
            self._properties[tag] = True

    def data(self, text: str) -> None:
        self._text.append(text)

    def end(self, tag: str) -> None:
        text = "".join(self._text)
        self._path.pop()
        above = self._path[-1] if self._path else ""
        if above == f"{DAV}prop" and tag in {f"{DAV}getetag", f"{CALDAV}calendar-data"}:
            self._properties[tag] = text
        elif tag == f"{DAV}status" and above == f"{DAV}propstat":
            self._status = _code(text)
        elif above == f"{DAV}response" and tag == f"{DAV}status":
            self._one.status = _code(text)
        elif above == f"{DAV}response" and tag == f"{DAV}href":
            self._one.href = text.strip()
        elif tag == f"{DAV}propstat" and self._status // 100 == 2:
            self._keep()
        elif tag == f"{DAV}response" and len(self._path) == 1:
            self.found.append(self._one)
        self._text = []

    def _keep(self) -> None:
        one, told = self._one, self._properties
        etag, data = told.get(f"{DAV}getetag"), told.get(f"{CALDAV}calendar-data")
        one.etag = etag.strip() if isinstance(etag, str) and etag.strip() else one.etag
        one.data = data if isinstance(data, str) else one.data
        one.is_collection |= f"{DAV}collection" in told
        one.is_calendar |= f"{CALDAV}calendar" in told

    def close(self) -> None:
        """Nothing is left open: the parser sees to it."""


def _code(text: str) -> int:
    parts = text.split()
    return int(parts[1]) if len(parts) > 1 and parts[1].isascii() and parts[1].isdigit() else 0


def read_multistatus(body: bytes) -> list[Found]:
    """What a multistatus tells of each object.

    Raises RemoteError: ``doctype`` for a document type, ``xml`` for what is not well formed or no multistatus.
    """
    target = _Target()
    parser = ET.XMLParser(target=target)  # noqa: S314  # the target refuses what makes it dangerous
    try:
        parser.feed(body)
        parser.close()
    except ET.ParseError as fault:
        raise RemoteError("xml", reason=fault) from fault
    except (LookupError, ValueError) as fault:
        raise RemoteError("xml", reason=fault) from fault
    if target.root != f"{DAV}multistatus":
        raise RemoteError("xml", reason=target.root)
    return target.found
