"""Units from a PostgreSQL of Debian's package, started for the tests."""

import os
import pwd
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from cyclekit.workspace.loading import load_files

pytestmark = [pytest.mark.clients, pytest.mark.xdist_group("postgresql")]

RULES = """\
cyclekit: 1
id: demo
title: Demo
units:
  url_env: OFFICES
  sql: |
    SELECT code AS id, name AS "name:zh", kind, above AS parent, tags, active
    FROM offices WHERE closed IS NULL ORDER BY code
obligations:
  report: {title: Report, applies_to: {tag: coast}, every: quarter, due: {day: 20}}
"""
TABLE = """\
CREATE TABLE offices (code text, name text, kind text, above text, tags text[], active text, closed date);
INSERT INTO offices VALUES
  ('hq', '总公司', 'head', NULL, NULL, NULL, NULL),
  ('sh', '上海公司', 'branch', 'hq', '{coast,port}', '2019..2021;2023..', NULL),
  ('old', '旧公司', 'branch', 'hq', '{coast}', NULL, '2020-01-01');
"""


def programs() -> Path:
    """Where Debian keeps the programs of its newest PostgreSQL."""
    return max(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """The folder of the socket of a server with an empty database, which is stopped at the end."""
    # The path of a socket has at most 107 bytes, and the server wants a folder of its own.
    with tempfile.TemporaryDirectory(prefix="pg-", dir="/tmp") as folder:
        user: dict[str, object] = {}
        if os.geteuid() == 0:
            # It refuses to run as root; Debian's package makes a user for it.
            owner = pwd.getpwnam("postgres")
            os.chown(folder, owner.pw_uid, owner.pw_gid)
            user = {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []}
        data = f"{folder}/data"
        quiet = {"cwd": folder, "stdout": subprocess.DEVNULL, **user}
        made = ["initdb", "--auth=trust", "--username=tester", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"]
        options = f"-c listen_addresses='' -c unix_socket_directories='{folder}' -c fsync=off"
        control = [str(programs() / "pg_ctl"), "--pgdata", data, "--wait", "--log", f"{folder}/log"]
        subprocess.run([str(programs() / made[0]), *made[1:], "--pgdata", data], check=True, **quiet)  # type: ignore[call-overload]
        subprocess.run([*control, "--options", options, "start"], check=True, **quiet)  # type: ignore[call-overload]
        try:
            yield folder
        finally:
            subprocess.run([*control, "--mode=immediate", "stop"], check=True, **quiet)  # type: ignore[call-overload]


def test_units_of_a_real_database(server: str, tmp_path: Path) -> None:
    """A query with its own names for columns gives units with Chinese names, arrays of tags and spans.

    A million rows are fetched some at a time; what the database refuses is told with its own words.
    """
    with psycopg.connect(host=server, user="tester", dbname="postgres") as connection:
        connection.execute(TABLE)
    environment = {"OFFICES": f"postgresql+psycopg://tester@/postgres?host={server}"}
    rules = tmp_path / "rules.yaml"
    rules.write_text(RULES, encoding="utf-8")
    loaded = load_files([rules], environment=environment)
    assert loaded.diagnostics == ()
    roster = loaded.rulebooks[0].roster
    assert list(roster.ids) == ["hq", "sh"]
    assert roster["sh"].tags == {"coast", "port"}
    assert roster["sh"].parent == roster["hq"]
    assert roster["sh"].name.get("zh") == "上海公司"
    assert len(roster.active[1]) == 2

    many = "SELECT 'u' || n AS id, 'coast' AS tags FROM generate_series(1, 1000000) AS n"
    start, end = RULES.index("    SELECT"), RULES.index("obligations:")
    rules.write_text(f"{RULES[:start]}    {many}\n{RULES[end:]}", encoding="utf-8")
    loaded = load_files([rules], environment=environment)
    assert loaded.diagnostics == ()
    assert len(loaded.rulebooks[0].roster) == 1_000_000
    assert loaded.rulebooks[0].roster["u777777"].tags == {"coast"}

    rules.write_text(RULES.replace("FROM offices", "FROM officers"), encoding="utf-8")
    (found,) = load_files([rules], environment=environment).diagnostics
    assert (found.message, found.values["reason"]) == ("query-failed", 'relation "officers" does not exist')
