"""The units that owe something: a roster of columns, and a light view of one unit."""

from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence

from cyclekit.civil.fiscal import YearStart
from cyclekit.civil.spans import Bounds
from cyclekit.errors import UnknownUnitError
from cyclekit.model.compact import Column, Mapped, Places, Repeated, Texts, distinct, held
from cyclekit.model.numbers import Numbers, numbered
from cyclekit.model.text import Text

#: The id of the one unit of a rule file that names none. No written id can be equal to it.
NAMELESS = "_"
NO_PARENT = -1
#: What so many selectors mean is kept.
_MOST_CHOSEN = 256


class Roster:
    """Units as columns: the n-th entry of each column belongs to the n-th unit.

    ``parents`` holds indexes (−1: none); ``active`` the spans in which a unit exists (empty: always);
    ``attributes`` further columns by name, with None where a unit has no such attribute. A column is a list, or one
    of ``cyclekit.model.compact``, in which a million units take a few bytes each. The columns belong to the roster
    and are not to be changed.
    """

    __slots__ = (
        "_chosen",
        "_levels",
        "_ranks",
        "active",
        "attributes",
        "calendars",
        "ids",
        "index",
        "kinds",
        "names",
        "parents",
        "tags",
        "timezones",
        "year_starts",
    )

    def __init__(
        self,
        ids: Sequence[str],
        *,
        names: Sequence[Text] | None = None,
        kinds: Sequence[str | None] | None = None,
        parents: Sequence[int] | None = None,
        tags: Sequence[frozenset[str]] | None = None,
        calendars: Sequence[str | None] | None = None,
        timezones: Sequence[str | None] | None = None,
        year_starts: Sequence[YearStart | None] | None = None,
        active: Sequence[tuple[Bounds, ...]] | None = None,
        attributes: Mapping[str, Sequence[str | None]] | None = None,
        order: Numbers | None = None,
    ) -> None:
        """A roster of these ids; each column left out is empty. Raises ValueError for two equal ids.

        ``order`` are the numbers of the ids as they sort, where ids are held as ``Texts`` and somebody knows it.
        """
        count = len(ids)
        self.ids: Sequence[str] = ids if isinstance(ids, Column) else list(ids)
        self.names = Mapped(Text.of, self.ids) if names is None else held(names, count, Text.of(""))
        self.kinds = held(kinds, count, None)
        self.parents = held(parents, count, NO_PARENT)
        self.tags = held(tags, count, frozenset[str]())
        self.calendars = held(calendars, count, None)
        self.timezones = held(timezones, count, None)
        self.year_starts = held(year_starts, count, None)
        self.active: Sequence[tuple[Bounds, ...]] = held(active, count, ())
        self.attributes: dict[str, Sequence[str | None]] = dict(attributes or {})
        self._levels = -1
        self._ranks: Numbers | None = None
        self._chosen: dict[object, Numbers] = {}
        self.index: Mapping[str, int]
        if isinstance(self.ids, Texts):
            self.index = Places(self.ids, order)
        else:
            self.index = {unit: number for number, unit in enumerate(self.ids)}
            if len(self.index) != count:
                raise ValueError("two units with one id")

    def __len__(self) -> int:
        return len(self.ids)

    def __iter__(self) -> Iterator["Unit"]:
        return (Unit(self, number) for number in range(len(self.ids)))

    def __contains__(self, unit: object) -> bool:
        return unit in self.index

    def __getitem__(self, unit: str) -> "Unit":
        """The unit of this id. Raises UnknownUnitError."""
        if unit not in self.index:
            raise UnknownUnitError(unit)
        return Unit(self, self.index[unit])

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Roster):
            return NotImplemented
        columns = (column for column in self.__slots__ if not column.startswith("_") and column != "index")
        return all(getattr(self, column) == getattr(other, column) for column in columns)

    __hash__ = None  # type: ignore[assignment]  # columns are lists

    @property
    def levels(self) -> int:
        """How many units at most stand above another: 0 where nobody has a parent."""
        if self._levels >= 0:
            return self._levels
        parents = self.parents
        if isinstance(parents, Repeated):
            self._levels = 0
            return 0
        depths = {NO_PARENT: -1}
        for number in distinct(parents):
            way: list[int] = []
            here = number
            while here not in depths:
                way.append(here)
                here = parents[here]
            for each in reversed(way):
                depths[each] = depths[parents[each]] + 1
        # Whoever stands above somebody has one more below; with nobody above anybody, that is nobody.
        self._levels = 1 + max(depths.values())
        return self._levels

    def subtree(self, top: int) -> Numbers:
        """The indexes of a unit and of all below it, in the order of the roster."""
        # Those below are found among the few that stand above others: the many at the end are looked at once.
        above = [number for number in distinct(self.parents) if number != NO_PARENT]
        inside = {top}
        size = 0
        while len(inside) > size:
            size = len(inside)
            inside.update(number for number in above if self.parents[number] in inside)
        mask = bytearray(map(inside.__contains__, self.parents))
        mask[top] = 1
        return numbered(mask, len(mask))

    def chosen(self, selector: object, find: Callable[["Roster"], Numbers]) -> Numbers:
        """What a selector means here, found once: obligations that name the same units share their numbers."""
        found = self._chosen.get(selector)
        if found is None:
            if len(self._chosen) >= _MOST_CHOSEN:
                self._chosen.clear()
            found = self._chosen[selector] = find(self)
        return found

    def by_id(self, units: Numbers) -> Numbers:
        """Units by their ids: the order in which occurrences of one day are listed."""
        if not isinstance(self.index, Places):
            return sorted(units, key=self.ids.__getitem__)
        if isinstance(self.index.order, range):
            return units if isinstance(units, range) else sorted(units)
        if self._ranks is None:
            ranks = array("I", bytes(4 * len(self.ids)))
            for rank, number in enumerate(self.index.order):
                ranks[number] = rank
            self._ranks = ranks
        return sorted(units, key=self._ranks.__getitem__)


