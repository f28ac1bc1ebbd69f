"""A server as a process of its own, and what tests ask it over sockets."""

import contextlib
import http.client
import json
import os
import re
import select
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import attrs


@attrs.frozen
class Server:
    """A running `cyclekit serve`: its process, its port, and the file that has all it writes."""

    process: "subprocess.Popen[bytes]" = attrs.field(repr=False)
    port: int
    output: Path

    def get(
        self, path: str, headers: Mapping[str, str] | None = None, method: str = "GET"
    ) -> tuple[int, Mapping[str, str], bytes]:
        """Ask over a connection of its own: status, fields, bytes."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request(method, path, headers=dict(headers or {}))
            response = connection.getresponse()
            return response.status, {name.lower(): value for name, value in response.getheaders()}, response.read()
        finally:
            connection.close()

    def health(self) -> dict[str, Any]:
        """What /health says."""
        found: dict[str, Any] = json.loads(self.get("/health")[2])
        return found

    def until(self, path: str, status: int, seconds: float = 20) -> None:
        """Ask until the answer has this status."""
        end = time.monotonic() + seconds
        while self.get(path)[0] != status:
            assert time.monotonic() < end, (path, status)
            time.sleep(0.02)

    def end(self, seconds: float = 30) -> int:
        """Ask it to end, and give its exit code."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(seconds)


@contextlib.contextmanager
def serving(*args: str | Path, memory: int | None = None, **environment: str) -> Iterator[Server]:
    """A server at a free port, which is gone afterwards; with no more than so many bytes of ``memory``."""
    command = [sys.executable, "-m", "cyclekit", "serve", *map(str, args), "--port", "0"]
    if memory is not None:
        command = ["sh", "-c", f'ulimit -v {memory // 1024} && exec "$@"', "sh", *command]
    with tempfile.TemporaryDirectory() as folder:
        errors = Path(folder) / "errors"
        with errors.open("wb") as file:
            process = subprocess.Popen(
                command, stdout=subprocess.PIPE, stderr=file, env={**os.environ, "LC_ALL": "C.UTF-8", **environment}
            )
        try:
            assert process.stdout is not None
            readable, _, _ = select.select([process.stdout], [], [], 300)
            line = process.stdout.readline() if readable else b""
            match = re.search(rb":(\d+)/$", line.strip())
            assert match, (line, errors.read_text(encoding="utf-8"))
            yield Server(process, int(match[1]), errors)
        finally:
            if process.poll() is None:
                process.kill()
                process.wait()
            if process.stdout is not None:
                process.stdout.close()
