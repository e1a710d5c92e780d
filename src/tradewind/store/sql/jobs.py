"""Rows of the service's processes, what they hold when they die, and what people did beside runs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tradewind.model.ids import RunKey
from tradewind.model.records import OwnerRecord
from tradewind.model.service import AuditRecord, JobKind, JobRecord, LiveElsewhere
from tradewind.store.sql import audit_chain
from tradewind.store.sql.coding import encode_plain, from_micros, instant, plain_object, to_micros
from tradewind.store.sql.port import Connection

COLUMNS = "job_id, kind, pid, host, started_at, heartbeat_at, lease_until, version, detail, ended_at"
INSERT_JOB = f"INSERT INTO job ({COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, NULL)"
BEAT = "UPDATE job SET heartbeat_at = ?, lease_until = ?, detail = ? WHERE job_id = ? AND ended_at IS NULL"
LOSE_LEASE = "UPDATE job SET ended_at = ?1 WHERE job_id = ?2 AND ended_at IS NULL AND lease_until <= ?1"
END_JOB = "UPDATE job SET ended_at = ? WHERE job_id = ? AND ended_at IS NULL"
_OWNED = "dag_id, run_id, owner_id, owner_pid, owner_host, epoch, claimed_at"
SELECT_CLAIMED = f"""
SELECT {_OWNED} FROM run WHERE owner_id IS NOT NULL
UNION ALL SELECT {_OWNED} FROM run WHERE state = 'running' AND owner_id IS NULL"""
SELECT_OWNERS = f"SELECT {COLUMNS} FROM job WHERE job_id IN (SELECT owner_id FROM run WHERE owner_id IS NOT NULL)"
_SLOTS = "r.dag_id, r.run_id, t.task_id, t.pool, t.pool_slots"
_ELSEWHERE = "(r.owner_id != ? OR (r.owner_id IS NULL AND r.state = 'running'))"
"""A running run that nobody drives any more, and that nobody has taken over yet, still has its slots."""
SELECT_LIVE_ELSEWHERE = f"""
SELECT {_SLOTS} FROM try t CROSS JOIN run r
WHERE t.state IN ('queued', 'running') AND r.id = t.run AND {_ELSEWHERE}"""
"""From the live tries to their runs (`CROSS JOIN` keeps SQLite to that order), not through all tries there
ever were: it is asked at every turn of the scheduler."""
SELECT_DEFERRED_ELSEWHERE = f"""
SELECT {_SLOTS} FROM deferral d JOIN try t ON t.try_id = d.try_id JOIN run r ON r.id = d.run
JOIN pool p ON p.name = t.pool AND p.include_deferred = 1
WHERE EXISTS (SELECT 1 FROM pool WHERE include_deferred = 1)
AND d.is_resumed = 0 AND {_ELSEWHERE} ORDER BY d.id"""


def insert(connection: Connection, job: JobRecord) -> None:
    times = (to_micros(job.started_at), to_micros(job.heartbeat_at), to_micros(job.lease_until))
    detail = encode_plain(job.detail)
    connection.execute(INSERT_JOB, (job.job_id, job.kind, job.pid, job.host, *times, job.version, detail))


def beat(connection: Connection, job_id: str, heartbeat_at: int, lease_until: int, detail: dict[str, Any]) -> bool:
    return connection.execute(BEAT, (heartbeat_at, lease_until, encode_plain(detail), job_id)).rowcount == 1


def lose_lease(connection: Connection, job_id: str, at: int) -> None:
    """Others have taken over from it: its next beat says so. Nothing happens where its lease still holds."""
    connection.execute(LOSE_LEASE, (at, job_id))


def end(connection: Connection, job_id: str, at: int) -> None:
    connection.execute(END_JOB, (at, job_id))


def select(connection: Connection, kind: JobKind | None = None, alive_at: int | None = None) -> list[JobRecord]:
    """Newest first. `alive_at`: those only that have not ended and whose lease holds at this instant."""
    query, values = f"SELECT {COLUMNS} FROM job WHERE true", list[Any]()
    if kind is not None:
        query, values = f"{query} AND kind = ?", [*values, kind]
    if alive_at is not None:
        query, values = f"{query} AND ended_at IS NULL AND lease_until > ?", [*values, alive_at]
    rows = connection.execute(f"{query} ORDER BY started_at DESC, job_id DESC", values)
    return [_job_record(row) for row in rows]


def one(connection: Connection, job_id: str) -> JobRecord | None:
    row = connection.execute(f"SELECT {COLUMNS} FROM job WHERE job_id = ?", (job_id,)).fetchone()
    return _job_record(row) if row else None


def of_owners(connection: Connection) -> dict[str, JobRecord]:
    """Job id → the job, of those that runs are claimed by."""
    return {row[0]: _job_record(row) for row in connection.execute(SELECT_OWNERS)}


def abandoned(connection: Connection, is_gone: Callable[[str], bool]) -> list[tuple[RunKey, OwnerRecord | None]]:
    """Claimed runs whose owner is gone, also queued ones; and running ones that have none."""
    found: list[tuple[RunKey, OwnerRecord | None]] = []
    for dag_id, run_id, owner_id, pid, host, epoch, claimed_at in connection.execute(SELECT_CLAIMED):
        owner = None if owner_id is None else OwnerRecord(owner_id, pid, host, epoch, instant(claimed_at))
        if owner is None or is_gone(owner.owner_id):
            found.append((RunKey(dag_id, run_id), owner))
    return found


def live_elsewhere(connection: Connection, owner_id: str) -> list[LiveElsewhere]:
    """Also deferred ones, of pools that count those."""
    return [
        LiveElsewhere(RunKey(dag, run), task, pool, slots, is_deferred)
        for query, is_deferred in ((SELECT_LIVE_ELSEWHERE, False), (SELECT_DEFERRED_ELSEWHERE, True))
        for dag, run, task, pool, slots in connection.execute(query, (owner_id,)).fetchall()
    ]


def select_audit(connection: Connection, dag_id: str | None, limit: int) -> list[AuditRecord]:
    query, values = f"SELECT {audit_chain.COLUMNS} FROM audit", list[Any]()
    if dag_id is not None:
        query, values = f"{query} WHERE dag_id = ?", [dag_id]
    rows = connection.execute(f"{query} ORDER BY id DESC LIMIT ?", (*values, limit))
    return [AuditRecord(instant(row[0]), *row[1:6], detail=plain_object(row[6])) for row in rows]


def _job_record(row: tuple[Any, ...]) -> JobRecord:
    return JobRecord(
        job_id=row[0],
        kind=JobKind(row[1]),
        pid=row[2],
        host=row[3],
        started_at=instant(row[4]),
        heartbeat_at=instant(row[5]),
        lease_until=instant(row[6]),
        version=row[7],
        detail=plain_object(row[8]),
        ended_at=from_micros(row[9]),
    )
