"""Publications one after the other: what readers of the feeds can rely on, whatever becomes of the rules."""

import datetime as dt
import shutil
import tempfile
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from icalendar import Calendar, Component

import cyclekit
from cyclekit.adapters.ical import Options
from cyclekit.publishing.contents import What
from cyclekit.publishing.manifest import flaws
from cyclekit.publishing.publishing import publish

UNITS = ("north", "south", "west")
DUTIES = ("letter", "report")
DAY = dt.timedelta(days=1)


class Publications(RuleBasedStateMachine):
    """Rules are edited and published, and the clock goes on or back: versions only ever rise."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.units = set(UNITS)
        self.duties: dict[str, int] = dict.fromkeys(DUTIES, 20)
        self.titles = dict.fromkeys(DUTIES, 0)
        self.names = dict.fromkeys(UNITS, 0)
        self.rulings: dict[tuple[str, str | None], int] = {}
        self.first, self.last = 2026, 2026
        self.now = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
        self.keep = 3
        self.files: dict[str, tuple[bytes, int]] = {}
        self.seen: dict[str, dict[str, object]] = {}
        #: What was owed and then left the days that are published: how it was, and when it was first missing.
        self.outside: dict[str, tuple[dict[str, object], dt.datetime]] = {}
        self.cancelled: dict[str, dt.datetime] = {}
        self.days: tuple[int, int] = (0, 0)
        self.text = ""

    def teardown(self) -> None:
        """Take the folder away."""
        shutil.rmtree(self.folder)

    @initialize(keep=st.integers(0, 5))
    def begin(self, keep: int) -> None:
        """Say how long what is cancelled is shown, and publish for the first time."""
        self.keep = keep
        self.publish(hours=0)

    @rule(duty=st.sampled_from(DUTIES), day=st.integers(1, 28))
    def owe(self, duty: str, day: int) -> None:
        """A duty is owed on another day, or again."""
        self.duties[duty] = day

    @precondition(lambda self: len(self.duties) > 1)
    @rule(duty=st.sampled_from(DUTIES))
    def drop(self, duty: str) -> None:
        """A duty is taken out of the rules."""
        if len(self.duties) > 1:
            self.duties.pop(duty, None)

    @rule(duty=st.sampled_from(DUTIES), title=st.integers(0, 2))
    def name(self, duty: str, title: int) -> None:
        """A duty is called otherwise."""
        self.titles[duty] = title

    @rule(unit=st.sampled_from(UNITS), name=st.integers(0, 2))
    def rename(self, unit: str, name: int) -> None:
        """A unit is called otherwise."""
        self.names[unit] = name

    @rule(unit=st.sampled_from(UNITS))
    def join_or_leave(self, unit: str) -> None:
        """A unit joins, or leaves; one is left."""
        self.units ^= {unit}
        if not self.units:
            self.units = {unit}

    @rule(duty=st.sampled_from(DUTIES), unit=st.sampled_from([None, *UNITS]), day=st.integers(0, 28))
    def rule_on(self, duty: str, unit: str | None, day: int) -> None:
        """One period is moved, waived (day 0), for all or for one unit."""
        self.rulings[duty, unit] = day

    @rule(duty=st.sampled_from(DUTIES), unit=st.sampled_from([None, *UNITS]))
    def lift(self, duty: str, unit: str | None) -> None:
        """A ruling is lifted."""
        self.rulings.pop((duty, unit), None)

    @rule(first=st.sampled_from([2025, 2026, 2027]), years=st.integers(0, 1))
    def look(self, first: int, years: int) -> None:
        """Other days are published."""
        self.first, self.last = first, first + years

    @rule(hours=st.integers(-30, 60))
    def publish(self, hours: int) -> None:
        """The rules are published, a while later, or earlier by the clock."""
        self.now = max(self.now + dt.timedelta(hours=hours), dt.datetime(2025, 1, 1, tzinfo=dt.UTC))
        text = self.written()
        path = self.folder / "office.yaml"
        path.write_text(text, encoding="utf-8")
        schedule = cyclekit.expand(cyclekit.load(path), f"{self.first}..{self.last}")
        what = What(options=Options("en"), xlsx=False)
        publish(schedule, self.folder / "out", self.now, what=what, keep=self.keep, force=True)
        self.check(schedule, same=(text, self.first, self.last) == (self.text, *self.days))
        self.text, self.days = text, (self.first, self.last)

    def written(self) -> str:
        """The rule file."""
        units = [f"{{id: {each}, name: {each.title()} {self.names[each]}}}" for each in sorted(self.units)]
        lines = ["cyclekit: 1", "id: office", f"units: [{', '.join(units)}]"]
        lines.append("obligations:")
        for duty, day in sorted(self.duties.items()):
            due = f"due: {{month: last, day: {day}}}"
            lines.append(f"  {duty}:")
            lines.append(f"    title: {duty} {self.titles[duty]}")
            lines.append("    every: half_year")
            lines.append(f"    {due}")
            ruled = [(unit, on) for (which, unit), on in self.rulings.items() if which == duty]
            entries = []
            for unit, on in sorted(ruled, key=str):
                if unit is None or unit in self.units:
                    whose = f", units: {unit}" if unit else ""
                    entries.append(f"{{due: 2026-07-{on:02}{whose}}}" if on else f"{{waived: no meeting{whose}}}")
            if entries:
                lines.append(f"    exceptions: {{2026H1: [{', '.join(entries)}]}}")
        return "\n".join(lines) + "\n"

    def check(self, schedule: cyclekit.Schedule, *, same: bool) -> None:
        """Compare what is published with what was published before."""
        site = self.folder / "out" / "current" / "site"
        files = {
            path.relative_to(site).as_posix(): (path.read_bytes(), path.stat().st_ino)
            for path in site.rglob("*")
            if path.is_file()
        }
        for name, (data, number) in files.items():
            before = self.files.get(name)
            assert before is None or before[0] != data or before[1] == number
        self.files = files
        feed = Calendar.from_ical(files["all.ics"][0])
        events = {str(each["UID"]): each for each in feed.walk("VEVENT")}
        seen = {uid: self.facts(each) for uid, each in events.items()}
        horizon = (f"{self.first}-01-01", f"{self.last}-12-31")
        owed = {
            f"office~{each.key.obligation}~{each.key.unit}~{each.period}@cyclekit.invalid": each.status.value
            for each in schedule
        }
        for uid, now in seen.items():
            self.check_event(uid, now)
        for uid, status in owed.items():
            assert status == "waived" or (uid in seen and seen[uid]["status"] == "CONFIRMED")
        for uid, was in self.seen.items():
            inside = horizon[0] <= str(was["due"]) <= horizon[1]
            if uid in seen or not inside:
                continue
            # It was there, and lies in these days: it may be missing only where it was cancelled long enough.
            if self.keep:
                assert uid in self.cancelled
                assert self.now >= self.cancelled[uid] + self.keep * DAY
        if same:
            assert all(seen[uid] == was for uid, was in self.seen.items() if uid in seen)
        self.remember(seen)

    def check_event(self, uid: str, now: dict[str, object]) -> None:
        """An event beside its earlier version: the same, or a later one."""
        was = self.seen.get(uid)
        if was is None and uid in self.outside:
            was = self.outside[uid][0]
            if was != now:
                assert int(str(now["sequence"])) > int(str(was["sequence"]))
                assert str(now["modified"]) > str(was["modified"])
            return
        if was is None or was == now:
            return
        assert int(str(now["sequence"])) == int(str(was["sequence"])) + 1
        assert str(now["modified"]) > str(was["modified"])
        assert now["created"] == was["created"]
        shown = [{name: each[name] for name in ("due", "status", "summary", "description")} for each in (was, now)]
        assert shown[0] != shown[1]

    def remember(self, seen: dict[str, dict[str, object]]) -> None:
        """Keep what readers have seen, and since when something has been cancelled."""
        for uid, each in seen.items():
            if each["status"] != "CANCELLED":
                self.cancelled.pop(uid, None)
            else:
                self.cancelled.setdefault(uid, self.now)
        for uid, was in self.seen.items():
            if uid not in seen and was["status"] != "CANCELLED":
                self.outside.setdefault(uid, (was, self.now))
        # What is remembered is forgotten when its time is over.
        over = [uid for uid, (_, left) in self.outside.items() if uid in seen or self.now >= left + self.keep * DAY]
        for uid in over:
            del self.outside[uid]
        self.seen = seen

    @staticmethod
    def facts(event: Component) -> dict[str, object]:
        """What readers see of an event."""
        return {
            "due": event.decoded("DTSTART").isoformat(),
            "status": str(event["STATUS"]),
            "summary": str(event["SUMMARY"]),
            "description": str(event["DESCRIPTION"]),
            "sequence": event.decoded("SEQUENCE"),
            "created": event.decoded("CREATED").isoformat(),
            "modified": event.decoded("LAST-MODIFIED").isoformat(),
            "stamp": event.decoded("DTSTAMP").isoformat(),
        }

    @invariant()
    def is_whole(self) -> None:
        """What readers see is whole by its manifest."""
        current = self.folder / "out" / "current"
        assert not current.exists() or flaws(current) == []


Publications.TestCase.settings = settings(max_examples=15, stateful_step_count=20, deadline=None)
TestPublications = Publications.TestCase
