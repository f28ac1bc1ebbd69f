"""An obligation: its fields together, checked against each other, the roster and the file."""

from collections.abc import Sequence
from typing import Any

import attrs

from cyclekit.civil.labels import CALENDAR_YEAR
from cyclekit.civil.spans import Bounds
from cyclekit.model.compact import among
from cyclekit.model.numbers import Chosen, Numbers
from cyclekit.model.obligation import Lag, Obligation, Quota
from cyclekit.model.pipeline import UNIT
from cyclekit.model.roster import Roster
from cyclekit.model.selectors import Selection
from cyclekit.model.text import Text
from cyclekit.model.timing import Every, OfObligation, Standing, Upon
from cyclekit.reading.course_context import CourseContext
from cyclekit.reading.courses import read_plan
from cyclekit.reading.cycle_words import CycleWords
from cyclekit.reading.exceptions import read_exceptions
from cyclekit.reading.expectations import read_expectation
from cyclekit.reading.fields import CYCLE_KEYS
from cyclekit.reading.forms import Variant
from cyclekit.reading.nodes import Scalar
from cyclekit.reading.phases import MONTHS
from cyclekit.reading.reader import Entry, Fields, Item, Reader
from cyclekit.reading.references import References, check_calendar, check_person
from cyclekit.reading.selecting import read_selection
from cyclekit.reading.texts import as_source, as_text
from cyclekit.reading.timings import read_bounds, read_timing, refuse_idle_keys, timing_key
from cyclekit.reading.variants import Variants, read_variants
from cyclekit.reading.written_cycles import own_labels


@attrs.frozen
class FileContext:
    """What an obligation takes from its file."""

    reader: Reader
    references: References
    roster: Roster
    defaults: Fields | None = None
    adjust: Entry | None = None
    calendar: str | None = None
    bounds: Bounds = Bounds()
    roots: dict[str, Sequence[Variant]] = attrs.field(factory=dict)


def read_obligation(file: FileContext, owner: Scalar, written: Fields) -> Obligation | None:
    """The obligation of an id and its fields; None where it cannot be used, which is reported.

    ``file.roots`` learns whose periods it takes: its own, or those of what fires it in the end.
    """
    fields, inherited = _with_defaults(file, written)
    reader = file.reader
    before = len(reader.diagnostics)
    name = timing_key(reader, fields, owner)
    if name is not None:
        refuse_idle_keys(reader, fields, name, inherited)
    base = _read(file, owner.text, fields, name, inherited)
    if base is None or any(each.is_error for each in reader.diagnostics[before:]):
        return None
    variants: Variants | None = Variants((base,))
    if "changes" in fields:
        variants = read_variants(
            reader,
            fields,
            base,
            file.bounds,
            file.roster,
            lambda each: _read(file, owner.text, each, name, inherited),
            lambda form: _roots(file, form),
        )
    if variants is None:
        return None
    roots = [_roots(file, form) for form in variants.forms]
    file.roots[owner.text] = [root for several in roots for root in several]
    forms = [variant.obligation for variant in variants.forms]
    if "exceptions" in fields:
        exceptions = read_exceptions(reader, fields["exceptions"], variants, file.bounds, file.roster, roots)
        if exceptions is None:
            return None
        forms = [attrs.evolve(form, exceptions=each) for form, each in zip(forms, exceptions, strict=True)]
    if any(each.is_error for each in reader.diagnostics[before:]):
        return None
    return variants.obligation(forms, file.roster)


def _roots(file: FileContext, variant: Variant) -> Sequence[Variant]:
    """Whose periods a form takes: its own, or those of what fires it in the end."""
    match variant.obligation.timing:
        case Upon(trigger=OfObligation(obligation=other)):
            return file.roots.get(other, ())
        case _:
            return (variant,)


