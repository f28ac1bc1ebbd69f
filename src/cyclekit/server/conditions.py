"""What a request asks for beside a path: whether it has these bytes already, and which coding it takes (RFC 9110)."""

import datetime as dt
import re
from collections.abc import Iterator
from email.utils import format_datetime, parsedate_to_datetime

_TAG = re.compile(r'(?:W/)?("[\x21\x23-\x7e\x80-\xff]*")[ \t]*(?:,[ \t,]*|$)')
_QUALITY = re.compile(r"[01](?:\.[0-9]{0,3})?")


def is_unchanged(
    etag: str, modified: dt.datetime, *, none_match: str | None = None, modified_since: str | None = None
) -> bool:
    """Whether a reader has these very bytes, so that 304 answers it (sections 13.1.2, 13.1.3 and 13.2.2).

    ``none_match`` and ``modified_since`` are the fields of the request; the first one alone counts where there is
    one. Tags are compared as weak ones: a proxy may have made one weak. A field that cannot be read is as none at
    all.

    >>> day = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    >>> is_unchanged('"a"', day, none_match='W/"b", "a"')
    True
    >>> is_unchanged('"a"', day, none_match='"b"', modified_since="Thu, 01 Jan 2026 00:00:00 GMT")
    False
    """
    if none_match is not None:
        return none_match.strip() == "*" or etag in _tags(none_match)
    if modified_since is None:
        return False
    try:
        since = parsedate_to_datetime(modified_since)
    except (ValueError, OverflowError):
        return False
    if since.tzinfo is None:
        since = since.replace(tzinfo=dt.UTC)
    return modified.replace(microsecond=0) <= since


def _tags(text: str) -> Iterator[str]:
    """The tags of a list, without what makes one weak; none at all where anything else stands between them."""
    found: list[str] = []
    text = text.strip(" \t,")
    place = 0
    while place < len(text):
        match = _TAG.match(text, place)
        if match is None:
            return
        found.append(match[1])
        place = match.end()
    yield from found


def takes_gzip(accepted: str | None) -> bool:
    """Whether a reader wants gzip at least as much as plain bytes, by its ``Accept-Encoding`` (section 12.5.3).

    >>> takes_gzip("gzip, deflate, br"), takes_gzip("gzip;q=0, *"), takes_gzip("gzip;q=0.5, identity"), takes_gzip(None)
    (True, False, False, False)
    """
    if not accepted:
        return False
    quality: dict[str, float] = {}
    for part in accepted.split(","):
        coding, *parameters = (each.strip().lower() for each in part.split(";"))
        q = 1.0
        for each in parameters:
            name, _, value = each.partition("=")
            if name.strip() == "q":
                value = value.strip()
                # A weight that cannot be read is none: plain bytes are what every reader takes.
                q = min(float(value), 1.0) if _QUALITY.fullmatch(value) else 0.0
        quality["gzip" if coding == "x-gzip" else coding] = q
    gzip = quality.get("gzip", quality.get("*", 0.0))
    return gzip > 0 and gzip >= quality.get("identity", 0.0)


def http_date(moment: dt.datetime) -> str:
    """A moment as HTTP writes it.

    >>> http_date(dt.datetime(2026, 3, 5, 14, 30, tzinfo=dt.UTC))
    'Thu, 05 Mar 2026 14:30:00 GMT'
    """
    return format_datetime(moment.astimezone(dt.UTC), usegmt=True)
