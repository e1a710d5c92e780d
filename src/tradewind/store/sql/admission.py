"""Queued runs that nobody drives yet: which there are, and whether one may start."""

from __future__ import annotations

from collections.abc import Iterable

from tradewind.model.ids import RunKey
from tradewind.model.records import OwnerRecord, RunRecord
from tradewind.model.states import RunState
from tradewind.store.sql.coding import to_micros
from tradewind.store.sql.port import Connection
from tradewind.store.sql.rows import RUN_COLUMNS, run_record

BUSY = "(state = 'running' OR (state = 'queued' AND owner_id IS NOT NULL))"
"""Runs that take a place under `max_active_runs`. Word for word what the index `run_busy` says of itself."""
WAITING = """
SELECT id, row_number() OVER (PARTITION BY dag_id ORDER BY id) AS place FROM run
WHERE state = 'queued' AND owner_id IS NULL
  AND dag_id NOT IN (SELECT dag_id FROM dag WHERE is_paused = 1)
  AND (backfill_id IS NULL OR backfill_id NOT IN (SELECT id FROM backfill WHERE is_paused = 1))"""
WAITING_RUNS = f"""
SELECT {", ".join(f"r.{name.strip()}" for name in RUN_COLUMNS.split(","))}
FROM ({{which}} ORDER BY place, id LIMIT ?) w JOIN run r ON r.id = w.id ORDER BY w.place, r.id"""
RUNNING = f"""
SELECT dag_id, count(*) FROM run WHERE {BUSY} AND backfill_id IS NULL AND state = 'running' GROUP BY dag_id"""
CANDIDATE = """
SELECT backfill_id FROM run WHERE dag_id = ? AND run_id = ? AND state = 'queued' AND owner_id IS NULL /* lock */"""
CLAIM = """
UPDATE run SET owner_id = ?, owner_pid = ?, owner_host = ?, epoch = epoch + 1, claimed_at = ?
WHERE dag_id = ? AND run_id = ? RETURNING epoch"""


def waiting_runs(connection: Connection, dag_id: str | None, limit: int) -> list[RunRecord]:
    """In turns of the DAGs, so that one with thousands of runs does not hide the others behind the limit."""
    which = WAITING if dag_id is None else f"{WAITING} AND dag_id = ?"
    values = (limit,) if dag_id is None else (dag_id, limit)
    return [run_record(row) for row in connection.execute(WAITING_RUNS.format(which=which), values)]


def running_counts(connection: Connection) -> dict[str, int]:
    return dict(connection.execute(RUNNING).fetchall())


def lock_dags(connection: Connection, dag_ids: Iterable[str]) -> None:
    """So that two who count at once do not both find the last place free. In one order, or they would wait for each
    other."""
    for dag_id in sorted(dag_ids):
        connection.execute("SELECT 1 FROM dag WHERE dag_id = ? /* lock */", (dag_id,)).fetchone()


def claim(connection: Connection, key: RunKey, wanted: OwnerRecord, max_active_runs: int) -> int | None:
    """Its DAG's row is locked (`lock_dags`)."""
    candidate = connection.execute(CANDIDATE, (key.dag_id, key.run_id)).fetchone()
    if candidate is None or _busy(connection, key.dag_id, candidate[0]) >= max_active_runs:
        return None
    row = (wanted.owner_id, wanted.pid, wanted.host, to_micros(wanted.claimed_at), key.dag_id, key.run_id)
    return connection.execute(CLAIM, row).fetchone()[0]


def _busy(connection: Connection, dag_id: str, backfill_id: int | None) -> int:
    same = "IS NULL" if backfill_id is None else "= ?"
    values = (dag_id,) if backfill_id is None else (dag_id, backfill_id)
    query = f"SELECT count(*) FROM run WHERE {BUSY} AND dag_id = ? AND backfill_id {same}"
    return connection.execute(query, values).fetchone()[0]


def failed_in_a_row(connection: Connection, dag_id: str, at_most: int) -> int:
    query = """
        SELECT state FROM run WHERE dag_id = ? AND ended_at IS NOT NULL ORDER BY ended_at DESC, id DESC LIMIT ?"""
    failed = 0
    for (state,) in connection.execute(query, (dag_id, at_most)).fetchall():
        if state != RunState.FAILED:
            break
        failed += 1
    return failed
