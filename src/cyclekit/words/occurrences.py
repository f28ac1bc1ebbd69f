"""An occurrence in words, English and Chinese: for calendars, tables and sheets alike."""

from collections.abc import Iterable, Iterator, Sequence

import attrs

from cyclekit.model.identity import Status
from cyclekit.model.obligation import Ahead, Amount, Quota, Source
from cyclekit.model.occurrence import Occurrence
from cyclekit.model.roster import Roster, Unit
from cyclekit.model.timing import ONCE
from cyclekit.words.periods import date_words, is_chinese, period_words

#: The word of ``report_to`` and ``lead`` for the unit above.
PARENT = "parent"
#: A longer quota is cut short in a title line: the description has all of it.
LONGEST_QUOTA = 40

_LABELS = {
    "what": ("What", "事项"),
    "unit": ("Owed by", "责任单位"),
    "together": ("Together with", "共同承担"),
    "lead": ("Lead", "牵头"),
    "period": ("Period", "所属期"),
    "due": ("Due", "截止"),
    "opens": ("Opens", "开始"),
    "time": ("By the clock", "截止时刻"),
    "closes": ("Accepted until", "受理至"),
    "nominal": ("Moved from", "原定"),
    "rule": ("Rule", "规则"),
    "why": ("Why this day", "日期由来"),
    "reason": ("Reason", "原因"),
    "status": ("Status", "状态"),
    "quota": ("Quota", "数量"),
    "deliver": ("Hand in", "提交"),
    "report_to": ("Report to", "报送"),
    "remind": ("Reminders", "提醒"),
    "notes": ("Notes", "备注"),
    "source": ("Source", "依据"),
    "quote": ("It says", "原文"),
}
_STATUS = {
    Status.SCHEDULED: ("scheduled", "待办"),
    Status.WAIVED: ("waived", "免除"),
    Status.ABSORBED: ("absorbed", "并入"),
}
_CANCELLED = ("[Cancelled] ", "[已取消] ")
_PROVISIONAL = ("provisional", "暂定")
_PROVISIONAL_WHY = (
    "provisional: the holidays of that time are not announced yet, and the date may move",
    "暂定：届时的放假安排尚未公布，日期可能调整",
)


def title_line(occurrence: Occurrence, language: str = "en") -> str:
    """What a calendar shows of it: its title, with the quota where there is one, and the clock time."""
    chinese = is_chinese(language)
    title = occurrence.title.get(language)
    if quota := _shortened(quota_words(occurrence.quota, language), "；" if chinese else "; "):
        title = f"{title}（{quota}）" if chinese else f"{title} ({quota})"
    if occurrence.time:
        title = f"{title}（{occurrence.time} 前）" if chinese else f"{title}, by {occurrence.time}"
    return title


def ahead_line(title: str, ahead: Ahead, language: str = "en") -> str:
    """What a calendar shows of a reminder, on its own day.

    >>> ahead_line("Quarterly report", Ahead(3, working=True))
    'In 3 working days: Quarterly report'
    """
    days = ahead_words(ahead.days, language, working=ahead.working)
    return f"还有 {days}：{title}" if is_chinese(language) else f"In {days}: {title}"


def cancelled_mark(status: Status, language: str = "en") -> str:
    """What stands first in the title of a waived one, because many calendars show a cancelled event like any other."""
    return _CANCELLED[is_chinese(language)] if status is Status.WAIVED else ""


def whose_mark(unit: Unit, language: str = "en") -> str:
    """The unit before a title, where a calendar has those of several; nothing for a unit without a name."""
    name = unit_words(unit, language)
    return f"{name}{_colon(language)}" if name else ""


def _shortened(quota: str, separator: str) -> str:
    return quota if len(quota) <= LONGEST_QUOTA else f"{quota.partition(separator)[0][: LONGEST_QUOTA - 1]} …"


@attrs.frozen
class UnitAbove:
    """Where the unit above the one that owes it is told: what units share is told once, and this for each."""


_ABOVE = UnitAbove()
#: A fact: one text, or several persons, of whom some are the unit above.
_Fact = str | list[str | UnitAbove]


def details(
    occurrence: Occurrence, language: str = "en", *, rule: str = "", why: str = ""
) -> Iterator[tuple[str, str]]:
    """Everything worth telling besides the date, as pairs of label and text, empty ones left out.

    ``rule`` is the sentence that its date follows, and ``why`` tells why it is due on this day, where that is known.
    """
    return ((label, text) for _, label, text in facts(occurrence, language, rule=rule, why=why))


