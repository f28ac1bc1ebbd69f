"""Rule files that are edited on the disk, loaded again, published and read back, step by step, beside a model.

The model is what readers of the feeds must see. It is worked out here by hand: which periods a duty has, on which day
each is due, which are moved, waived or gone; and that a bad edit changes nothing for anybody.
"""

import datetime as dt
import re
import shutil
import tempfile
from collections import Counter
from pathlib import Path

import attrs
import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from icalendar import Calendar, Event

import cyclekit
from cyclekit.adapters.ical import Linter, Options
from cyclekit.errors import RuleFileError
from cyclekit.publishing.contents import What
from cyclekit.publishing.feeds import By
from cyclekit.publishing.manifest import flaws
from cyclekit.publishing.publishing import publish

YEAR, HALVES = 2026, ("2026H1", "2026H2")
#: The last month of each half-year.
MONTHS = {"2026H1": 6, "2026H2": 12}
UNITS = ("north", "south", "west")
DUTIES = ("letter", "report", "visit")
HEAD = "cyclekit: 1\nid: office\nunits: [{id: north}, {id: south}]\nobligations:\n"
#: What makes any file bad, wherever its line stands.
BAD = (
    "  wrong: {every: quater}\n",
    "  wrong:\n    every: month\n    every: month\n",
    "  wrong: {once: 2026-02-30}\n",
    "  wrong: {every: month\n",
    "  wrong: {every：month}\n",
    "\twrong: {every: month}\n",
    "  wrong: {standing: true, applies_to: nobody}\n",
    "  wrong: {upon: wrong}\n",
    "<<<<<<< HEAD\n",
)
#: How often each rule was followed, for whoever counts steps; and how many publications there were.
STEPS: Counter[str] = Counter()
DONE: Counter[str] = Counter()


@attrs.define
class Duty:
    """A duty as the model knows it: its day, title, rulings by period, and who is left out."""

    day: int
    title: str
    rulings: dict[str, int] = attrs.field(factory=dict)


@attrs.frozen
class Seen:
    """What a reader sees of an event, without its version; the model does not know all that is told of it."""

    due: dt.date
    cancelled: bool
    title: str
    told: str = attrs.field(default="", eq=False)


@attrs.frozen
class Version:
    """Which version of an event a reader has."""

    sequence: int
    modified: dt.datetime
    created: dt.datetime


def block(name: str, duty: Duty) -> str:
    """A duty as its author writes it."""
    lines = [
        f"  {name}:",
        f"    title: {duty.title}",
        "    every: half_year",
        f"    due: {{month: last, day: {duty.day}}}",
    ]
    return "".join(f"{line}\n" for line in lines)


