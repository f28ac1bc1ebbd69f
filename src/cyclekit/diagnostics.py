"""What can be wrong with an author's file, as values: a place, a code, and what the words need.

A diagnostic holds no sentence. ``cyclekit.words`` words it, in English or in Chinese, so a test or a
program looks at ``code`` and ``values`` and never at prose.
"""

import enum
from collections.abc import Iterable, Mapping
from types import MappingProxyType

import attrs


class Severity(enum.Enum):
    """How bad it is: an error keeps a file from being used, a warning does not."""

    ERROR = "error"
    WARNING = "warning"


#: Every code a diagnostic can have, with its severity. A code is stable: it may be written into scripts.
CODES: Mapping[str, Severity] = MappingProxyType(
    {
        # the bytes and the characters
        "encoding": Severity.ERROR,
        "encoding-ambiguous": Severity.WARNING,
        "control-char": Severity.ERROR,
        "invisible-char": Severity.ERROR,
        "unusual-char": Severity.WARNING,
        # the YAML
        "syntax": Severity.ERROR,
        "tab": Severity.ERROR,
        "missing-space": Severity.ERROR,
        "full-width": Severity.ERROR,
        "merge-conflict": Severity.ERROR,
        "yaml-feature": Severity.ERROR,
        "text-over-lines": Severity.WARNING,
        "text-cut-short": Severity.WARNING,
        "limit": Severity.ERROR,
        # the fields
        "empty": Severity.ERROR,
        "unknown-key": Severity.ERROR,
        "duplicate-key": Severity.ERROR,
        "missing-key": Severity.ERROR,
        "wrong-type": Severity.ERROR,
        "bad-value": Severity.ERROR,
        "bad-date": Severity.ERROR,
        "bad-id": Severity.ERROR,
        "duplicate-id": Severity.ERROR,
        "out-of-range": Severity.ERROR,
        "empty-range": Severity.ERROR,
        # what they mean together
        "unknown-reference": Severity.ERROR,
        "missing-file": Severity.ERROR,
        "conflict": Severity.ERROR,
        "no-effect": Severity.ERROR,
        "cycle": Severity.ERROR,
        "never-fires": Severity.ERROR,
        "day-missing": Severity.ERROR,
        "unmet": Severity.ERROR,
        "invariant": Severity.ERROR,
        "no-obligations": Severity.WARNING,
        "month-end-unwritten": Severity.WARNING,
        "absorbs-never": Severity.WARNING,
        "start-no-instance": Severity.WARNING,
        "time-skipped": Severity.WARNING,
        "attribute-near-key": Severity.WARNING,
        # feeds
        "feed-octets": Severity.ERROR,
        "feed-structure": Severity.ERROR,
        "feed-property": Severity.ERROR,
        "feed-value": Severity.ERROR,
        # what is mostly not meant
        "same-duty": Severity.WARNING,
        "changes-collide": Severity.WARNING,
        "unit-idle": Severity.WARNING,
        "anchor-repeats": Severity.WARNING,
        "anchor-far": Severity.WARNING,
        "year-unannounced": Severity.WARNING,
        "reading-unstated": Severity.WARNING,
        "ignore-idle": Severity.WARNING,
    }
)

#: What is said of the dates that a rule gives: the rule is worth reading back with it.
ABOUT_DATES = frozenset(
    {
        "absorbs-never",
        "anchor-far",
        "anchor-repeats",
        "changes-collide",
        "conflict",
        "day-missing",
        "month-end-unwritten",
        "never-fires",
        "no-effect",
        "out-of-range",
        "reading-unstated",
        "same-duty",
        "start-no-instance",
        "time-skipped",
        "unmet",
        "year-unannounced",
    }
)


@attrs.frozen(order=True)
class Place:
    """Where in a file: line and column count characters from 1; ``width`` is how many are meant."""

    file: str
    line: int
    column: int
    width: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@attrs.frozen
class Diagnostic:
    """One problem of a file: its code, which message words it, where it is, and what the words need.

    ``message`` is the name of a message of ``cyclekit.words``; several messages may share a code.
    ``related`` are further places worth showing, as the first of two equal keys.
    """

    code: str
    message: str
    place: Place
    values: Mapping[str, str] = attrs.field(factory=dict)
    related: tuple[Place, ...] = ()

    @property
    def severity(self) -> Severity:
        """Taken from the table of codes, so a code means the same everywhere."""
        return CODES[self.code]

    @property
    def is_error(self) -> bool:
        """Whether it keeps the file from being used."""
        return self.severity is Severity.ERROR


def in_order(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """The same diagnostics by place, then code: the order of reports, whatever order found them."""
    return tuple(sorted(diagnostics, key=lambda each: (each.place, each.code, each.message)))
