"""Occurrences as JSON: one object a line, or one document with the horizon and the standing duties.

Dates are ISO 8601 text. A text is an object from language tag to text; one written without a language has the tag
``und``, which BCP 47 keeps for a language that is not determined (RFC 5646, section 4.1).
"""

import datetime as dt
import json
from collections.abc import Iterable, Iterator

import attrs

from cyclekit.model.explanation import Explanation, Fired
from cyclekit.model.obligation import Amount, PeriodException, Quota, Source
from cyclekit.model.occurrence import Occurrence
from cyclekit.model.roster import Unit
from cyclekit.model.schedule import Schedule, StandingDuty
from cyclekit.model.text import Text
from cyclekit.words.names import Names
from cyclekit.words.rules import sentence_in_force
from cyclekit.words.ways import Row, way_rows

UNDETERMINED = "und"

#: What JSON can hold, of which an object here is made.
Json = str | int | bool | None | list["Json"] | dict[str, "Json"]


def record(occurrence: Occurrence) -> dict[str, Json]:
    """One occurrence as an object, its keys always the same and in the same order.

    ``unit`` is null for the one unit of a file that names none; of a joint occurrence it is the lead, and one more
    key, ``units``, then has everyone who owes it, sorted. ``time`` is null for the whole day, and ``opens`` where
    no opening day is stated.
    """
    found: dict[str, Json] = {
        "key": str(occurrence.key),
        "rulebook": occurrence.rulebook.id,
        "obligation": occurrence.obligation.id,
        "unit": _unit(occurrence.unit),
        "period": occurrence.period,
        "number": occurrence.number,
        "opens": _day(occurrence.opens),
        "nominal": _day(occurrence.nominal),
        "due": _day(occurrence.due),
        "time": occurrence.time,
        "closes": _day(occurrence.closes),
        "status": occurrence.status.value,
        "provisional": occurrence.provisional,
        "quota": [_quota(each) for each in occurrence.quota],
        "title": _text(occurrence.title),
        "source": _source(occurrence.source),
    }
    if occurrence.is_joint:
        found["units"] = list[Json](sorted(each.id for each in occurrence.units))
    return found


def explanation_line(explanation: Explanation, language: str = "en") -> str:
    """Why an occurrence is due when it is, as a JSON object on one line; what it says is in this language."""
    return f"{_json(explanation_record(explanation, language))}\n"


def explanation_record(explanation: Explanation, language: str = "en") -> dict[str, Json]:
    """Why an occurrence is due when it is: its own object, with the way of its date and what that rests on."""
    occurrence, waived = explanation.occurrence, explanation.waived
    fired, cascaded, absorber = explanation.fired, explanation.cascaded, explanation.absorber
    first, last = map(dt.date.fromordinal, occurrence.period_days)
    return {
        **record(occurrence),
        "due": _day(explanation.due),
        "period_first": _day(first),
        "period_last": _day(last),
        "rule": sentence_in_force(occurrence.obligation, language, Names(occurrence.rulebook)),
        "way": [_row(each) for each in way_rows(explanation, language)],
        "trigger": _fired(fired) if fired else None,
        "above": {"unit": cascaded.unit.id, "due": _day(cascaded.due)} if cascaded else None,
        "changes": [
            {
                "since": _day(each.since),
                "reason": each.reason,
                "announced": _day(each.announced),
                "source": _source(each.source),
            }
            for each in occurrence.obligation.amendments
        ],
        "moves": [_exception(each) for each in explanation.moves],
        "waived": _exception(waived) if waived else None,
        "absorbed_by": str(absorber.key) if absorber else occurrence.absorbed_by,
        "calendars": [
            {
                "id": each.id,
                "origin": each.origin,
                "known_from": _day(each.known_from),
                "known_until": _day(each.known_until),
            }
            for each in explanation.calendars
        ],
        "doubts": [
            {"calendar": each.calendar, "day": _day(each.day), "known_until": _day(each.known_until)}
            for each in explanation.doubts
        ],
    }


def _row(row: Row) -> dict[str, Json]:
    return {
        "kind": row.kind,
        "day": _day(row.day),
        "text": row.text,
        "details": list[Json](row.details),
        "calendar": row.calendar,
        "passed": [
            {
                "first": _day(each.first),
                "last": _day(each.last),
                "nature": each.nature.value,
                "name": _text(each.named.name) if each.named.name else None,
                "exchange": _day(each.named.exchange),
            }
            for each in row.passed
        ],
    }


