"""The first rule file of an author, from a few answers: one duty, and the units that owe it."""

import re
from collections.abc import Sequence

import attrs

from cyclekit.drafting.spelling import flow, text

_ID = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]{0,62}[A-Za-z0-9])?")


@attrs.frozen
class Answers:
    """What was answered. ``every`` is a cycle with a name, ``day`` a number or ``last``; empty texts say nothing."""

    id: str
    title: str
    duty: str
    every: str
    day: str
    adjust: str = "none"
    document: str = ""
    issuer: str = ""
    calendar: str = ""
    units: tuple[str, ...] = ()


_COMMENTS = {
    "head": (
        "Checked with: cyclekit check {file}    What it means: cyclekit due {file}",
        "检查：cyclekit check {file}    查看截止日：cyclekit due {file}",
    ),
    "more": (
        "The next duty goes below, with a name of its own, set in like the first.",
        "下一项工作写在下面，另起名称，缩进与第一项相同。",
    ),
}


def first_rules(answers: Answers, *, units_file: str = "", language: str = "en") -> str:
    """The text of a rule file with one duty.

    >>> print(first_rules(Answers("plan", "Plan", "Report", "quarter", "20", "following", calendar="CN")), end="")
    # Checked with: cyclekit check plan.yaml    What it means: cyclekit due plan.yaml
    cyclekit: 1
    id: plan
    title: Plan
    calendar: CN
    obligations:
      report:
        title: Report
        every: quarter
        due: {month: last, day: 20, adjust: following}
      # The next duty goes below, with a name of its own, set in like the first.
    """
    said = {name: pair[language == "zh"].format(file=f"{answers.id}.yaml") for name, pair in _COMMENTS.items()}
    source = [("document", answers.document), ("issuer", answers.issuer)]
    written = [(key, text(value)) for key, value in source if value]
    lines = [f"# {said['head']}", "cyclekit: 1", f"id: {answers.id}", f"title: {text(answers.title)}"]
    lines += [f"source: {flow(written)}"] if written else []
    lines += [f"calendar: {answers.calendar}"] if answers.calendar else []
    lines += [f"units: {text(units_file)}"] if units_file else []
    lines += ["obligations:", f"  {_slug(answers.duty) or 'duty-1'}:", f"    title: {text(answers.duty)}"]
    lines += [f"    every: {answers.every}", f"    due: {_due(answers)}", f"  # {said['more']}"]
    return "\n".join(lines) + "\n"


def _due(answers: Answers) -> str:
    adjust = [] if answers.adjust == "none" else [("adjust", answers.adjust)]
    if answers.every in ("week", "half_month", "ten_days"):
        return flow([("at", "end"), *adjust])
    month = [] if answers.every == "month" else [("month", "last")]
    return flow([*month, ("day", answers.day), *adjust])


def units_list(names: Sequence[str]) -> str:
    """The text of a file of units, from their names; ids are made of those where they can be.

    >>> print(units_list(["East office", "西区"]), end="")
    - {id: east-office, name: East office}
    - {id: unit-2, name: 西区}
    """
    lines = []
    taken: set[str] = set()
    for number, name in enumerate(names, 1):
        own = _slug(name)
        unit = own if own and own not in taken else f"unit-{number}"
        taken.add(unit)
        lines.append(f"- {flow([('id', unit), ('name', text(name))])}")
    return "\n".join(lines) + "\n"


def _slug(name: str) -> str:
    """An id made of a name; empty where it holds too little of the Latin alphabet to be told apart by it."""
    slug = re.sub(r"[^A-Za-z0-9]+", "-", name).strip("-").lower()[:40].strip("-")
    latin = sum(each.isascii() for each in name) >= len(name) / 2
    return slug if _ID.fullmatch(slug) and latin else ""
