"""Keeping house: deleting runs, the artifacts that are free then, and looking for what is wrong."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from datetime import datetime
from typing import Any

from tradewind.model.ids import RunKey
from tradewind.store.base import NOTE
from tradewind.store.sql import audit_chain, journal_artifacts, ownership
from tradewind.store.sql.coding import encode_json, to_micros
from tradewind.store.sql.port import Connection
from tradewind.store.sql.runs import row_id

ACTIVE = "state IN ('queued', 'running')"
TABLES = (
    "run",
    "dag",
    "dag_version",
    "import_error",
    "request",
    "variable",
    "connection",
    "pool",
    "asset",
    "backfill",
    "dag_file",
    "stamp",
    "job",
    "audit",
    "audit_chain",
    "account",
    "role",
    "signin_failure",
    "journal",
    "cached",
)
"""All but those whose rows go with rows of these, and the list of free artifacts: their files are still there."""
_ENDED_RUNS = f"SELECT id FROM run WHERE ended_at < ? AND NOT {ACTIVE} LIMIT ?"
_OUTLIVED = (
    """DELETE FROM asset_event WHERE id IN (SELECT e.id FROM asset_event e WHERE e.at < ?
      AND NOT EXISTS (SELECT 1 FROM asset_event_use u WHERE u.event = e.id AND u.run IS NULL) LIMIT ?)""",
    "DELETE FROM backfill WHERE id IN (SELECT id FROM backfill WHERE ended_at < ? LIMIT ?)",
    "DELETE FROM request WHERE id IN (SELECT id FROM request WHERE kind = 'answer' AND at < ? LIMIT ?)",
    "DELETE FROM cached WHERE key IN (SELECT key FROM cached WHERE at < ? LIMIT ?)",
    "DELETE FROM job WHERE job_id IN (SELECT job_id FROM job WHERE coalesce(ended_at, lease_until) < ? LIMIT ?)",
)
"""What is kept for as long as runs are; answers that nobody waited for. An event that a DAG still waits with stays."""
RUNS_AT_ONCE = 50
ROWS_AT_ONCE = 2000


# ------------------------------------------------------------------------------------------ deletion


def delete_run(connection: Connection, key: RunKey, even_if_owned_by: str | None) -> None:
    run = row_id(connection, key)
    query = f"SELECT 1 FROM run WHERE id = ? AND {ACTIVE} AND owner_id IS NOT NULL AND owner_id IS NOT ?"
    if connection.execute(query, (run, even_if_owned_by)).fetchone():
        raise ownership.owned(key, ownership.owner(connection, key))
    _delete(connection, "id = ?", (run,))


def clean_some(connection: Connection, before: datetime) -> tuple[int, bool]:
    """How many runs, and whether there may be more to clean: a transaction that deleted all that years have left behind
    would keep everybody else from writing for minutes."""
    at = to_micros(before)
    runs = _delete(connection, f"id IN ({_ENDED_RUNS})", (at, RUNS_AT_ONCE))
    rows = [connection.execute(statement, (at, ROWS_AT_ONCE)).rowcount for statement in _OUTLIVED]
    rows.append(audit_chain.forget(connection, at, ROWS_AT_ONCE))
    entries, keys = journal_artifacts.forget_replaced(connection, at, ROWS_AT_ONCE)
    _may_be_free(connection, keys)
    rows.append(entries)
    return runs, runs == RUNS_AT_ONCE or ROWS_AT_ONCE in rows


def reset(connection: Connection, even_if_owned_by: Collection[str]) -> None:
    query = f"""
        SELECT dag_id, run_id FROM run WHERE {ACTIVE} AND owner_id IS NOT NULL
        AND owner_id NOT IN (SELECT value FROM json_each(?)) LIMIT 1"""
    driven = connection.execute(query, (encode_json(sorted(even_if_owned_by)).decode(),)).fetchone()
    if driven is not None:
        key = RunKey(*driven)
        raise ownership.owned(key, ownership.owner(connection, key))
    _delete(connection, "true", ())
    for table in TABLES:
        connection.execute(f"DELETE FROM {table}")


def _delete(connection: Connection, which: str, values: tuple[Any, ...]) -> int:
    """Foreign keys take the rows of the runs along."""
    connection.execute(
        f"""INSERT INTO artifact_garbage (artifact) SELECT u.artifact FROM artifact_use u
        WHERE u.xcom IN (SELECT x.id FROM xcom x WHERE x.run IN (SELECT id FROM run WHERE {which}))
        ON CONFLICT DO NOTHING""",
        values,
    )
    _may_be_free(connection, journal_artifacts.of_runs(connection, which, values))
    return connection.execute(f"DELETE FROM run WHERE {which}", values).rowcount


def _may_be_free(connection: Connection, keys: Iterable[str]) -> None:
    statement = "INSERT INTO artifact_garbage (artifact) VALUES (?) ON CONFLICT DO NOTHING"
    connection.executemany(statement, [(key,) for key in sorted(keys)])


# ------------------------------------------------------------------------------------------ artifacts


def unused_artifacts(connection: Connection) -> list[str]:
    query = """
        SELECT artifact FROM artifact_garbage g
        WHERE NOT EXISTS (SELECT 1 FROM artifact_use u WHERE u.artifact = g.artifact) ORDER BY artifact"""
    free = [row[0] for row in connection.execute(query)]
    kept = journal_artifacts.named(connection) if free else set[str]()
    return [key for key in free if key not in kept]


def forget_artifacts(connection: Connection, keys: Iterable[str]) -> None:
    connection.executemany("DELETE FROM artifact_garbage WHERE artifact = ?", [(key,) for key in keys])


def keys_in_use(connection: Connection, keys: Iterable[str]) -> set[str]:
    wanted = set(keys)
    query = """
        SELECT value FROM json_each(?) wanted
        WHERE EXISTS (SELECT 1 FROM artifact_use u WHERE u.artifact = wanted.value)"""
    found = {row[0] for row in connection.execute(query, (encode_json(sorted(wanted)).decode(),))}
    left = wanted - found
    return found | (journal_artifacts.named(connection) & left if left else set())


# ------------------------------------------------------------------------------------------ check


def abandoned_runs(connection: Connection, is_alive: Callable[[str], bool] | None) -> list[str]:
    rows = connection.execute("SELECT dag_id, run_id, owner_id FROM run WHERE state = 'running' ORDER BY id")
    return [
        f"{NOTE}run {run_id!r} of DAG {dag_id!r} is running, but no process drives it: `tradewind runs resume`"
        for dag_id, run_id, owner_id in rows
        if owner_id is None or (is_alive is not None and not is_alive(owner_id))
    ]
