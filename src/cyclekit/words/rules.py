"""A whole obligation in one sentence: when it is due, who owes it, how much, and from when on.

What decides its dates, its units and its amounts is said; what is carried along (notes, sources, receivers) is not.
Two obligations that differ in the former never read the same. A change reads as the sentence that it makes, and an
exception as what was decided.
"""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import attrs

from cyclekit.civil.labels import label_of
from cyclekit.civil.spans import Bounds
from cyclekit.model.obligation import Change, Obligation, PeriodException
from cyclekit.model.occurrence import Occurrence
from cyclekit.model.pipeline import UNIT, Add, Course, Due, DueByPosition, DueList
from cyclekit.model.selectors import Selection
from cyclekit.model.timing import Dates, Every, OfEvent, OfObligation, Once, Standing, Timing, Upon
from cyclekit.words.anchors import PERIOD, TRIGGER, Both, Frame, each_of, frame_of
from cyclekit.words.courses import said_course, said_deadline
from cyclekit.words.cycles import said_cycle, said_position
from cyclekit.words.names import IDS, Names, quoted
from cyclekit.words.occurrences import quota_words
from cyclekit.words.periods import bounds_words, is_chinese, period_words
from cyclekit.words.selections import said_selection

if TYPE_CHECKING:
    from cyclekit.model.line import Line

Begin = Both | None


def sentence(obligation: Obligation, language: str = "en", names: Names = IDS) -> str:
    """An obligation as it is written first, without its changes and exceptions, as one sentence."""
    return _one_sentence(said_rule(obligation, names), language)


def sentence_in_force(form: Obligation, language: str = "en", names: Names = IDS, *, begins: bool = False) -> str:
    """The sentence of one form of an obligation, where who owes it is told elsewhere.

    ``begins`` says which periods it is the form of, where it is not that of all.
    """
    clauses = _what(form, names)
    if begins and form.begins != Bounds():
        periods = _periods(form.begins)
        clauses = [Both(f"{periods.en}: {clauses[0].en}", f"{periods.zh}：{clauses[0].zh}"), *clauses[1:]]
    return _one_sentence(_clauses(clauses), language)


def sentence_of_dates(form: Obligation, language: str = "en", names: Names = IDS) -> str:
    """What the dates of one form of an obligation follow, as one sentence: its cycle, calendar and cascade.

    Nothing where a rule file gives the dates themselves. No unit is named, nor until when the rule holds: an event that
    tells this stays the same when another year is added.
    """
    if not isinstance(form.timing, Every | Upon):
        return ""
    parts = [said_timing(form.timing, names, brief=True), _calendar(form.calendar), _cascade(form)]
    return _one_sentence(_clauses(parts), language)


def sentences(
    obligation: Obligation, language: str = "en", names: Names = IDS, *, exceptions: bool = True
) -> Iterator[str]:
    """The sentence of an obligation, then one for each change and each of its ``exceptions``."""
    yield sentence(obligation, language, names)
    for change in obligation.changes:
        yield f"{_changed(change, names).get(language)}{_stop(language)}"
    for exception in obligation.exceptions if exceptions else ():
        yield f"{_decided(exception, names).get(language)}{_stop(language)}"


def said_rule(obligation: Obligation, names: Names = IDS) -> Both:
    """The sentence in both languages, without a capital and without a full stop."""
    *what, cascade, absorbs = _what(obligation, names)
    return _clauses([*what, _who(obligation, names), cascade, absorbs])


def _what(obligation: Obligation, names: Names) -> list[Both]:
    """All clauses but who owes it."""
    return [
        said_timing(obligation.timing, names),
        _calendar(obligation.calendar),
        _bounded(obligation.bounds),
        _quota(obligation),
        _cascade(obligation),
        _absorbs(obligation.absorbs, names),
    ]


def _periods(begins: Bounds) -> Both:
    """The periods that begin within bounds."""
    first, last = begins.first, begins.last
    if first and last:
        return Both(f"for periods that begin from {first} to {last}", f"起始日在 {first} 至 {last} 的各期")
    if first:
        return Both(f"for periods that begin on {first} or later", f"起始日在 {first} 及以后的各期")
    return Both(f"for periods that begin on {last} or earlier", f"起始日在 {last} 及以前的各期")


def _one_sentence(said: Both, language: str) -> str:
    return f"{said.zh if is_chinese(language) else said.en[:1].upper() + said.en[1:]}{_stop(language)}"


def _stop(language: str) -> str:
    return "。" if is_chinese(language) else "."


