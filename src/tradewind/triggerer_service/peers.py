"""Which triggerers live: what a dead one held is taken over."""

from __future__ import annotations

import os
import socket

from tradewind.model.service import JobKind, JobRecord
from tradewind.store.base import Store


def alive_peers(store: Store, *, besides: str) -> list[str]:
    """Job ids, newest first. One on this machine whose process is gone is dead though its lease may still run."""
    return list(held_by_peers(store, besides=besides))


def held_by_peers(store: Store, *, besides: str) -> dict[str, int]:
    """Job id → how many waits it said it holds; newest first."""
    jobs = store.jobs(kind=JobKind.TRIGGERER, only_alive=True)
    alive = [job for job in jobs if job.job_id != besides and not _is_known_dead(job)]
    return {job.job_id: int(job.detail.get("running", 0)) for job in alive}


def _is_known_dead(job: JobRecord) -> bool:
    if job.host != socket.gethostname():
        return False
    try:
        os.kill(job.pid, 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False
