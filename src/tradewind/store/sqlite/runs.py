"""Runs, task instances, tries, ownership: reading them, and what is written beside the states."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from tradewind.model.errors import NotFoundError
from tradewind.model.ids import MapPath, RunKey, TaskId, path_from_text, path_to_text
from tradewind.model.messages import GetTaskStates, RunRecord, TaskRecord
from tradewind.model.records import HistoryRecord, MetricRecord, OwnerRecord, RequestRecord, RunRows, TryRecord
from tradewind.model.states import RunState
from tradewind.store.sqlite.coding import encode_json, instant, plain_object, to_micros
from tradewind.store.sqlite.rows import (
    HISTORY_COLUMNS,
    RUN_COLUMNS,
    TASK_COLUMNS,
    TRY_COLUMNS,
    history_record,
    run_record,
    task_record,
    try_record,
)

OF_RUN = (
    "task_instance",
    "try",
    "expansion",
    "history",
)
"""Tables whose rows belong to a run by its row id and have nothing hanging on them; see also `delete_rows`."""
_LENGTHS = """
SELECT x.task_id, x.map_path, x.key, x.length FROM xcom x LEFT JOIN try t ON t.try_id = x.try_id
WHERE x.run = ? AND coalesce(t.state, 'success') = 'success'"""
# What a try pushed counts for expansions once that try has succeeded: the engine learns of it with the success.


def row_id(connection: sqlite3.Connection, key: RunKey) -> int:
    row = connection.execute("SELECT id FROM run WHERE dag_id = ? AND run_id = ?", (key.dag_id, key.run_id)).fetchone()
    if row is None:
        raise NotFoundError(f"there is no run {key.run_id!r} of DAG {key.dag_id!r}", hint="see `tradewind runs list`")
    return row[0]


def one_run(connection: sqlite3.Connection, key: RunKey) -> RunRecord | None:
    query = f"SELECT {RUN_COLUMNS} FROM run WHERE dag_id = ? AND run_id = ?"
    row = connection.execute(query, (key.dag_id, key.run_id)).fetchone()
    return run_record(row) if row else None


def many_runs(
    connection: sqlite3.Connection, dag_id: str | None, states: Iterable[RunState], limit: int, offset: int
) -> list[RunRecord]:
    wanted = [str(state) for state in states]
    where, values = ["1"], list[Any]()
    if dag_id is not None:
        where.append("dag_id = ?")
        values.append(dag_id)
    if wanted:
        where.append(f"state IN ({', '.join('?' * len(wanted))})")
        values += wanted
    query = f"SELECT {RUN_COLUMNS} FROM run WHERE {' AND '.join(where)} ORDER BY id DESC LIMIT ? OFFSET ?"
    return [run_record(row) for row in connection.execute(query, (*values, limit, offset))]


def previous_run(connection: sqlite3.Connection, key: RunKey, *, success_only: bool) -> RunRecord | None:
    query = f"""
        SELECT {RUN_COLUMNS} FROM run WHERE dag_id = ?1 AND run_id != ?2
          AND coalesce(logical_date, run_after) <
            (SELECT coalesce(logical_date, run_after) FROM run WHERE dag_id = ?1 AND run_id = ?2)
          {"AND state = 'success'" if success_only else ""}
        ORDER BY coalesce(logical_date, run_after) DESC LIMIT 1"""
    row = connection.execute(query, (key.dag_id, key.run_id)).fetchone()
    return run_record(row) if row else None


def rows_of(connection: sqlite3.Connection, key: RunKey) -> RunRows:
    run = row_id(connection, key)
    record = one_run(connection, key)
    assert record is not None, "its row id was just found"
    expansions = connection.execute("SELECT node_id, prefix, length FROM expansion WHERE run = ?", (run,))
    live = connection.execute(
        f"SELECT {TRY_COLUMNS} FROM try WHERE run = ? AND state IN ('queued', 'running') ORDER BY try_id", (run,)
    )
    lengths = connection.execute(_LENGTHS, (run,))
    return RunRows(
        run=record,
        expansions=[(node, path_from_text(prefix), length) for node, prefix, length in expansions],
        tasks=tasks_of(connection, run),
        live_tries=[try_record(row) for row in live],
        lengths=[(task, path_from_text(path), name, length) for task, path, name, length in lengths],
    )


def tasks_of(connection: sqlite3.Connection, run: int) -> list[TaskRecord]:
    rows = connection.execute(f"SELECT {TASK_COLUMNS} FROM task_instance WHERE run = ?", (run,))
    return sorted((task_record(row) for row in rows), key=lambda task: (task.task_id, task.map_path))


def tries_of(connection: sqlite3.Connection, run: int, task_id: TaskId | None, path: MapPath | None) -> list[TryRecord]:
    query, values = f"SELECT {TRY_COLUMNS} FROM try WHERE run = ?", list[Any]([run])
    if task_id is not None:
        query += " AND task_id = ?"
        values.append(task_id)
    if path is not None:
        query += " AND map_path = ?"
        values.append(path_to_text(path))
    return [try_record(row) for row in connection.execute(f"{query} ORDER BY queued_at, try_id", values)]


def history_of(connection: sqlite3.Connection, run: int, task_id: TaskId | None) -> list[HistoryRecord]:
    query, values = f"SELECT {HISTORY_COLUMNS} FROM history WHERE run = ?", list[Any]([run])
    if task_id is not None:
        query += " AND task_id = ?"
        values.append(task_id)
    return [history_record(row) for row in connection.execute(f"{query} ORDER BY id", values)]


def metrics_of(connection: sqlite3.Connection, run: int, task_id: TaskId | None) -> list[MetricRecord]:
    query = """
        SELECT t.task_id, t.map_path, m.try_id, m.name, m.value, m.step, m.at FROM metric m
        JOIN try t ON t.try_id = m.try_id WHERE t.run = ? AND (?2 IS NULL OR t.task_id = ?2) ORDER BY m.id"""
    return [
        MetricRecord(row[0], path_from_text(row[1]), *row[2:6], at=instant(row[6]))
        for row in connection.execute(query.replace("t.run = ?", "t.run = ?1"), (run, task_id))
    ]


def task_states(connection: sqlite3.Connection, request: GetTaskStates) -> list[dict[str, object]]:
    query, values = (
        """SELECT r.run_id, t.task_id, t.map_path, t.state FROM task_instance t JOIN run r ON r.id = t.run
        WHERE r.dag_id = ?""",
        list[Any]([request.dag_id]),
    )
    dates = None if request.logical_dates is None else [to_micros(at) for at in request.logical_dates]
    for column, wanted in (
        ("r.run_id", request.run_ids),
        ("t.task_id", request.task_ids),
        ("r.logical_date", dates),
    ):
        if wanted is not None:
            query += f" AND {column} IN ({', '.join('?' * len(wanted))})"
            values += wanted
    return [
        {"dag_id": request.dag_id, "run_id": run, "task_id": task, "map_path": path_from_text(path), "state": state}
        for run, task, path, state in connection.execute(query, values)
    ]


# ------------------------------------------------------------------------------------------ ownership, requests


def claim(connection: sqlite3.Connection, run: int, owner_id: str, pid: int, host: str, now: datetime) -> int:
    query = """
        UPDATE run SET owner_id = ?, owner_pid = ?, owner_host = ?, epoch = epoch + 1, claimed_at = ?
        WHERE id = ? RETURNING epoch"""
    return connection.execute(query, (owner_id, pid, host, to_micros(now), run)).fetchone()[0]


def release(connection: sqlite3.Connection, key: RunKey) -> None:
    connection.execute(
        "UPDATE run SET owner_id = NULL, owner_pid = NULL, owner_host = NULL WHERE dag_id = ? AND run_id = ?",
        (key.dag_id, key.run_id),
    )


def owner(connection: sqlite3.Connection, key: RunKey) -> OwnerRecord | None:
    query = """
        SELECT owner_id, owner_pid, owner_host, epoch, claimed_at FROM run
        WHERE dag_id = ? AND run_id = ? AND owner_id IS NOT NULL"""
    row = connection.execute(query, (key.dag_id, key.run_id)).fetchone()
    return OwnerRecord(*row[:4], claimed_at=instant(row[4])) if row else None


def slots_elsewhere(connection: sqlite3.Connection, owner_id: str) -> dict[str, int]:
    query = """
        SELECT t.pool, sum(t.pool_slots) FROM try t JOIN run r ON r.id = t.run
        WHERE t.state IN ('queued', 'running') AND r.owner_id IS NOT NULL AND r.owner_id != ? GROUP BY t.pool"""
    return dict(connection.execute(query, (owner_id,)).fetchall())


def add_request(
    connection: sqlite3.Connection, kind: str, key: RunKey, payload: dict[str, object], who: str, now: datetime
) -> None:
    connection.execute(
        "INSERT INTO request (kind, dag_id, run_id, payload, who, at) VALUES (?, ?, ?, ?, ?, ?)",
        (kind, key.dag_id, key.run_id, encode_json(payload), who, to_micros(now)),
    )


def take_requests(connection: sqlite3.Connection, keys: Iterable[RunKey]) -> list[RequestRecord]:
    found: list[RequestRecord] = []
    for key in keys:
        rows = connection.execute(
            "DELETE FROM request WHERE dag_id = ? AND run_id = ? RETURNING id, kind, payload, who, at",
            (key.dag_id, key.run_id),
        ).fetchall()
        found += [
            RequestRecord(row[0], row[1], key.dag_id, key.run_id, plain_object(row[2]), row[3], instant(row[4]))
            for row in rows
        ]
    return sorted(found, key=lambda request: request.request_id)


# ------------------------------------------------------------------------------------------ deletion


def delete_rows(connection: sqlite3.Connection, run: int) -> list[str]:
    """Everything of one run; returns the artifacts that only it used."""
    mine = "SELECT id FROM xcom WHERE run = ?"
    used = [
        row[0]
        for row in connection.execute(
            f"""SELECT DISTINCT artifact FROM artifact_use WHERE xcom IN ({mine}) AND artifact NOT IN
            (SELECT artifact FROM artifact_use WHERE xcom NOT IN ({mine}))""",
            (run, run),
        )
    ]
    connection.execute(f"DELETE FROM artifact_use WHERE xcom IN ({mine})", (run,))
    connection.execute("DELETE FROM xcom WHERE run = ?", (run,))
    for table in ("metric", "progress", "value_read"):
        connection.execute(f"DELETE FROM {table} WHERE try_id IN (SELECT try_id FROM try WHERE run = ?)", (run,))
    for table in OF_RUN:
        connection.execute(f"DELETE FROM {table} WHERE run = ?", (run,))
    connection.execute("DELETE FROM run WHERE id = ?", (run,))
    return used