def facts(
    occurrence: Occurrence, language: str = "en", *, rule: str = "", why: str = ""
) -> Iterator[tuple[str, str, str]]:
    """The details, each with a word before it that says what it is and that no language changes."""
    above = above_words(occurrence.unit, occurrence.rulebook.roster, language)
    for name, fact in (("unit", unit_words(occurrence.unit, language)), *_facts(occurrence, language, why, rule)):
        parts = [fact] if isinstance(fact, str) else fact
        told = [above if isinstance(each, UnitAbove) else each for each in parts]
        if text := _comma(language).join(told):
            yield name, _LABELS[name][is_chinese(language)], text


def description(occurrence: Occurrence, language: str = "en", *, rule: str = "", why: str = "") -> str:
    """The details, a line for each."""
    told = details(occurrence, language, rule=rule, why=why)
    return "\n".join(f"{label}{_colon(language)}{text}" for label, text in told)


def whose_line(unit: Unit, language: str = "en") -> str:
    """The first line of a description, which each unit has of its own; nothing for a unit without a name."""
    name = unit_words(unit, language)
    return f"{_LABELS['unit'][is_chinese(language)]}{_colon(language)}{name}" if name else ""


def shared_lines(
    occurrence: Occurrence, language: str = "en", *, rule: str = "", why: str = "", due: bool = False
) -> tuple[tuple[str | UnitAbove, ...], ...]:
    """The lines of a description that all units share which owe it on the same terms: all but the first.

    Each is told in parts, with places for the unit above; ``due`` has its date told as well, ``rule`` is the sentence
    that its date follows.
    """
    found = []
    when = [("due", date_words(occurrence.due, language))] if due else []
    for name, fact in (*when, *_facts(occurrence, language, why, rule)):
        parts: list[str | UnitAbove] = [fact] if isinstance(fact, str) else fact
        if any(parts):
            label = f"{_LABELS[name][is_chinese(language)]}{_colon(language)}"
            found.append((label, *_between(parts, _comma(language))))
    return tuple(found)


def _between(parts: Iterable[str | UnitAbove], comma: str) -> Iterator[str | UnitAbove]:
    for place, each in enumerate(parts):
        if place:
            yield comma
        yield each


def _facts(occurrence: Occurrence, language: str, why: str, rule: str = "") -> Iterator[tuple[str, _Fact]]:
    """What there is to tell, but for the unit that owes it."""
    obligation, source, exception = occurrence.obligation, occurrence.source, occurrence.exception
    roster, comma = occurrence.rulebook.roster, _comma(language)
    yield "what", occurrence.title.get(language)
    yield "together", comma.join(unit_words(each, language) for each in others(occurrence))
    if not occurrence.is_joint and obligation.lead:
        yield "lead", [_person(obligation.lead, roster, language)]
    if occurrence.period != ONCE:
        yield "period", period_words(occurrence.period, language)
    yield "status", standing_words(occurrence, language)
    if occurrence.opens:
        yield "opens", date_words(occurrence.opens, language)
    if occurrence.nominal != occurrence.due:
        yield "nominal", date_words(occurrence.nominal, language)
    yield "rule", rule
    yield "why", why
    if occurrence.time:
        yield "time", f"{occurrence.time} {occurrence.timezone}" if occurrence.timezone else occurrence.time
    if occurrence.closes:
        yield "closes", date_words(occurrence.closes, language)
    yield "reason", exception.reason if exception else ""
    yield "quota", quota_words(occurrence.quota, language)
    yield "deliver", comma.join(obligation.deliver)
    yield "report_to", [_person(name, roster, language) for name in obligation.report_to]
    yield "remind", comma.join(reminder_words(each, language) for each in obligation.remind)
    yield "notes", obligation.notes.get(language).strip() if obligation.notes else ""
    if source:
        yield "source", source_words(source, language)
        yield "quote", source.quote


def _comma(language: str) -> str:
    return "、" if is_chinese(language) else ", "


def _colon(language: str) -> str:
    return "：" if is_chinese(language) else ": "


def others(occurrence: Occurrence) -> tuple[Unit, ...]:
    """Those who owe it together with the unit that leads, by id; nobody where it is not joint."""
    lead = occurrence.unit
    return tuple(sorted((each for each in occurrence.units if each != lead), key=lambda each: each.id))


