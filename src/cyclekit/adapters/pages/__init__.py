"""Schedules as pages: HTML and CSS without a script, drawn by Jinja2 (the extra ``pages``).

An index of the units, a page for each with a year at a glance, the agenda and how to subscribe, and a style sheet.
The same schedule gives the same bytes.
"""

from collections.abc import Callable, Iterator, Sequence

from cyclekit.adapters.pages.addresses import INDEX, Places, is_base
from cyclekit.adapters.pages.agenda import Why
from cyclekit.adapters.pages.site import Site
from cyclekit.model.marked_days import MarksOf
from cyclekit.model.schedule import Schedule

__all__ = ["Places", "Site", "Why", "index_page", "is_base", "pages", "unit_page"]


def pages(
    schedule: Schedule,
    *,
    language: str = "en",
    base_url: str | None = None,
    feed_of: Callable[[str], str] = "{}.ics".format,
    why: Why | None = None,
    marks: MarksOf | None = None,
    feeds: Sequence[tuple[str, str]] = (),
    files: Sequence[tuple[str, str]] = (),
) -> Iterator[tuple[str, bytes]]:
    """Every page of a publication, and the style sheet, each with its path.

    ``feed_of`` gives the path of a unit's feed by ``RULEBOOK/UNIT``. See :class:`Site` for the others, and for what
    is raised.
    """
    places = Places(feed_of=feed_of)
    site = Site(
        schedule, language=language, base_url=base_url, places=places, why=why, marks=marks, feeds=feeds, files=files
    )
    yield places.style, site.style()
    yield INDEX, site.index()
    yield from site.units()


def unit_page(
    schedule: Schedule,
    name: str,
    *,
    language: str = "en",
    base_url: str | None = None,
    places: Places = Places(),
    why: Why | None = None,
    marks: MarksOf | None = None,
) -> bytes:
    """The page of one unit, by its id or ``RULEBOOK/UNIT``; no other unit is looked at.

    Raises UnknownUnitError, and ValueError for a ``base_url`` that is no address. A server keeps a :class:`Site`, which
    keeps what pages share.
    """
    return Site(schedule, language=language, base_url=base_url, places=places, why=why, marks=marks).unit(name)


def index_page(
    schedule: Schedule,
    *,
    query: str | None = None,
    searches: bool = True,
    language: str = "en",
    base_url: str | None = None,
    places: Places = Places(),
    feeds: Sequence[tuple[str, str]] = (),
    files: Sequence[tuple[str, str]] = (),
) -> bytes:
    """The index as a server gives it, with a form that asks for it again with ``q``; ``query`` is what was asked for.

    Raises ValueError for a ``base_url`` that is no address.
    """
    site = Site(schedule, language=language, base_url=base_url, places=places, feeds=feeds, files=files)
    return site.index(query, searches=searches)
