"""Answers: bytes with what a reader must know of them, and the words for what there is not."""

import datetime as dt
import json
from collections.abc import Mapping

import attrs
from starlette.requests import Request
from starlette.responses import Response

from cyclekit.server.cache import Ready
from cyclekit.server.conditions import http_date, is_unchanged, takes_gzip

CALENDAR = "text/calendar; charset=utf-8"
JSON = "application/json"
PLAIN = "text/plain; charset=utf-8"
#: On every answer. An address may hold a token, so it is told to nobody, and found by nobody.
COMMON = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex",
}


@attrs.frozen
class Kind:
    """What kind of bytes an answer has, how long they may be kept without asking again, and further fields."""

    media_type: str
    max_age: int
    further: Mapping[str, str] = attrs.field(factory=dict)

    @property
    def cache_control(self) -> str:
        """A reader may keep them, and asks again when they are old; nobody between may."""
        return f"private, max-age={self.max_age}, must-revalidate"


def answer(request: Request, ready: Ready, moment: dt.datetime, kind: Kind) -> Response:
    """The bytes as the request takes them, or 304 where the reader has them."""
    packed = takes_gzip(_field(request, "accept-encoding"))
    etag = ready.etag(packed=packed)
    headers = {
        **COMMON,
        **kind.further,
        "ETag": etag,
        "Last-Modified": http_date(moment),
        "Cache-Control": kind.cache_control,
        "Vary": "Accept-Encoding",
        "Accept-Ranges": "none",
    }
    none_match, modified_since = _field(request, "if-none-match"), request.headers.get("if-modified-since")
    if is_unchanged(etag, moment, none_match=none_match, modified_since=modified_since):
        return Response(status_code=304, headers=headers)
    data = ready.packed if packed else ready.plain
    headers |= {"Content-Type": kind.media_type, "Content-Length": str(len(data))}
    if packed:
        headers["Content-Encoding"] = "gzip"
    return Response(b"" if request.method == "HEAD" else data, headers=headers)


def _field(request: Request, name: str) -> str | None:
    """A field that may stand several times, which means its values in a row."""
    values = request.headers.getlist(name)
    return ", ".join(values) if values else None


def told(status: int, text: str, further: Mapping[str, str] | None = None) -> Response:
    """A few words for what is not there, or not done."""
    headers = {**COMMON, "Cache-Control": "no-store", "Content-Type": PLAIN, **(further or {})}
    return Response(f"{text}\n", status, headers)


def not_found() -> Response:
    """The one answer for what is not there, for tokens that are unknown or revoked, and for others' feeds."""
    return told(404, "Not found")


def as_json(value: object) -> Response:
    """A small value that nobody keeps."""
    data = json.dumps(value, ensure_ascii=False)
    return Response(data, headers={**COMMON, "Cache-Control": "no-store", "Content-Type": JSON})
