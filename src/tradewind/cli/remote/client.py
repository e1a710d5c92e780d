"""Calls to a server, and its refusals as errors of ours."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from typing import Any, cast

import msgspec
import urllib3

from tradewind import __version__
from tradewind.cli.remote.target import Remote
from tradewind.model.errors import NotFoundError, TradewindError

ROOT = "/api/tradewind/v1"
TIMEOUT_SECONDS = 60.0
CONNECT_SECONDS = 10.0


class ServerError(TradewindError):
    """The server cannot be reached, refuses, or is of another version."""


class Client:
    def __init__(self, remote: Remote, *, timeout_seconds: float = TIMEOUT_SECONDS) -> None:
        self.remote = remote
        timeout = urllib3.Timeout(connect=min(CONNECT_SECONDS, timeout_seconds), read=timeout_seconds)
        self._pool = urllib3.PoolManager(retries=False, timeout=timeout)

    def question(self, name: str, arguments: Any, answer: Any) -> Any:
        """Ask, and decode as `answer`. Raises NotFoundError, ServerError."""
        raw = base64.b64encode(msgspec.msgpack.encode(arguments)).decode()
        response = self.request("POST", f"{ROOT}/ask/{name}", {"arguments": raw})
        try:
            return msgspec.msgpack.decode(response.data, type=answer)
        except msgspec.MsgspecError as error:
            raise self._of_another_version(str(error)) from error

    def request(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        headers: Mapping[str, str] | None = None,
        stream: bool = False,
    ) -> urllib3.BaseHTTPResponse:
        """Raises NotFoundError, ServerError."""
        sent = {"User-Agent": f"tradewind/{__version__}", **(headers or {})}
        if self.remote.token:
            sent["Authorization"] = f"Bearer {self.remote.token}"
        try:
            response = self._pool.request(
                method, f"{self.remote.url}{path}", json=body, headers=sent, preload_content=not stream, redirect=False
            )
        except urllib3.exceptions.HTTPError as error:
            raise ServerError(
                f"the server {self.remote.url} cannot be reached: {_cause(error)}",
                hint=f"{self.remote.origin or 'the address'} names it; an empty TRADEWIND_URL means this machine",
            ) from error
        if response.status >= 300:
            raise self._refusal(response, is_question=path.startswith(f"{ROOT}/ask/"))
        return response

    def close(self) -> None:
        self._pool.clear()

    def _refusal(self, response: urllib3.BaseHTTPResponse, *, is_question: bool) -> TradewindError:
        problem = _problem(response.data)
        detail, hint = str(problem.get("detail", "")), str(problem.get("hint", ""))
        if response.status == 401:
            return ServerError(
                f"{self.remote.url}: {detail or 'nobody is signed in'}", hint=f"tradewind login {self.remote.url}"
            )
        if response.status == 404 and problem and "question" not in detail and "there is no /api" not in detail:
            return NotFoundError(detail, hint=hint)
        is_unknown = (is_question and "version" in hint) or not problem or "there is no /api" in detail
        if response.status in (404, 422) and is_unknown:
            return self._of_another_version(detail or f"it answered {response.status}")
        if response.status < 400 or not problem:
            return ServerError(f"{self.remote.url} is no Tradewind server: it answered {response.status}")
        return ServerError(detail, hint=hint)

    def _of_another_version(self, why: str) -> ServerError:
        theirs = self._version()
        if theirs is None:
            return ServerError(f"{self.remote.url} is no Tradewind server that this client knows: {why}")
        hint = "use the same version on both sides" if theirs != __version__ else "look at the server's log"
        return ServerError(
            f"{self.remote.url} does not understand this client: {why} (server {theirs}, client {__version__})",
            hint=hint,
        )

    def _version(self) -> str | None:
        try:
            response = self._pool.request("GET", f"{self.remote.url}/api/openapi.json")
            return str(msgspec.json.decode(response.data)["info"]["version"])
        except (urllib3.exceptions.HTTPError, msgspec.MsgspecError, KeyError, TypeError):
            return None


def _problem(raw: bytes) -> dict[str, Any]:
    try:
        found: Any = msgspec.json.decode(raw)
    except msgspec.MsgspecError:
        return {}
    return cast("dict[str, Any]", found) if isinstance(found, dict) and "status" in found else {}


def _cause(error: Exception) -> str:
    reason: Any = getattr(error, "reason", None) or error
    return str(reason).rpartition(": ")[2] or type(error).__name__
