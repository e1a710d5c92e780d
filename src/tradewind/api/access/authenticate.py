"""Who calls: by bearer token or by the session cookie of a browser."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from starlette.requests import Request

from tradewind.api.access.rights import Identity
from tradewind.api.problems import Unauthorized
from tradewind.settings import Settings
from tradewind.store.base import Store


class Authenticator:
    def __init__(self, settings: Settings, store: Callable[[], Store]) -> None:
        self._settings = settings
        self._store = store

    def identity(self, request: Request, now: datetime) -> Identity:
        """Runs in a thread of the pool.

        Raises Unauthorized; Forbidden for a cookie without its CSRF token on a call that changes something."""
        raise Unauthorized("nobody is signed in", hint="sign in, or send `Authorization: Bearer <token>`")
