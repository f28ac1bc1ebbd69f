"""The programs of others that `make clients` installs, and servers among them that a test starts and ends."""

import os
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import attrs

ROOT = Path(__file__).parents[2]
#: What `make demo` published.
DEMO = ROOT / "out" / "current" / "site"
USER, PASSWORD = "office", "s3cret: 密码"
_RADICALE = """\
[server]
hosts = 127.0.0.1:{port}
[auth]
type = htpasswd
htpasswd_filename = {folder}/users
htpasswd_encryption = plain
delay = 0
[rights]
type = from_file
file = {folder}/rights
[storage]
filesystem_folder = {folder}/data
[logging]
level = warning
"""
_RIGHTS = """\
[root]
user: .+
collection:
permissions: R
[own]
user: .+
collection: {user}(/(?!closed).*)?
permissions: RrWw
[closed]
user: .+
collection: {user}/closed.*
permissions: Rr
"""


def installed(name: str) -> Path:
    """A program or a file of the environment of `make clients`."""
    folder = os.environ.get("CYCLEKIT_CLIENTS")
    assert folder, "`make clients` installs the programs and says where they are"
    path = Path(folder) / name
    assert path.exists(), f"`make clients` installs {path}"
    return path


@attrs.frozen
class Server:
    """A calendar server that runs: its name, where it listens, and where calendars can be."""

    name: str
    port: int
    home: str
    closed: str

    def address(self, name: str = "due") -> str:
        """The address of a calendar."""
        return f"caldav://127.0.0.1:{self.port}{self.home}{name}/"

    @property
    def login(self) -> tuple[str, ...]:
        """What is added to the command for logging in; the password stands in the environment."""
        return ("--user", USER) if self.name == "radicale" else ()


@contextmanager
def serving(name: str, folder: Path) -> Iterator[Server]:
    """A new server of this name that keeps everything in a folder."""
    folder.mkdir(parents=True)
    port = free_port()
    if name == "radicale":
        (folder / "users").write_text(f"{USER}:{PASSWORD}\n", encoding="utf-8")
        (folder / "rights").write_text(_RIGHTS, encoding="utf-8")
        (folder / "config").write_text(_RADICALE.format(port=port, folder=folder), encoding="utf-8")
        command = [str(installed("bin/radicale")), "--config", str(folder / "config")]
        server = Server(name, port, f"/{USER}/", f"/{USER}/closed/")
    else:
        data = folder / "data"
        (data / USER).mkdir(parents=True)
        listen = ["--listen-address", "127.0.0.1", "--port", str(port)]
        command = [str(installed("bin/xandikos")), "serve", "--directory", str(data), *listen]
        command += ["--state-dir", str(folder / "state"), "--current-user-principal", f"/{USER}/"]
        # There is no folder that this could be in.
        server = Server(name, port, f"/{USER}/", f"/{USER}/none/closed/")
    with (folder / "log").open("wb") as log:
        running = subprocess.Popen(command, stdout=log, stderr=log)
        try:
            wait_for(port, running, folder / "log")
            yield server
        finally:
            running.terminate()
            running.wait(20)


def free_port() -> int:
    """A port that nothing listens at."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


def wait_for(port: int, running: "subprocess.Popen[bytes]", log: Path) -> None:
    """Wait until a program answers at a port."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        assert running.poll() is None, log.read_text("utf-8", "replace")
        with socket.socket() as one:
            if one.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise AssertionError(log.read_text("utf-8", "replace"))
