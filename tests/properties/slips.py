"""Rule files in which one character went wrong: left out, typed twice, or another one in its place."""

import re
from collections.abc import Iterator
from contextlib import suppress

import attrs

from cyclekit.api import expand
from cyclekit.diagnostics import Diagnostic, Place
from cyclekit.errors import CyclekitError
from cyclekit.model.obligation import Rulebook
from cyclekit.reading.known import Surroundings
from cyclekit.reading.rulebook import RuleFile, read_rule_file
from cyclekit.reading.source import decode
from cyclekit.words.messages import headline, help_text
from cyclekit.workspace.ignoring import without_ignored
from cyclekit.workspace.loading import surroundings
from cyclekit.workspace.meaning import meaning_of

#: What hands type: what YAML, dates and numbers are made of, what looks like it, and what nobody sees.
TYPED = "\t \n\xa0\u3000：，“［#&*!|>%@`?-:,[]{}'\"\\\r\x00\x7f\u200b\ufeffAxQW0129_./季\U0001f642"

#: Small files that are good, and among them say most of what the language can say.
SMALL = {
    "cycles and steps": """cyclekit: 1
id: a
calendar: weekdays
obligations:
  v:
    every: month
    due: {month: next, day: 15, opens: {day: 1}, extend: {run: 3, by: working days}, adjust: following}
    time: "17:30"
    closes: {add: 3 days}
    quota: {at_least: 90 %}
  q: {every: quarter, only: [Q1, Q4], due: {by_period: {Q1: {day: 31}, Q4: {weekday: wed, nth: 3}}}}
""",
    "units and calendars": """cyclekit: 1
id: b
calendar: own
units: [{id: hq, kind: head, children: [{id: sh, tags: x, active: [2019..]}]}, {id: bj, name: 北京}]
calendars: {own: {base: weekdays, closed: {05-08: day, 2026-05-09..11: x}, suspended: [12-21..01-07]}}
obligations: {r: {applies_to: [{under: hq, except: sh}, bj], every: 2 weeks, origin: 2026-01-05}}
""",
    "changes and triggers": """cyclekit: 1
id: c
obligations:
  r:
    every: quarter
    changes: [{from: 2026Q2, due: {day: 25}, announced: 2026-01-02}]
    exceptions: {2026Q1: {due: 2026-03-31, reason: x}, 2026Q3: {waived: y}}
  s: {upon: {obligation: r, at: nominal}, due: {add: 2 months}}
  h: {every: half_year, absorbs: [r], expect: {per_year: 2, gap: {min: 80 days}}}
""",
    "dates and rules": """cyclekit: 1
id: d
obligations:
  o: {once: {before: 2026-06}, title: {zh: 报告}, lead: "主任"}
  l: {dates: {2026Q1: 2026-04-17, k: {date: 2026-05-05, time: 24:00}}}
  f: {every: {rrule: "FREQ=MONTHLY;BYDAY=-1FR", start: 2026-01-30}}
  t: {every: {periods: {t1: 2026-02-01..05-31}}, due: {at: start}}
  s: {standing: true, notes: "a\nb"}
""",
}
AROUND = surroundings(None)


@attrs.frozen
class Told:
    """What became of a text: its rules, if they can be used, and everything that is told about it."""

    text: str
    file: RuleFile
    rulebook: Rulebook | None
    diagnostics: tuple[Diagnostic, ...]


def told(data: bytes, around: Surroundings = AROUND) -> Told:
    """Read what a file holds as loading it does."""
    source, problems = decode("slip.yaml", data)
    if any(each.is_error for each in problems):
        return Told(source.text, RuleFile(source.name, None, ()), None, tuple(problems))
    file = read_rule_file(source, around)
    found = tuple(without_ignored(file, [*problems, *file.diagnostics, *meaning_of(file)]))
    book = None if any(each.is_error for each in found) else file.rulebook
    return Told(source.text, file, book, found)


def slips(text: str, at: int, typed: str) -> Iterator[str]:
    """A text without its character at a place, with it twice, and with each of some others instead."""
    before, char, after = text[:at], text[at], text[at + 1 :]
    yield before + after
    yield before + char + char + after
    yield from (before + each + after for each in typed if each != char)


