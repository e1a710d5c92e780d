"""Reading runs, task instances, tries, and what they said of themselves."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from tradewind.model.errors import NotFoundError
from tradewind.model.ids import MapPath, RunKey, TaskId, path_from_text, path_to_text
from tradewind.model.messages import GetRuns, GetTaskStates
from tradewind.model.records import (
    OWN_METRICS,
    HistoryRecord,
    MetricRecord,
    ProgressRecord,
    ReaderRecord,
    RunRecord,
    RunRows,
    TaskRecord,
    TryRecord,
)
from tradewind.model.states import RunState
from tradewind.store.sql.coding import encode_json, from_micros, instant, to_micros, to_real
from tradewind.store.sql.port import Connection
from tradewind.store.sql.rows import (
    HISTORY_COLUMNS,
    RUN_COLUMNS,
    TASK_COLUMNS,
    TRY_COLUMNS,
    history_record,
    run_record,
    task_record,
    try_record,
)

SELECT_LENGTHS = """
SELECT x.task_id, x.map_path, x.key, x.length FROM xcom x LEFT JOIN try t ON t.try_id = x.try_id
WHERE x.run = ? AND coalesce(t.state, 'success') = 'success'"""
# What a try pushed counts for expansions once that try has succeeded: the engine learns of it with the success.


PREVIOUS = f"""
SELECT {{date}}, {RUN_COLUMNS} FROM run WHERE dag_id = ? AND {{date}} < ? {{which}} ORDER BY {{date}} DESC LIMIT 1"""


def row_id(connection: Connection, key: RunKey) -> int:
    row = connection.execute("SELECT id FROM run WHERE dag_id = ? AND run_id = ?", (key.dag_id, key.run_id)).fetchone()
    if row is None:
        raise NotFoundError(f"there is no run {key.run_id!r} of DAG {key.dag_id!r}", hint="see `tradewind runs list`")
    return row[0]


def one_run(connection: Connection, key: RunKey) -> RunRecord | None:
    query = f"SELECT {RUN_COLUMNS} FROM run WHERE dag_id = ? AND run_id = ?"
    row = connection.execute(query, (key.dag_id, key.run_id)).fetchone()
    return run_record(row) if row else None


def many_runs(
    connection: Connection, dag_id: str | None, states: Iterable[RunState], limit: int, offset: int
) -> list[RunRecord]:
    where, values = ["true"], list[Any]()
    if dag_id is not None:
        where.append("dag_id = ?")
        values.append(dag_id)
    if wanted := frozenset(states):
        newest = [_newest_in(state, dag_id) for state in sorted(wanted)]
        where.append(f"id IN ({' UNION ALL '.join(newest)})")
        values += [*([] if dag_id is None else [dag_id]), limit + offset] * len(wanted)
    query = f"SELECT {RUN_COLUMNS} FROM run WHERE {' AND '.join(where)} ORDER BY id DESC LIMIT ? OFFSET ?"
    return [run_record(row) for row in connection.execute(query, (*values, limit, offset))]


def _newest_in(state: RunState, dag_id: str | None) -> str:
    """Looked up state by state, in the order of an index: neither a rare state among a million runs nor a common one
    costs more than the runs that are asked for."""
    of_dag = "" if dag_id is None else "AND dag_id = ?"
    newest = f"SELECT id FROM run WHERE state = '{state}' {of_dag} ORDER BY id DESC LIMIT ?"
    return f"SELECT id FROM ({newest}) AS in_{state}"


def runs_asked_for(connection: Connection, request: GetRuns) -> list[RunRecord]:
    query, values = f"SELECT {RUN_COLUMNS} FROM run WHERE dag_id = ?", list[Any]([request.dag_id])
    dates = None if request.logical_dates is None else [to_micros(at) for at in request.logical_dates]
    kinds = (("run_id", "value", request.run_ids), ("logical_date", "CAST(value AS BIGINT)", dates))
    for column, value, wanted in kinds:
        if wanted is not None:
            query += f" AND {column} IN (SELECT {value} FROM json_each(?))"
            values.append(encode_json(wanted).decode())
    return [run_record(row) for row in connection.execute(f"{query} ORDER BY id", values)]


def previous_run(connection: Connection, key: RunKey, *, success_only: bool) -> RunRecord | None:
    """Of the run before it that has a logical date and the one before it that has none, the later one: so each is found
    by an index."""
    query = "SELECT coalesce(logical_date, run_after) FROM run WHERE dag_id = ? AND run_id = ?"
    found = connection.execute(query, (key.dag_id, key.run_id)).fetchone()
    if found is None:
        return None
    of_state = "AND state = 'success'" if success_only else ""
    kinds = (("logical_date", of_state), ("run_after", f"AND logical_date IS NULL {of_state}"))
    before = [
        row
        for date, which in kinds
        for row in connection.execute(PREVIOUS.format(date=date, which=which), (key.dag_id, found[0]))
    ]
    newest = max(before, key=lambda row: row[0], default=None)
    return run_record(newest[1:]) if newest else None


def rows_of(connection: Connection, key: RunKey) -> RunRows:
    run = row_id(connection, key)
    record = one_run(connection, key)
    assert record is not None, "its row id was just found"
    expansions = connection.execute("SELECT node_id, prefix, length FROM expansion WHERE run = ?", (run,))
    live = connection.execute(
        f"SELECT {TRY_COLUMNS} FROM try WHERE run = ? AND state IN ('queued', 'running') ORDER BY try_id", (run,)
    )
    lengths = connection.execute(SELECT_LENGTHS, (run,))
    (since,) = connection.execute("SELECT running_since FROM run WHERE id = ?", (run,)).fetchone()
    return RunRows(
        run=record,
        expansions=[(node, path_from_text(prefix), length) for node, prefix, length in expansions],
        tasks=tasks_of(connection, run),
        live_tries=[try_record(row) for row in live],
        lengths=[(task, path_from_text(path), name, length) for task, path, name, length in lengths],
        running_since=from_micros(since),
    )


def tasks_of(connection: Connection, run: int) -> list[TaskRecord]:
    rows = connection.execute(f"SELECT {TASK_COLUMNS} FROM task_instance WHERE run = ?", (run,))
    return sorted((task_record(row) for row in rows), key=lambda task: (task.task_id, task.map_path))


def tries_of(
    connection: Connection, run: int, task_id: TaskId | None, path: MapPath | None, *, with_callbacks: bool
) -> list[TryRecord]:
    query, values = f"SELECT {TRY_COLUMNS} FROM try WHERE run = ?", list[Any]([run])
    if task_id is not None:
        query += " AND task_id = ?"
        values.append(task_id)
    if path is not None:
        query += " AND map_path = ?"
        values.append(path_to_text(path))
    if not with_callbacks:
        query += " AND purpose != 'callback'"
    return [try_record(row) for row in connection.execute(f"{query} ORDER BY queued_at, try_id", values)]


def history_of(connection: Connection, run: int, task_id: TaskId | None) -> list[HistoryRecord]:
    query, values = f"SELECT {HISTORY_COLUMNS} FROM history WHERE run = ?", list[Any]([run])
    if task_id is not None:
        query += " AND task_id = ?"
        values.append(task_id)
    return [history_record(row) for row in connection.execute(f"{query} ORDER BY id", values)]


def metrics_of(connection: Connection, run: int, task_id: TaskId | None) -> list[MetricRecord]:
    query = """
        SELECT t.task_id, t.map_path, m.try_id, m.name, m.value, m.step, m.at FROM metric m
        JOIN try t ON t.try_id = m.try_id WHERE t.run = ?1
          AND (CAST(?2 AS TEXT) IS NULL OR t.task_id = ?2) AND m.name NOT LIKE ?3 ORDER BY m.id"""
    return [
        MetricRecord(row[0], path_from_text(row[1]), row[2], row[3], to_real(row[4]), row[5], at=instant(row[6]))
        for row in connection.execute(query, (run, task_id, f"{OWN_METRICS}%"))
    ]


def progress_of(connection: Connection, run: int) -> list[ProgressRecord]:
    query = """
        SELECT t.task_id, t.map_path, p.try_id, p.done, p.total, p.message, p.at FROM progress p
        JOIN try t ON t.try_id = p.try_id WHERE t.run = ? ORDER BY t.task_id, p.at"""
    return [
        ProgressRecord(row[0], path_from_text(row[1]), row[2], to_real(row[3]), row[4], row[5], at=instant(row[6]))
        for row in connection.execute(query, (run,))
    ]


def readers_of(connection: Connection, value_hash: str) -> list[ReaderRecord]:
    query = """
        SELECT r.dag_id, r.run_id, t.task_id, t.map_path, t.try_id FROM value_read v
        JOIN try t ON t.try_id = v.try_id JOIN run r ON r.id = t.run WHERE v.hash = ? ORDER BY t.queued_at, t.try_id"""
    rows = connection.execute(query, (value_hash,))
    return [ReaderRecord(dag, run, task, path_from_text(path), try_id) for dag, run, task, path, try_id in rows]


def task_states(connection: Connection, request: GetTaskStates) -> list[dict[str, object]]:
    query, values = (
        """SELECT r.run_id, t.task_id, t.map_path, t.state FROM task_instance t JOIN run r ON r.id = t.run
        WHERE r.dag_id = ?""",
        list[Any]([request.dag_id]),
    )
    dates = None if request.logical_dates is None else [to_micros(at) for at in request.logical_dates]
    for column, value, wanted in (
        ("r.run_id", "value", request.run_ids),
        ("t.task_id", "value", request.task_ids),
        ("r.logical_date", "CAST(value AS BIGINT)", dates),
    ):
        if wanted is not None:
            query += f" AND {column} IN (SELECT {value} FROM json_each(?))"
            values.append(encode_json(wanted).decode())
    return [
        {"dag_id": request.dag_id, "run_id": run, "task_id": task, "map_path": path_from_text(path), "state": state}
        for run, task, path, state in connection.execute(query, values)
    ]
