"""A command that drives a run on a database for many machines says that it lives: else a scheduler elsewhere takes the
run over. (On SQLite the lock file of `scheduler.owner` says so.)"""

from __future__ import annotations

import logging
import threading
from collections.abc import Generator
from contextlib import contextmanager
from datetime import timedelta

from tradewind.cli.home import opened_store
from tradewind.model.errors import HomeError
from tradewind.model.service import JobKind, JobRecord
from tradewind.scheduler.owner import Owner
from tradewind.settings import Settings
from tradewind.store.base import Store

_log = logging.getLogger(__name__)
BEAT_EVERY_SECONDS = 1.0
LEASE = timedelta(seconds=10)


@contextmanager
def life_signs(settings: Settings, store: Store, owner: Owner) -> Generator[None]:
    """From a thread and on a connection of its own, until the block is left."""
    if not store.has_many_machines:
        yield
        return
    now = store.now()
    store.register_job(JobRecord(owner.id, JobKind.RUN, owner.pid, owner.host, now, now, now + LEASE))
    has_ended = threading.Event()
    thread = threading.Thread(target=_beat, args=(settings, owner.id, has_ended), name="life signs", daemon=True)
    thread.start()
    try:
        yield
    finally:
        has_ended.set()
        thread.join()
        store.end_job(owner.id, now=store.now())


def _beat(settings: Settings, job_id: str, has_ended: threading.Event) -> None:
    """Where the database is away, the next beat may reach it; what has been lost meanwhile, a commit says."""
    while not has_ended.is_set():
        try:
            with opened_store(settings) as store:
                while not has_ended.wait(BEAT_EVERY_SECONDS):
                    now = store.now()
                    store.beat(job_id, now=now, lease_until=now + LEASE, detail={})
        except HomeError as error:
            _log.debug("no sign of life: %s", error)
            has_ended.wait(BEAT_EVERY_SECONDS)
