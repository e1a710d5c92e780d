"""Which triggerers live: what a dead one held is taken over."""

from __future__ import annotations

import os
import socket

from tradewind.model.service import JobKind, JobRecord
from tradewind.store.base import Store


def alive_peers(store: Store, *, besides: str) -> list[str]:
    """Job ids, newest first. One on this machine whose process is gone is dead though its lease may still run."""
    jobs = store.jobs(kind=JobKind.TRIGGERER, only_alive=True)
    return [job.job_id for job in jobs if job.job_id != besides and not _is_known_dead(job)]


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
