"""yaml-language-server, driven as an editor drives it: JSON-RPC with headers, over its standard streams."""

import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from tests.clients.programs import installed

SERVER = "node/node_modules/yaml-language-server/bin/yaml-language-server"


class Editor:
    """An editor with one server. ``schemas`` are file patterns by the address of their schema."""

    def __init__(self, process: "subprocess.Popen[bytes]", schemas: dict[str, str]) -> None:
        self._process = process
        self._number = 0
        self._schemas = schemas
        self._marked: dict[str, list[dict[str, Any]]] = {}
        capabilities = {"workspace": {"configuration": True, "didChangeConfiguration": {"dynamicRegistration": True}}}
        self.ask("initialize", processId=None, rootUri=None, capabilities=capabilities)
        self.tell("initialized")
        self.tell("workspace/didChangeConfiguration", settings={"yaml": self._settings()})

    def _settings(self) -> dict[str, Any]:
        # Nothing is fetched: the only schemas are those that are here.
        store = {"enable": False, "url": ""}
        return {"schemas": self._schemas, "schemaStore": store, "validate": True, "hover": True, "completion": True}

    def tell(self, method: str, **params: Any) -> None:
        """Send a notification."""
        self._send({"method": method, "params": params})

    def ask(self, method: str, **params: Any) -> Any:
        """Send a request and wait for its result; what comes in between is answered."""
        self._number += 1
        number = self._number
        self._send({"id": number, "method": method, "params": params})
        while True:
            message = self._next()
            if message.get("id") == number and "method" not in message:
                assert "error" not in message, (method, message)
                return message.get("result")

    def marked(self, texts: dict[str, str]) -> dict[str, list[dict[str, Any]]]:
        """Open texts by their addresses, and what is marked in each."""
        for address, text in texts.items():
            self._marked.pop(address, None)
            opened = {"uri": address, "languageId": "yaml", "version": 1, "text": text}
            self.tell("textDocument/didOpen", textDocument=opened)
        while not texts.keys() <= self._marked.keys():
            self._next()
        return {address: self._marked[address] for address in texts}

    def at(self, method: str, address: str, line: int, column: int) -> Any:
        """What a request of an open text says at a place, counted from 0."""
        position = {"line": line, "character": column}
        return self.ask(f"textDocument/{method}", textDocument={"uri": address}, position=position)

    def _send(self, message: dict[str, Any]) -> None:
        data = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self._process.stdin is not None
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(data) + data)
        self._process.stdin.flush()

    def _next(self) -> dict[str, Any]:
        """The next message; a request of the server's is answered."""
        stream = self._process.stdout
        assert stream is not None
        length = 0
        while line := stream.readline().strip():
            name, _, value = line.partition(b":")
            if name.lower() == b"content-length":
                length = int(value)
        assert length, "the server is gone"
        message: dict[str, Any] = json.loads(stream.read(length))
        method, params = message.get("method"), message.get("params")
        if method == "textDocument/publishDiagnostics" and params is not None:
            self._marked[params["uri"]] = params["diagnostics"]
        elif method == "workspace/configuration" and params is not None:
            answers = [self._settings() if each.get("section") == "yaml" else {} for each in params["items"]]
            self._send({"id": message["id"], "result": answers})
        elif method is not None and "id" in message:
            self._send({"id": message["id"], "result": None})
        return message


@contextmanager
def editor(schemas: dict[str, str]) -> Iterator[Editor]:
    """An editor whose server runs, ended afterwards."""
    command = ["node", str(installed(SERVER)), "--stdio"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        try:
            yield Editor(process, schemas)
        finally:
            process.terminate()
            process.wait(timeout=30)
