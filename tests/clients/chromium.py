"""Headless Chromium, driven through the pipe of its DevTools protocol: no driver and no package beside the browser."""

import base64
import json
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

#: Nothing is looked up or fetched in the background; a container has no sandbox for a browser to make.
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    "--remote-debugging-pipe",
)


class Chromium:
    """One page of a running browser. ``problems`` are what its console and its log complain about."""

    def __init__(self, commands: int, answers: int) -> None:
        self.problems: list[str] = []
        self._commands = os.fdopen(commands, "wb")
        self._answers = os.fdopen(answers, "rb")
        self._waiting = b""
        self._number = 0
        self._session = ""
        self._events: list[str] = []
        target = self.ask("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Accessibility"):
            self.ask(f"{domain}.enable")

    def ask(self, method: str, **params: Any) -> dict[str, Any]:
        """Call a method of the protocol and wait for its answer."""
        self._number += 1
        message: dict[str, Any] = {"id": self._number, "method": method, "params": params}
        if self._session:
            message["sessionId"] = self._session
        self._commands.write(json.dumps(message).encode() + b"\0")
        self._commands.flush()
        while True:
            answer = self._next()
            if answer.get("id") == self._number:
                assert "error" not in answer, (method, answer)
                found: dict[str, Any] = answer["result"]
                return found

    def open(self, address: str, *, width: int = 1280, height: int = 900, dark: bool = False) -> None:
        """Open an address in a window of this size, in light or dark mode, and wait until it is drawn."""
        self.ask(
            "Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=width < 600
        )
        scheme = [{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}]
        self.ask("Emulation.setEmulatedMedia", media="", features=scheme)
        self._events.clear()
        assert "errorText" not in self.ask("Page.navigate", url=address)
        while "Page.loadEventFired" not in self._events:
            self._next()

    def follow(self, expression: str) -> None:
        """Evaluate what leads to another page, and wait until that is drawn."""
        self._events.clear()
        self.ask("Runtime.evaluate", expression=expression)
        while "Page.loadEventFired" not in self._events:
            self._next()

    def evaluate(self, expression: str) -> Any:
        """The value of a JavaScript expression in the page; the page's own rules against scripts do not bind us."""
        result = self.ask("Runtime.evaluate", expression=expression, returnByValue=True)
        assert "exceptionDetails" not in result, result
        return result["result"].get("value")

    def screenshot(self, *, whole: bool = False) -> bytes:
        """The window, or the whole page, as PNG."""
        data = self.ask("Page.captureScreenshot", format="png", captureBeyondViewport=whole)["data"]
        return base64.b64decode(data)

    def pdf(self) -> bytes:
        """The page as it is printed, on the paper that its style asks for."""
        printed = self.ask("Page.printToPDF", preferCSSPageSize=True, printBackground=True)
        return base64.b64decode(printed["data"])

    def _next(self) -> dict[str, Any]:
        while b"\0" not in self._waiting:
            data = os.read(self._answers.fileno(), 1 << 16)
            assert data, "the browser is gone"
            self._waiting += data
        first, _, self._waiting = self._waiting.partition(b"\0")
        message: dict[str, Any] = json.loads(first)
        method, params = message.get("method", ""), message.get("params", {})
        self._events.append(method)
        if method == "Log.entryAdded":
            self.problems.append(f"{params['entry']['text']} {params['entry'].get('url', '')}")
        elif method in ("Runtime.consoleAPICalled", "Runtime.exceptionThrown"):
            self.problems.append(json.dumps(params))
        return message

    def close(self) -> None:
        """Close the pipe, by which the browser ends."""
        self._commands.close()
        self._answers.close()


@contextmanager
def chromium(program: str, profile: Path) -> Iterator[Chromium]:
    """A browser with an empty profile, ended afterwards."""
    theirs_in, commands = os.pipe()
    answers, theirs_out = os.pipe()
    # The protocol's pipe is file descriptors 3 and 4, which only a shell can set by number.
    redirect = f'exec "$@" 3<&{theirs_in} 4>&{theirs_out} 2>/dev/null'
    command = ["bash", "-c", redirect, "chromium", program, *FLAGS, f"--user-data-dir={profile}"]
    with subprocess.Popen(command, pass_fds=(theirs_in, theirs_out)) as process:
        os.close(theirs_in)
        os.close(theirs_out)
        browser = Chromium(commands, answers)
        try:
            yield browser
        finally:
            browser.close()
            process.terminate()
            process.wait(timeout=30)
