"""A page for each code of diagnostics: what it means, an example with what is told of it, and what to write instead.

The example is checked when the page is made, so that what it shows is what anyone sees.
"""

from cyclekit.adapters.ical import Linter
from cyclekit.adapters.report import full
from cyclekit.diagnostics import CODES, Diagnostic, in_order
from cyclekit.reading.rulebook import read_rule_file
from cyclekit.reading.source import decode
from cyclekit.testing.expectations import diagnostic, smallest, unmet_in
from cyclekit.words.codes import MEANINGS
from cyclekit.workspace.ignoring import without_ignored
from cyclekit.workspace.loading import surroundings
from cyclekit.workspace.meaning import meaning_of

#: What the file of an example is called.
NAME, FEED_NAME = "rules.yaml", "feed.ics"


def page(code: str, language: str = "en") -> str:
    """The page of a code as Markdown. Raises KeyError for what is no code.

    >>> print(page("bad-value").splitlines()[0])
    # `bad-value`
    """
    meaning = MEANINGS[code]
    chinese = language == "zh"
    severity = CODES[code].value
    kind = {"error": "错误", "warning": "警告"}[severity] if chinese else severity
    begin = f"# `{code}`\n\n*{kind}*\n\n{meaning.zh if chinese else meaning.en}\n"
    if not meaning.has_example:
        return begin
    wrong, right = meaning.files()
    source, _ = decode(NAME, wrong)
    text = source.text.replace("\r\n", "\n")
    found = told(wrong)
    shown = "".join(full(found[:1], lambda place: source.line(place.line), language=language, width=80)).rstrip()
    saved = f"（{meaning.codec.upper()}）" if chinese else f" (saved as {meaning.codec.upper()})"
    note = saved if meaning.codec != "utf-8" else ""
    headings = ("例如", "提示", "应写作") if chinese else ("For example", "This is told", "Write instead")
    fence = "text" if meaning.is_of_feeds else "yaml"
    right = right.replace("\r\n", "\n")
    last = _ignoring(code, chinese) if severity == "warning" else ""
    return (
        f"{begin}\n{headings[0]}{note}{'：' if chinese else ':'}\n\n```text\n{text.rstrip()}\n```\n\n"
        f"{headings[1]}{'：' if chinese else ':'}\n\n```text\n{shown}\n```\n\n"
        f"{headings[2]}{'：' if chinese else ':'}\n\n```{fence}\n{right.rstrip()}\n```\n{last}"
    )


def _ignoring(code: str, chinese: bool) -> str:  # noqa: FBT001  # the language
    written = f"`ignore: {{{code}: …}}`"
    if code == "ignore-idle":
        return ""
    if chinese:
        return f"\n确属本意的，请在事项或文件开头写 {written} 并说明理由。\n"
    return f"\nWhere it is meant, write {written} on the obligation or at the head of the file, with the reason.\n"


def told(data: bytes) -> tuple[Diagnostic, ...]:
    """What is told of a rule file, what it expects included, or of a calendar, beside which no other file is."""
    if data.startswith(b"BEGIN:"):
        return tuple(Linter().check(data, FEED_NAME))
    source, problems = decode(NAME, data)
    if any(each.is_error for each in problems):
        return in_order(problems)
    around = surroundings(None)
    file = read_rule_file(source, around)
    found = without_ignored(file, [*problems, *file.diagnostics, *meaning_of(file)])
    if file.rulebook is not None and not any(each.is_error for each in found):
        found = [*found, *(diagnostic(each, file.places, NAME) for each in smallest(unmet_in(file.rulebook)))]
    return in_order(found)


def index() -> str:
    """The list of all codes as Markdown, with a tree of their pages."""
    rows = [
        f"| [`{code}`](diagnostics/{code}.md) | {severity.value} | {MEANINGS[code].en} {MEANINGS[code].zh} |"
        for code, severity in CODES.items()
    ]
    tree = "\n".join(f"diagnostics/{code}" for code in CODES)
    return (
        "# Diagnostics\n\nWhat `cyclekit check` and `cyclekit lint-feed` tell has a code, which stays the same "
        "whatever the words and the language. `cyclekit code CODE` prints the page of one.\n\n"
        "| code | | meaning |\n| --- | --- | --- |\n"
        + "\n".join(rows)
        + f"\n\n```{{toctree}}\n:hidden:\n\n{tree}\n```\n"
    )
