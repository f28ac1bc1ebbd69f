"""``cyclekit import``: a rule file drafted from a list of dates, with the rules that may lie behind them."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cyclekit.cli.expanding import failures_told, near_name, with_meant
from cyclekit.cli.options import language_option
from cyclekit.cli.phrases import Failure, say

if TYPE_CHECKING:
    from cyclekit.civil.fiscal import YearStart
    from cyclekit.drafting.proposing import Proposal
    from cyclekit.drafting.writing import Drafted
    from cyclekit.model.listed import DateList
    from cyclekit.model.roster import Roster

#: Tried where no calendar is named: Monday to Friday, and China's.
USUAL_CALENDARS = ("weekdays", "CN")
MOST_TOLD = 8
EXITS = """\b
Exit codes:
  0  a draft was made
  2  could not run: a wrong option, no such file, no dates in it, a file that is there already"""


@click.command("import", epilog=EXITS)
@click.argument("path", metavar="FILE", type=click.Path(path_type=Path))
@click.option(
    "-o", "--out", metavar="RULES.yaml", type=click.Path(path_type=Path), help="Write the draft to this file."
)
@click.option("--calendar", "calendars", metavar="CODE", multiple=True, help="A calendar to try: CN, US-DC, weekdays …")
@click.option(
    "--units", metavar="FILE", type=click.Path(path_type=Path), help="The file of units that the list is about."
)
@click.option("--year-start", metavar="MM-DD", help="When the fiscal years begin that the list names.")
@click.option("--closed", is_flag=True, help="The whole days of a calendar (.ics) as closed days of your own.")
@click.option("--title", metavar="TEXT", help="All dates are of one obligation, and this is its title.")
@language_option
def import_(
    path: Path,
    out: Path | None,
    calendars: tuple[str, ...],
    units: Path | None,
    year_start: str | None,
    closed: bool,  # noqa: FBT001  # click calls it
    title: str | None,
    language: str,
) -> None:
    """Draft a rule file from the dates in FILE: a calendar (.ics), a workbook (.xlsx) or a sheet (.csv).

    Proposes the rules that may lie behind the dates, each with how many of them it explains. What no rule explains
    is written down as it is, and named. Without -o the draft goes to the standard output, and the report beside it.
    """
    if closed:
        _import_closed(path, out, calendars, language)
        return
    from cyclekit.drafting.proposing import propose_all
    from cyclekit.drafting.writing import drafted, rule_file, unit_ids
    from cyclekit.workspace.importing import check_draft, world_of

    with failures_told(language):
        if out is not None and out.exists():
            raise Failure(say("exists", language, path=out), language)
        listed = _dates(path, title, language)
        codes = _codes(calendars, language)
        roster = _roster(units, listed, language) if units else None
        world = world_of(listed, codes, roster)
        groups = propose_all(listed.dates, world, _year(year_start, language))
        obligations = drafted(groups)
        file = _beside(units, out) if units else ""
        text = rule_file(listed, obligations, name=path.name, units_file=file, language=language)
        ids = unit_ids(list(dict.fromkeys(each.unit for each in listed.dates if each.unit)))
        checked = check_draft(text, str(out or "draft.yaml"), units.parent if units else path.parent, listed, ids)
        if out is not None:
            with out.open("x", encoding="utf-8", newline="\n") as target:
                target.write(text)
    told = [*_told(listed, obligations, language), "", say("tried", language, calendars=", ".join(codes))]
    if checked.lacking:
        told.append(say("draft-differs", language, dates=_some(checked.lacking, language)))
    else:
        told.append(say("draft-agrees", language, count=len(listed.dates)))
    told.append(say("read-on", language))
    if checked.file.diagnostics:
        from cyclekit.adapters.report import one_line

        told += [one_line(each, language) for each in checked.file.diagnostics]
    if out is None:
        click.echo(text, nl=False)
        click.echo("\n".join(told), err=True)
    else:
        click.echo("\n".join([*told, say("written", language, path=out)]))


def _import_closed(path: Path, out: Path | None, calendars: Sequence[str], language: str) -> None:
    """The closed days of a calendar, as what stands under ``calendars`` in a rule file."""
    from cyclekit.drafting.spelling import text
    from cyclekit.sources.closed_days import read_closed_days

    with failures_told(language):
        if out is not None and out.exists():
            raise Failure(say("exists", language, path=out), language)
        try:
            found = read_closed_days(path.read_bytes())
        except ValueError as fault:
            raise Failure(say("no-list", language, path=path, reason=fault), language) from fault
        if not found.days:
            raise Failure(say("no-dates", language, path=path), language)
        base = _codes(calendars, language)[0] if calendars else USUAL_CALENDARS[0]
        lines = [f"# {path.name}", "calendars:", "  own:", f"    base: {base}", "    closed:"]
        lines += [f"      {span}: {text(name or path.stem)}" for span, name in found.days]
        written = "".join(f"{line}\n" for line in lines)
        if out is not None:
            with out.open("x", encoding="utf-8", newline="\n") as target:
                target.write(written)
    for lost in found.unreadable:
        click.echo(f"{say('unreadable', language)}: {lost.place}: {lost.text}", err=True)
    click.echo(written if out is None else say("written", language, path=out), nl=out is not None)


def _beside(units: Path, out: Path | None) -> str:
    """How a draft names its file of units, which has to lie beside it."""
    return units.name if out is None or out.parent.resolve() == units.parent.resolve() else str(units)


def _dates(path: Path, title: str | None, language: str) -> "DateList":
    from attrs import evolve

    from cyclekit.workspace.importing import SUFFIXES, read_dates

    if path.suffix.lower() not in SUFFIXES:
        raise Failure(say("which-list", language, path=path), language)
    try:
        listed = read_dates(path)
    except UnicodeDecodeError as fault:
        reason = say("not-utf-8", language)
        raise Failure(say("no-list", language, path=path, reason=reason), language) from fault
    except ValueError as fault:
        raise Failure(say("no-list", language, path=path, reason=fault), language) from fault
    if title:
        listed = evolve(listed, dates=tuple(evolve(each, title=title, name="") for each in listed.dates))
    if not listed.dates:
        raise Failure(say("no-dates", language, path=path), language)
    return listed


def _codes(calendars: Sequence[str], language: str) -> tuple[str, ...]:
    from cyclekit.reading.known import BUILT_IN
    from cyclekit.sources.public_holidays import PublicHolidays

    known = PublicHolidays()
    for code in calendars:
        if code not in BUILT_IN and not known.knows(code):
            raise Failure(with_meant("no-calendar", code, known.near(code), language), language)
    return tuple(dict.fromkeys(calendars)) or USUAL_CALENDARS


def _year(text: str | None, language: str) -> "YearStart":
    from cyclekit.civil.fiscal import YearStart
    from cyclekit.civil.labels import read_month_day
    from cyclekit.errors import LabelError

    if text is None:
        return YearStart()
    try:
        return YearStart(*read_month_day(text))
    except LabelError as fault:
        raise Failure(say("no-day", language, text=text, hint=fault.hint or "04-01"), language) from fault


def _roster(units: Path, listed: "DateList", language: str) -> "Roster":
    from cyclekit.adapters.report import one_line
    from cyclekit.workspace.importing import read_units

    if not units.is_file():
        raise Failure(say("no-file", language, path=units), language)
    roster, found = read_units(units)
    if roster is None:
        reason = next((one_line(each, language) for each in found if each.is_error), units.name)
        raise Failure(say("units-refused", language, path=units, reason=reason), language)
    unknown = sorted({each.unit for each in listed.dates if each.unit and each.unit not in roster.index})
    if unknown:
        near = near_name(unknown[0], roster.ids)
        told = say("not-in-units", language, path=units, units=_some(unknown, language))
        raise Failure(say("meant", language, said=told, near=near) if near else told, language)
    return roster


def _told(listed: "DateList", obligations: "Sequence[Drafted]", language: str) -> Iterator[str]:
    for lost in listed.unreadable:
        yield f"{say('unreadable', language)}: {lost.place}: {lost.text}"
    for each in obligations:
        days = [one.day for one in each.dates]
        yield say("dates-of", language, title=each.title, count=len(days), first=min(days), last=max(days))
        if any(one.period.startswith("FY") for one in each.dates) and not each.proposals:
            yield say("fiscal-unknown", language)
        if each.chosen is None:
            yield say("no-rule", language)
        for number, proposal in enumerate(each.proposals, 1):
            yield from _proposal(number, proposal, chosen=proposal is each.chosen, language=language)


def _proposal(number: int, proposal: "Proposal", *, chosen: bool, language: str) -> Iterator[str]:
    from cyclekit.drafting.writing import rule_text
    from cyclekit.words.anchors import frame_of
    from cyclekit.words.courses import course_words

    told = say(
        "proposal",
        language,
        number=number,
        explained=proposal.explained,
        total=proposal.total,
        rule=rule_text(proposal),
    )
    yield f"{told}  ← {say('in-draft', language)}" if chosen else told
    frame = frame_of(proposal.timing)
    dues = proposal.timing.plan.dues
    yield say("reading", language, words=" · ".join(course_words(due.course, language, frame) for due in dues))
    if not chosen:
        return
    if proposal.missed:
        missed = [f"{case.listed.day} ({case.listed.place})" for case in proposal.missed]
        yield say("not-explained", language, dates=_some(missed, language))
    if proposal.gaps:
        yield say("gives-besides", language, periods=_some(proposal.gaps, language))


def _some(texts: Sequence[str], language: str) -> str:
    told = [*texts[:MOST_TOLD]]
    if len(texts) > MOST_TOLD:
        told.append(say("and-more", language, count=len(texts) - MOST_TOLD))
    return ("、" if language == "zh" else ", ").join(told)