def check_good_or_told(found: Told, horizon: str = "2026") -> None:
    """It is a good file, and expands; or an error says where and what is wrong, in both languages."""
    errors = [each for each in found.diagnostics if each.is_error]
    assert (found.rulebook is None) == bool(errors)
    lines = found.text.split("\n")
    for each in found.diagnostics:
        assert 1 <= each.place.line <= len(lines)
        # Right behind the end of a line is where something is missing.
        assert 1 <= each.place.column <= len(lines[each.place.line - 1]) + 1
        assert each.place.width >= 0
        assert all(headline(each, language) and help_text(each, language) for language in ("en", "zh")), each
    if found.rulebook is not None:
        # Dates before the data of a calendar are refused, and so is an hour after an event that has none.
        with suppress(CyclekitError):
            list(expand(found.rulebook, horizon))


# ------------------------------------------------------------------------------- what is pointed at, and proposed

#: Codes whose words name the text that is wrong, and under which of their values.
_NAMING = ("bad-value", "bad-date", "bad-id", "unknown-key", "unknown-reference", "out-of-range", "duplicate-key")
_NAMED = ("value", "found", "part", "text", "name", "key")
#: Messages about what stands right before the place, or begins there.
_BEFORE = ("missing-space", "full-width-colon")
_BEGINNING = ("no-colon", "text-after-quote", "yaml-alias", "yaml-anchor")


def line_of(text: str, place: Place) -> tuple[str, str, str]:
    """The line that a place points at: what is before it, what is in it, what is behind it."""
    line, start = text.split("\n")[place.line - 1].removesuffix("\r"), place.column - 1
    return line[:start], line[start : start + place.width], line[start + place.width :]


def _seen(text: str) -> str:
    """What can be seen of a text: what a diagnostic says of it has nothing else, and rules in capitals."""
    return "".join(each for each in text if each.isprintable()).casefold()


def goes_on(text: str, each: Diagnostic) -> bool:
    """Whether the text that is wrong goes on behind the end of its line, where no place reaches."""
    _, span, after = line_of(text, each.place)
    named, seen = _seen(wrong_text(each)), _seen(span)
    return not after.strip() and named not in seen and ".." not in seen


def wrong_text(each: Diagnostic) -> str:
    """The text that is wrong, as the words of a diagnostic quote it; empty where they quote none."""
    if each.code not in _NAMING:
        return ""
    return next((each.values[name] for name in _NAMED if name in each.values), "")


def points_at_it(text: str, each: Diagnostic) -> bool:
    """Whether a diagnostic points at what it names."""
    before, span, after = line_of(text, each.place)
    if each.message in _BEFORE:
        return _seen(before).rstrip().strip("'\"").endswith(_seen(each.values["key"]))
    if each.message in _BEGINNING:
        begins = _seen(next(each.values[name] for name in ("text", "name") if name in each.values))
        return _seen(span + after).lstrip("&*").startswith(begins)
    char = each.values.get("char", "")
    if char.startswith("U+") and not each.message.endswith("-escaped"):
        return chr(int(char[2:].split()[0], base=16)) in span
    named, seen = _seen(wrong_text(each)), _seen(span)
    if goes_on(text, each):
        return named.startswith(seen.strip("'\""))
    # What B of A..B leaves out is said; and what is escaped in quotes stands there otherwise.
    return named in seen or (".." in seen and named[-2:] in seen) or "\\" in seen


def proposal(each: Diagnostic) -> str:
    """What a diagnostic proposes to write instead; empty where it proposes nothing, or more than a value."""
    meant = each.values.get("suggestion", "")
    return "" if ": " in meant or "…" in meant else meant


def mended(text: str, each: Diagnostic) -> str:
    """A text with what is proposed instead of what is wrong, which may be a part of what is marked, as in ``A..B``."""
    before, span, after = line_of(text, each.place)
    wrong = next((each.values[name] for name in ("found", "part") if name in each.values), wrong_text(each))
    if (wrong and ".." in span) or each.message.startswith("rrule-"):
        instead = re.sub(re.escape(wrong), lambda _: proposal(each), span, count=1, flags=re.IGNORECASE)
    else:
        instead = proposal(each)
    lines = text.split("\n")
    lines[each.place.line - 1] = before + instead + after
    return "\n".join(lines)


def check_mends(text: str, each: Diagnostic, around: Surroundings = AROUND) -> None:
    """What is proposed has the place free of this diagnostic, and of its kind."""
    found = told(mended(text, each).encode(), around).diagnostics
    here = [one for one in found if (one.place.line, one.place.column) == (each.place.line, each.place.column)]
    assert each.message not in [one.message for one in here], (each, here)
    # A rule may have a second fault, which is told once the first is mended.
    assert each.message.startswith("rrule-") or each.code not in [one.code for one in here], (each, here)
