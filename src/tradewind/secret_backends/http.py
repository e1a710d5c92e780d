"""Requests to a service that keeps secrets: short timeouts, no redirects, and errors without what was sent."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, urlsplit

import msgspec
import urllib3

from tradewind.secret_backends.base import SecretBackendError

MAX_ANSWER_BYTES = 4 * 1024 * 1024


class Http:
    def __init__(self, name: str, timeout_seconds: float) -> None:
        self._name = name
        self._pool = urllib3.PoolManager(retries=False, timeout=timeout_seconds)

    def json(
        self, method: str, url: str, *, headers: Mapping[str, str] | None = None, body: str | None = None
    ) -> dict[str, Any] | None:
        """None: 404. Raises SecretBackendError."""
        try:
            answer = self._pool.request(method, url, headers=headers, body=body, redirect=False, preload_content=False)
            raw = answer.read(MAX_ANSWER_BYTES)
            answer.release_conn()
        except urllib3.exceptions.HTTPError as error:
            raise SecretBackendError(
                f"{self._name} at {urlsplit(url).netloc} cannot be reached ({type(error).__name__})",
                hint="the task can be tried again when it is back",
            ) from error
        if answer.status == 404:
            return None
        if answer.status != 200:
            raise SecretBackendError(
                f"{self._name} at {urlsplit(url).netloc} answered {answer.status}",
                hint="look at the token's or account's rights" if answer.status in (401, 403) else "try again later",
            )
        try:
            return msgspec.json.decode(raw, type=dict[str, Any])
        except msgspec.MsgspecError as error:
            raise SecretBackendError(f"{self._name}'s answer is no JSON object") from error


def segment(key: str) -> str | None:
    """A key as one or more segments of a path; None where it could lead out of its folder: there is no such secret."""
    parts = key.split("/")
    if any(part in ("", ".", "..") for part in parts):
        return None
    return "/".join(quote(part, safe="") for part in parts)