def _with_defaults(file: FileContext, written: Fields) -> tuple[Fields, frozenset[str]]:
    """The fields with the file's defaults below them; and which came from there."""
    if file.defaults is None:
        return written, frozenset()
    inherited = frozenset(name for name in file.defaults if not written.written(name))
    if not written.written("every"):
        # A default speaks to those that can use it; only what an obligation writes itself must have an effect.
        inherited -= {"due", *CYCLE_KEYS}
    elif isinstance(words := written.get("every"), Fields):
        inherited -= CYCLE_KEYS - ({"stub"} if "periods" in words else set())
    elif isinstance(words, CycleWords) and words.unit not in MONTHS:
        inherited -= CYCLE_KEYS - {"stub"}
    if "changes" in inherited and (written.written("once") or written.written("standing")):
        # There is one period, or none: what changes from a period on speaks to others.
        inherited -= {"changes"} if any("from" in item.value for item in file.defaults.get("changes")) else set()
    merged = Fields(written.node)
    merged.entries = {**{name: file.defaults[name] for name in inherited}, **written.entries}
    merged.failed = set(written.failed)
    return merged, inherited


def _read(
    file: FileContext, name: str, fields: Fields, timing_name: str | None, inherited: frozenset[str]
) -> Variant | None:
    """The obligation without its changes and exceptions. Without a timing, the rest is read for what is wrong in it."""
    reader, roster = file.reader, file.roster
    selection = read_selection(reader, fields.entries.get("applies_to"), fields.entries.get("except"), roster)
    calendar = fields.get("calendar")
    units: Numbers = selection.units(roster) if selection else ()
    of_units = file.calendar is not None or bool(len(units) and all(among(roster.calendars, units)))
    if calendar is not None:
        check_calendar(reader, fields["calendar"], file.references, unit=True)
        if calendar == UNIT and not of_units:
            reader.report("missing-key", "no-unit-calendar", fields["calendar"].node, key="calendar")
    adjust = fields.entries.get("adjust") or file.adjust
    if timing_name == "dates" and "adjust" in fields and "adjust" not in inherited:
        reader.report("no-effect", "no-effect", fields["adjust"].key, key="adjust", what="dates")
    context = CourseContext(
        reader,
        file.references,
        adjust=adjust,
        calendar_in_sight=calendar is not None or of_units,
        unit_calendar_in_sight=of_units,
        calendars=_calendars_in_sight(file, calendar, units),
    )
    timing, year = None, CALENDAR_YEAR
    if timing_name is not None:
        timing, year = read_timing(reader, fields, timing_name, context, inherited)
    if "every" in fields.failed:
        _look_at_due(context, fields)
    # The bounds of a fiscal cycle, or a list, that cannot be read would be wrong for no fault of theirs.
    unsettled = timing is None and ("year_start" in fields or isinstance(fields.get("every"), Fields))
    labels = own_labels(timing.cycle) if isinstance(timing, Every) else {}
    bounds = None if unsettled else read_bounds(reader, fields, year, labels)
    if timing_name == "every" and "stub" in fields and bounds is not None and bounds.both(file.bounds).are_open:
        reader.report("no-effect", "stub-without-bounds", fields["stub"].key, key="stub")
        return None
    lead = _people(file, fields, selection)
    quota = _quota(reader, fields)
    if timing is None or selection is None or bounds is None:
        return None
    bounds = _open_where_standing(bounds, timing)
    expect = None
    if "expect" in fields:
        expect = read_expectation(
            reader,
            fields["expect"],
            timing,
            roster,
            inherited="expect" in inherited,
            calendar_in_sight=context.calendar_in_sight,
        )
    obligation = Obligation(
        id=name,
        timing=timing,
        title=as_text(fields["title"]) if "title" in fields else Text.of(name),
        selection=selection,
        jointly=fields.get("jointly", False),
        lead=lead,
        kind=fields.get("kind"),
        tags=_values(fields, "tags"),
        report_to=_values(fields, "report_to"),
        deliver=_values(fields, "deliver"),
        quota=quota,
        remind=_values(fields, "remind"),
        notes=as_text(fields["notes"]) if "notes" in fields else None,
        url=fields.get("url", ""),
        source=as_source(fields["source"]) if "source" in fields else None,
        bounds=bounds,
        calendar=calendar,
        cascade=_cascade(reader, fields),
        absorbs=_values(fields, "absorbs"),
        expect=expect,
    )
    return Variant(obligation, year, Chosen(units))


