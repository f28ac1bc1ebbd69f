"""The benchmark: ratios of what cyclekit does to what a reader knows, both measured in one run.

Shared machines are noisy, so no figure is a time: each is the median over rounds in which the two sides take
turns. Run it with `make bench`.
"""

import datetime as dt
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import attrs
import cattrs
import yaml
from dateutil.rrule import MONTHLY, rrule

import cyclekit
from cyclekit.civil.cycles import Months
from cyclekit.model.obligation import Obligation, Rulebook
from cyclekit.model.pipeline import Course, DayOfMonth, Due, DueList
from cyclekit.model.roster import Roster
from cyclekit.model.timing import Every
from cyclekit.reading.compose import has_c_parser, read_nodes
from cyclekit.reading.rulebook import read_rule_file
from cyclekit.reading.source import Source
from tests.bench import feeds
from tests.bench.recurring import Result, last_working_day, table_of_days, twentieth_of_quarter
from tests.bench.timing import ROUNDS, ratio

HORIZON = "1990..2029"
OBLIGATIONS = 1000


def expansion(units: int) -> tuple[float, int]:
    """Occurrences a second against ``dateutil.rrule`` for “the 20th of every month”, for so many units."""
    every = Every(Months(1, "month"), DueList((Due(Course(DayOfMonth(20))),)))
    roster = Roster([f"u{number}" for number in range(units)])
    text = cyclekit.Text.of("monthly")
    book = Rulebook("bench", text, roster, (Obligation("monthly", every, text),))
    months = 12 * 40

    def ours() -> None:
        schedule = cyclekit.expand(book, HORIZON)
        assert len(schedule) == months * units

    def theirs() -> None:
        first, last = dt.datetime(1990, 1, 1), dt.datetime(2029, 12, 31)  # noqa: DTZ001 (rrule's own kind)
        for _ in range(units):
            assert len(list(rrule(MONTHLY, bymonthday=20, dtstart=first, until=last))) == months

    return 1 / ratio(ours, theirs), months * units


def listing() -> float:
    """Walking through every occurrence as a view, against ``dateutil.rrule`` giving its dates, for ten units."""
    every = Every(Months(1, "month"), DueList((Due(Course(DayOfMonth(20))),)))
    text = cyclekit.Text.of("monthly")
    roster = Roster([f"u{number}" for number in range(10)])
    book = Rulebook("bench", text, roster, (Obligation("monthly", every, text),))

    def ours() -> None:
        assert sum(each.due.day for each in cyclekit.expand(book, HORIZON)) == 20 * 480 * 10

    def theirs() -> None:
        first, last = dt.datetime(1990, 1, 1), dt.datetime(2029, 12, 31)  # noqa: DTZ001
        for _ in range(10):
            assert sum(each.day for each in rrule(MONTHLY, bymonthday=20, dtstart=first, until=last)) == 20 * 480

    return 1 / ratio(ours, theirs)


def rule_text() -> str:
    """A rule file of a thousand obligations, as people write them."""
    head = (
        "cyclekit: 1\nid: bench\ntitle: {zh: 基准, en: Benchmark}\ncalendar: weekdays\nunits:\n"
        "  - {id: hq, name: 总部, kind: head}\n  - {id: sh, name: 上海, kind: branch, parent: hq, tags: [coast]}\n"
        "  - {id: bj, name: 北京, kind: branch, parent: hq}\nobligations:\n"
    )
    one = (
        "  report-{n}:\n    title: {{zh: 第{n}号报告, en: Report {n}}}\n    kind: report\n    applies_to: [sh, bj]\n"
        "    every: quarter\n    from: 2026Q1\n    until: 2030Q4\n"
        "    due: {{month: last, day: 20, adjust: following}}\n    remind: [7 days, 3 working days]\n"
        "    source: {{article: 第三条}}\n"
    )
    return head + "".join(one.format(n=number) for number in range(OBLIGATIONS))


@attrs.frozen
class _Due:
    month: str
    day: int
    adjust: str


