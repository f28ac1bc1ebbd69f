"""Working-day calendars from the ``holidays`` package: countries, subdivisions, markets.

The package is loaded at the first use. It projects public holidays into years for which nobody has announced
them and says so for some countries only, so how far a calendar is known is taken from its data here.
"""

import datetime as dt
from difflib import get_close_matches
from functools import cache
from importlib import import_module
from importlib.metadata import version
from typing import TYPE_CHECKING

from cyclekit.civil.working import WorkingCalendar, split_names
from cyclekit.errors import CalendarError

if TYPE_CHECKING:
    from holidays import HolidayBase

LAST_DAY = dt.date.max.toordinal()
#: Codes people write, and what the package calls them.
_MEANT = {"UK": "GB", "CHINA": "CN", "中国": "CN", "PRC": "CN", "USA": "US", "ENGLAND": "GB-ENG", "HONGKONG": "HK"}
#: Codes under which one place has a page of its own besides its country's.
_ESTIMATED = "estimated"


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
        places: dict[str, str] = {}
        for name, (_, short, *others) in {**registry.COUNTRIES, **registry.FINANCIAL}.items():
            if upper in others or upper == name.upper() or upper.replace(" ", "_") == name.upper():
                return short
            places[name.upper()] = short
        candidates = places | {each: each for each in _codes()}
        found = get_close_matches(upper[:12], list(candidates), n=1, cutoff=0.75)
        return candidates[found[0]] if found else ""

    def holiday_names(self, code: str) -> frozenset[str]:
        """The names of the holidays of this calendar in every language the package has, over the years it knows."""
        if not _has(code):
            return frozenset()
        first, last = _years_of(code)
        found: set[str] = set()
        for language in _languages(code):
            data = entity(code, range(first, last + 1), language)
            found.update(name for names in data.values() for name in split_names(names))
        return frozenset(found)


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


def compile_calendar(code: str, first: int, last: int, names: frozenset[str] = frozenset()) -> WorkingCalendar:
    """The calendar of this code, compiled for the days ``first``..``last`` (ordinals).

    ``names`` are holidays that are asked for by name, in any language that the package has for the place.

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
        named=_days_named(code, years, names),
        origin=_origin(),
    )


@cache
def _origin() -> str:
    """Which data these are; asked once, since the answer is looked up on the disk."""
    return f"holidays {version('holidays')}"


def entity(code: str, years: range, language: str | None = "") -> "HolidayBase":
    """The package's data; ``language`` is left out for English where there is any: “(estimated)” is then one word."""
    import holidays  # noqa: PLC0415

    country, _, part = code.partition("-")
    if language == "":
        language = "en_US" if "en_US" in _languages(code) else None
    make = holidays.financial_holidays if _is_market(country) else holidays.country_holidays
    return make(country, subdiv=part or None, years=years, language=language)


def _is_market(country: str) -> bool:
    from holidays import registry  # noqa: PLC0415

    return any(short == country for _, short, *_ in registry.FINANCIAL.values())


def _languages(code: str) -> list[str | None]:
    """The languages in which the package names a place's holidays; [None] where it has one only."""
    import holidays  # noqa: PLC0415

    country = code.partition("-")[0]
    localized = holidays.list_localized_financial() if _is_market(country) else holidays.list_localized_countries()
    return list(localized.get(country, ())) or [None]


def _years_of(code: str) -> tuple[int, int]:
    """The first and last year of which the package knows the holidays of a place."""
    first, last = _known_years(entity(code, range(2020, 2021)))
    return dt.date.fromordinal(first).year, dt.date.fromordinal(last).year


def _days_named(code: str, years: range, names: frozenset[str]) -> dict[str, list[int]]:
    """The days of these names, whatever language they are in."""
    found: dict[str, list[int]] = {}
    missing = names
    for language in ("", *_languages(code)) if names else ():
        data = entity(code, years, language)
        for day, text in data.items():
            for name in missing & frozenset(split_names(text)):
                found.setdefault(name, []).append(day.toordinal())
        missing = names - set(found)
        if not missing:
            break
    return found


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
