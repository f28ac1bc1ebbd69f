"""The pages that are served: the same that are published, at the addresses of a server."""

from cyclekit.adapters.pages import Places, Site
from cyclekit.adapters.pages.drawing import drawing_in

#: Addresses are told from page to page, never from the top: so a server may be anywhere below another one's address.
OPEN = Places(feed_of="feeds/{}.ics".format, page_of="units/{}".format, index="")


def places_for(token: str) -> Places:
    """Where things are for who has a token; empty: for everyone.

    The page of a token leads to the feed of the same token, and to no other page, as there it would open nothing.
    """
    if not token:
        return OPEN
    return Places(feed_of=f"feeds/{token}/{{}}.ics".format, page_of=f"units/{token}/{{}}".format, index=None)


def style() -> bytes:
    """The style sheet of all pages, in whichever language."""
    return drawing_in("en").style()


class Pages:
    """The pages of a schedule, each drawn when it is asked for."""

    def __init__(self, site: Site) -> None:
        self._site = site

    def unit(self, name: str, token: str = "") -> bytes:
        """The page of a unit, for who has this token. Raises UnknownUnitError."""
        return self._site.unit(name, places_for(token))

    def index(self, query: str = "") -> bytes:
        """All units, or those that are searched for."""
        return self._site.index(query, searches=True)
