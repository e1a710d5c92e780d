"""Applying changes: one method a kind of change, each a fixed statement that expects the old state."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from tradewind.model.changes import (
    Change,
    ExpansionsForgotten,
    MetricLogged,
    Noted,
    ProgressReported,
    RunChanged,
    RunCreated,
    RunPinned,
    TaskChanged,
    TaskExpanded,
    TryChanged,
    TryCreated,
    ValueRead,
    XComsCleared,
    XComStored,
)
from tradewind.model.ids import RunKey, path_to_text
from tradewind.model.states import RunState, TaskState, TryState
from tradewind.model.values import Value
from tradewind.store.errors import DuplicateRunError, StaleStateError
from tradewind.store.sqlite.coding import encode_json, to_micros
from tradewind.store.sqlite.values import encode_value

_Row = tuple[Any, ...]

INSERT_RUN = """
INSERT INTO run (dag_id, run_id, state, run_type, logical_date, data_interval_start, data_interval_end, run_after,
  queued_at, dag_hash, snapshot, conf, params, note, triggered_by)
VALUES (?, ?, 'queued', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"""
UPDATE_RUN = """
UPDATE run SET state = ?, started_at = CASE WHEN ? THEN ? ELSE started_at END, ended_at = ?
WHERE id = ? AND state = ?"""
INSERT_TASK = """
INSERT INTO task_instance (state, try_id, try_number, lost_count, tries_before_clear, due_at, started_at, ended_at,
  label, why, run, task_id, map_path)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)
ON CONFLICT (run, task_id, map_path) DO UPDATE SET state = ?1, try_id = ?2, try_number = ?3, lost_count = ?4,
  tries_before_clear = ?5, due_at = ?6, started_at = coalesce(?7, started_at), ended_at = ?8,
  label = coalesce(?9, label), why = ?10
WHERE task_instance.state = 'none'"""
UPDATE_TASK = """
UPDATE task_instance SET state = ?, try_id = coalesce(?, try_id), try_number = ?, lost_count = ?,
  tries_before_clear = ?, due_at = ?, started_at = coalesce(?, started_at), ended_at = ?,
  label = coalesce(?, label), why = ?
WHERE run = ? AND task_id = ? AND map_path = ? AND state = ?"""
INSERT_TRY = """
INSERT INTO try (try_id, run, task_id, map_path, number, state, purpose, executor, pool, pool_slots, log_path,
  queued_at)
VALUES (?, ?, ?, ?, ?, 'queued', ?, ?, ?, ?, ?, ?)"""
UPDATE_TRY = """
UPDATE try SET state = ?, started_at = coalesce(?, started_at), ended_at = ?, pid = coalesce(?, pid),
  host = coalesce(?, host), exit_code = ?, signal = ?, max_rss_bytes = ?, why = ?, error_type = ?, error = ?,
  traceback = ?