class Unit:
    """One unit of a roster, as a view: it holds nothing but where to look."""

    __slots__ = ("_roster", "number")

    def __init__(self, roster: Roster, number: int) -> None:
        self._roster = roster
        self.number = number

    @property
    def id(self) -> str:
        """Its id, unique in its roster."""
        return self._roster.ids[self.number]

    @property
    def is_nameless(self) -> bool:
        """Whether it is the one unit of a rule file that names none."""
        return self.id == NAMELESS

    @property
    def name(self) -> Text:
        """Its name in the languages it was given in."""
        return self._roster.names[self.number]

    @property
    def kind(self) -> str | None:
        """Its kind, where it has one."""
        return self._roster.kinds[self.number]

    @property
    def tags(self) -> frozenset[str]:
        """Its tags."""
        return self._roster.tags[self.number]

    @property
    def parent(self) -> "Unit | None":
        """The unit above it, or None at the top."""
        above = self._roster.parents[self.number]
        return None if above == NO_PARENT else Unit(self._roster, above)

    @property
    def above(self) -> list["Unit"]:
        """The units above it, the nearest first."""
        found: list[Unit] = []
        number = self._roster.parents[self.number]
        while number != NO_PARENT:
            found.append(Unit(self._roster, number))
            number = self._roster.parents[number]
        return found

    @property
    def calendar(self) -> str | None:
        """The id of its own working-day calendar, where it has one."""
        return self._roster.calendars[self.number]

    @property
    def timezone(self) -> str | None:
        """Its own IANA time zone, where it has one."""
        return self._roster.timezones[self.number]

    @property
    def attributes(self) -> dict[str, str]:
        """Its further attributes by name."""
        columns = self._roster.attributes.items()
        return {name: value for name, column in columns if (value := column[self.number]) is not None}

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Unit) and self._roster is other._roster and self.number == other.number

    def __hash__(self) -> int:
        return hash((id(self._roster), self.number))

    def __repr__(self) -> str:
        return f"Unit({self.id!r})"
