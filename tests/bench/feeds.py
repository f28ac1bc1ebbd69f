"""Feeds of many units that share their dates: written by us, by ``icalendar``, and joined from bytes made before."""

import datetime as dt
import re
import statistics

from icalendar import Calendar, Event

import cyclekit
from cyclekit import Schedule
from cyclekit.adapters.ical import FeedWriter, Linter, Options
from cyclekit.civil.cycles import Months
from cyclekit.model.obligation import Amount, Obligation, Quota, Rulebook, Source
from cyclekit.model.pipeline import Course, DayOfMonth, Due, DueList
from cyclekit.model.roster import Roster
from cyclekit.model.selectors import Kind, Selection
from cyclekit.model.timing import Every
from tests.bench.timing import turns

UNITS, DUTIES, HORIZON = 300, 5, "2021..2025"
EVENTS = DUTIES * 60
ONE_DAY = dt.timedelta(days=1)


def offices(units: int = UNITS) -> Schedule:
    """So many counties below a few cities, each of which owes five monthly reports to the city above it."""
    cities = 10
    ids = [*(f"city-{number}" for number in range(cities)), *(f"county-{number:04}" for number in range(units))]
    roster = Roster(
        ids,
        names=[cyclekit.Text.of(f"第{number}总工会") for number in range(len(ids))],
        kinds=["city"] * cities + ["county"] * units,
        parents=[-1] * cities + [number % cities for number in range(units)],
    )
    every = Every(Months(1, "month"), DueList((Due(Course(DayOfMonth(20))),)))
    duties = tuple(
        Obligation(
            f"report-{number}",
            every,
            cyclekit.Text.of(f"第{number}号月度报告"),
            Selection((Kind("county"),)),
            kind="report",
            report_to=("parent",),
            quota=(Quota(at_least=Amount(2)),),
            notes=cyclekit.Text.of("附说明, 一式两份"),
        )
        for number in range(DUTIES)
    )
    source = Source(document="工发〔2022〕57号", issuer="市总工会", article="3", checked=dt.date(2026, 1, 31))
    return cyclekit.expand(Rulebook("bench", cyclekit.Text.of("基准"), roster, duties, source), HORIZON)


def by_icalendar(schedule: Schedule, unit: str) -> bytes:
    """The feed of one unit as one writes it with ``icalendar``, from values that are at hand."""
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", "-//x//y//EN")
    for number, each in enumerate(schedule.for_unit(unit)):
        event = Event()
        event.add("uid", f"{number}~{unit}@example.org")
        event.add("dtstamp", dt.datetime(2026, 1, 31, tzinfo=dt.UTC))
        event.add("dtstart", each.due)
        event.add("dtend", each.due + ONE_DAY)
        event.add("sequence", 0)
        event.add("summary", each.title.get("zh"))
        event.add(
            "description",
            f"责任单位：{each.unit.name}\n所属期：{each.period}\n报送：上级\n附说明, 一式两份",
        )
        event.add("status", "CONFIRMED")
        event.add("transp", "TRANSPARENT")
        event.add("categories", ["report"])
        calendar.add_component(event)
    data: bytes = calendar.to_ical()
    return data


def prepared(data: bytes, units: int) -> list[tuple[bytes, ...]]:
    """The events of a feed in parts, for so many units: in each the UID and both dates are its own."""
    found: list[tuple[bytes, ...]] = []
    for chunk in data.split(b"BEGIN:VEVENT\r\n")[1:]:
        uid, more = chunk.split(b"\r\n", 1)
        head, first, middle, last, tail = re.split(rb"(?<=VALUE=DATE:)(\d{8})", more)
        found.append((uid, b"\r\n" + head, first, middle, last, tail))
    return [
        (b"BEGIN:VEVENT\r\n", uid + b"-%d" % unit, head, first, middle, last, tail)
        for unit in range(units)
        for uid, head, first, middle, last, tail in found
    ]


def feeds() -> dict[str, float]:
    """Events a second: ours for all units, icalendar's for one, joining for as many as ours; and looking at them."""
    schedule = offices()
    counties = [unit.id for unit in schedule.rulebooks[0].roster if unit.kind == "county"]
    written = [FeedWriter(schedule, Options("zh")).of_unit(unit) for unit in counties]
    parts = prepared(written[0], UNITS)

    def ours() -> None:
        writer = FeedWriter(schedule, Options("zh"))
        assert sum(len(writer.of_unit(unit)) for unit in counties) == sum(map(len, written))

    def everyone() -> None:
        assert FeedWriter(schedule, Options("zh")).of_all().count(b"BEGIN:VEVENT") == EVENTS * UNITS

    def icalendar() -> None:
        assert by_icalendar(schedule, counties[0]).count(b"BEGIN:VEVENT") == EVENTS

    def joining() -> None:
        out: list[bytes] = []
        for each in parts:
            out += each
        assert b"".join(out)

    def looking() -> None:
        linter = Linter()
        assert not any(linter.check(each) for each in written)

    sides = {"a feed each": ours, "one for all": everyone, "icalendar": icalendar, "joining": joining, "lint": looking}
    counts = dict.fromkeys(sides, EVENTS * UNITS) | {"icalendar": EVENTS}
    rounds = turns(sides)
    rates = {name: statistics.median(counts[name] / each[name] for each in rounds) for name in sides}
    for name in ("icalendar", "joining"):
        of_round = [counts["a feed each"] / each["a feed each"] * each[name] / counts[name] for each in rounds]
        rates[f"against {name}"] = statistics.median(of_round)
    return rates


def tell() -> None:
    """Print the rates, and what we are held to."""
    found = feeds()
    print(f"\nFeeds of {UNITS} units with {EVENTS} events each, events a second (more is better):")
    for name in ("a feed each", "one for all", "icalendar", "joining", "lint"):
        print(f"  {name:<40} {found[name]:>12,.0f}")
    print(f"  a feed each, against icalendar           {found['against icalendar']:>10.0f} ×   (wanted: 100)")
    print(f"  a feed each, against joining bytes       {found['against joining']:>10.2f} ×   (wanted: 0.25)")


if __name__ == "__main__":
    tell()
