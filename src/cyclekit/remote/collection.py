"""A calendar on a server: whether it is there, which objects of ours it holds, and one change at a time (RFC 4791)."""

import re
from collections.abc import Iterator, Sequence
from urllib.parse import quote, unquote, urlsplit
from xml.sax.saxutils import escape

import attrs

from cyclekit.remote.address import is_ours, name_of
from cyclekit.remote.content import Said, said_by
from cyclekit.remote.faults import RemoteError
from cyclekit.remote.multistatus import Found, read_multistatus
from cyclekit.remote.transport import Client, Response

_AT_ONCE = 50
_XML = '<?xml version="1.0" encoding="utf-8"?>\n'
_SPACES = 'xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"'
_WHAT = f"{_XML}<D:propfind {_SPACES}><D:prop><D:resourcetype/><D:getetag/></D:prop></D:propfind>"
_TYPE = {"Content-Type": "application/xml; charset=utf-8"}
_UNWRITABLE = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@attrs.frozen
class There:
    """An object on the server: its path, its ETag, and what it says (None: nothing that can be understood)."""

    path: str
    etag: str
    said: Said | None


class Collection:
    """The calendar at the path of a client's address. Every method raises RemoteError."""

    def __init__(self, client: Client, path: str) -> None:
        self._client = client
        self.path = path

    # ------------------------------------------------------------------------------------------- the whole

    def look(self) -> list[tuple[str, str]] | None:
        """The paths and ETags of our objects, by their names; None where there is no such collection.

        Objects of others are not asked for anything but their names.
        """
        answer = self._client.request("PROPFIND", self.path, _WHAT.encode(), {**_TYPE, "Depth": "1"})
        if answer.status == 404:
            return None
        if not answer.path.endswith("/"):
            answer = attrs.evolve(answer, path=f"{answer.path}/")
        self.path = answer.path
        found = self._multistatus(answer)
        here = [each for each in found if unquote(_path(each.href)).rstrip("/") == unquote(self.path).rstrip("/")]
        if here and all(each.status == 404 for each in here):
            # Some say it within a multistatus.
            return None
        if not any(each.is_calendar for each in here):
            raise RemoteError("no-calendar", path=self.path)
        return [
            (self._inside(each.href), each.etag or "")
            for each in found
            if not each.is_collection and each.status == 200 and is_ours(each.href)
        ]

    def make(self, title: str) -> None:
        """Make the calendar, with a title. It may have been made meanwhile."""
        named = escape(_UNWRITABLE.sub("\ufffd", title))
        body = (
            f"{_XML}<C:mkcalendar {_SPACES}><D:set><D:prop><D:displayname>{named}</D:displayname>"
            '<C:supported-calendar-component-set><C:comp name="VEVENT"/><C:comp name="VTODO"/>'
            "</C:supported-calendar-component-set></D:prop></D:set></C:mkcalendar>"
        )
        answer = self._client.request("MKCALENDAR", self.path, body.encode(), _TYPE)
        if answer.status // 100 != 2:
            self._login_or(answer, "not-made")

    def read(self, paths: Sequence[str]) -> Iterator[There]:
        """These objects as they are now; those that are gone meanwhile are left out."""
        for start in range(0, len(paths), _AT_ONCE):
            some = paths[start : start + _AT_ONCE]
            hrefs = "".join(f"<D:href>{escape(each)}</D:href>" for each in some)
            body = (
                f"{_XML}<C:calendar-multiget {_SPACES}><D:prop><D:getetag/><C:calendar-data/></D:prop>{hrefs}"
                "</C:calendar-multiget>"
            )
            # Depth has no meaning here, and some servers want it.
            answer = self._client.request("REPORT", self.path, body.encode(), {**_TYPE, "Depth": "1"})
            wanted = {unquote(each): each for each in some}
            for found in self._multistatus(answer):
                path = wanted.get(unquote(_path(found.href)))
                if path is not None and found.data is not None:
                    yield There(path, found.etag or "", _understood(found.data.encode("utf-8", "replace")))

    # ------------------------------------------------------------------------------------------ one object

    def path_of(self, uid: str) -> str:
        """Where the object of a UID goes."""
        return self.path + name_of(uid)

    def get(self, path: str) -> There | None:
        """An object as it is now; None where it is gone."""
        answer = self._client.request("GET", path)
        if answer.status in {404, 410}:
            return None
        if answer.status != 200:
            self._login_or(answer, "refused")
        return There(path, answer.headers.get("etag", ""), _understood(answer.body))

    def create(self, path: str, data: bytes) -> bool:
        """Put an object where none is; False where there is one already."""
        return self._done(self._client.request("PUT", path, data, _CALENDAR | {"If-None-Match": "*"}))

    def replace(self, path: str, etag: str, data: bytes) -> bool:
        """Put an object in the place of the one with this ETag; False where that has changed or is gone."""
        return self._done(self._client.request("PUT", path, data, _CALENDAR | {"If-Match": etag}))

    def remove(self, path: str, etag: str) -> bool:
        """Take away the object with this ETag; False where it has changed. One that is gone is gone."""
        answer = self._client.request("DELETE", path, headers={"If-Match": etag})
        return answer.status in {404, 410} or self._done(answer)

    # --------------------------------------------------------------------------------------------- answers

    def _done(self, answer: Response) -> bool:
        if answer.status == 412:
            return False
        if answer.status // 100 != 2:
            self._login_or(answer, "refused")
        return True

    def _multistatus(self, answer: Response) -> list[Found]:
        if answer.status != 207:
            self._login_or(answer, "no-caldav")
        told = answer.headers.get("content-type", "").partition(";")[0].strip().lower()
        if told not in {"application/xml", "text/xml"}:
            raise RemoteError("not-xml", path=answer.path, type=told)
        return read_multistatus(answer.body)

    @staticmethod
    def _login_or(answer: Response, otherwise: str) -> None:
        why = "login" if answer.status == 401 else otherwise
        raise RemoteError(why, path=answer.path, status=answer.status, reason=answer.reason)

    def _inside(self, href: str) -> str:
        """The path of an object, which must lie directly in this collection: a server leads us nowhere else."""
        name = _path(href).rpartition("/")[2]
        return self.path + quote(unquote(name), safe="~@=!$&'()*+,;:")


_CALENDAR = {"Content-Type": "text/calendar; charset=utf-8"}


def _path(href: str) -> str:
    try:
        return urlsplit(href).path
    except ValueError:
        return ""


def _understood(data: bytes) -> Said | None:
    try:
        return said_by(data)
    except ValueError:
        return None