def _calendars_in_sight(file: FileContext, calendar: str | None, units: Numbers) -> frozenset[str]:
    """The calendars that may count where a due date names none: the obligation's, or its units' and its file's."""
    if calendar is not None and calendar != UNIT:
        return frozenset({calendar})
    return frozenset(found for each in among(file.roster.calendars, units) if (found := each or file.calendar))


def _cascade(reader: Reader, fields: Fields) -> Lag | None:
    """How much earlier each level is due; a joint occurrence has no levels."""
    if "cascade" not in fields:
        return None
    entry = fields["cascade"]
    if fields.get("jointly"):
        reader.report("no-effect", "no-effect", entry.key, key="cascade", what="jointly")
    amount, unit = entry.value
    return Lag(amount, working=unit == "working days")


def _look_at_due(context: CourseContext, fields: Fields) -> None:
    """Say what is wrong with a due date in any cycle, where the cycle itself cannot be read."""
    due = fields.get("due")
    if isinstance(due, Fields) and "by_period" not in due:
        opened = "opens" in fields or fields.written("opens")
        read_plan(attrs.evolve(context, cycle_known=False, opened=opened), fields["due"])


def _open_where_standing(bounds: Bounds, timing: object) -> Bounds:
    return Bounds() if isinstance(timing, Standing) else bounds


def _values(fields: Fields, name: str) -> tuple[Any, ...]:
    """The values of a field that holds a list, without their nodes."""
    return tuple(item.value for item in fields.get(name, ()))


def _people(file: FileContext, fields: Fields, selection: Selection | None) -> str | None:
    """Who leads, checked together with who receives; ``jointly`` wants a lead that is one of the matched."""
    reader, roster = file.reader, file.roster
    for item in fields.get("report_to", ()):
        check_person(reader, item.node, item.value, roster)
    joint = fields.get("jointly")
    if joint is False:
        reader.report("no-effect", "jointly-false", fields["jointly"].node)
    if "lead" not in fields:
        if joint and not fields.written("lead"):
            reader.report("missing-key", "missing-key", fields["jointly"].key, key="lead", what="jointly")
        return None
    entry = fields["lead"]
    lead: str = entry.value
    check_person(reader, entry.node, lead, roster)
    if joint and selection is not None and roster.index.get(lead) not in selection.units(roster):
        reader.report("unknown-reference", "lead-outside", entry.node, name=lead)
    return lead


def _quota(reader: Reader, fields: Fields) -> tuple[Quota, ...]:
    found: list[Quota] = []
    items: list[Item] = fields.get("quota", [])
    for item in items:
        parts: Fields = item.value
        bounds = [name for name in ("at_least", "at_most", "exactly") if name in parts]
        if not bounds and not parts.failed:
            reader.report("missing-key", "missing-amount", parts.node, expected="at_least, at_most, exactly")
        if "exactly" in parts and len(bounds) > 1:
            order = [name for name in parts if name in bounds]
            reader.report("conflict", "conflict", parts[order[1]].key, first=order[0], second=order[1])
        least, most = parts.get("at_least"), parts.get("at_most")
        if least is not None and least.number == 0:
            reader.report("no-effect", "at-least-nothing", parts["at_least"].key)
        elif least and most and least.percent == most.percent and most.number < least.number:
            order = [name for name in parts if name in bounds]
            reader.report("conflict", "impossible-quota", parts[order[1]].node)
        of = as_text(parts["of"]) if "of" in parts else None
        found.append(Quota(least, most, parts.get("exactly"), of))
    return tuple(found)
