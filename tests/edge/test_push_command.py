"""`cyclekit push`, as it is used."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import Result

from tests.edge.running import loaded_by, run
from tests.examples import EXAMPLE
from tests.unit.calendar_server import Answer, Fake, fake_server

NORTH = ("--unit", "north")


@pytest.fixture
def fake() -> Iterator[Fake]:
    """A calendar server."""
    with fake_server() as server:
        yield server


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    """The example."""
    path = tmp_path / "rules.yaml"
    path.write_text(EXAMPLE, encoding="utf-8")
    return path


def push(fake: Fake, rules: Path, *more: str | Path, **environment: str) -> Result:
    """Push the year 2026 of the example."""
    return run("push", rules, "--within", "2026", "--to", fake.address, *more, **environment)


def test_the_summary(fake: Fake, rules: Path) -> None:
    """What was done is summed up in a line, in English and Chinese."""
    first = push(fake, rules)
    count = len(fake.objects)
    assert count
    assert first.exit_code == 0
    assert first.stdout == f"{fake.address}: {count} put, 0 deleted, 0 unchanged, 0 left alone\n"
    second = push(fake, rules, "--lang", "zh")
    # The texts are in the language of the reader, so all of them are others now.
    assert second.stdout == f"{fake.address}：写入 {count} 个，删除 0 个，未变 0 个，保留不动 0 个\n"
    third = push(fake, rules, "--lang", "zh")
    assert third.stdout == f"{fake.address}：写入 0 个，删除 0 个，未变 {count} 个，保留不动 0 个\n"


TIMED = """\
cyclekit: 1
id: timed
timezone: Asia/Shanghai
calendar: CN
obligations:
  filing: {title: Filing, every: month, due: {day: 4, time: "17:30", adjust: following}}
