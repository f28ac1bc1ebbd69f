"""The server as a process: its socket, its patience, its end. Hypercorn speaks HTTP (see docs/serving.md for why)."""

import asyncio
import contextlib
import ipaddress
import logging
import os
import signal
import socket
import sys
import traceback
from collections.abc import Awaitable, Callable

from h11 import Request
from hypercorn import protocol
from hypercorn.asyncio import serve
from hypercorn.config import Config
from hypercorn.protocol.h11 import H11Protocol
from starlette.types import ASGIApp

from cyclekit.server.service import Keeper

#: Seconds: for a request to come whole and the next one after it, and for readers in flight when the server ends.
PATIENCE, FAREWELL = 10, 20
#: Seconds that a reader may take nothing of what is sent.
UNREAD = 30
#: How many connections may wait to be accepted, and how many are accepted before others are served again.
BACKLOG, AT_ONCE = 2048, 16
#: Open files, as far as the system allows: one for each connection.
MOST_FILES = 65_536


def is_loopback(host: str) -> bool:
    """Whether only programs of the same machine reach a host.

    >>> is_loopback("localhost"), is_loopback("::1"), is_loopback("0.0.0.0")
    (True, True, False)
    """
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def listening(host: str, port: int) -> socket.socket:
    """A socket at a host and port; port 0 is any that is free. Raises OSError."""
    family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
    found = socket.socket(family, kind)
    try:
        found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if hasattr(socket, "TCP_USER_TIMEOUT"):
            # Connections inherit it: the system ends one whose reader takes nothing, which no ASGI server does.
            found.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, UNREAD * 1000)
        found.bind(address)
        found.listen(BACKLOG)
        found.setblocking(False)
    except BaseException:
        found.close()
        raise
    return found


def log_discreetly(fault: BaseException | None) -> None:
    """Log where in the program a fault came up, and not what it says: an address has a token.

    A reader that went away, or that took nothing for too long, is no fault.
    """
    if fault is None or isinstance(fault, OSError):
        return
    if isinstance(fault, BaseExceptionGroup):
        for each in fault.exceptions:
            log_discreetly(each)
        return
    frames = "".join(traceback.format_list(traceback.extract_tb(fault.__traceback__)))
    logging.getLogger("cyclekit.server").error("%s\n%s", type(fault).__name__, frames)


class Discreet:
    """What Hypercorn logs by: faults, and no requests, which are for the web server in front to log."""

    def __init__(self, _config: Config) -> None:
        """Nothing of the configuration matters."""

    async def exception(self, *_: object, **__: object) -> None:
        """A fault, discreetly."""
        log_discreetly(sys.exception())

    async def info(self, *_: object, **__: object) -> None:
        """Nothing."""

    access = debug = warning = error = critical = log = info


class OnlyHttp1(H11Protocol):
    """HTTP/1.1 and nothing else: connections of HTTP/2 may stay silent for ever, which Hypercorn does not end."""

    async def _check_protocol(self, event: Request) -> None:
        """Take an offer of HTTP/2 for what it is in HTTP/1.1: nothing to go by."""


def raise_limits() -> None:
    """Allow as many open files as the system lets this process have."""
    try:
        import resource  # noqa: PLC0415  # there is none on Windows
    except ImportError:
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MOST_FILES if hard == resource.RLIM_INFINITY else min(hard, MOST_FILES)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


def configuration(sock: socket.socket) -> Config:
    """How Hypercorn serves at a socket."""
    config = Config()
    # A number of its own: Hypercorn closes it.
    config.bind = [f"fd://{os.dup(sock.fileno())}"]
    config.backlog = AT_ONCE
    config.keep_alive_timeout = PATIENCE
    config.graceful_timeout = FAREWELL
    config.include_server_header = False
    config.accesslog = None
    config.logger_class = Discreet  # type: ignore[assignment]
    return config


async def run(app: ASGIApp, sock: socket.socket, keeper: Keeper, *, every: float = 1.0) -> None:
    """Serve until SIGTERM or SIGINT; requests in flight are answered first.

    Where looking at the files ends by a fault of ours, the server ends with it: it would never learn of a token that is
    revoked.
    """
    raise_limits()
    protocol.H11Protocol = OnlyHttp1  # type: ignore[attr-defined]  # there is no setting for it
    ended = asyncio.Event()
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(lambda _loop, context: log_discreetly(context.get("exception")))
    for each in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(each, ended.set)
    keeping = asyncio.create_task(keeper.keep(every))
    keeping.add_done_callback(lambda _: ended.set())

    def lengthen() -> None:
        # asyncio has the system queue no more than it accepts at once. Said once more, the queue is long.
        sock.listen(BACKLOG)
        sock.close()

    lengthening = loop.call_later(0.1, lengthen)
    try:
        await _until(serve(app, configuration(sock), shutdown_trigger=ended.wait), ended.wait)  # type: ignore[arg-type]
    finally:
        lengthening.cancel()
        sock.close()
        keeping.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await keeping


async def _until(serving: Awaitable[None], ended: Callable[[], Awaitable[object]]) -> None:
    """Wait for a server that has been told to end, and no longer than the farewell and a little."""
    task = asyncio.ensure_future(serving)
    telling = asyncio.ensure_future(ended())
    await asyncio.wait({task, telling}, return_when=asyncio.FIRST_COMPLETED)
    telling.cancel()
    # Where a reader takes nothing, Hypercorn waits for it to the last byte.
    done, _ = await asyncio.wait({task}, timeout=FAREWELL + 2)
    if not done:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task
    elif task.exception() is not None:
        raise task.exception()  # type: ignore[misc]
