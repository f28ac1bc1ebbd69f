"""Diagnostics as text: in full with the line they point at, on one line each, or as JSON."""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import accumulate

from cyclekit.diagnostics import Diagnostic, Place, Severity
from cyclekit.words.display import cells, visible
from cyclekit.words.messages import headline, help_text

#: How many diagnostics of one code are shown in full.
MOST = 200
WIDTH = 100

#: What is painted: a text and its role, ``error``, ``warning``, ``place``, ``help`` or ``summary``.
Paint = Callable[[str, str], str]
LineOf = Callable[[Place], str]
#: The rule that a diagnostic is about, in a sentence of a language; empty where it is about none.
SaidOf = Callable[[Diagnostic, str], str]

#: What a further place is.
_FIRST, _EXPECTED = ("first here", "首见于"), ("expected here", "预期写于")
_RULE = ("rule", "规则")
_SEVERITY = {Severity.ERROR: ("error", "错误"), Severity.WARNING: ("warning", "警告")}


def plainly(text: str, _role: str) -> str:
    """The text without any colour."""
    return text


def silent(_diagnostic: Diagnostic, _language: str) -> str:
    """No rule is told."""
    return ""


def full(
    diagnostics: Iterable[Diagnostic],
    line_of: LineOf,
    *,
    said: SaidOf = silent,
    language: str = "en",
    most: int = MOST,
    width: int = WIDTH,
    paint: Paint = plainly,
) -> Iterator[str]:
    """Each diagnostic with its place, the line it points at and what to write instead: a block of text each.

    ``line_of`` gives the line of a file at a place, and ``said`` the rule that a diagnostic is about. A line longer
    than ``width`` columns is shown around the place. Of one code, ``most`` are shown and the others counted.
    Characters that a terminal would obey are replaced.
    """
    seen: Counter[str] = Counter()
    for each in diagnostics:
        seen[each.code] += 1
        if seen[each.code] <= most:
            yield _block(each, line_of(each.place), said(each, language), language, width, paint)
    for code, count in sorted(seen.items()):
        if count > most:
            more = f"… 另有 {count - most} 处 {code}" if language == "zh" else f"… and {count - most} more of {code}"
            yield f"{more}\n\n"


def _block(diagnostic: Diagnostic, line: str, rule: str, language: str, width: int, paint: Paint) -> str:
    chinese = language == "zh"
    severity = diagnostic.severity
    word = f"{_SEVERITY[severity][chinese]}[{diagnostic.code}]"
    gutter = " " * len(str(diagnostic.place.line))
    lines = [
        f"{paint(word, severity.value)}{'：' if chinese else ': '}{headline(diagnostic, language)}",
        f"{gutter}{paint('-->', 'place')} {_place(diagnostic.place)}",
    ]
    if line:
        shown, caret = excerpt(line, diagnostic.place.column, diagnostic.place.width, width)
        bar = paint("|", "place")
        lines += [
            f"{gutter} {bar}",
            f"{paint(str(diagnostic.place.line), 'place')} {bar} {shown}",
            f"{gutter} {bar} {paint(caret, severity.value)}",
        ]
        lines[-1] = lines[-1].rstrip()
    related = _EXPECTED if diagnostic.code == "unmet" else _FIRST
    notes = [(related[chinese], _place(each)) for each in diagnostic.related]
    if rule:
        notes.insert(0, (_RULE[chinese], visible(rule)))
    if instead := help_text(diagnostic, language):
        notes.insert(0, ("帮助" if chinese else "help", instead))
    colon = "：" if chinese else ": "
    lines += [f"{gutter} {paint('=', 'place')} {paint(label, 'help')}{colon}{text}" for label, text in notes]
    return "\n".join(lines) + "\n\n"


