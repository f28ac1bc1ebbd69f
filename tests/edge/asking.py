"""A client without a network: it calls an ASGI application as a server does, and undoes nothing of the answer."""

import asyncio
import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote_to_bytes

import attrs
from starlette.types import ASGIApp, Message


@attrs.frozen
class Answer:
    """What came back, as it was sent."""

    status: int
    headers: Mapping[str, str]
    content: bytes

    def json(self) -> Any:
        """The content as JSON."""
        return json.loads(self.content)


@attrs.frozen
class Client:
    """Asks an application."""

    app: ASGIApp

    def get(self, path: str, headers: Mapping[str, str] | None = None) -> Answer:
        """Ask with GET."""
        return self.request("GET", path, headers)

    def head(self, path: str, headers: Mapping[str, str] | None = None) -> Answer:
        """Ask with HEAD."""
        return self.request("HEAD", path, headers)

    def request(self, method: str, path: str, headers: Mapping[str, str] | None = None) -> Answer:
        """Ask with any method."""
        sent: list[Message] = []
        raw, _, query = path.partition("?")
        scope = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": method,
            "scheme": "http",
            "path": unquote_to_bytes(raw).decode("utf-8", "replace"),
            "raw_path": raw.encode(),
            "query_string": query.encode(),
            "root_path": "",
            "headers": [(name.lower().encode(), value.encode("latin-1")) for name, value in (headers or {}).items()],
            "client": ("127.0.0.1", 1),
            "server": ("127.0.0.1", 80),
        }

        async def receive() -> Message:
            return {"type": "http.request", "body": b"", "more_body": False}

        async def send(message: Message) -> None:
            sent.append(message)

        async def ask() -> None:
            await self.app(scope, receive, send)

        asyncio.run(ask())
        fields: dict[str, str] = {}
        for name, value in sent[0]["headers"]:
            assert name.decode() not in fields, name
            fields[name.decode()] = value.decode("latin-1")
        return Answer(sent[0]["status"], fields, b"".join(each.get("body", b"") for each in sent[1:]))
