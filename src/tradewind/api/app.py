"""The ASGI application: routes from the tables of operations, the user interface's files, what is around every call."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp, Receive, Scope, Send

from tradewind.api.compressing import sent_as
from tradewind.api.door import Door
from tradewind.api.endpoint import endpoint
from tradewind.api.openapi import document
from tradewind.api.operation import Operation
from tradewind.api.ours import OPERATIONS as OURS
from tradewind.api.pages import Pages
from tradewind.api.problems import NotFound, Problem, WrongMethod, refusal
from tradewind.api.server import Server
from tradewind.api.v2.operations import OPERATIONS as V2

_METHODS = ("GET", "POST", "PATCH", "PUT", "DELETE", "OPTIONS")


def operations() -> tuple[Operation, ...]:
    return (*V2, *OURS)


def make_app(server: Server) -> ASGIApp:
    return Door(_RawPath(Starlette(routes=_routes(server, operations()))), server.settings.api)


def _routes(server: Server, rows: Sequence[Operation]) -> list[BaseRoute]:
    routes: list[BaseRoute] = [
        Route(row.path, endpoint(server, row), methods=[row.method], name=row.name)
        for row in sorted(rows, key=_words_first)
    ]
    described = msgspec.json.encode(document(rows))

    async def openapi(request: Request) -> Response:
        body, headers = sent_as(described, request.headers.get("accept-encoding", ""))
        return Response(body, headers=headers, media_type="application/json")

    routes.append(Route("/api/openapi.json", openapi))
    known = tuple(route for route in routes if isinstance(route, Route))

    async def nothing(request: Request) -> Response:
        return refusal(_missing(known, request.method, request.url.path))

    for below in ("/api/{rest:path}", "/auth/{rest:path}"):
        routes.append(Route(below, nothing, methods=_METHODS))
    routes.extend(_pages(Pages()))
    return routes


def _missing(routes: Sequence[Route], method: str, path: str) -> Problem:
    """Why nothing answers: the path, the method, or a client of Airflow 2."""
    allowed = {one for route in routes if route.path_regex.match(path) for one in route.methods or ()}
    if allowed:
        return WrongMethod(f"{path} takes no {method}", allowed)
    if path.startswith("/api/v1/"):
        return NotFound("there is no /api/v1: it went with Airflow 2", hint="use /api/v2 (apache-airflow-client 3)")
    return NotFound(f"there is no {path}", hint="see /api/openapi.json")


def _pages(pages: Pages) -> list[BaseRoute]:
    async def file(request: Request) -> Response:
        return pages.file(request) or refusal(NotFound(f"there is no {request.url.path}"))

    async def page(request: Request) -> Response:
        return pages.page(request)

    return [Route("/static/{name:path}", file), Route("/{rest:path}", page)]


def _words_first(row: Operation) -> list[bool]:
    """`…/taskInstances/list` is asked for before `…/taskInstances/{task_id}`."""
    return [segment.startswith("{") for segment in row.path.split("/")]


class _RawPath:
    """Routes see the path as it was sent, so that an encoded slash stays within its segment."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            raw: bytes = scope.get("raw_path") or scope["path"].encode()
            scope = {**scope, "path": raw.split(b"?")[0].decode("latin-1")}
        await self._app(scope, receive, send)