"""


def test_clock_times_and_why(fake: Fake, tmp_path: Path) -> None:
    """A clock time in a zone is pushed in UTC, and a moved date tells why it was moved, as in any feed."""
    path = tmp_path / "timed.yaml"
    path.write_text(TIMED, encoding="utf-8")
    assert push(fake, path, "--lang", "en").exit_code == 0
    # 4 April 2026 is a Saturday, and the next two days are Qingming's: the first working day is the 7th.
    april = fake.objects["timed~filing~_~2026-04@cyclekit.invalid.ics"]
    assert b"DTEND:20260407T093000Z" in april
    assert b"2026-04-04" in april


def test_everyone_and_one_unit(fake: Fake, rules: Path) -> None:
    """The objects of one unit have no unit in their titles; those of everyone have."""
    name = "example~report~north~2026Q4@cyclekit.invalid.ics"
    push(fake, rules, *NORTH)
    assert b"SUMMARY:Quarterly report" in fake.objects[name]
    push(fake, rules)
    assert b"SUMMARY:North: Quarterly report" in fake.objects[name]


def test_a_calendar_for_each_unit(fake: Fake, rules: Path) -> None:
    """With --by unit each unit of each rule file has a calendar of its own below the address."""
    assert push(fake, rules, "--by", "unit").exit_code == 0
    for unit in ("top", "north", "south", "idle"):
        assert f"PROPFIND /cal/example~{unit}/" in fake.log
    assert "PUT /cal/example~south/example~report~south~2026Q4@cyclekit.invalid.ics" in fake.log


def test_what_is_behind_ends_with_3(fake: Fake, rules: Path) -> None:
    """An edit that the rules have overtaken is told and ends with 3; with --overwrite it is put."""
    push(fake, rules, *NORTH)
    name = "example~report~north~2026Q4@cyclekit.invalid.ics"
    fake.objects[name] = fake.objects[name].replace(b"SUMMARY:", b"SUMMARY:My ")
    assert push(fake, rules, *NORTH).exit_code == 0
    rules.write_text(EXAMPLE.replace("quota: {at_least: 2", "quota: {at_least: 3"), encoding="utf-8")
    ran = push(fake, rules, *NORTH)
    assert ran.exit_code == 3
    assert (
        "left alone  example~report~north~2026Q4@cyclekit.invalid: edited there, and changed in the rules" in ran.stdout
    )
    assert push(fake, rules, *NORTH, "--overwrite").exit_code == 0
    assert b"SUMMARY:My" not in fake.objects[name]


def test_a_dry_run(fake: Fake, rules: Path) -> None:
    """A dry run names each object and changes nothing."""
    fake.exists = False
    ran = push(fake, rules, *NORTH, "--dry-run")
    assert ran.exit_code == 0
    assert "put         example~report~north~2026Q4@cyclekit.invalid\n" in ran.stdout
    assert "would make 1 calendars" in ran.stdout
    assert fake.objects == {}
    assert not fake.exists


def test_the_password_comes_from_elsewhere(fake: Fake, rules: Path, tmp_path: Path) -> None:
    """The password stands in the environment or in a file, and a name without one is refused."""
    file = tmp_path / "password"
    file.write_bytes(b"\xef\xbb\xbfs3cret\r\nsecond line\n")
    assert push(fake, rules, "--user", "me", "--password-file", file).exit_code == 0
    push(fake, rules, "--user", "me", CYCLEKIT_PASSWORD="s3cret")  # noqa: S106  # a password of the test
    assert {each["authorization"] for each in fake.headers} == {"Basic bWU6czNjcmV0"}
    without = push(fake, rules, "--user", "me")
    assert without.exit_code == 2
    assert "CYCLEKIT_PASSWORD" in without.stderr
    assert push(fake, rules, "--password-file", file).exit_code == 2
    assert push(fake, rules, "--user", "a:b", "--password-file", file).exit_code == 2


@pytest.mark.parametrize(
    ("to", "said"),
    [
        ("https://h/c/", "is no calendar's address"),
        ("caldav://me:word@h/c/", "do not belong in an address"),
        ("caldav://example.invalid/c/", "would travel in clear to example.invalid"),
        ("caldavs://127.0.0.1:1/c/", "127.0.0.1 cannot be reached: Connection refused"),
    ],
)
def test_addresses_that_cannot_be_used(rules: Path, to: str, said: str) -> None:
    """Each reason has a sentence, in English and Chinese, and nothing is sent."""
    secret = {"CYCLEKIT_PASSWORD": "s3cret"}
    ran = run("push", rules, "--within", "2026", "--to", to, "--user", "me", **secret)
    assert ran.exit_code == 2
    assert said in ran.stderr
    assert "word" not in ran.stderr.replace("password", "").replace("CYCLEKIT_PASSWORD", "")
    chinese = run("push", rules, "--within", "2026", "--to", to, "--user", "me", "--lang", "zh", **secret)
    assert chinese.exit_code == 2
    assert chinese.stderr.startswith("错误：")


def test_stopped_in_the_middle(fake: Fake, rules: Path) -> None:
    """Where the server fails in the middle, what is done is told, and the next run goes on from there."""

    def fail(method: str, _path: str, _body: bytes) -> Answer | None:
        return Answer(500) if method == "PUT" and fake.count("PUT") == 3 else None

    fake.before = fail
    ran = push(fake, rules)
    assert ran.exit_code == 2
    assert "2 put" in ran.stdout
    assert "the server answered 500" in ran.stderr
    assert "2 unchanged" in push(fake, rules).stdout


def test_unit_and_by(fake: Fake, rules: Path) -> None:
    """--unit and --by say different things, and both at once are refused."""
    assert push(fake, rules, *NORTH, "--by", "unit").exit_code == 2
    assert push(fake, rules, "--unit", "nowhere").exit_code == 2
    assert fake.log == []


def test_help_loads_no_network() -> None:
    """Asking for help loads nothing of the network."""
    assert not {"http", "ssl", "xml"} & loaded_by("push", "--help")