def unit_words(unit: Unit, language: str = "en") -> str:
    """What a unit is called; nothing for the one unit of a file that names none."""
    return "" if unit.is_nameless else unit.name.get(language)


def person_words(name: str, unit: Unit, roster: Roster, language: str = "en") -> str:
    """Who is meant in ``report_to`` or ``lead``: a unit by its name, ``parent`` as the one above it, or the text."""
    person = _person(name, roster, language)
    return above_words(unit, roster, language) if isinstance(person, UnitAbove) else person


def _person(name: str, roster: Roster, language: str) -> str | UnitAbove:
    if name == PARENT:
        return _ABOVE
    return unit_words(roster[name], language) if name in roster else name


def above_words(unit: Unit, roster: Roster, language: str = "en") -> str:
    """What the unit above a unit is called; of one at the top, what rule files write."""
    if unit.parent is not None:
        return unit_words(unit.parent, language)
    return unit_words(roster[PARENT], language) if PARENT in roster else PARENT


def status_words(status: Status, language: str = "en") -> str:
    """The status in a word."""
    return _STATUS[status][is_chinese(language)]


def standing_words(occurrence: Occurrence, language: str = "en", *, brief: bool = False) -> str:
    """What is out of the ordinary about it: waived, absorbed and by what, provisional; mostly nothing.

    ``brief`` leaves out why a date is provisional.
    """
    chinese = is_chinese(language)
    found = []
    if occurrence.absorbed_by:
        title = occurrence.rulebook[occurrence.absorbed_by].title.get(language)
        found.append(f"并入{title}" if chinese else f"absorbed by {title}")
    elif occurrence.status is not Status.SCHEDULED:
        found.append(status_words(occurrence.status, language))
    if occurrence.provisional:
        found.append((_PROVISIONAL if brief else _PROVISIONAL_WHY)[chinese])
    return ("；" if chinese else "; ").join(found)


def quota_words(quota: Sequence[Quota], language: str = "en") -> str:
    """How much is owed, in words.

    >>> quota_words([Quota(at_least=Amount(2))]), quota_words([Quota(at_least=Amount(2))], "zh")
    ('at least 2', '至少 2')
    """
    return ("；" if is_chinese(language) else "; ").join(_quota(each, language) for each in quota)


def _quota(quota: Quota, language: str) -> str:
    chinese = is_chinese(language)
    words = (("exactly", "恰好"), ("at least", "至少"), ("at most", "至多"))
    amounts = (quota.exactly, quota.at_least, quota.at_most)
    said = [f"{word[chinese]} {_amount(each)}" for word, each in zip(words, amounts, strict=True) if each]
    much = ("，" if chinese else ", ").join(said)
    if quota.of is None:
        return much
    return f"{quota.of.get(language)}{much}" if chinese else f"{quota.of.get(language)}: {much}"


def _amount(amount: Amount) -> str:
    return f"{amount.number:,} %" if amount.percent else f"{amount.number:,}"


def reminder_words(ahead: Ahead, language: str = "en") -> str:
    """When to remind of it.

    >>> reminder_words(Ahead(3, working=True))
    '3 working days before'
    """
    days = ahead_words(ahead.days, language, working=ahead.working)
    return f"提前 {days}" if is_chinese(language) else f"{days} before"


def ahead_words(days: int, language: str = "en", *, working: bool = False) -> str:
    """So many days, or working days.

    >>> ahead_words(1), ahead_words(3, "zh", working=True)
    ('1 day', '3 个工作日')
    """
    if is_chinese(language):
        return f"{days} {'个工作日' if working else '天'}"
    return f"{days} {'working ' if working else ''}day{'' if days == 1 else 's'}"


def source_words(source: Source, language: str = "en") -> str:
    """Where it is written down, as one would cite it.

    >>> source_words(Source(document="Act 7", article="5", issuer="Council"))
    'Act 7, art. 5 (Council)'
    """
    chinese = is_chinese(language)
    article = _numbered(source.article, "第 {} 条" if chinese else "art. {}")
    page = _numbered(source.page, "第 {} 页" if chinese else "p. {}")
    parts = [each for each in (source.document, article, page) if each]
    clause = ("，" if chinese else ", ").join(parts)
    if not source.issuer:
        return clause
    if not clause:
        return source.issuer
    return f"{clause}（{source.issuer}）" if chinese else f"{clause} ({source.issuer})"


def _numbered(text: str, template: str) -> str:
    return template.format(text) if text.isdecimal() else text
