"""Where pages, feeds and the style sheet are, as addresses that a page may hold."""

import re
from collections.abc import Callable, Iterator

import attrs

#: The file of the index.
INDEX = "index.html"
GOOGLE = "https://calendar.google.com/calendar/r?cid="
OUTLOOK = "https://outlook.live.com/calendar/0/addfromweb?url="
OFFICE = "https://outlook.office.com/calendar/0/addfromweb?url="

#: What may stand in a path as it is (RFC 3986, section 3.3); everything else is written in percents.
_PATH = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~!$&'()*+,;=:@/")
_UNRESERVED = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
#: An author's address becomes a link only where it can be nothing but a page: never ``javascript:`` or ``data:``.
_LINKED = re.compile(r"https?://[^\s\x00-\x20\x7f-\x9f<>\"]+", re.IGNORECASE)
_BASE = re.compile(r"https?://[^\s/?#@\\]+(/[^\s?#\\]*)?", re.IGNORECASE)


@attrs.frozen
class Places:
    """Where things are within a publication, by names as ``RULEBOOK/UNIT``.

    ``root`` leads from a page to the publication's top; left out, it is counted from the page's own place, so that
    the files work in any folder, and a server's pages behind any other one. ``index`` is empty where the top itself
    is the index, and None where there is none: a unit's page then stands alone, and leads to no other page.
    """

    feed_of: Callable[[str], str] = "{}.ics".format
    page_of: Callable[[str], str] = "{}.html".format
    index: str | None = INDEX
    style: str = "pages.css"
    root: str | None = None

    def above(self, page: str) -> str:
        """From a page to the top."""
        return "../" * page.count("/") if self.root is None else self.root

    def home(self, page: str) -> str:
        """From a page to the index; nothing where there is none."""
        if self.index is None:
            return ""
        # An empty address would be that of the page itself, with what was searched for on it.
        return f"{self.above(page)}{quoted(self.index)}" or "./"


@attrs.frozen
class Subscription:
    """The ways to subscribe to one feed: ``kind`` is the name of the phrase that says which."""

    address: str
    ways: tuple[tuple[str, str], ...]


def quoted(text: str) -> str:
    """A path as it stands in an address.

    >>> quoted("a b/季.ics")
    'a%20b/%E5%AD%A3.ics'
    """
    return _in_percents(text, _PATH)


def is_base(text: str) -> bool:
    """Whether a text can be the address of a publication: http or https, a host, and perhaps a path.

    >>> is_base("https://example.org/duties"), is_base("example.org"), is_base("https://example.org/?q=1")
    (True, False, False)
    """
    return _BASE.fullmatch(text) is not None


def linked(url: str) -> str:
    """An author's address where it may be a link, else nothing.

    >>> linked("https://example.org/a"), linked("javascript:alert(1)")
    ('https://example.org/a', '')
    """
    return url if _LINKED.fullmatch(url) else ""


def subscription(base_url: str, path: str, name: str) -> Subscription:
    """How one subscribes to the feed at a path below an address.

    Raises ValueError for an address that is not one of the web. Google takes a feed only as ``webcal:``.

    >>> subscription("https://example.org/duties", "a/b.ics", "B").address
    'https://example.org/duties/a/b.ics'
    """
    if not is_base(base_url):
        raise ValueError(f"no address of a publication: {base_url!r}")
    address = f"{base_url.rstrip('/')}/{quoted(path)}"
    webcal = f"webcal://{address.partition('://')[2]}"
    return Subscription(address, tuple(_ways(address, webcal, name)))


def _ways(address: str, webcal: str, name: str) -> Iterator[tuple[str, str]]:
    asked = f"{_in_percents(address, _UNRESERVED)}&name={_in_percents(name, _UNRESERVED)}"
    yield "webcal", webcal
    yield "google", GOOGLE + _in_percents(webcal, _UNRESERVED)
    yield "outlook", OUTLOOK + asked
    yield "office", OFFICE + asked


def _in_percents(text: str, kept: frozenset[int]) -> str:
    data = text.encode("utf-8", "replace")
    return "".join(chr(byte) if byte in kept else f"%{byte:02X}" for byte in data)
