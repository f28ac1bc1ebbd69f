"""Where things stand that are found out once there are dates."""

from cyclekit.diagnostics import Place
from cyclekit.model.obligation import Obligation
from cyclekit.reading.rulebook import RuleFile


def changes_in(form: Obligation) -> tuple[int, ...]:
    """The changes that make a form of an obligation, as places in their list."""
    return tuple(each.number for each in form.amendments)


def place_of(file: RuleFile, obligation: Obligation, *fields: str) -> Place:
    """Where the first of these fields stands, or the obligation itself."""
    names = ((obligation.id, each) for each in (*fields, ""))
    return next((file.places[each] for each in names if each in file.places), Place(file.name, 1, 1))


def place_in(file: RuleFile, form: Obligation, *fields: str) -> Place:
    """Where the first of these fields stands: in the change that made this form of an obligation, or else in itself."""
    written = [f"changes#{number}." for number in reversed(changes_in(form))]
    return place_of(file, form, *(f"{owner}{field}" for field in fields for owner in (*written, "")))


def place_of_change(file: RuleFile, obligation: Obligation, number: int, *fields: str) -> Place:
    """Where the first of these fields stands in a change; the change itself, or the obligation, where none does."""
    return place_of(file, obligation, *(f"changes#{number}.{field}" for field in fields), f"changes#{number}")
