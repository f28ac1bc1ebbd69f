"""Where a calendar is: ``caldav://host/path/`` over HTTP, ``caldavs://host/path/`` over HTTPS."""

import hashlib
import ipaddress
import re
from urllib.parse import quote, unquote, urlsplit

import attrs

from cyclekit.remote.faults import RemoteError

#: How every UID of ours ends, and so the name of every object of ours.
OURS = "cyclekit.invalid"
_ENDING = f"{OURS}.ics"
#: File systems end at 255 octets, and some servers add an ending of their own.
_LONGEST_NAME = 200
_PORTS = {"caldav": 80, "caldavs": 443}
_UNSAFE = re.compile(r"[\x00-\x20\x7f\\]")


@attrs.frozen
class Address:
    """A collection on a server; ``path`` begins and ends with a slash and is percent-encoded."""

    secure: bool
    host: str
    port: int
    path: str

    @property
    def is_loopback(self) -> bool:
        """Whether what is sent stays on this machine."""
        if self.host == "localhost":
            return True
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return False

    def below(self, name: str) -> "Address":
        """The collection of this name inside it."""
        return attrs.evolve(self, path=f"{self.path}{quote(name, safe='~')}/")

    def __str__(self) -> str:
        scheme = "caldavs" if self.secure else "caldav"
        host = f"[{self.host}]" if ":" in self.host else self.host
        port = "" if self.port == _PORTS[scheme] else f":{self.port}"
        return f"{scheme}://{host}{port}{self.path}"


def read_address(text: str) -> Address:
    """The address that a text names.

    Raises RemoteError: ``address`` where it is none, ``credentials`` where a name or a password stands in it, which
    everyone on the machine could read in the list of processes.
    """
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        raise RemoteError("address", text=text) from None
    if "@" in parts.netloc:
        raise RemoteError("credentials")
    if parts.scheme not in _PORTS or not parts.hostname or parts.query or parts.fragment or _UNSAFE.search(text):
        raise RemoteError("address", text=text)
    if not parts.hostname.isascii() or port == 0:
        raise RemoteError("address", text=text)
    path = quote(parts.path, safe="/~@!$&'()*+,;=:%")
    return Address(
        parts.scheme == "caldavs",
        parts.hostname,
        port or _PORTS[parts.scheme],
        (path or "/") if path.endswith("/") else f"{path}/",
    )


def name_of(uid: str) -> str:
    """The name of the object with this UID inside its collection, percent-encoded.

    >>> name_of("a~b~c~2023-01@cyclekit.invalid")
    'a~b~c~2023-01@cyclekit.invalid.ics'
    """
    plain = f"{uid}.ics"
    if len(plain.encode()) > _LONGEST_NAME or not plain.endswith(_ENDING):
        plain = f"{hashlib.sha256(uid.encode()).hexdigest()}@{_ENDING}"
    return quote(plain, safe="~@=")


def same_name(href: str) -> str:
    """A name by which two spellings of an href are the same: its last part, decoded."""
    return unquote(href.rstrip("/").rpartition("/")[2])


def is_ours(href: str) -> bool:
    """Whether an object has a name that only our objects have."""
    return same_name(href).endswith(_ENDING)
