"""An explanation in words: what is owed and by whom, the way of its date, and what that rests on.

It is told as a title, facts, the rows of the way, and the outcome; how these are laid out is an adapter's matter.
"""

import datetime as dt
from collections.abc import Iterable, Iterator

import attrs

from cyclekit.civil.labels import label_of
from cyclekit.civil.spans import Bounds, Span
from cyclekit.model.explanation import CalendarFacts, Doubt, Explanation
from cyclekit.model.identity import Status
from cyclekit.model.obligation import Amendment
from cyclekit.model.occurrence import Occurrence
from cyclekit.model.pipeline import Course, DueList
from cyclekit.model.timing import Every, Once, Upon
from cyclekit.words.anchors import Both, Frame, frame_of
from cyclekit.words.courses import course_words
from cyclekit.words.names import Names
from cyclekit.words.occurrences import others, person_words, source_words, unit_words
from cyclekit.words.periods import bounds_words, day_words, is_chinese, ordinal, period_words
from cyclekit.words.rules import sentence_in_force
from cyclekit.words.ways import Row, at_time, way_rows

_LABELS = {
    "rule": Both("Rule", "规则"),
    "unit": Both("Owed by", "责任单位"),
    "together": Both("Together with", "共同承担"),
    "lead": Both("Lead", "牵头"),
    "period": Both("Period", "所属期"),
    "opens": Both("Opens", "开始"),
    "due": Both("Due", "截止"),
    "closes": Both("Closes", "受理至"),
    "status": Both("Status", "状态"),
    "provisional": Both("Provisional", "暂定"),
    "calendar": Both("Calendar", "日历"),
    "changed": Both("Changed", "变更"),
    "source": Both("Source", "依据"),
    "quote": Both("It says", "原文"),
}
_ORIGINS = {"Monday to Friday": "周一至周五", "every day": "每天"}


@attrs.frozen
class Fact:
    """Something to know about an occurrence: ``kind`` says what, in one word that no language changes."""

    kind: str
    label: str
    text: str


@attrs.frozen
class Told:
    """An explanation in one language."""

    title: str
    facts: tuple[Fact, ...]
    way: tuple[Row, ...]
    outcome: tuple[Fact, ...]


def told(explanation: Explanation, language: str = "en") -> Told:
    """An explanation in words."""
    occurrence = explanation.occurrence
    return Told(
        occurrence.title.get(language),
        tuple(_labelled(_facts(occurrence, language), language)),
        tuple(way_rows(explanation, language)),
        tuple(_labelled(_outcome(explanation, language), language)),
    )


def _labelled(found: Iterable[tuple[str, str]], language: str) -> Iterator[Fact]:
    return (Fact(kind, _LABELS[kind].get(language), text) for kind, text in found if text)


# --------------------------------------------------------------------------------------- what and who


def _facts(occurrence: Occurrence, language: str) -> Iterator[tuple[str, str]]:
    comma = "、" if is_chinese(language) else ", "
    lead = occurrence.obligation.lead
    yield "rule", sentence_in_force(occurrence.obligation, language, Names(occurrence.rulebook))
    yield "unit", _named(unit_words(occurrence.unit, language), occurrence.unit.id, language)
    yield "together", comma.join(unit_words(each, language) for each in others(occurrence))
    if lead and not occurrence.is_joint:
        yield "lead", person_words(lead, occurrence.unit, occurrence.rulebook.roster, language)
    yield "period", _period(occurrence, language)


def _named(name: str, id: str, language: str) -> str:  # noqa: A002 (the field's own word)
    if not name or name == id:
        return name
    return f"{name}（{id}）" if is_chinese(language) else f"{name} ({id})"


def _period(occurrence: Occurrence, language: str) -> str:
    first, last = map(dt.date.fromordinal, occurrence.period_days)
    label = label_of(Span(first, last)) if isinstance(occurrence.obligation.timing, Once) else occurrence.period
    name, chinese = period_words(label, language), is_chinese(language)
    if _is_one_of_several(occurrence):
        number = f"第 {occurrence.number} 个截止日" if chinese else f"{ordinal(occurrence.number)} due date"
        name = f"{name}，{number}" if chinese else f"{name}, {number}"
    if label == first.isoformat():
        return name
    days = str(first) if first == last else f"{first} 至 {last}" if chinese else f"{first} to {last}"
    return f"{name}（{days}）" if chinese else f"{name} ({days})"


def _is_one_of_several(occurrence: Occurrence) -> bool:
    match occurrence.obligation.timing:
        case Every(plan=DueList(entries=entries)) | Upon(plan=DueList(entries=entries)):
            return len(entries) > 1
        case _:
            return False


# --------------------------------------------------------------------------------------------- the outcome


