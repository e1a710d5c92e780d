"""Whether each part of the service lives, by what its own loop writes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from tradewind.api.ours.bodies.home import PartHealth
from tradewind.model.service import JobKind, JobRecord

PARTS = (
    ("scheduler", JobKind.SCHEDULER),
    ("dag_processor", JobKind.DAG_PROCESSOR),
    ("triggerer", JobKind.TRIGGERER),
    ("api_server", JobKind.API_SERVER),
)


def health(jobs: Sequence[JobRecord], now: datetime) -> list[PartHealth]:
    """`jobs`: newest first, the ended ones too. Whoever answers could read the database: it is well."""
    return [PartHealth("metadatabase", "healthy", now, ""), *(_part(name, kind, jobs, now) for name, kind in PARTS)]


def _part(name: str, kind: JobKind, jobs: Sequence[JobRecord], now: datetime) -> PartHealth:
    living = [job for job in jobs if job.kind is kind and job.ended_at is None]
    if not living:
        return PartHealth(name, "absent", None, "none is running: `tradewind standalone` starts all parts")
    best = max(living, key=lambda job: job.lease_until)
    if now <= best.lease_until:
        return PartHealth(name, "healthy", best.heartbeat_at, "")
    return PartHealth(
        name, "unhealthy", best.heartbeat_at, f"process {best.pid} on {best.host} has not been heard of since"
    )
