"""What is written for the shipped rule files, as digests: `python -m tests.golden.digests [RULEBOOK …]` prints them.

`digests.csv` has what it printed last. A change there is a change of bytes that somebody subscribes to or reads:
look at what it is, tell it in the changelog, and write the table anew:

    python -m tests.golden.digests > tests/golden/digests.csv
"""

import hashlib
import io
import locale
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from cyclekit.cli import main
from tests.examples import EXAMPLE as TEXT
from tests.repo.tree import REPO

#: The rule file of `tests/examples.py`, which has one of everything.
EXAMPLE = "example"
#: Rule files, and the days that are written: those whose holidays are announced, so that no release of them matters.
WRITTEN = {
    EXAMPLE: "2026",
    "au/bas": "2022Q3",
    "cn/anqing-2022": "2023-01",
    "cn/lpr": "2023",
    "cn/qinhuangdao-2022": "2022-09..12",
    "cn/tax-filing": "2022",
    "cn/tianjin-windows": "2023",
    "eu/ecb-maintenance": "2012",
    "uk/hmrc": "2022Q2",
    "us/irs-employer": "2023-01",
}
LANGUAGES = ("en", "zh")
HEAD = "rulebook,language,what,sha256"


def digests(names: Sequence[str]) -> Iterator[str]:
    """A row for each rule file, language and kind of output."""
    for name in names:
        for language in LANGUAGES:
            for what, data in written(name, language):
                yield f"{name},{language},{what},{hashlib.sha256(data).hexdigest()}"


def written(name: str, language: str) -> Iterator[tuple[str, bytes]]:
    """What commands print of a rule file, and what they write to a folder: each kind of output, and its bytes."""
    with tempfile.TemporaryDirectory() as place:
        path, out = REPO / "rules" / f"{name}.yaml", Path(place) / "out"
        if name == EXAMPLE:
            path = Path(place) / f"{name}.yaml"
            path.write_text(TEXT, encoding="utf-8")
        rules = [str(path), "--within", WRITTEN[name], "--lang", language]
        for form in ("table", "json", "csv"):
            yield f"due {form}", printed(["due", *rules, "--format", form])
        asked = ["--stamp", "2026-03-05", "--pages", "--tasks", "--alarms"]
        printed(["export", *rules, "--out", str(out), *asked])
        files = sorted(each for each in out.rglob("*") if each.is_file())
        for what, suffix in (("feeds", ".ics"), ("pages", ".html"), ("document", ".json"), ("sheet", ".csv")):
            found = [each for each in files if each.suffix == suffix]
            named = ((each.relative_to(out).as_posix().encode(), each.read_bytes()) for each in found)
            yield what, b"".join(b"%b %d\n%b" % (each, len(data), data) for each, data in named)


def printed(arguments: Sequence[str]) -> bytes:
    """The bytes that a command prints, in the encoding that this process prints in."""
    stream, before = io.BytesIO(), sys.stdout
    encoding, errors = str(before.encoding), str(before.errors)
    sys.stdout = io.TextIOWrapper(stream, encoding, errors)
    try:
        main(arguments, prog_name="cyclekit", standalone_mode=False)
        sys.stdout.flush()
        return stream.getvalue()
    finally:
        sys.stdout = before


if __name__ == "__main__":
    # Python itself takes the encoding alone from the environment; a program may take all of it.
    with suppress(locale.Error):
        locale.setlocale(locale.LC_ALL, "")
    sys.stderr.write(f"# {locale.setlocale(locale.LC_ALL)}\n")
    sys.stdout.writelines(f"{line}\n" for line in (HEAD, *digests(sys.argv[1:] or list(WRITTEN))))
