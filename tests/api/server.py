"""The API as its callers meet it: a real server on a port of its own, over a home that is thrown away."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import uvicorn
from msgspec.structs import replace

from tradewind import settings as settings_module
from tradewind.api.access.rights import Action, Grant, Identity, Resource
from tradewind.api.app import make_app
from tradewind.api.server import Server
from tradewind.api.web import Web
from tradewind.scheduler.clock import utc_now
from tradewind.settings import Settings
from tradewind.store import open_store
from tradewind.store.base import Store

ADMIN = Identity(1, "admin", ("admin",), tuple(Grant(one, action) for one in Resource for action in Action))
START_SECONDS = 60


class EverybodyIs:
    """An authenticator that asks for nothing: for tests of what comes after."""

    def __init__(self, who: Identity, real: Any = None) -> None:
        self.who = who
        self._real = real

    def __getattr__(self, name: str) -> Any:
        """What else an authenticator knows: of roles, of sessions."""
        return getattr(self._real, name)

    def identity(self, request: Any, now: datetime) -> Identity:
        return self.who

    def is_still(self, who: Identity, now: datetime) -> bool:
        return who == self.who


class Served:
    """One server and its home."""

    def __init__(self, settings: Settings, server: Server, port: int) -> None:
        self.settings = settings
        self.server = server
        self.url = f"http://127.0.0.1:{port}"
        self.store: Store = open_store(settings.database_url, home=settings.home)
        """The test's own."""

    @contextmanager
    def signed_in_as(self, *grants: Grant) -> Iterator[None]:
        """Meanwhile every caller is somebody with these rights alone."""
        before = self.server.authenticator
        somebody = EverybodyIs(replace(ADMIN, user_id=2, name="somebody", roles=(), grants=grants))
        self.server.authenticator = somebody  # pyright: ignore[reportAttributeAccessIssue]
        try:
            yield
        finally:
            self.server.authenticator = before


@contextmanager
def served(home: Path, **changes: Any) -> Iterator[Served]:
    """Everybody is the admin."""
    home.mkdir(mode=0o700, exist_ok=True)
    settings = settings_module.load({}, overrides={"home": str(home), **changes}, cwd=home)
    open_store(settings.database_url, home=settings.home).close()
    server = Server(settings, utc_now)
    server.authenticator = EverybodyIs(ADMIN, server.authenticator)  # pyright: ignore[reportAttributeAccessIssue]
    listening = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(make_app(server), log_level="warning", lifespan="off", timeout_graceful_shutdown=5)
    web = Web(config, server)
    thread = threading.Thread(target=lambda: asyncio.run(web.serve([listening])), daemon=True)
    thread.start()
    found = Served(settings, server, listening.getsockname()[1])
    try:
        yield found
    finally:
        web.should_exit = True
        thread.join(START_SECONDS)
        found.store.close()
        server.close()
        listening.close()
