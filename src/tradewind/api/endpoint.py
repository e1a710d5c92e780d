"""From an HTTP request to an operation and back: size, who, rights, decoding, the thread, encoding, ETag, errors."""

from __future__ import annotations

import asyncio
import hashlib
import logging
from collections.abc import Callable
from typing import Any
from urllib.parse import unquote

import msgspec
from msgspec import Struct
from starlette.requests import Request
from starlette.responses import Response

from tradewind.api.access.rights import OF_DAGS, Identity
from tradewind.api.call import Call
from tradewind.api.operation import Operation
from tradewind.api.problems import (
    BadRequest,
    Forbidden,
    Invalid,
    NotFound,
    Problem,
    TooLarge,
    Unavailable,
    refusal,
)
from tradewind.api.server import Server
from tradewind.model.errors import HomeError, NotFoundError, TradewindError
from tradewind.store.errors import StoreError

MAX_BODY_BYTES = 4 * 1024 * 1024
NOBODY = Identity(0, "nobody", (), ())
ANY_DAG = "~"
_log = logging.getLogger(__name__)


def endpoint(server: Server, operation: Operation) -> Callable[[Request], Any]:
    async def serve(request: Request) -> Response:
        try:
            raw = await _body(request) if operation.body is not None else b""
            loop = asyncio.get_running_loop()
            return await loop.run_in_executor(server.threads, _serve, server, operation, request, raw)
        except Problem as problem:
            return refusal(problem)

    return serve


def _serve(server: Server, operation: Operation, request: Request, raw: bytes) -> Response:
    try:
        call = _call(server, operation, request, raw)
        found = operation.do(call)
        if operation.needs is not None and not call.decisions:
            raise Forbidden(f"{operation.name} asked for no right")
        return found if isinstance(found, Response) else _answer(operation, request, found)
    except Problem as problem:
        return refusal(problem)
    except NotFoundError as error:
        return refusal(NotFound(error.message, hint=error.hint))
    except (StoreError, HomeError) as error:
        _log.warning("%s: %s", operation.name, error)
        return refusal(Unavailable("the database cannot be used now", hint="the server's log says more"))
    except TradewindError as error:
        return refusal(BadRequest(error.message, hint=error.hint))
    except Exception:
        _log.exception("%s failed", operation.name)
        return refusal(_Broken("the server made a mistake; its log says more"))


class _Broken(Problem):
    status = 500


def _call(server: Server, operation: Operation, request: Request, raw: bytes) -> Call[Any, Any]:
    now = server.clock()
    who = NOBODY if operation.needs is None else server.authenticator.identity(request, now)
    path = {name: unquote(text) for name, text in request.path_params.items()}
    call = Call(
        server,
        who,
        path=path,
        query=_query(operation.query, request),
        body=_decoded(operation.body, raw),
        headers=request.headers,
        cookies=request.cookies,
        client=request.scope["tradewind.client"],
        now=now,
    )
    need = operation.needs
    if need is not None and not need.is_asked_inside:
        dag_id = path.get("dag_id") if need.resource in OF_DAGS else None
        call.require(need.resource, need.action, dag_id=None if dag_id == ANY_DAG else dag_id)
    return call


async def _body(request: Request) -> bytes:
    parts = bytearray()
    async for part in request.stream():
        parts += part
        if len(parts) > MAX_BODY_BYTES:
            raise TooLarge(f"the body is larger than {MAX_BODY_BYTES:,} bytes")
    return bytes(parts)


def _decoded(kind: Any, raw: bytes) -> Any:
    if kind is None:
        return None
    try:
        return msgspec.json.decode(raw or b"{}", type=kind)
    except msgspec.ValidationError as error:
        raise Invalid(f"the body is not as it should be: {error}") from error
    except (msgspec.DecodeError, RecursionError) as error:
        raise BadRequest(f"the body is not JSON: {error}") from error


def _query(kind: type[Struct], request: Request) -> Any:
    """Parameters that a Struct does not name are ignored, as Airflow does."""
    many = request.query_params
    found: dict[str, Any] = {}
    for field in msgspec.structs.fields(kind):
        values = many.getlist(field.encode_name)
        if values:
            found[field.encode_name] = values if _is_many(field.type) else values[-1]
    try:
        return msgspec.convert(found, kind, strict=False)
    except msgspec.ValidationError as error:
        raise Invalid(f"a query parameter is not as it should be: {error}") from error


def _is_many(kind: Any) -> bool:
    return getattr(kind, "__origin__", None) in (tuple, list, frozenset)


def _answer(operation: Operation, request: Request, found: Any) -> Response:
    if operation.answer is None:
        return Response(status_code=operation.status)
    raw = msgspec.json.encode(found)
    if request.method != "GET":
        return Response(raw, operation.status, media_type="application/json")
    tag = f'W/"{hashlib.blake2b(raw, digest_size=12).hexdigest()}"'
    headers = {"ETag": tag, "Cache-Control": "no-cache, private"}
    if tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    return Response(raw, operation.status, headers, "application/json")
