"""Requests to one server: with a time limit, again where it is busy, and never to another host."""

import base64
import http.client
import ssl
import time
from collections.abc import Callable, Mapping
from types import MappingProxyType
from urllib.parse import quote, urljoin, urlsplit

import attrs

from cyclekit.remote.address import Address
from cyclekit.remote.faults import RemoteError

#: The connection ended before the answer did.
_CUT = (http.client.RemoteDisconnected, http.client.IncompleteRead, ConnectionResetError, BrokenPipeError)
#: How often a request is made, how long a server may ask us to wait, and how many redirects are followed.
TRIES, LONGEST_WAIT, REDIRECTS = 5, 120.0, 5
_BUSY = frozenset({429, 503})
_ELSEWHERE = frozenset({301, 302, 307, 308})
_CHUNK = 1 << 16


@attrs.frozen
class Limits:
    """Seconds without a word, seconds for a whole answer, and octets of an answer."""

    silence: float = 30.0
    answer: float = 300.0
    octets: int = 64 << 20


@attrs.frozen
class Response:
    """What a server answered, and the path that did, which is another one after a redirect."""

    status: int
    reason: str
    headers: Mapping[str, str]
    body: bytes
    path: str


class Client:
    """A connection to the server of an address, made when it is first needed and kept.

    ``login`` is a name and a password, sent with every request (RFC 7617) and to no other host.
    Every method raises RemoteError where no answer can be had.
    """

    def __init__(
        self,
        address: Address,
        login: tuple[str, str] | None = None,
        *,
        limits: Limits | None = None,
        sleep: Callable[[float], None] = time.sleep,
        context: ssl.SSLContext | None = None,
    ) -> None:
        self.address = address
        self._limits = limits or Limits()
        self._sleep = sleep
        self._context = context
        self._connection: http.client.HTTPConnection | None = None
        self._headers = {"User-Agent": "cyclekit", "Accept-Encoding": "identity"}
        if login is not None:
            token = base64.b64encode(":".join(login).encode("utf-8", "surrogateescape")).decode()
            self._headers["Authorization"] = f"Basic {token}"

    def request(
        self, method: str, path: str, body: bytes = b"", headers: Mapping[str, str] = MappingProxyType({})
    ) -> Response:
        """The answer to a request, redirects on the same host followed.

        What is sent twice is safe to be: our requests say in which state an object must be.
        """
        for _ in range(REDIRECTS + 1):
            answer = self._patiently(method, path, body, headers)
            if answer.status not in _ELSEWHERE:
                return answer
            path = self._redirected(path, answer)
        raise RemoteError("redirects", path=path)

    def close(self) -> None:
        """End the connection."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _patiently(self, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> Response:
        wait, tried = 1.0, 0
        while True:
            tried += 1
            fresh = self._connection is None
            try:
                answer = self._once(method, path, body, headers)
            except _CUT as fault:
                # A connection that was kept may have been closed meanwhile: that costs no waiting.
                self.close()
                if tried >= TRIES:
                    raise RemoteError("unreachable", host=self.address.host, reason=fault) from fault
                self._sleep(wait if fresh else 0.0)
            except RemoteError:
                self.close()
                raise
            else:
                if answer.status not in _BUSY:
                    return answer
                asked = answer.headers.get("retry-after", "")
                asked_for = float(asked) if asked.isascii() and asked.isdigit() and len(asked) < 7 else 0.0
                if tried >= TRIES or asked_for > LONGEST_WAIT:
                    raise RemoteError("busy", status=answer.status)
                self._sleep(max(wait, asked_for))
            wait *= 2

    def _once(self, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> Response:
        connection = self._connection or self._connect()
        self._connection = connection
        until = time.monotonic() + self._limits.answer
        try:
            connection.request(method, path, body=body or None, headers={**self._headers, **headers})
            answer = connection.getresponse()
            read = self._read(answer, until)
        except _CUT:
            raise
        except ssl.SSLError as fault:
            raise RemoteError("certificate", host=self.address.host, reason=fault.reason or fault) from fault
        except TimeoutError as fault:
            raise RemoteError("timeout", host=self.address.host) from fault
        except (OSError, http.client.HTTPException) as fault:
            raise RemoteError("unreachable", host=self.address.host, reason=_words(fault)) from fault
        if answer.will_close:
            self.close()
        found = {name.lower(): value for name, value in answer.getheaders()}
        return Response(answer.status, answer.reason, found, read, path)

    def _read(self, answer: http.client.HTTPResponse, until: float) -> bytes:
        parts, octets = [], 0
        while chunk := answer.read1(_CHUNK):
            parts.append(chunk)
            octets += len(chunk)
            if octets > self._limits.octets:
                raise RemoteError("too-large", octets=f"{self._limits.octets:,}")
            if time.monotonic() > until:
                raise RemoteError("timeout", host=self.address.host)
        if answer.length:
            raise ConnectionResetError("the answer ends before it is whole")
        # It counts as read, and the connection as free, only when it is closed.
        answer.close()
        return b"".join(parts)

    def _connect(self) -> http.client.HTTPConnection:
        host, port, silence = self.address.host, self.address.port, self._limits.silence
        if not self.address.secure:
            return http.client.HTTPConnection(host, port, timeout=silence)
        context = self._context or ssl.create_default_context()
        return http.client.HTTPSConnection(host, port, timeout=silence, context=context)

    def _redirected(self, path: str, answer: Response) -> str:
        scheme = "https" if self.address.secure else "http"
        host = f"[{self.address.host}]" if ":" in self.address.host else self.address.host
        here = f"{scheme}://{host}:{self.address.port}{path}"
        there = answer.headers.get("location", "")
        try:
            parts = urlsplit(urljoin(here, there))
            port = parts.port or (443 if parts.scheme == "https" else 80)
        except ValueError:
            raise RemoteError("redirected", location=there) from None
        if (parts.scheme, parts.hostname, port) != (scheme, self.address.host, self.address.port):
            raise RemoteError("redirected", location=there)
        return quote(parts.path or "/", safe="/~@!$&'()*+,;=:%")


def _words(fault: Exception) -> str:
    return getattr(fault, "strerror", None) or str(fault) or type(fault).__name__