def _outcome(explanation: Explanation, language: str) -> Iterator[tuple[str, str]]:
    occurrence = explanation.occurrence
    frame = frame_of(occurrence.obligation.timing)
    yield "opens", _beside(occurrence.opens, explanation.rule.opens, frame, language)
    yield "due", _due(explanation, language)
    yield "closes", _beside(occurrence.closes, explanation.rule.closes, frame, language)
    yield "status", _status(explanation, language)
    for doubt in explanation.doubts:
        yield "provisional", _doubt(doubt).get(language)
    if occurrence.provisional and not explanation.doubts:
        follows = Both("the date that it follows from is provisional itself", "所依据的日期本身为暂定")
        yield "provisional", follows.get(language)
    for facts in explanation.calendars:
        yield "calendar", _calendar(facts).get(language)
    for amendment in occurrence.obligation.amendments:
        yield "changed", _amended(amendment, language)
    # Where a change or an exception is written down is told beside it; here it is the rule as it was first.
    own, outer = occurrence.rulebook[occurrence.obligation.id].source, occurrence.rulebook.source
    source = own.within(outer) if own else outer
    if source is not None:
        yield "source", source_words(source, language)
        yield "quote", source.quote


def _beside(day: dt.date | None, course: Course | None, frame: Frame, language: str) -> str:
    """The day on which it opens or closes, and how that is found."""
    if day is None or course is None:
        return ""
    colon = "：" if is_chinese(language) else ": "
    return f"{day_words(day, language)}{colon}{course_words(course, language, frame)}"


def _due(explanation: Explanation, language: str) -> str:
    occurrence = explanation.occurrence
    text = at_time(day_words(explanation.due, language), occurrence.minute, language)
    if occurrence.minute is None or occurrence.timezone is None:
        return text
    return f"{text}（{occurrence.timezone}）" if is_chinese(language) else f"{text} ({occurrence.timezone})"


def _status(explanation: Explanation, language: str) -> str:
    occurrence, waived, chinese = explanation.occurrence, explanation.waived, is_chinese(language)
    match occurrence.status:
        case Status.SCHEDULED:
            return ""
        case Status.WAIVED:
            reason = waived.reason if waived else ""
            colon = "：" if chinese else ": "
            return colon.join(each for each in ("免除" if chinese else "waived", reason) if each)
        case Status.ABSORBED:
            return _absorbed(explanation, language)


def _absorbed(explanation: Explanation, language: str) -> str:
    occurrence, absorber, chinese = explanation.occurrence, explanation.absorber, is_chinese(language)
    title = occurrence.rulebook[occurrence.absorbed_by or ""].title.get(language)
    said = f"并入“{title}”" if chinese else f"“{title}” stands for it"
    if absorber is None:
        return said
    due = day_words(absorber.due, language)
    return f"{said}（{due}截止）" if chinese else f"{said} (due {due})"


def _amended(amendment: Amendment, language: str) -> str:
    """A change that made the rule what it is for this occurrence."""
    chinese = is_chinese(language)
    said = bounds_words(Bounds(amendment.since), language) or ("部分单位另有规定" if chinese else "for some units")
    parts = [said, amendment.reason]
    if amendment.announced:
        parts.append(f"{amendment.announced} 公布" if chinese else f"announced {amendment.announced}")
    if amendment.source:
        parts.append(source_words(amendment.source, language))
    return ("；" if chinese else "; ").join(each for each in parts if each)


def _doubt(doubt: Doubt) -> Both:
    if doubt.known_until is None:
        return Both(
            f"{doubt.day} is an estimate in the data of calendar {doubt.calendar}, so the date may move",
            f"日历 {doubt.calendar} 中的 {doubt.day} 为估计，日期可能调整",
        )
    return Both(
        f"holidays are announced until {doubt.known_until} only, so the date may move",
        f"放假安排仅公布至 {doubt.known_until}，日期可能调整",
    )


def _calendar(facts: CalendarFacts) -> Both:
    """Which data stand behind a calendar, and how far they reach."""
    origin = Both(facts.origin, _ORIGINS.get(facts.origin, facts.origin))
    known = Both("", "")
    if facts.known_until:
        known = Both(f", known until {facts.known_until}", f"，数据至 {facts.known_until}")
    if not facts.origin:
        return Both(f"{facts.id}{known.en}", f"{facts.id}{known.zh}")
    if ": " in facts.origin:
        # A calendar of the file's own names those that it is built on.
        return Both(f"{facts.id} ({origin.en}){known.en}", f"{facts.id}（{origin.zh.replace(': ', '：')}）{known.zh}")
    return Both(f"{facts.id}: {origin.en}{known.en}", f"{facts.id}：{origin.zh}{known.zh}")