def excerpt(line: str, column: int, length: int = 1, width: int = WIDTH) -> tuple[str, str]:
    """A line as it is shown, and below it carets under so many characters from a column (counted from 1).

    Columns of the terminal are counted, so the carets are right under wide characters, tabs and replacements. Of
    a line that takes more than ``width``, the part around the carets is shown, with … where it is cut.

    >>> excerpt("due: 季度 x", 9, 1)
    ('due: 季度 x', '          ^')
    """
    shown = list(cells(line))
    ends = list(accumulate((each for _, each in shown), initial=0))
    first = min(max(column - 1, 0), len(shown))
    last = min(first + max(length, 1), len(shown))
    start, stop = 0, len(shown)
    if ends[-1] > width:
        # A third of the room stands before the place, the rest after it; all of it where the line ends soon.
        from_column = min(max(ends[first] - width // 3, 0), ends[-1] - width)
        start = next(number for number, end in enumerate(ends) if end >= from_column)
        stop = next((number for number in range(len(shown), start, -1) if ends[number] - ends[start] <= width), start)
        last = min(last, stop)
    before, after = "…" if start else "", "…" if stop < len(shown) else ""
    text = before + "".join(char for char, _ in shown[start:stop]) + after
    carets = max(ends[max(last, first)] - ends[first], 1)
    return text, " " * (ends[first] - ends[start] + len(before)) + "^" * carets


def one_line(diagnostic: Diagnostic, language: str = "en") -> str:
    """A diagnostic as compilers write it, ``file:line:col: error[code] headline (help)``, for editors to jump to."""
    word = _SEVERITY[diagnostic.severity][language == "zh"]
    text = f"{_place(diagnostic.place)}: {word}[{diagnostic.code}] {headline(diagnostic, language)}"
    instead = help_text(diagnostic, language)
    if not instead:
        return text
    return f"{text}（{instead}）" if language == "zh" else f"{text} ({instead})"


def as_json(diagnostic: Diagnostic, language: str = "en", *, said: SaidOf = silent) -> str:
    """A diagnostic as a JSON object on one line: code, severity, file, line, column, headline, help and rule."""
    place = diagnostic.place
    return json.dumps(
        {
            "code": diagnostic.code,
            "severity": diagnostic.severity.value,
            "file": place.file,
            "line": place.line,
            "column": place.column,
            "headline": headline(diagnostic, language),
            "help": help_text(diagnostic, language),
            "rule": said(diagnostic, language),
        },
        ensure_ascii=False,
    )


def as_github(diagnostic: Diagnostic, language: str = "en", *, said: SaidOf = silent) -> str:
    """A diagnostic as a command of GitHub Actions, which shows it at its line: ``::error file=…,line=…,col=…::…``.

    Source: the documentation of workflow commands; percent signs and line ends are escaped, in properties colons and
    commas too.
    """
    place = diagnostic.place
    properties = {
        "file": place.file,
        "line": str(place.line),
        "col": str(place.column),
        "endColumn": str(place.column + max(place.width, 1)),
        "title": diagnostic.code,
    }
    named = ",".join(f"{name}={_escaped(value, ',:')}" for name, value in properties.items())
    instead = help_text(diagnostic, language)
    rule = said(diagnostic, language)
    shown = f"{_RULE[language == 'zh']}{'：' if language == 'zh' else ': '}{rule}" if rule else ""
    text = "\n".join(each for each in (headline(diagnostic, language), instead, shown) if each)
    return f"::{diagnostic.severity.value} {named}::{_escaped(text)}"


def _escaped(text: str, marks: str = "") -> str:
    for mark in f"%\r\n{marks}":
        text = text.replace(mark, f"%{ord(mark):02X}")
    return text


def summary(diagnostics: Sequence[Diagnostic], files: int, language: str = "en") -> str:
    """How many files were looked at, and how many errors and warnings they have."""
    errors = sum(each.is_error for each in diagnostics)
    warnings = len(diagnostics) - errors
    if language == "zh":
        found = "，".join(f"{count} 个{word}" for count, word in ((errors, "错误"), (warnings, "警告")) if count)
        return f"{files} 个文件：{found or '没有问题'}"
    found = ", ".join(_counted(count, word) for count, word in ((errors, "error"), (warnings, "warning")) if count)
    return f"{_counted(files, 'file')}: {found or 'no problems'}"


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _place(place: Place) -> str:
    return visible(str(place))