def _clauses(parts: Sequence[Both]) -> Both:
    return Both("; ".join(each.en for each in parts if each.en), "；".join(each.zh for each in parts if each.zh))


class DateRules:
    """Tells of occurrences which rule their dates follow: each sentence is made once, for all of a line."""

    def __init__(self) -> None:
        self._found: dict[tuple[Line, str], str] = {}

    def __call__(self, occurrence: Occurrence, language: str = "en") -> str:
        """The sentence, with titles for ids; nothing where a rule file gives the date itself."""
        line = occurrence.place[0]
        found = self._found.get((line, language))
        if found is None:
            found = sentence_of_dates(line.obligation, language, Names(line.rulebook))
            self._found[line, language] = found
        return found


# -------------------------------------------------------------------------------------------------- timing


def said_timing(timing: Timing, names: Names = IDS, *, brief: bool = False) -> Both:
    """When it is due; ``brief`` does not list periods that a rule file lists."""
    match timing:
        case Every(plan=plan):
            cycle, plain = said_cycle(timing, brief=brief)
            frame = frame_of(timing)
            if plain and isinstance(plan, DueList) and len(plan.entries) == 1:
                each = each_of(frame)
                said = _said_due(plan.entries[0], each)
                first = said_course(plan.entries[0].course, each)
                if each.name.en in first.en and each.name.zh in first.zh:
                    return said
            said = _said_plan(timing, plan, frame)
            return Both(f"{cycle.en}, {said.en}", f"{cycle.zh}，{said.zh}")
        case Upon(trigger=trigger, plan=plan):
            fired, said = _fired(trigger, names), _said_plan(timing, plan, TRIGGER)
            return Both(f"{fired.en}, {said.en}", f"{fired.zh}，{said.zh}")
        case Once(due=due):
            said = _said_due(due, PERIOD, said_given(timing))
            return Both(f"once, {said.en}", f"一次，{said.zh}")
        case Dates(entries=entries, due=due):
            days = [(each.label, label_of(each.span), f"{each.date}{_at(each.time)}") for each in entries]
            labels = [(_labelled(label, span), day) for label, span, day in days]
            en = ", ".join(f"{label.en}: {day}" for label, day in labels)
            zh = "、".join(f"{label.zh}：{day}" for label, day in labels)
            said = _said_due(due, PERIOD, Both("the date given", "所列日期"))
            return Both(f"on given dates ({en}), {said.en}", f"按所列日期（{zh}），{said.zh}")
        case Standing():
            return Both("at all times, without a date", "长期承担，没有期限")


def _fired(trigger: OfEvent | OfObligation, names: Names) -> Both:
    """What sets it off."""
    match trigger:
        case OfEvent(name=name):
            return Both(f"upon each event {quoted(name)}", f"每遇事件{quoted(name)}")
        case OfObligation(obligation=other, nominal=nominal):
            of = Both(" by its rule", "依规则") if nominal else Both("", "")
            called = names.obligation(other)
            return Both(f"each time {called.en} falls due{of.en}", f"每逢{called.zh}{of.zh}到期")


def said_given(timing: Once) -> Both:
    """The day of a single date, where no anchor finds it."""
    name = label_of(timing.span)
    en, zh = period_words(name), period_words(name, "zh")
    if timing.before:
        return Both(f"the day before {en} begins", f"{zh}开始的前一日")
    if timing.span.days > 1:
        return Both(f"the last day of {en}", f"{zh}最后一日")
    return Both(en, zh)


def _labelled(label: str, span: str) -> Both:
    return Both(label, label) if label == span else Both(f"{label} ({span})", f"{label}（{span}）")


def _at(minute: int | None) -> str:
    return "" if minute is None else f" {minute // 60:02}:{minute % 60:02}"


def _said_plan(timing: Every | Upon, plan: DueList | DueByPosition, frame: Frame) -> Both:
    match plan:
        case DueByPosition(entries=entries) if isinstance(timing, Every):
            named = [(said_position(position, timing), _said_due(due, frame)) for position, due in entries]
            return _clauses([Both(f"for {name.en} {said.en}", f"{name.zh}：{said.zh}") for name, said in named])
        case _ if len(plan.dues) == 1:
            return _said_due(plan.dues[0], frame)
        case _:
            numbered = [(number, _said_due(due, frame)) for number, due in enumerate(plan.dues, 1)]
            return _clauses([Both(f"({number}) {said.en}", f"（{number}）{said.zh}") for number, said in numbered])