@attrs.frozen
class _Obligation:
    title: dict[str, str]
    kind: str
    applies_to: list[str]
    every: str
    due: _Due
    remind: list[str]
    source: dict[str, str]
    until: str
    from_: str


@attrs.frozen
class _Book:
    id: str
    title: dict[str, str]
    calendar: str
    units: list[dict[str, Any]]
    obligations: dict[str, _Obligation]


def _cattrs(text: str, loader: Any) -> _Book:
    raw = yaml.load(text, Loader=loader)  # noqa: S506 (the other side of the comparison)
    for each in raw["obligations"].values():
        each["from_"] = each.pop("from")
    return cattrs.structure(raw, _Book)


def reading() -> dict[str, float]:
    """Text to values with places, against composing alone and against a loader with cattrs, which keep no places."""
    text = rule_text()
    loader = yaml.CSafeLoader if has_c_parser() else yaml.SafeLoader
    source = Source("bench.yaml", text)

    def ours() -> None:
        assert read_rule_file(source).rulebook is not None

    def nodes() -> None:
        assert read_nodes(source)[0] is not None

    def compose() -> None:
        yaml.compose(text, Loader=loader)

    def structure() -> None:
        assert len(_cattrs(text, loader).obligations) == OBLIGATIONS

    return {
        "nodes against yaml.compose": ratio(nodes, compose),
        "values against yaml.compose": ratio(ours, compose),
        "values against CSafeLoader + cattrs": ratio(ours, structure),
    }


def start_up() -> dict[str, float]:
    """Whole commands against ``python -c pass``."""
    rules = str(Path(__file__).parents[2] / "rules" / "cn" / "anqing-2022.yaml")
    bare = [sys.executable, "-c", "pass"]

    def run(command: list[str]) -> Callable[[], object]:
        return lambda: subprocess.run(command, check=True, capture_output=True)

    tool = [sys.executable, "-m", "cyclekit"]
    due = [*tool, "due", rules, "--within", "2023", "--format", "json"]
    return {
        "import cyclekit": ratio(run([sys.executable, "-c", "import cyclekit"]), run(bare)),
        "cyclekit --help": ratio(run([*tool, "--help"]), run(bare)),
        "cyclekit due, as JSON": ratio(run(due), run(bare)),
        "cyclekit due, as a table": ratio(run([*due[:-1], "table"]), run(bare)),
    }


def tell(name: str, results: dict[str, Result]) -> None:
    """Print a rule with each side's rate, and how many times as fast ours is."""
    print(f"  {name}")
    for side, (rate, times) in results.items():
        print(f"    {side:<24} {rate:>12,.0f} a second" + (f"   {times:8.2f} ×" if side != "cyclekit" else ""))


def main() -> None:
    """Print every ratio."""
    print(f"Python {sys.version.split()[0]}, C parser: {has_c_parser()}, medians of {ROUNDS} rounds")
    print("\nExpansion, occurrences a second against dateutil.rrule for the same rule (more is better):")
    for units in (1, 10, 1000):
        faster, count = expansion(units)
        print(f"  {units:>5} unit(s), {count:>7,} occurrences   {faster:8.2f} ×")
    print(f"     10 units, each occurrence looked at   {listing():8.2f} ×")
    print("\nA hundred years of one rule, dates a second, and our rate against theirs (more is better):")
    tell("the 20th of the quarter's last month", twentieth_of_quarter())
    tell("the last working day of the month in China", last_working_day())
    days, gathered, compiled = table_of_days()
    print(f"  made before: China's {days:,} days, {1000 * gathered:.0f} ms to gather, {1000 * compiled:.1f} to compile")
    print(f"\nReading {OBLIGATIONS:,} obligations, time (less is better):")
    for name, times in reading().items():
        print(f"  {name:<40} {times:8.2f} ×")
    feeds.tell()
    print("\nStart-up, time against bare Python (less is better):")
    for name, times in start_up().items():
        print(f"  {name:<40} {times:8.2f} ×")


if __name__ == "__main__":
    main()