WHERE try_id = ? AND state = ?"""
INSERT_HISTORY = """
INSERT INTO history (run, at, who, entity, task_id, map_path, try_id, old, new, why)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"""
UPSERT_XCOM = """
INSERT INTO xcom (run, task_id, map_path, key, try_id, length, value) VALUES (?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (run, task_id, map_path, key) DO UPDATE SET try_id = excluded.try_id, length = excluded.length,
  value = excluded.value
RETURNING id"""
FORGET_XCOM_ARTIFACTS = """
DELETE FROM artifact_use WHERE xcom IN (SELECT id FROM xcom WHERE run = ? AND task_id = ? AND map_path = ?)"""
DELETE_XCOMS = "DELETE FROM xcom WHERE run = ? AND task_id = ? AND map_path = ?"

_NO_LONGER_RUNS = frozenset(
    {
        TaskState.SUCCESS,
        TaskState.FAILED,
        TaskState.SKIPPED,
        TaskState.UPSTREAM_FAILED,
        TaskState.REMOVED,
        TaskState.UP_FOR_RETRY,
        TaskState.UP_FOR_RESCHEDULE,
        TaskState.DEFERRED,
    }
)


class Batch:
    """One transaction's worth of changes. `run_ids` is the store's memory of row ids; it outlives the batch."""

    def __init__(self, connection: sqlite3.Connection, run_ids: dict[RunKey, int], *, who: str, now: datetime) -> None:
        self._execute = connection.execute
        self._connection = connection
        self._run_ids = run_ids
        self._who = who
        self._now = to_micros(now)
        self._history: list[_Row] = []

    def apply(self, changes: Sequence[Change]) -> None:
        for change in changes:
            _APPLY[type(change)](self, change)
        self._connection.executemany(INSERT_HISTORY, self._history)

    # -------------------------------------------------------------------------------- runs

    def _run_created(self, change: RunCreated) -> None:
        row = (
            change.run.dag_id,
            change.run.run_id,
            change.run_type,
            to_micros(change.logical_date),
            to_micros(change.data_interval_start),
            to_micros(change.data_interval_end),
            to_micros(change.run_after),
            self._now,
            change.dag_hash,
            change.snapshot,
            encode_json(change.conf),
            encode_json(change.params),
            change.note,
            change.triggered_by,
        )
        try:
            created = self._execute(INSERT_RUN, row)
        except sqlite3.IntegrityError as error:
            what = "logical date" if "logical_date" in str(error) else "id"
            value = change.logical_date if what == "logical date" else change.run.run_id
            raise DuplicateRunError(
                f"DAG {change.run.dag_id!r} already has a run with the {what} {value}",
                hint="choose another, or go on with that run: `tradewind runs resume`",
            ) from error
        assert created.lastrowid is not None
        self._run_ids[change.run] = created.lastrowid
        self._remember(change.run, "run", None, None, None, RunState.QUEUED, "created")

    def _run_changed(self, change: RunChanged) -> None:
        begins = change.new is RunState.RUNNING  # also anew, when it is resumed: its time limit counts from there
        ended_at = self._now if change.new.is_finished else None
        row = (change.new, begins, self._now, ended_at, self._run(change.run), change.old)
        if self._execute(UPDATE_RUN, row).rowcount != 1:
            raise _stale(f"run {change.run.run_id!r} of DAG {change.run.dag_id!r}", change.old, change.new)
        self._remember(change.run, "run", None, None, change.old, change.new, change.why)

    def _run_pinned(self, change: RunPinned) -> None:
        row = (change.dag_hash, change.snapshot, self._run(change.run))
        self._execute("UPDATE run SET dag_hash = ?, snapshot = ? WHERE id = ?", row)
        self._remember(change.run, "note", None, None, None, None, change.why)

    def _expanded(self, change: TaskExpanded) -> None:
        row = (self._run(change.run), change.node_id, path_to_text(change.prefix), change.length)
        self._execute("INSERT OR REPLACE INTO expansion (run, node_id, prefix, length) VALUES (?, ?, ?, ?)", row)

    def _expansions_forgotten(self, change: ExpansionsForgotten) -> None:
        row = (self._run(change.run), change.node_id, path_to_text(change.prefix))
        self._execute("DELETE FROM expansion WHERE run = ? AND node_id = ? AND prefix = ?", row)

    def _task_changed(self, change: TaskChanged) -> None:
        new = change.new
        run, path = self._run(change.run), path_to_text(change.map_path)
        values = (
            new,
            change.try_id,
            change.try_number,
            change.lost_count,
            change.tries_before_clear,
            to_micros(change.due_at),
            self._now if new is TaskState.RUNNING else None,
            self._now if new in _NO_LONGER_RUNS else None,
            change.label,
            change.why,
            run,
            change.task_id,
            path,
        )
        if change.old is TaskState.NONE:
            moved = self._execute(INSERT_TASK, values)
        else:
            moved = self._execute(UPDATE_TASK, (*values, change.old))
        if moved.rowcount != 1:
            raise _stale(f"task {change.task_id!r}[{path}] of run {change.run.run_id!r}", change.old, new)
        self._remember(change.run, "task", change.task_id, path, change.old, new, change.why, change.try_id)

    # -------------------------------------------------------------------------------- tries

    def _try_created(self, change: TryCreated) -> None:
        row = (
            change.try_id,
            self._run(change.run),
            change.task_id,
            path_to_text(change.map_path),
            change.number,
            change.purpose,
            change.executor,
            change.pool,
            change.pool_slots,
            change.log_path,
            self._now,
        )
        self._execute(INSERT_TRY, row)

    def _try_changed(self, change: TryChanged) -> None:
        row = (
            change.new,
            self._now if change.new is TryState.RUNNING else None,
            None if change.new.is_live else self._now,
            change.pid,
            change.host,
            change.exit_code,
            change.signal,
            change.max_rss_bytes,
            change.why,
            change.error_type,
            change.error,
            change.traceback,
            change.try_id,
            change.old,
        )
        if self._execute(UPDATE_TRY, row).rowcount != 1:
            raise _stale(f"try {change.try_id}", change.old, change.new)

    # -------------------------------------------------------------------------------- values

    def _xcom_stored(self, change: XComStored) -> None:
        xcom = change.xcom
        row = (
            self._run(change.run),
            xcom.task_id,
            path_to_text(xcom.map_path),
            xcom.key,
            xcom.try_id,
            xcom.value.length,
            encode_value(xcom.value),
        )
        (stored,) = self._execute(UPSERT_XCOM, row).fetchone()
        if xcom.value.artifact is not None or xcom.value.parts:
            self._execute("DELETE FROM artifact_use WHERE xcom = ?", (stored,))
            uses = [(artifact, stored) for artifact in artifacts_of(xcom.value)]
            self._connection.executemany("INSERT OR IGNORE INTO artifact_use (artifact, xcom) VALUES (?, ?)", uses)

    def _xcoms_cleared(self, change: XComsCleared) -> None:
        row = (self._run(change.run), change.task_id, path_to_text(change.map_path))
        self._execute(FORGET_XCOM_ARTIFACTS, row)
        self._execute(DELETE_XCOMS, row)

    def _value_read(self, change: ValueRead) -> None:
        rows = [(change.try_id, value_hash) for value_hash in change.hashes]
        self._connection.executemany("INSERT OR IGNORE INTO value_read (try_id, hash) VALUES (?, ?)", rows)

    def _metric_logged(self, change: MetricLogged) -> None:
        row = (change.try_id, change.name, change.value, change.step, self._now)
        self._execute("INSERT INTO metric (try_id, name, value, step, at) VALUES (?, ?, ?, ?, ?)", row)

    def _progress_reported(self, change: ProgressReported) -> None:
        row = (change.try_id, change.done, change.total, change.message, self._now)
        self._execute("INSERT OR REPLACE INTO progress (try_id, done, total, message, at) VALUES (?, ?, ?, ?, ?)", row)

    def _noted(self, change: Noted) -> None:
        path = path_to_text(change.map_path) if change.task_id else None
        self._remember(change.run, "note", change.task_id, path, None, None, change.why, change.try_id)

    # -------------------------------------------------------------------------------- inside

    def _run(self, key: RunKey) -> int:
        found = self._run_ids.get(key)
        if found is None:
            query = "SELECT id FROM run WHERE dag_id = ? AND run_id = ?"
            row = self._execute(query, (key.dag_id, key.run_id)).fetchone()
            if row is None:
                raise StaleStateError(f"there is no run {key.run_id!r} of DAG {key.dag_id!r} any more")
            found = self._run_ids[key] = row[0]
        return found

    def _remember(
        self,
        run: RunKey,
        entity: str,
        task_id: str | None,
        path: str | None,
        old: str | None,
        new: str | None,
        why: str,
        try_id: str | None = None,
    ) -> None:
        self._history.append((self._run(run), self._now, self._who, entity, task_id, path, try_id, old, new, why))


def artifacts_of(value: Value) -> list[str]:
    """Keys of all files a value rests on."""
    own = [value.artifact] if value.artifact is not None else []
    return own + [artifact for part in value.parts for artifact in artifacts_of(part)]


def _stale(what: str, old: str, new: str) -> StaleStateError:
    return StaleStateError(f"{what} is not {old} any more, so that it cannot become {new}")


_APPLY: dict[type[Any], Callable[[Batch, Any], None]] = {
    RunCreated: Batch._run_created,  # pyright: ignore[reportPrivateUsage]
    RunChanged: Batch._run_changed,  # pyright: ignore[reportPrivateUsage]
    RunPinned: Batch._run_pinned,  # pyright: ignore[reportPrivateUsage]
    TaskExpanded: Batch._expanded,  # pyright: ignore[reportPrivateUsage]
    ExpansionsForgotten: Batch._expansions_forgotten,  # pyright: ignore[reportPrivateUsage]
    TaskChanged: Batch._task_changed,  # pyright: ignore[reportPrivateUsage]
    TryCreated: Batch._try_created,  # pyright: ignore[reportPrivateUsage]
    TryChanged: Batch._try_changed,  # pyright: ignore[reportPrivateUsage]
    XComStored: Batch._xcom_stored,  # pyright: ignore[reportPrivateUsage]
    XComsCleared: Batch._xcoms_cleared,  # pyright: ignore[reportPrivateUsage]
    ValueRead: Batch._value_read,  # pyright: ignore[reportPrivateUsage]
    MetricLogged: Batch._metric_logged,  # pyright: ignore[reportPrivateUsage]
    ProgressReported: Batch._progress_reported,  # pyright: ignore[reportPrivateUsage]
    Noted: Batch._noted,  # pyright: ignore[reportPrivateUsage]
}
