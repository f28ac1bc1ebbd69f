"""What a code of diagnostics means, with an example of it and what to write instead."""

import attrs

HEAD = """\
cyclekit: 1
id: demo
calendar: weekdays
units: [{id: hq, kind: head}, {id: sh, kind: branch, parent: hq}]
obligations:
"""


@attrs.frozen
class Code:
    """One code: what it means in English and Chinese, an example, and the same mended.

    An example is a calendar, a rule file, or what stands below the obligations of a small one; ``codec`` is the
    encoding in which the wrong one was saved. A code of a mistake of ours has none.
    """

    name: str
    en: str
    zh: str
    wrong: str
    right: str
    codec: str = "utf-8"

    @property
    def has_example(self) -> bool:
        """Whether a file can be written that shows it."""
        return bool(self.wrong)

    @property
    def is_of_feeds(self) -> bool:
        """Whether it is about calendars, and not about rule files."""
        return self.right.startswith("BEGIN:")

    def files(self) -> tuple[bytes, str]:
        """The whole files of the example: the wrong one as bytes, and the right one."""
        return _whole(self.wrong).encode(self.codec), _whole(self.right)


def _whole(text: str) -> str:
    if text.startswith("BEGIN:"):
        # RFC 5545, section 3.1.
        return text.replace("\n", "\r\n")
    return text if text.startswith("cyclekit:") else HEAD + text
