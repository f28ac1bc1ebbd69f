"""Which codes of diagnostics an author may have ignored."""

from cyclekit.diagnostics import CODES, Severity
from cyclekit.reading.scalars import Misread, words

WARNINGS = tuple(code for code, severity in CODES.items() if severity is Severity.WARNING)
_warning = words("code", {code: code for code in WARNINGS})


def warning_code(text: str) -> str:
    """The code of a warning, which may be ignored; an error may not."""
    if text in CODES and CODES[text] is Severity.ERROR:
        raise Misread("bad-value", "code-of-error", text=text)
    return str(_warning(text))
