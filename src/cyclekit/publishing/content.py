"""What readers can see of an occurrence, as a number that changes with it and with nothing else."""

import hashlib

import attrs

from cyclekit.model.line import Line
from cyclekit.model.obligation import Source
from cyclekit.publishing.naming import named

#: Enough of a SHA-256 that two contents of one occurrence never share it.
_DIGITS = 32


def content_of(line: Line, row: int, zone: str | None, why: str = "", *, alarms: bool = False) -> str:
    """The content of a row: dates, status, texts and clause, as values and not as words.

    Which data of holidays stand behind the dates is no part of it, and no unit is: what units share is counted once.
    ``zone`` is the time zone in which a clock time counts; it says nothing where there is none. ``why`` is what is told
    of why it is due on its day; ``alarms``: its reminders are alarms in its event.
    """
    obligation, exception = line.obligation, line.exceptions.get(row)
    own = obligation.source
    source = own.within(line.rulebook.source) if own else line.rulebook.source
    if exception is not None and exception.source is not None:
        source = exception.source.within(source)
    ids = line.rulebook.roster.ids
    facts: tuple[object, ...] = (
        line.due[row],
        line.nominal[row],
        line.opens[row],
        line.closes[row],
        line.times.get(row),
        zone if row in line.times else None,
        line.status[row].value,
        line.provisional[row],
        line.titles.get(row, obligation.title).parts,
        tuple(sorted(ids[unit] for unit in line.together)),
        exception.reason if exception else "",
        why,
        _cited(source),
        obligation.kind,
        obligation.lead,
        obligation.report_to,
        tuple(named(obligation, line.rulebook.roster)),
        obligation.deliver,
        obligation.url,
        obligation.notes.parts if obligation.notes else (),
        tuple((each.days, each.working) for each in obligation.remind),
        alarms and bool(obligation.remind),
        tuple(_amounts(each) for each in map(attrs.asdict, obligation.quota)),
    )
    return hashlib.sha256(repr(facts).encode("utf-8", "surrogatepass")).hexdigest()[:_DIGITS]


def _cited(source: Source | None) -> tuple[str, ...]:
    """What is told of a source: when somebody last looked at it is not."""
    if source is None:
        return ()
    return (source.document, source.issuer, source.article, source.page, source.url, source.quote)


def _amounts(quota: dict[str, object]) -> tuple[object, ...]:
    return tuple(sorted((name, repr(value)) for name, value in quota.items()))
