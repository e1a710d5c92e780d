"""The API server's sign of life, as the other parts of the service give it: a row that its own loop renews. A loop that
is stuck, or a pool whose threads all hang, renews it no more, and shows."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import socket
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import uuid4

from tradewind import __version__
from tradewind.api.server import Server
from tradewind.model.errors import HomeError
from tradewind.model.service import JobKind, JobRecord
from tradewind.settings import Settings
from tradewind.store import open_store
from tradewind.store.base import Store
from tradewind.store.errors import StoreError

BEAT_EVERY_SECONDS = 2.0
LEASE = timedelta(seconds=6)
_log = logging.getLogger(__name__)


class Heartbeat:
    """Has a thread and a store of its own: what a store knows of its process's lease is no other call's business."""

    def __init__(self, settings: Settings, server: Server) -> None:
        self._settings = settings
        self._pool = server.threads
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="heartbeat")
        self._store: Store | None = None
        self._job_id = ""

    async def beat(self) -> None:
        """Until it is cancelled."""
        loop = asyncio.get_running_loop()
        try:
            while True:
                await loop.run_in_executor(self._pool, os.getpid)  # a call gets its turn
                await loop.run_in_executor(self._thread, self._tried, self._beat)
                await asyncio.sleep(BEAT_EVERY_SECONDS)
        finally:
            self._thread.submit(self._tried, self._end)
            self._thread.shutdown(wait=True)

    def _tried(self, do: Callable[[], None]) -> None:
        """Where the database is away, the next beat may reach it."""
        try:
            do()
        except (StoreError, HomeError) as error:
            _log.debug("no sign of life: %s", error)

    def _beat(self) -> None:
        if self._store is None:
            self._store = open_store(self._settings.database_url, home=self._settings.home)
        now = self._store.now()
        if self._job_id and self._store.beat(self._job_id, now=now, lease_until=now + LEASE, detail={}):
            return
        job_id = str(uuid4())
        self._store.register_job(
            JobRecord(job_id, JobKind.API_SERVER, os.getpid(), socket.gethostname(), now, now, now + LEASE, __version__)
        )
        self._job_id = job_id

    def _end(self) -> None:
        if self._store is None:
            return
        with contextlib.closing(self._store):
            if self._job_id:
                self._store.end_job(self._job_id, now=self._store.now())