class Editing(RuleBasedStateMachine):
    """However a rule file is edited and published, readers have what the last good file says, whole.

    Ids stay, versions rise by one exactly where something changed, and what is gone is cancelled.
    """

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="editing"))
        self.path, self.out = self.folder / "office.yaml", self.folder / "out"
        self.units: dict[str, bool] = {"north": True, "south": True}
        self.names: dict[str, str] = {}
        self.duties: dict[str, Duty] = {"report": Duty(20, "report")}
        self.bad: str = ""
        self.now = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
        #: What readers have: each event as it was seen last, and its version; and the bytes of the feeds.
        self.seen: dict[str, Seen] = {}
        self.versions: dict[str, Version] = {}
        self.feeds: dict[str, bytes] = {}
        self.told: dict[str, Seen] = {}

    def teardown(self) -> None:
        """Take the folder away."""
        shutil.rmtree(self.folder)

    # ------------------------------------------------------------------------------------------- editing

    def text(self) -> str:
        """The rule file as it lies on the disk."""
        return self.path.read_text(encoding="utf-8")

    def save(self, text: str) -> None:
        """Save the rule file."""
        self.path.write_text(text, encoding="utf-8")

    def edit(self, pattern: str, instead: str) -> None:
        """Replace one piece of the text, which is there exactly once."""
        text, count = re.subn(pattern, lambda _: instead, self.text(), flags=re.MULTILINE)
        assert count == 1, (pattern, self.text())
        self.save(text)

    @initialize()
    def begin(self) -> None:
        """An author writes the first duty, and publishes it."""
        self.save(HEAD + block("report", self.duties["report"]))
        self.publish(hours=0)

    @rule(name=st.sampled_from(DUTIES), day=st.integers(1, 28))
    def add_or_take_out(self, name: str, day: int) -> None:
        """A duty is added, or its lines are deleted; one is left."""
        STEPS["add_or_take_out"] += 1
        if name not in self.duties:
            self.duties[name] = Duty(day, name)
            self.edit(r"^obligations:\n", "obligations:\n" + block(name, self.duties[name]))
        elif len(self.duties) > 1:
            del self.duties[name]
            self.edit(rf"^  {name}:\n(    .*\n)+", "")

    @rule(name=st.sampled_from(DUTIES), day=st.integers(1, 28))
    def change_the_day(self, name: str, day: int) -> None:
        """A duty is due on another day of the month."""
        STEPS["change_the_day"] += 1
        if name in self.duties:
            self.duties[name].day = day
            self.edit(rf"(?<=^  {name}:\n)(    title: .*\n    every: half_year\n)    due: .*\n", self._due(name))

    def _due(self, name: str) -> str:
        duty = self.duties[name]
        return f"    title: {duty.title}\n    every: half_year\n    due: {{month: last, day: {duty.day}}}\n"

    @rule(name=st.sampled_from(DUTIES), number=st.integers(0, 2))
    def call_otherwise(self, name: str, number: int) -> None:
        """A duty has another title."""
        STEPS["call_otherwise"] += 1
        if name in self.duties:
            self.duties[name].title = f"{name} {number}"
            self.edit(rf"(?<=^  {name}:\n)    title: .*\n", f"    title: {name} {number}\n")

    @rule(name=st.sampled_from(DUTIES), period=st.sampled_from(HALVES), day=st.integers(-1, 28))
    def rule_on(self, name: str, period: str, day: int) -> None:
        """A period is moved to a day of July, waived (0), or ruled on no longer (−1)."""
        STEPS["rule_on"] += 1
        if name not in self.duties:
            return
        rulings = self.duties[name].rulings
        before = self._exceptions(name)
        if day < 0:
            rulings.pop(period, None)
        else:
            rulings[period] = day
        after = self._exceptions(name)
        if before:
            self.edit(re.escape(f"  {name}:\n") + r"((?:    .*\n)*?)" + re.escape(before), self._whole(name, after))
        elif after:
            self.edit(rf"^  {name}:\n((?:    .*\n)+)", self._whole(name, after))

    def _exceptions(self, name: str) -> str:
        rulings = self.duties[name].rulings
        told = ", ".join(
            f"{each}: {f'{{due: 2026-07-{day:02}}}' if day else '{waived: no need}'}" for each, day in rulings.items()
        )
        return f"    exceptions: {{{told}}}\n" if rulings else ""

    def _whole(self, name: str, exceptions: str) -> str:
        return f"  {name}:\n{self._due(name)}{exceptions}"

    @rule(unit=st.sampled_from(UNITS))
    def open_close_or_delete(self, unit: str) -> None:
        """A unit joins; one that is there is closed with the year before, and one that is closed leaves the list."""
        STEPS["open_close_or_delete"] += 1
        if unit not in self.units:
            self.units[unit] = True
        elif sum(self.units.values()) == self.units[unit]:
            return
        elif self.units[unit]:
            self.units[unit] = False
        else:
            del self.units[unit]
        self._write_units()

    @rule(unit=st.sampled_from(UNITS), number=st.integers(0, 2))
    def rename(self, unit: str, number: int) -> None:
        """A unit has another name; or its own again."""
        STEPS["rename"] += 1
        self.names[unit] = f"{unit.title()} {number}" if number else unit
        self._write_units()

    def _write_units(self) -> None:
        told = (
            f"{{id: {unit}, name: {self.names.get(unit, unit)}{'' if is_open else ', active: [..2025]'}}}"
            for unit, is_open in self.units.items()
        )
        self.edit(r"^units: .*\n", f"units: [{', '.join(told)}]\n")

    @rule(line=st.sampled_from(BAD))
    def make_a_mistake(self, line: str) -> None:
        """An author makes a mistake, unless there is one."""
        STEPS["make_a_mistake"] += 1
        if not self.bad:
            self.bad = line
            self.save(self.text() + line)

    @rule()
    def put_it_right(self) -> None:
        """The mistake is taken out again."""
        STEPS["put_it_right"] += 1
        if self.bad:
            self.save(self.text().removesuffix(self.bad))
            self.bad = ""

    # ------------------------------------------------------------------------------- publishing and reading

    @rule(hours=st.integers(-30, 60))
    def publish(self, hours: int) -> None:
        """The file is loaded and published a while later, or earlier by the clock; what is bad is not."""
        STEPS["publish"] += 1
        self.publish_at(self.now + dt.timedelta(hours=hours))

    @rule(seconds=st.integers(0, 2))
    def publish_at_once(self, seconds: int) -> None:
        """The file is loaded and published again within seconds, or within the same one."""
        STEPS["publish_at_once"] += 1
        self.publish_at(self.now + dt.timedelta(seconds=seconds))

    def publish_at(self, now: dt.datetime) -> None:
        """Load, publish and read back; where there is a mistake, loading is refused and nothing is published."""
        self.now = max(now, dt.datetime(2025, 6, 1, tzinfo=dt.UTC))
        if self.bad:
            with pytest.raises(RuleFileError) as refused:
                cyclekit.load(self.path)
            assert {each.place.file for each in refused.value.diagnostics} == {str(self.path)}
            DONE["refusals"] += 1
            return
        book = cyclekit.load(self.path)
        what = What(frozenset({By.UNIT, By.ALL}), options=Options("en"), xlsx=False, lists=False)
        schedule = cyclekit.expand(book, str(YEAR))
        publish(schedule, self.out, self.now, what=what, force=True)
        DONE["publications"] += 1
        self.told = self.owed()
        self.read_back()

    def owed(self) -> dict[str, Seen]:
        """What is owed now, by hand: each unit that is open, duty and half-year."""
        found: dict[str, Seen] = {}
        for unit, is_open in self.units.items():
            for name, duty in self.duties.items() if is_open else ():
                for period in HALVES:
                    due, ruled = dt.date(YEAR, MONTHS[period], duty.day), duty.rulings.get(period)
                    if ruled:
                        due = dt.date(YEAR, 7, ruled)
                    uid = f"office~{name}~{unit}~{period}@cyclekit.invalid"
                    found[uid] = Seen(due, ruled == 0, f"{self.names.get(unit, unit)}: {duty.title}")
        return found

    def read_back(self) -> None:
        """Readers fetch the feeds: what is owed is there, what was there is cancelled, and versions rise by one."""
        events = self.events("all.ics")
        seen = {uid: facts(each) for uid, each in events.items()}
        versions = {uid: version(each) for uid, each in events.items()}
        for uid, wanted in self.told.items():
            assert seen[uid] == wanted
        for uid, was in self.seen.items():
            if uid not in self.told:
                assert seen[uid] == self.gone(uid, was)
        assert seen.keys() == self.told.keys() | self.seen.keys()
        for uid, now in versions.items():
            before = self.versions.get(uid)
            if before is None:
                # A unit that is new takes the version that others have of the same duty and period.
                _, duty, unit, period = uid.split("~")
                others = [each for each in versions if each.split("~")[1::2] == [duty, period]]
                others = [each for each in others if each.split("~")[2] != unit]
                assert now.sequence in {0, *(versions[each].sequence for each in others)}
                continue
            changed = (seen[uid], seen[uid].told) != (self.seen[uid], self.seen[uid].told)
            assert now.sequence - before.sequence == int(changed)
            assert now.created == before.created
            assert (now.modified > before.modified) == (now.sequence > before.sequence)
        self.check_units(seen)
        again = {name: (self.site / name).read_bytes() for name in self.names_of_feeds()}
        if seen == self.seen and versions == self.versions:
            # The feed of a unit that never owed anything may be called otherwise, or go.
            units = {uid.split("~")[2] for uid in seen}
            kept = ["all.ics", *(f"office/units/{unit}.ics" for unit in units)]
            assert [again[name] for name in kept] == [self.feeds[name] for name in kept]
        self.seen, self.versions, self.feeds = seen, versions, again

    def gone(self, uid: str, was: Seen) -> Seen:
        """What is no longer owed is cancelled on the day and by the title it had, and by the name the unit has now."""
        unit = uid.split("~")[2]
        name, _, title = was.title.partition(": ")
        now = self.names.get(unit, unit) if unit in self.units else name
        return Seen(was.due, cancelled=True, title=f"{now}: {title}")

    def check_units(self, seen: dict[str, Seen]) -> None:
        """Each unit's feed is its part of the whole, and programs take it."""
        linter = Linter()
        for unit in {*self.units, *(uid.split("~")[2] for uid in seen)}:
            name = f"office/units/{unit}.ics"
            assert linter.check((self.site / name).read_bytes()) == ()
            found = {uid: facts(each) for uid, each in self.events(name).items()}
            # There is no need to say whose it is there.
            own = {uid: each for uid, each in seen.items() if f"~{unit}~" in uid}
            assert found == {uid: attrs.evolve(each, title=each.title.partition(": ")[2]) for uid, each in own.items()}

    @rule()
    def read_again(self) -> None:
        """Whoever reads between two publications finds what was published last, whatever the file says by now."""
        STEPS["read_again"] += 1
        assert {name: (self.site / name).read_bytes() for name in self.names_of_feeds()} == self.feeds
        assert {uid: facts(each) for uid, each in self.events("all.ics").items()} == self.seen

    @property
    def site(self) -> Path:
        """What is served."""
        return self.out / "current" / "site"

    def names_of_feeds(self) -> list[str]:
        """The feeds that there are."""
        return sorted(path.relative_to(self.site).as_posix() for path in self.site.rglob("*.ics"))

    def events(self, name: str) -> dict[str, Event]:
        """The events of a feed, each with its own UID."""
        found = Calendar.from_ical((self.site / name).read_bytes()).walk("VEVENT")
        events = {str(each["UID"]): each for each in found if isinstance(each, Event)}
        assert len(events) == len(found)
        return events

    @invariant()
    def is_whole(self) -> None:
        """What readers see is whole by its manifest, and nothing is left over beside it."""
        current = self.out / "current"
        if current.exists():
            assert flaws(current) == []
            assert len(list((self.out / "generations").iterdir())) <= 2


def facts(event: Event) -> Seen:
    """What a reader sees of an event."""
    cancelled = str(event["STATUS"]) == "CANCELLED"
    due = event.start
    assert isinstance(due, dt.date)
    return Seen(due, cancelled, str(event["SUMMARY"]).removeprefix("[Cancelled] "), str(event["DESCRIPTION"]))


def version(event: Event) -> Version:
    """The version of an event."""
    sequence = event.decoded("SEQUENCE")
    return Version(int(sequence), event.decoded("LAST-MODIFIED"), event.decoded("CREATED"))