def _said_due(due: Due, frame: Frame, start: Begin = None) -> Both:
    """One due date with its clock time, its own title, its opening and its closing."""
    by = said_deadline(due.course, frame, start)
    if due.time is not None:
        by = Both(f"{by.en}, at{_at(due.time)}", f"{by.zh}，{_at(due.time).strip()}")
    if due.title is not None:
        titles = {"en": quoted(due.title.get("en")), "zh": quoted(due.title.get("zh"))}
        by = Both(f"{by.en}, called {titles['en']}", f"{by.zh}，称{titles['zh']}")
    return _clauses([by, _opens(due.opens, frame), _closes(due.closes, frame)])


def _opens(course: Course | None, frame: Frame) -> Both:
    if course is None:
        return Both("", "")
    said = said_course(course, frame)
    counted = bool(course.steps) and isinstance(course.steps[0], Add)
    return Both(f"it opens {said.en}" if counted else f"it opens on {said.en}", f"自{said.zh}起办理")


def _closes(course: Course | None, frame: Frame) -> Both:
    if course is None:
        return Both("", "")
    said = said_course(course, frame)
    return Both(f"accepted until {said.en}", f"受理至{said.zh}")


# ------------------------------------------------------------------------------------------ what is around


def _calendar(calendar: str | None) -> Both:
    match calendar:
        case None:
            return Both("", "")
        case _ if calendar == UNIT:
            return Both("working days of each unit's own calendar", "工作日按各单位自己的日历")
        case _:
            return Both(f"working days of calendar {calendar}", f"工作日按日历 {calendar}")


def _bounded(bounds: Bounds) -> Both:
    return Both(bounds_words(bounds), bounds_words(bounds, "zh"))


def _quota(obligation: Obligation) -> Both:
    return Both(quota_words(obligation.quota), quota_words(obligation.quota, "zh"))


def _who(obligation: Obligation, names: Names) -> Both:
    """Who owes it, and who leads; nothing where everyone owes it, each for itself."""
    who = said_selection(obligation.selection, names)
    lead = names.unit(obligation.lead) if obligation.lead else None
    led = Both(f"led by {lead.en}", f"{lead.zh}牵头") if lead else Both("", "")
    if obligation.jointly:
        together = Both(f"owed by {who.en} together", f"责任单位：{who.zh}，共同承担")
        return _clauses([together, led])
    if obligation.selection == Selection():
        return led
    return _clauses([Both(f"owed by {who.en}", f"责任单位：{who.zh}"), led])


def _cascade(obligation: Obligation) -> Both:
    lag = obligation.cascade
    if lag is None:
        return Both("", "")
    unit = Both("working day" if lag.working else "day", "个工作日" if lag.working else "天")
    days = f"{lag.days} {unit.en}{'' if lag.days == 1 else 's'}"
    return Both(f"each unit {days} before the one above it", f"每级比上一级提前 {lag.days} {unit.zh}")


def _absorbs(absorbs: Sequence[str], names: Names) -> Both:
    if not absorbs:
        return Both("", "")
    called = [names.obligation(each) for each in absorbs]
    en, zh = ", ".join(each.en for each in called), "、".join(each.zh for each in called)
    return Both(f"where both fall on one day it stands for {en}", f"同日时代替{zh}")


# --------------------------------------------------------------------------------- changes and exceptions


def _changed(change: Change, names: Names) -> Both:
    """A change by what it makes of the obligation, from when on, for whom, and since when that is known."""
    said = said_rule(attrs.evolve(change.result, selection=Selection()), names)
    begin = Both(f"from {change.since} on", f"{change.since} 起") if change.since else Both("always", "始终")
    who = said_selection(change.units, names)
    known = _announced(change.announced)
    return Both(f"{begin.en}, for {who.en}{known.en}: {said.en}", f"{begin.zh}，{who.zh}{known.zh}：{said.zh}")


def _decided(exception: PeriodException, names: Names) -> Both:
    """What was decided for one period."""
    number = f"#{exception.number}" if exception.number is not None else ""
    who = said_selection(exception.units, names) if exception.units is not None else Both("", "")
    known = _announced(exception.announced)
    en = f"{exception.label}{number}{f' for {who.en}' if who.en else ''}{known.en}"
    zh = f"{exception.label}{number}{f'（{who.zh}）' if who.zh else ''}{known.zh}"
    if exception.due is None:
        return Both(f"{en}: waived ({exception.reason})", f"{zh}：免除（{exception.reason}）")
    at = _at(exception.time)
    return Both(f"{en}: due on {exception.due}{at}", f"{zh}：截止 {exception.due}{at}")


def _announced(day: object) -> Both:
    return Both(f" (announced {day})", f"（{day} 公布）") if day else Both("", "")
