"""What the server offers, as an OpenAPI document (3.1). Written by hand; a test holds it to the routes."""

from typing import Any

_TEXT = {"type": "string"}
_FIELDS = ["ETag", "Last-Modified", "Cache-Control", "Vary"]
_CONDITIONS = [
    {"name": "If-None-Match", "in": "header", "schema": _TEXT, "description": "The ETag that the reader has."},
    {"name": "If-Modified-Since", "in": "header", "schema": _TEXT, "description": "Counts without If-None-Match."},
]


def document(version: str, *, tokens: bool, pages: bool) -> dict[str, Any]:
    """The document of a server with or without tokens, and with or without pages."""
    paths = {
        ("/feeds/{token}/{rulebook}/{unit}.ics" if tokens else "/feeds/{rulebook}/{unit}.ics"): _feed(tokens=tokens),
        "/health": _both("Whether what is served is what the rule files say", {"200": _health()}),
        "/openapi.json": _both("This document", {"200": _body("The document", "application/json", {"type": "object"})}),
    }
    if pages:
        paths |= _pages(tokens=tokens)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "cyclekit",
            "version": version,
            "description": "Calendars of due dates, to subscribe to. Any other method is answered with 405.",
        },
        "paths": paths,
    }


def _feed(*, tokens: bool) -> dict[str, Any]:
    responses = {
        "200": _body("The unit's calendar (RFC 5545), the same bytes as long as nothing changes", "text/calendar"),
        "304": _kept(),
        "404": _absent(tokens=tokens),
    }
    return _both("The calendar of a unit", responses, _unit(tokens=tokens))


def _pages(*, tokens: bool) -> dict[str, Any]:
    page = {"200": _body("The page", "text/html"), "304": _kept()}
    of_unit = _both("The page of a unit", {**page, "404": _absent(tokens=tokens)}, _unit(tokens=tokens))
    style = {"200": _body("The style sheet", "text/css"), "304": _kept()}
    found: dict[str, Any] = {
        ("/units/{token}/{rulebook}/{unit}" if tokens else "/units/{rulebook}/{unit}"): of_unit,
        "/pages.css": _both("The style sheet of the pages", style, _CONDITIONS),
    }
    if not tokens:
        query = {"name": "q", "in": "query", "schema": _TEXT, "description": "Words of the units' names."}
        found["/"] = _both("All units, to search", page, [query, *_CONDITIONS])
    return found


def _unit(*, tokens: bool) -> list[dict[str, Any]]:
    names = ["token", "rulebook", "unit"] if tokens else ["rulebook", "unit"]
    inside = [{"name": name, "in": "path", "required": True, "schema": {**_TEXT, "minLength": 1}} for name in names]
    return [*inside, *_CONDITIONS]


def _both(summary: str, responses: dict[str, Any], parameters: list[dict[str, Any]] | None = None) -> dict[str, Any]:
    """GET, and HEAD, which answers the same without a body."""
    head = {
        status: {key: value for key, value in each.items() if key != "content"} for status, each in responses.items()
    }
    found: dict[str, Any] = {
        "get": {"summary": summary, "responses": responses},
        "head": {"summary": f"{summary}: the fields alone", "responses": head},
    }
    return {"parameters": parameters, **found} if parameters else found


def _body(description: str, media_type: str, schema: dict[str, Any] | None = None) -> dict[str, Any]:
    found: dict[str, Any] = {"description": description, "content": {media_type: {"schema": schema or _TEXT}}}
    if schema is None:
        found["headers"] = {name: {"schema": _TEXT} for name in _FIELDS}
    return found


def _kept() -> dict[str, Any]:
    return {"description": "The reader has these bytes", "headers": {name: {"schema": _TEXT} for name in _FIELDS}}


def _absent(*, tokens: bool) -> dict[str, Any]:
    why = "There is no such unit" + (", or the token does not open it" if tokens else "")
    return {"description": why, "content": {"text/plain": {"schema": _TEXT}}}


def _health() -> dict[str, Any]:
    schema = {
        "type": "object",
        "required": ["status", "errors", "since"],
        "properties": {
            "status": {"enum": ["ok", "stale"]},
            "errors": {"type": "integer", "minimum": 0},
            "since": {"type": "string", "format": "date-time"},
        },
    }
    return _body("ok: as the files say; stale: the last state that was right", "application/json", schema)
