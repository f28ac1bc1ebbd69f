"""What authors expect of their rules, held against the dates: without Hypothesis, over the years that a file covers."""

from collections.abc import Mapping, Sequence

from cyclekit.civil.spans import Span
from cyclekit.civil.working import WorkingCalendar
from cyclekit.diagnostics import Diagnostic, Place
from cyclekit.engine.expecting import Unmet, calendar_asked, days_wanted, unmet
from cyclekit.engine.own_calendars import compile_all
from cyclekit.model.obligation import Obligation, Rulebook
from cyclekit.reading.places import Places
from cyclekit.testing.expanding import MORE, Events, compile_known, expand
from cyclekit.testing.horizons import years_of


def expects_anything(book: Rulebook) -> bool:
    """Whether any of its obligations states what its author expects."""
    return any(form.expect is not None for rule in book for form in _forms(rule))


def _forms(rule: Obligation) -> list[Obligation]:
    return [rule, *(each.result for each in rule.changes)]


def unmet_in(book: Rulebook, span: Span | None = None, *, events: Events | None = None) -> list[Unmet]:
    """Every expectation of a rulebook that is not met in some days; left out, in the years that it covers.

    Of each expectation the smallest example comes first: the shortest days that show it, and of those the earliest.

    >>> import cyclekit
    >>> unmet_in(cyclekit.load("rules/cn/lpr.yaml"))
    []
    """
    if not expects_anything(book):
        return []
    judged = span or years_of(book)
    schedule = expand(book, days_wanted(book, judged), events)
    found = unmet(schedule, judged, _calendars(book, judged))
    return sorted(found, key=lambda each: (each.obligation.id, each.name, each.label, each.span.days, each.span.first))


def smallest(found: Sequence[Unmet]) -> list[Unmet]:
    """Of each expectation of each obligation the smallest example."""
    first: dict[tuple[str, str, str], Unmet] = {}
    for each in found:
        first.setdefault((each.obligation.id, each.name, each.label), each)
    return list(first.values())


def _calendars(book: Rulebook, span: Span) -> Mapping[str, WorkingCalendar]:
    """The calendars by which working days are expected, over some days."""
    asked = {
        name
        for rule in book
        for form in _forms(rule)
        if form.expect is not None and form.expect.working_day
        for unit in form.selection.units(book.roster)
        if (name := calendar_asked(book, form, unit)) is not None
    }
    window = (span.first.toordinal(), span.last.toordinal())
    return compile_all([book], dict.fromkeys(sorted(asked), window), compile_known)


# --------------------------------------------------------------------------------------------------- telling


def diagnostic(each: Unmet, places: Places, file: str, *, days_off: str = "") -> Diagnostic:
    """An expectation that is not met as a diagnostic, at the line of the rule that makes the date."""
    expected = _expected_at(each, places, file)
    values = {
        **each.values,
        "id": each.obligation.id,
        "horizon": str(each.span),
        "days_off": days_off,
    }
    if "calendar" in values:
        # One of the file's own is told by the id that it has there, and one with days off more by the one it had.
        values["calendar"] = values["calendar"].rpartition("/")[2].removesuffix(MORE)
    expect = each.obligation.expect
    if expect is not None and each.name == "in_months":
        values["expected"] = ", ".join(map(str, sorted(expect.in_months)))
    if expect is not None and each.name == "within_month":
        values["expected"] = str(expect.within_month)
    message = f"unmet-{each.name.replace('_', '-')}"
    if each.name == "dates" and each.occurrence is None:
        message = "unmet-no-date"
    known = {key: value for key, value in values.items() if value}
    return Diagnostic("unmet", message, _blamed(each, places, file), known, (expected,))


def _expected_at(each: Unmet, places: Places, file: str) -> Place:
    """Where an expectation is written: in the last change that writes one, or in the obligation itself."""
    changes = [f"changes#{one.number}." for one in reversed(each.obligation.amendments)]
    for owner in (*changes, ""):
        for name in (f"{owner}expect#1.{each.name}", f"{owner}expect"):
            if (each.obligation.id, name) in places:
                return places[each.obligation.id, name]
    return places.get((each.obligation.id, ""), Place(file, 1, 1))


def _blamed(each: Unmet, places: Places, file: str) -> Place:
    """Where the rule is written that makes the date: an exception, a change, a due date, or else the timing."""
    owner = each.obligation.id
    names: list[str] = []
    occurrence = each.occurrence
    if occurrence is not None:
        for moved in reversed(occurrence.moves):
            names += [f"exceptions.{moved.label}#{occurrence.number}", f"exceptions.{moved.label}"]
        names.append(f"dates.{occurrence.period}")
    if each.name == "owed_by":
        names += ["applies_to", "except"]
    for change in reversed(each.obligation.amendments):
        names += [f"changes#{change.number}.due", f"changes#{change.number}.every", f"changes#{change.number}"]
    if each.name == "window":
        names.append("opens")
    if occurrence is not None:
        names.append(f"due#1.by_period.{_position(occurrence.period)}")
        names += [f"due#{occurrence.number}.{field}" for field in ("move_to", "working_day", "weekday", "day", "date")]
        names.append(f"due#{occurrence.number}")
    names += ["due#1.day", "due", "once", "dates", "upon", "every", ""]
    for name in names:
        if (owner, name) in places:
            return places[owner, name]
    return Place(file, 1, 1)


def _position(label: str) -> str:
    """The position in the year that a label ends with: ``Q4``, ``H2``, ``11``."""
    return label[-2:] if label[-2:-1] in ("Q", "H") else label.rpartition("-")[2].lstrip("0")
