"""A calendar server inside the process of the test, which can be told to misbehave."""

import hashlib
import http.server
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from urllib.parse import unquote
from xml.sax.saxutils import escape

import attrs

HEAD = '<?xml version="1.0"?>\n<D:multistatus xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav">'


@attrs.frozen
class Answer:
    """An answer that stands for the server's own; ``cut`` promises more octets than come."""

    status: int
    body: bytes = b""
    headers: dict[str, str] = attrs.field(factory=dict)
    cut: int = 0


@attrs.define
class Fake:
    """One calendar, which answers at every path, and what becomes of requests.

    ``before`` sees each request first and may answer it, or None; ``log`` has their methods and paths.
    """

    objects: dict[str, bytes] = attrs.field(factory=dict)
    exists: bool = True
    log: list[str] = attrs.field(factory=list)
    headers: list[dict[str, str]] = attrs.field(factory=list)
    before: Callable[[str, str, bytes], Answer | None] = lambda _method, _path, _body: None
    port: int = 0

    @property
    def address(self) -> str:
        """Where its calendar is."""
        return f"caldav://127.0.0.1:{self.port}/cal/"

    def count(self, method: str) -> int:
        """How many requests of a method there were."""
        return sum(each.startswith(f"{method} ") for each in self.log)

    def answer(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> Answer:
        """What it answers to a request."""
        name = unquote(path.rpartition("/")[2])
        there = self.objects.get(name)
        if method in {"PUT", "DELETE"}:
            wanted, none = headers.get("if-match"), headers.get("if-none-match")
            if (none == "*" and there is not None) or (wanted is not None and (not there or wanted != etag(there))):
                return Answer(412 if there or method == "PUT" else 404)
            if method == "PUT":
                self.objects[name] = body
            else:
                del self.objects[name]
            return Answer(201 if there is None else 204)
        if method == "GET":
            return Answer(404) if there is None else Answer(200, there, {"ETag": etag(there)})
        if method == "MKCALENDAR":
            self.exists = True
            return Answer(201)
        if not self.exists:
            return Answer(404)
        names = sorted(self.objects)
        if method == "REPORT":
            names = [unquote(each.rpartition("/")[2]) for each in re.findall("<D:href>(.*?)</D:href>", body.decode())]
        listed = "".join(self._one(path, each, data=method == "REPORT") for each in names)
        here = f"<D:response><D:href>{path}</D:href><D:propstat><D:prop><D:resourcetype><D:collection/><C:calendar/>"
        here += "</D:resourcetype></D:prop><D:status>HTTP/1.1 200 OK</D:status></D:propstat></D:response>"
        return multistatus((here if method == "PROPFIND" else "") + listed)

    def _one(self, folder: str, name: str, *, data: bool) -> str:
        body = self.objects[name]
        text = f"<C:calendar-data>{escape(body.decode())}</C:calendar-data>" if data else "<D:resourcetype/>"
        # The at sign percent-encoded, as some servers do it.
        href = escape(f"{folder}{name.replace('@', '%40')}")
        return (
            f"<D:response><D:href>{href}</D:href><D:propstat><D:prop><D:getetag>{escape(etag(body))}</D:getetag>{text}"
            "</D:prop><D:status>HTTP/1.1 200 OK</D:status></D:propstat></D:response>"
        )


def multistatus(inner: str) -> Answer:
    """A multistatus of these responses."""
    body = f"{HEAD}{inner}</D:multistatus>".encode()
    return Answer(207, body, {"Content-Type": "application/xml; charset=utf-8"})


def etag(body: bytes) -> str:
    """The ETag of an object."""
    return f'"{hashlib.sha256(body).hexdigest()[:16]}"'


@contextmanager
def fake_server() -> Iterator[Fake]:
    """The server, for as long as the test takes."""
    fake = Fake()

    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _handle(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
            headers = {name.lower(): value for name, value in self.headers.items()}
            fake.log.append(f"{self.command} {self.path}")
            fake.headers.append(headers)
            answer = fake.before(self.command, self.path, body)
            if answer is None:
                answer = fake.answer(self.command, self.path, body, headers)
            self.send_response(answer.status)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(answer.body) + answer.cut))
            self.end_headers()
            self.wfile.write(answer.body)
            self.close_connection = self.close_connection or answer.cut > 0

        do_PROPFIND = do_REPORT = do_MKCALENDAR = do_GET = do_PUT = do_DELETE = _handle  # noqa: N815  # the module's way

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        fake.port = server.server_port
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        yield fake
        server.shutdown()
        thread.join()
