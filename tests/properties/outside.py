"""A guard: inside it, whatever reaches for clock, files, sockets, environment, chance or locale is refused.

Three ways at once, as none sees everything. What a module can be asked for by name is replaced by what raises; each
call that Python code makes is looked at, by whatever name it knows what it calls; and the interpreter's own audit
events tell what was opened or run from C. What was seen is also noted, should somebody catch the exception.
"""

import builtins
import datetime as dt
import gc
import importlib
import io
import locale
import os
import pkgutil
import random
import secrets
import socket
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any, NoReturn

import pytest

#: The rooms that know values alone, and those that make text of values and values of text.
PURE = ("civil", "diagnostics", "errors", "model", "engine", "words", "drafting", "reading", "adapters")

#: What is replaced: in these modules, whatever has one of these names.
_REPLACED: tuple[tuple[Any, tuple[str, ...]], ...] = (
    (time, ("time", "time_ns", "localtime", "gmtime", "ctime", "strftime", "monotonic", "perf_counter", "sleep")),
    (socket, ("socket", "getaddrinfo", "create_connection", "gethostname")),
    (builtins, ("open", "input", "print")),
    (io, ("open", "FileIO")),
    (os, ("open", "stat", "listdir", "scandir", "getenv", "getcwd", "urandom", "getpid", "system")),
    (random, ("random", "randrange", "choice", "shuffle", "getrandbits")),
    (secrets, ("token_hex", "token_bytes", "randbelow")),
    (locale, ("setlocale", "getlocale", "localeconv", "strcoll")),
)
#: Modules whose Python functions nobody may call, and those whose functions in C nobody may.
_IN_PYTHON = {"os", "random", "secrets", "locale", "pathlib", "socket", "subprocess", "tempfile", "shutil", "uuid"}
_IN_C = {"time", "posix", "io", "_io", "_socket", "_locale", "_random", "select", "_posixsubprocess"}
_NOW = {"now", "utcnow", "today"}
_EVENTS = ("open", "socket.", "os.", "subprocess.", "shutil.", "tempfile.", "import", "time.sleep", "ctypes.")
#: Streams that are texts in memory.
_IN_MEMORY = (io.StringIO, io.BytesIO)


class OutsideError(BaseException):
    """Something reached outside. No ``except Exception`` catches it."""


class _Environment(dict[Any, Any]):
    """An environment that refuses every question."""

    def _refuse(self, *_: object, **__: object) -> Any:
        return _GUARD.refuse("os.environ")

    __getitem__ = __contains__ = __iter__ = __len__ = get = items = keys = values = _refuse


class _Guard:
    def __init__(self) -> None:
        self.thread: int | None = None
        self.seen: list[str] = []

    def refuse(self, what: str) -> NoReturn:
        self.seen.append(what)
        raise OutsideError(what)

    def called(self, frame: FrameType, event: str, arg: Any) -> None:
        """Look at a call that Python code makes, before it is made."""
        if event == "call":
            if frame.f_globals.get("__name__") in _IN_PYTHON:
                self.refuse(f"{frame.f_globals['__name__']}.{frame.f_code.co_qualname}")
        elif event == "c_call":
            bound, name = getattr(arg, "__self__", None), arg.__name__
            asks_clock = isinstance(bound, type) and issubclass(bound, dt.date) and name in _NOW
            streams = isinstance(bound, io.IOBase) and not isinstance(bound, _IN_MEMORY)
            chance = isinstance(bound, random.Random)
            if getattr(arg, "__module__", None) in _IN_C or asks_clock or streams or chance:
                self.refuse(f"{getattr(bound, '__name__', bound)}.{name}")

    def heard(self, event: str, arguments: tuple[Any, ...]) -> None:
        """Hear what the interpreter tells of itself."""
        if self.thread == threading.get_ident() and event.startswith(_EVENTS):
            self.refuse(f"{event}{arguments!r:.80}")


_GUARD = _Guard()
_LISTENING: list[bool] = []


def _refusing(name: str) -> Any:
    def refuse(*_: object, **__: object) -> Any:
        _GUARD.refuse(name)

    return refuse


def load_all() -> None:
    """Load every module of the pure rooms, as loading one is reading a file."""
    for room in PURE:
        module = importlib.import_module(f"cyclekit.{room}")
        for each in pkgutil.walk_packages(getattr(module, "__path__", ()), f"{module.__name__}."):
            importlib.import_module(each.name)


@contextmanager
def nothing_outside() -> Iterator[None]:
    """Refuse whatever reaches outside, in this thread. Raises OutsideError, at the latest at the end."""
    if not _LISTENING:
        # It cannot be taken away again, so there is one, which listens only while there is a guard.
        sys.addaudithook(_GUARD.heard)
        _LISTENING.append(True)
    before, collects = sys.getprofile(), gc.isenabled()
    _GUARD.seen = []
    with pytest.MonkeyPatch.context() as patch:
        for module, names in _REPLACED:
            for name in names:
                patch.setattr(module, name, _refusing(f"{module.__name__}.{name}"))
        patch.setattr(os, "environ", _Environment())
        # Whoever listens to the garbage collector, as Hypothesis does, asks the clock.
        gc.disable()
        _GUARD.thread = threading.get_ident()
        sys.setprofile(_GUARD.called)
        try:
            yield
        finally:
            sys.setprofile(before)
            _GUARD.thread = None
            if collects:
                gc.enable()
    if _GUARD.seen:
        raise OutsideError(_GUARD.seen)
