"""Three thousand hostile texts in every text field: a feed gives them back as they were, or they were refused."""

import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from icalendar import Calendar, Event

import cyclekit
from cyclekit import RuleFileError
from cyclekit.adapters.ical import Linter, Options
from cyclekit.workspace.feeding import feed_writer
from tests.hostile import FIELDS, TEXTS, UNIT, lines_of, quoted, rule_file, texts
from tests.repo.tree import REPO

#: How many texts stand in one rule file: it may have a mebibyte at most, and less without a C parser.
AT_ONCE = 500
#: Told in a text: blanks at its ends are left out there.
STRIPPED = ("notes",)
SURROGATE = re.compile("[\ud800-\udfff]")


def taken(field: str, found: Sequence[str], path: Path) -> list[str]:
    """Those of some texts that a rule file may hold in a field; of the others each has an error on its line.

    Half of a surrogate pair is an error that ends the reading of a file, so texts that have one are left out before.
    """
    found = [text for text in found if not SURROGATE.search(text)]
    path.write_text(rule_file(field, found), encoding="utf-8")
    try:
        cyclekit.load(path)
    except RuleFileError as refused:
        lines = {each.place.line - lines_of(field) for each in refused.diagnostics if each.is_error}
        assert all(0 <= line < len(found) for line in lines)
        return [text for number, text in enumerate(found) if number not in lines]
    return list(found)


def told(data: bytes, field: str) -> dict[str, str]:
    """What a feed says of each unit, or each obligation, in the property that tells a field."""
    said = {}
    for event in Calendar.from_ical(data).walk("VEVENT"):
        assert isinstance(event, Event)
        _, obligation, unit, _ = str(event["UID"]).split("~")
        name = FIELDS[field][0]
        text = "".join(map(str, event.categories)) if name == "CATEGORIES" else str(event[name])
        said[unit if field == UNIT else obligation] = text
    return said


def batches(found: Sequence[str]) -> Iterator[Sequence[str]]:
    """The texts in parts that fit into a rule file."""
    return (found[start : start + AT_ONCE] for start in range(0, len(found), AT_ONCE))


@pytest.mark.parametrize("field", FIELDS)
def test_a_text_comes_back_or_is_refused(field: str, tmp_path: Path) -> None:
    """Each of three thousand texts comes back equal through `icalendar`, or was refused with an error on its line."""
    path, linter, many = tmp_path / "r.yaml", Linter(), 0
    for batch in batches(texts(sum(map(ord, field)), TEXTS)):
        found = taken(field, batch, path)
        path.write_text(rule_file(field, found), encoding="utf-8")
        writer = feed_writer(cyclekit.expand(cyclekit.load(path), "2026"), Options())
        data = writer.of_all()
        assert linter.check(data) == ()
        said = told(data, field)
        assert len(said) == len(found)
        for number, text in enumerate(found):
            assert (text.strip() if field in STRIPPED else text) in said[f"{'u' if field == UNIT else 'o'}{number}"]
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]", "".join(found))
        many += len(found)
    assert many > TEXTS // 4


@pytest.mark.parametrize("field", FIELDS)
def test_half_a_character_is_refused(field: str, tmp_path: Path) -> None:
    """Half of a surrogate pair is refused in every field."""
    path = tmp_path / "r.yaml"
    path.write_text(rule_file(field, ["a\ud83d"]), encoding="utf-8")
    with pytest.raises(RuleFileError):
        cyclekit.load(path)


def test_titles_of_files(tmp_path: Path) -> None:
    """The title of a rule file, which names its feed, comes back or is refused as well."""
    path, many = tmp_path / "r.yaml", 0
    for text in texts(5, 400):
        head = f"cyclekit: 1\nid: r\ntitle: {quoted(text)}\nobligations: {{o: {{once: 2026-05-08}}}}\n"
        path.write_text(head, encoding="utf-8")
        try:
            book = cyclekit.load(path)
        except RuleFileError:
            continue
        many += 1
        data = feed_writer(cyclekit.expand(book, "2026"), Options()).of_all()
        assert Linter().check(data) == ()
        # `icalendar` does not know that it is a text, and gives it as it stands.
        name = str(Calendar.from_ical(data)["NAME"])
        assert re.sub(r"\\(.)", lambda each: "\n" if each[1] in "nN" else each[1], name) == text
    assert many > 100


def test_without_assertions_too(tmp_path: Path) -> None:
    """Under `python -O`, where assertions are gone, the same texts give the same feeds: no line is started by any."""
    program = (
        "import sys, hashlib, pathlib, cyclekit\n"
        "from cyclekit.adapters.ical import Options\n"
        "from cyclekit.workspace.feeding import feed_writer\n"
        "from tests.edge.test_hostile_texts import taken\n"
        "from tests.hostile import FIELDS, rule_file, texts\n"
        "path, found = pathlib.Path(sys.argv[1]), hashlib.sha256()\n"
        "for field in FIELDS:\n"
        "    path.write_text(rule_file(field, taken(field, texts(7, 200), path)), encoding='utf-8')\n"
        "    data = feed_writer(cyclekit.expand(cyclekit.load(path), '2026'), Options()).of_all()\n"
        "    names = {line.partition(b':')[0] for line in data.replace(b'\\r\\n ', b'').split(b'\\r\\n')}\n"
        "    if names & {b'X-EVIL', b'ATTACH', b'RRULE'}: sys.exit(field)\n"
        "    found.update(data)\n"
        "print(found.hexdigest())\n"
    )
    ran = [
        subprocess.run(
            [sys.executable, *flags, "-c", program, str(tmp_path / "r.yaml")],
            capture_output=True,
            text=True,
            check=False,
            cwd=REPO,
        )
        for flags in ([], ["-O"])
    ]
    assert [each.returncode for each in ran] == [0, 0], ran[0].stderr + ran[1].stderr
    assert ran[0].stdout == ran[1].stdout != ""
