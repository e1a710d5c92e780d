"""From an HTTP request to an operation and back: size, who, rights, decoding, the thread, encoding, ETag, errors."""

from __future__ import annotations

import asyncio
import hashlib
import logging
import re
from collections.abc import Callable
from datetime import datetime
from typing import Any, get_args
from urllib.parse import unquote

import msgspec
from msgspec import Struct
from starlette.requests import Request
from starlette.responses import Response

from tradewind.api.access.rights import OF_DAGS, Action, Identity, Need
from tradewind.api.body_depth import is_deeper
from tradewind.api.call import Call
from tradewind.api.compressing import sent_as
from tradewind.api.operation import Operation
from tradewind.api.problems import (
    BadRequest,
    Forbidden,
    Invalid,
    NotFound,
    PasswordChangeRequired,
    Problem,
    TooLarge,
    Unavailable,
    refusal,
)
from tradewind.api.server import Server
from tradewind.model.errors import HomeError, NotFoundError, TradewindError
from tradewind.store.errors import StoreError

MAX_BODY_BYTES = 4 * 1024 * 1024
MAX_STRANGERS_BODY_BYTES = 64 * 1024
"""Of somebody who does not even try to say who it is."""
MAX_LEVELS = 200
"""Of JSON. Each process that a value goes through wraps it into something, and none may be the one where it ends."""
_NUL = re.compile(rb"(?<!\\)(?:\\\\)*\\u0000|\0")
NOBODY = Identity(0, "nobody", (), ())
ANY_DAG = "~"
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_LOST_PLUS = re.compile(r"(\d{4}-\d\d-\d\dT[\d:.]+) (\d\d:\d\d)$")
_log = logging.getLogger(__name__)


def endpoint(server: Server, operation: Operation) -> Callable[[Request], Any]:
    async def serve(request: Request) -> Response:
        try:
            raw = await _body(request, _limit(request)) if operation.body is not None else b""
            loop = asyncio.get_running_loop()
            return await loop.run_in_executor(server.threads, _serve, server, operation, request, raw)
        except Problem as problem:
            return refusal(problem)

    return serve


def _serve(server: Server, operation: Operation, request: Request, raw: bytes) -> Response:
    try:
        call = _call(server, operation, request, raw)
        found = operation.do(call)
        if operation.needs is not None and not any(one.is_allowed and one.is_final for one in call.decisions):
            raise Forbidden(f"{call.who.name} has no right to any of this")
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
    """Rights come before anything the caller sent is looked at."""
    now = server.clock()
    who = NOBODY if operation.needs is None else server.authenticator.identity(request, now)
    if who.must_change_password and not operation.is_open_before_password_change:
        raise PasswordChangeRequired(who.name)
    call: Call[Any, Any] = Call(
        server,
        who,
        path=_names_in_path(request),
        headers=request.headers,
        cookies=request.cookies,
        client=request.scope["tradewind.client"],
        now=now,
    )
    if operation.needs is None:
        call.is_open = True
    elif not operation.needs.is_asked_inside:
        _ask(call, operation.needs)
    call.query = _query(operation.query, request)
    call.body = _decoded(operation.body, raw)
    return call


def _ask(call: Call[Any, Any], need: Need) -> None:
    """`~` stands for all DAGs in lists alone: there is nothing that is done to all of them at once."""
    dag_id = call.path.get("dag_id") if need.resource in OF_DAGS else None
    if need.resource in OF_DAGS and need.action is Action.READ and dag_id in (None, ANY_DAG):
        call.begin(need.resource, need.action)
    else:
        call.require(need.resource, need.action, dag_id=dag_id)


def _limit(request: Request) -> int:
    is_stranger = "authorization" not in request.headers and "cookie" not in request.headers
    return MAX_STRANGERS_BODY_BYTES if is_stranger else MAX_BODY_BYTES


async def _body(request: Request, limit: int) -> bytes:
    parts = bytearray()
    async for part in request.stream():
        parts += part
        if len(parts) > limit:
            raise TooLarge(f"the body is larger than {limit:,} bytes")
    return bytes(parts)


def _names_in_path(request: Request) -> dict[str, str]:
    """Raises NotFound for what no name can have, and PostgreSQL cannot even be asked for."""
    found = {name: unquote(text) for name, text in request.path_params.items()}
    if any("\0" in text for text in found.values()):
        raise NotFound("no name has a NUL character")
    return found


def _decoded(kind: Any, raw: bytes) -> Any:
    if kind is None:
        return None
    if _NUL.search(raw):
        raise Invalid("the body has a NUL character", hint="texts are kept in databases, which do not take it")
    if is_deeper(raw, MAX_LEVELS):
        raise BadRequest(f"the body is nested more than {MAX_LEVELS} levels deep", hint="send such a value as a text")
    try:
        return msgspec.json.decode(raw or b"{}", type=kind)
    except msgspec.ValidationError as error:
        raise Invalid(f"the body is not as it should be: {error}", hint=_instant_hint(error)) from error
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
        raise BadRequest(f"the body is not JSON: {error}") from error


def _query(kind: type[Struct], request: Request) -> Any:
    """Parameters that a Struct does not name are ignored, as Airflow does."""
    many = request.query_params
    found: dict[str, Any] = {}
    for field in msgspec.structs.fields(kind):
        values = many.getlist(field.encode_name)
        if any("\0" in value for value in values):
            raise Invalid(f"the parameter {field.encode_name} has a NUL character")
        if values:
            found[field.encode_name] = values if _is_many(field.type) else _said(field.type, values[-1])
    try:
        return msgspec.convert(found, kind, strict=False)
    except msgspec.ValidationError as error:
        raise Invalid(f"a query parameter is not as it should be: {error}", hint=_instant_hint(error)) from error


def _said(kind: Any, value: str) -> str:
    """Of an instant: a day alone is its midnight in UTC; the `+` of its zone arrives as a space where it was not
    percent-encoded."""
    if datetime not in (kind, *get_args(kind)):
        return value
    if _DAY.fullmatch(value):
        return f"{value}T00:00:00Z"
    return _LOST_PLUS.sub(r"\1+\2", value)


def _instant_hint(error: msgspec.ValidationError) -> str:
    return "write instants like 2026-11-20T00:00:00Z" if "RFC3339" in str(error) else ""


def _is_many(kind: Any) -> bool:
    return getattr(kind, "__origin__", None) in (tuple, list, frozenset)


def _answer(operation: Operation, request: Request, found: Any) -> Response:
    if operation.answer is None:
        return Response(status_code=operation.status)
    raw = msgspec.json.encode(found)
    encodings = request.headers.get("accept-encoding", "")
    if request.method != "GET":
        body, headers = sent_as(raw, encodings)
        return Response(body, operation.status, headers, "application/json")
    tag = f'W/"{hashlib.blake2b(raw, digest_size=12).hexdigest()}"'
    headers = {"ETag": tag, "Cache-Control": "no-cache, private"}
    if tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    body, said = sent_as(raw, encodings)
    return Response(body, operation.status, headers | said, "application/json")
