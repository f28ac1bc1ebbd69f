"""Dates as lists hold them: what calendars and sheets say before any rule is known."""

import datetime as dt

import attrs


@attrs.frozen
class ListedDate:
    """One date of a list: of what, when, and what else the list says about it.

    ``name`` is an id where the list has one; ``unit`` and ``period`` are empty where it says nothing of them.
    ``number`` tells the dates of one period apart, 0 where the list does not. ``place`` is where it stands: ``row 4``.
    """

    title: str
    day: dt.date
    name: str = ""
    unit: str = ""
    period: str = ""
    number: int = 0
    place: str = ""


@attrs.frozen
class Unreadable:
    """What a list holds and no date could be made of: the text, and where it stands. It is told, never dropped."""

    place: str
    text: str


@attrs.frozen
class DateList:
    """The dates of one file, in its order, what it is called, and what could not be read."""

    title: str
    dates: tuple[ListedDate, ...]
    unreadable: tuple[Unreadable, ...] = ()
