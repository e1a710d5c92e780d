"""Which process drives a run, the slots others use, and what processes ask of each other."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from tradewind.model.ids import RunKey
from tradewind.model.records import OwnerRecord, RequestRecord
from tradewind.store.errors import OwnedRunError
from tradewind.store.sql.coding import encode_plain, instant, plain_object, to_micros
from tradewind.store.sql.port import Connection

CLAIM = """
UPDATE run SET owner_id = ?1, owner_pid = ?2, owner_host = ?3, epoch = epoch + 1, claimed_at = ?4
WHERE dag_id = ?5 AND run_id = ?6 AND (owner_id IS ?7 OR owner_id = ?1) RETURNING epoch"""
RELEASE = """
UPDATE run SET owner_id = NULL, owner_pid = NULL, owner_host = NULL
WHERE dag_id = ? AND run_id = ? AND owner_id = ?"""
WISHES = """
FROM request WHERE kind IN ({kinds}) AND NOT EXISTS (
  SELECT 1 FROM run r
  WHERE r.dag_id = request.dag_id AND r.run_id = request.run_id AND r.owner_id IS NOT NULL AND r.owner_id != ?)"""
ABOUT_NO_RUN = ("", "")


def claim(connection: Connection, key: RunKey, wanted: OwnerRecord, instead_of: str | None) -> int:
    row = (wanted.owner_id, wanted.pid, wanted.host, to_micros(wanted.claimed_at), key.dag_id, key.run_id, instead_of)
    claimed = connection.execute(CLAIM, row).fetchone()
    if claimed is None:
        raise owned(key, owner(connection, key))
    return claimed[0]


def release(connection: Connection, key: RunKey, owner_id: str) -> bool:
    return connection.execute(RELEASE, (key.dag_id, key.run_id, owner_id)).rowcount == 1


def owner(connection: Connection, key: RunKey) -> OwnerRecord | None:
    query = """
        SELECT owner_id, owner_pid, owner_host, epoch, claimed_at FROM run
        WHERE dag_id = ? AND run_id = ? AND owner_id IS NOT NULL"""
    row = connection.execute(query, (key.dag_id, key.run_id)).fetchone()
    return OwnerRecord(*row[:4], claimed_at=instant(row[4])) if row else None


def owned(key: RunKey, standing: OwnerRecord | None) -> OwnedRunError:
    run = f"run {key.run_id!r} of DAG {key.dag_id!r}"
    if standing is None:
        return OwnedRunError(f"{run} was let go by the process that drove it just now", hint="try again")
    return OwnedRunError(
        f"{run} is being driven by process {standing.pid} on {standing.host} (owner {standing.owner_id})",
        hint="wait for it, or cancel it: `tradewind runs cancel`",
    )


def slots_elsewhere(connection: Connection, owner_id: str) -> dict[str, int]:
    query = """
        SELECT pool, CAST(sum(slots) AS BIGINT) FROM (
            SELECT t.pool AS pool, t.pool_slots AS slots, r.owner_id AS owner FROM try t JOIN run r ON r.id = t.run
            WHERE t.state IN ('queued', 'running')
            UNION ALL SELECT t.pool, t.pool_slots, r.owner_id FROM deferral d JOIN try t ON t.try_id = d.try_id
            JOIN run r ON r.id = d.run JOIN pool p ON p.name = t.pool AND p.include_deferred = 1
            WHERE d.is_resumed = 0
        ) AS held WHERE owner IS NOT NULL AND owner != ? GROUP BY pool"""
    return dict(connection.execute(query, (owner_id,)).fetchall())


def add_request(
    connection: Connection, kind: str, key: RunKey | None, payload: dict[str, object], who: str, now: datetime
) -> None:
    connection.execute(
        "INSERT INTO request (kind, dag_id, run_id, payload, who, at) VALUES (?, ?, ?, ?, ?, ?)",
        (kind, *_names(key), encode_plain(payload), who, to_micros(now)),
    )


def has_requests(connection: Connection, keys: Iterable[RunKey | None]) -> bool:
    query = "SELECT 1 FROM request WHERE dag_id = ? AND run_id = ? LIMIT 1"
    return any(connection.execute(query, _names(key)).fetchone() for key in keys)


def take_requests(connection: Connection, keys: Iterable[RunKey | None]) -> list[RequestRecord]:
    query = """
        DELETE FROM request WHERE dag_id = ? AND run_id = ? RETURNING id, kind, dag_id, run_id, payload, who, at"""
    rows = [row for key in keys for row in connection.execute(query, _names(key)).fetchall()]
    return _requests(rows)


def has_wishes(connection: Connection, owner_id: str, kinds: Collection[str]) -> bool:
    query = f"SELECT 1 {WISHES.format(kinds=', '.join('?' * len(kinds)))} LIMIT 1"
    return connection.execute(query, (*kinds, owner_id)).fetchone() is not None


def take_wishes(connection: Connection, owner_id: str, kinds: Collection[str]) -> list[RequestRecord]:
    """Those about runs that this owner or nobody drives, and about no run."""
    which = WISHES.format(kinds=", ".join("?" * len(kinds)))
    query = f"DELETE {which} RETURNING id, kind, dag_id, run_id, payload, who, at"
    return _requests(connection.execute(query, (*kinds, owner_id)).fetchall())


def _requests(rows: list[Any]) -> list[RequestRecord]:
    return [
        RequestRecord(number, kind, dag_id, run_id, plain_object(payload), who, instant(at))
        for number, kind, dag_id, run_id, payload, who, at in sorted(rows, key=lambda row: row[0])
    ]


def _names(key: RunKey | None) -> tuple[str, str]:
    return ABOUT_NO_RUN if key is None else (key.dag_id, key.run_id)