def _fired(fired: Fired) -> dict[str, Json]:
    named = isinstance(fired.by, str)
    return {
        "event": fired.by if isinstance(fired.by, str) else None,
        "obligation": None if isinstance(fired.by, str) else fired.by.id,
        "period": fired.period,
        "number": fired.number,
        "at": None if named else "nominal" if fired.nominal else "due",
        "day": _day(fired.day),
    }


def _exception(exception: PeriodException) -> dict[str, Json]:
    return {
        "due": _day(exception.due),
        "reason": exception.reason,
        "announced": _day(exception.announced),
        "source": _source(exception.source),
    }


def lines(occurrences: Iterable[Occurrence]) -> Iterator[str]:
    """One occurrence a line, each line a JSON object of its own."""
    return (f"{each}\n" for each in _written(occurrences))


def document(schedule: Schedule) -> Iterator[str]:
    """A schedule as one JSON document: its horizon, rulebooks, occurrences and standing duties.

    Given piece by piece, with each occurrence on a line of its own, so that two versions can be compared.
    """
    horizon = {"first": schedule.horizon.first.isoformat(), "last": schedule.horizon.last.isoformat()}
    books = sorted(schedule.rulebooks, key=lambda each: each.id)
    yield f'{{"horizon": {_json(horizon)},\n"rulebooks": ['
    heads = ({"id": book.id, "title": _text(book.title), "source": _source(book.source)} for book in books)
    yield from _separated(map(_json, heads))
    yield '],\n"occurrences": ['
    yield from _separated(_written(schedule))
    yield '],\n"standing": ['
    yield from _separated(map(_json, map(standing_record, schedule.standing)))
    yield "]}\n"


def standing_record(duty: StandingDuty) -> dict[str, Json]:
    """A duty without a date as an object: what it is, and which units owe it at all times."""
    outer, own = duty.rulebook.source, duty.obligation.source
    units = [_unit(each) for each in duty.units]
    return {
        "rulebook": duty.rulebook.id,
        "obligation": duty.obligation.id,
        "units": list[Json](units),
        "quota": [_quota(each) for each in duty.obligation.quota],
        "title": _text(duty.obligation.title),
        "source": _source(own.within(outer) if own else outer),
    }


def _written(occurrences: Iterable[Occurrence]) -> Iterator[str]:
    """Each occurrence as the text of its object; what all of a row have in common is made once."""
    last: object = None
    before = behind = ""
    for each in occurrences:
        here = each.place[:2]
        if here != last:
            last = here
            found = record(each)
            ids = {name: found.pop(name) for name in ("key", "rulebook", "obligation", "unit")}
            before = f', "rulebook": {_json(ids["rulebook"])}, "obligation": {_json(ids["obligation"])}, "unit": '
            behind = f", {_json(found)[1:]}"
        yield f'{{"key": {_json(str(each.key))}{before}{_json(_unit(each.unit))}{behind}'


def _separated(texts: Iterable[str]) -> Iterator[str]:
    before = "\n"
    for each in texts:
        yield f"{before}{each}"
        before = ",\n"


#: One for all, as making one takes longer than most of what it writes.
_json = json.JSONEncoder(ensure_ascii=False).encode


def _unit(unit: Unit) -> str | None:
    return None if unit.is_nameless else unit.id


def _day(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None


def _text(text: Text) -> dict[str, Json]:
    return {language or UNDETERMINED: words for language, words in text.parts}


def _quota(quota: Quota) -> dict[str, Json]:
    amounts = {"at_least": quota.at_least, "at_most": quota.at_most, "exactly": quota.exactly}
    found = {name: _amount(amount) for name, amount in amounts.items() if amount}
    return {**found, "of": _text(quota.of)} if quota.of else {**found}


def _amount(amount: Amount) -> Json:
    return str(amount) if amount.percent else amount.number


def _source(source: Source | None) -> dict[str, Json]:
    if source is None:
        return {}
    parts = attrs.asdict(source)
    return {name: value if isinstance(value, str) else _day(value) for name, value in parts.items() if value}
