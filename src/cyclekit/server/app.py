"""The routes, and what each of them answers."""

import json
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from cyclekit.server import openapi
from cyclekit.server.answers import CALENDAR, JSON, Kind, answer, as_json, not_found, told
from cyclekit.server.cache import Ready
from cyclekit.server.service import Service

MAX_AGE = 3600


class App:
    """What there is to ask for: feeds, whether all is well, and what the server offers."""

    def __init__(self, service: Service, *, max_age: int = MAX_AGE) -> None:
        self._service = service
        self._with_tokens = service.tokens is not None
        self._calendar = Kind(CALENDAR, max_age)
        told_of = openapi.document(_version(), tokens=self._with_tokens, pages=False)
        self._document = Ready.of(json.dumps(told_of).encode())
        self._started = service.snapshot.moment

    def routes(self) -> list[Route]:
        """Every route. HEAD comes with GET, and any other method is answered with 405."""
        token = "{token}/" if self._with_tokens else ""
        return [
            Route(f"/feeds/{token}{{rulebook}}/{{unit}}.ics", self.feed),
            Route("/health", self.health),
            Route("/openapi.json", self.openapi),
        ]

    def is_open(self, request: Request, name: str) -> bool:
        """Whether the request may read what concerns a unit. Asked before anything is looked up."""
        tokens = self._service.tokens
        return tokens is None or tokens.allows(request.path_params.get("token", ""), name)

    async def feed(self, request: Request) -> Response:
        """The feed of one unit."""
        snapshot = self._service.snapshot
        rulebook, unit = request.path_params["rulebook"], request.path_params["unit"]
        name = f"{rulebook}/{unit}"
        if not self.is_open(request, name) or not snapshot.has(rulebook, unit):
            return not_found()
        ready = await self._service.ready(snapshot, name, lambda: snapshot.feed(name))
        return answer(request, ready, snapshot.moment, self._calendar)

    async def health(self, _request: Request) -> Response:
        """Whether what is served is what the files say."""
        health = self._service.health
        since = self._service.snapshot.moment.isoformat(timespec="seconds")
        status = "stale" if health.is_stale else "ok"
        return as_json({"status": status, "errors": health.errors + health.tokens, "since": since})

    async def openapi(self, request: Request) -> Response:
        """What the server offers."""
        return answer(request, self._document, self._started, Kind(JSON, MAX_AGE))


def _version() -> str:
    try:
        return version("cyclekit")
    except PackageNotFoundError:
        return "0"


async def _refused(_request: Request, fault: Exception) -> Response:
    if isinstance(fault, HTTPException) and fault.status_code != 404:
        return told(fault.status_code, fault.detail, fault.headers)
    return not_found()


async def _failed(_request: Request, _fault: Exception) -> Response:
    return told(500, "Something went wrong here")


def application(service: Service, *, max_age: int = MAX_AGE) -> Starlette:
    """The application that answers from a service."""
    handlers: dict[Any, Any] = {HTTPException: _refused, Exception: _failed}
    found = Starlette(routes=App(service, max_age=max_age).routes(), exception_handlers=handlers)
    # A redirection would repeat the address, and whoever logs it the token.
    found.router.redirect_slashes = False
    return found
