"""Working-day calendars from the ``holidays`` package: countries, subdivisions, markets.

The package is loaded at the first use. It projects public holidays into years for which nobody has announced
them and says so for some countries only, so how far a calendar is known is taken from its data here.
"""

import datetime as dt
from difflib import get_close_matches
from importlib import import_module
from importlib.metadata import version
from typing import TYPE_CHECKING

from cyclekit.civil.working import WorkingCalendar
from cyclekit.errors import CalendarError

if TYPE_CHECKING:
    from holidays import HolidayBase

LAST_DAY = dt.date.max.toordinal()
#: Codes people write, and what the package calls them.
_MEANT = {"UK": "GB", "CHINA": "CN", "中国": "CN", "PRC": "CN", "USA": "US", "ENGLAND": "GB-ENG", "HONGKONG": "HK"}
#: Codes under which one place has a page of its own besides its country's.
_ESTIMATED = "estimated"
#: The language in which names are compiled, because "(estimated)" is then spelled in one way.
ENGLISH = "en_US"


class PublicHolidays:
    """The calendars that the ``holidays`` package has, by the codes it uses."""

    def knows(self, code: str) -> bool:
        """Whether there is a calendar of this code: ``CN``, ``US-DC``, ``XNYS``."""
        return _has(code)

    def near(self, code: str) -> str:
        """The code that was probably meant, or nothing: ``cn``, ``CHN`` and ``UK`` are answered."""
        from holidays import registry  # noqa: PLC0415

        upper = code.strip().upper().replace("_", "-").replace("/", "-")
        if upper in _codes():
            return upper
        if upper.replace(" ", "") in _MEANT:
            return _MEANT[upper.replace(" ", "")]
        for name, (_, short, *others) in {**registry.COUNTRIES, **registry.FINANCIAL}.items():
            if upper in others or upper == name.upper() or upper.replace(" ", "_") == name.upper():
                return short
        found = get_close_matches(upper[:12], list(_codes()), n=1, cutoff=0.75)
        return found[0] if found else ""


def _has(code: str) -> bool:
    """Whether the package has this code. The registry knows the places; only a subdivision loads the entities."""
    from holidays import registry  # noqa: PLC0415

    place, dash, part = code.partition("-")
    for folder, entities in (("countries", registry.COUNTRIES), ("financial", registry.FINANCIAL)):
        for module, (name, short, *_) in entities.items():
            if short == place:
                return not dash or part in getattr(import_module(f"holidays.{folder}.{module}"), name).subdivisions
    return False


def _codes() -> frozenset[str]:
    """Every code, as the package spells it: countries, ``COUNTRY-SUBDIVISION``, markets."""
    global _known  # noqa: PLW0603
    if not _known:
        import holidays  # noqa: PLC0415

        found: set[str] = set()
        for places in (
            holidays.list_supported_countries(include_aliases=False),
            holidays.list_supported_financial(include_aliases=False),
        ):
            for code, parts in places.items():
                found.add(code)
                found.update(f"{code}-{part}" for part in parts)
        _known = frozenset(found)
    return _known


_known: frozenset[str] = frozenset()


def compile_calendar(code: str, first: int, last: int) -> WorkingCalendar:
    """The calendar of this code, compiled for the days ``first``..``last`` (ordinals).

    ``weekdays`` is Monday to Friday, ``all_days`` every day; both need no data and are known for ever. Any other
    code is one of the ``holidays`` package: its weekends, its public holidays, and the weekend days it has as
    working days. Raises CalendarError for a code that the package lacks.

    >>> sunday = dt.date(2026, 9, 20)  # worked in exchange for a day of the National Day week
    >>> compile_calendar("CN", sunday.toordinal() - 30, sunday.toordinal() + 30).is_working(sunday.toordinal())
    True
    """
    first, last = max(first, 1), min(last, LAST_DAY)
    if code == "weekdays":
        return WorkingCalendar(code, first, last, origin="Monday to Friday")
    if code == "all_days":
        return WorkingCalendar(code, first, last, weekend=frozenset(), origin="every day")
    if not _has(code):
        raise CalendarError(code, "the holidays package has no calendar of this code")
    years = range(dt.date.fromordinal(first).year, dt.date.fromordinal(last).year + 1)
    data = entity(code, years)
    known_from, known_until = _known_years(data)
    estimated = [day.toordinal() for day, name in data.items() if _ESTIMATED in name.lower()]
    return WorkingCalendar(
        code,
        first,
        last,
        # Asked day by day: where a weekend has moved, that of today is no guide to the past.
        weekend=frozenset(),
        rest=[day for day in range(first, last + 1) if data.is_weekend(dt.date.fromordinal(day))],
        closed={day.toordinal(): name for day, name in data.items()},
        opened=[day.toordinal() for day in data.weekend_workdays],
        known_from=known_from,
        known_until=known_until,
        estimated=estimated,
        origin=f"holidays {version('holidays')}",
    )


def entity(code: str, years: range, language: str = ENGLISH) -> "HolidayBase":
    """The package's own calendar of a code, with names in this language where it has it, else in the place's own."""
    import holidays  # noqa: PLC0415

    country, _, part = code.partition("-")
    is_market = any(short == country for _, short, *_ in holidays.registry.FINANCIAL.values())
    localized = holidays.list_localized_financial() if is_market else holidays.list_localized_countries()
    make = holidays.financial_holidays if is_market else holidays.country_holidays
    found = language if language in localized.get(country, ()) else None
    return make(country, subdiv=part or None, years=years, language=found)


def _known_years(data: "HolidayBase") -> tuple[int, int]:
    """The first and last day for which the package has data.

    For China these are the years with an arrangement of the State Council: beyond them the package invents
    observed days and says nothing.
    """
    arranged = _arranged_years(data)
    if arranged:
        return dt.date(min(arranged), 1, 1).toordinal(), dt.date(max(arranged), 12, 31).toordinal()
    return dt.date(data.start_year, 1, 1).toordinal(), dt.date(data.end_year, 12, 31).toordinal()


def _arranged_years(data: "HolidayBase") -> list[int]:
    """The years for which China's State Council has arranged holidays, where these data are China's or its markets'."""
    for each in type(data).__mro__:
        if each.__name__ == "China":
            return sorted(import_module(each.__module__).ChinaStaticHolidays.special_public_holidays)
    return []
