"""Writing what a batch says of task instances and their tries: each statement expects the old state."""

from __future__ import annotations

from tradewind.model.changes import Noted, TaskChanged, TryChanged, TryCreated
from tradewind.model.ids import path_to_text
from tradewind.model.states import TaskState, TryState
from tradewind.store.errors import StaleStateError
from tradewind.store.sql.batch import Batch, stale
from tradewind.store.sql.coding import encode_plain, to_micros
from tradewind.store.sql.port import Cursor

INSERT_TASK = """
INSERT INTO task_instance (state, try_id, try_number, lost_count, tries_before_clear, due_at, started_at, ended_at,
  label, why, run, task_id, map_path)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)
ON CONFLICT (run, task_id, map_path) DO UPDATE SET state = ?1, try_id = ?2, try_number = ?3, lost_count = ?4,
  tries_before_clear = ?5, due_at = ?6, started_at = ?7, ended_at = ?8, label = coalesce(?9, task_instance.label),
  why = ?10
WHERE task_instance.state = 'none'"""
UPDATE_TASK = """
UPDATE task_instance SET state = ?1, try_id = coalesce(?2, try_id), try_number = ?3, lost_count = ?4,
  tries_before_clear = ?5, due_at = ?6, started_at = CASE WHEN ?15 THEN ?7 ELSE coalesce(started_at, ?7) END,
  ended_at = ?8, label = coalesce(?9, label), why = ?10
WHERE run = ?11 AND task_id = ?12 AND map_path = ?13 AND state = ?14"""
CLEAR_TASK = """
UPDATE task_instance SET state = 'none', try_id = NULL, try_number = ?, lost_count = ?, tries_before_clear = ?,
  due_at = NULL, started_at = NULL, ended_at = NULL, label = coalesce(?, label), why = ?
WHERE run = ? AND task_id = ? AND map_path = ? AND state = ?"""
RESUME = "UPDATE deferral SET is_resumed = 1 WHERE run = ? AND task_id = ? AND map_path = ?"
INSERT_TRY = """
INSERT INTO try (try_id, run, task_id, map_path, number, state, purpose, executor, pool, pool_slots, log_path,
  queued_at)
VALUES (?, ?, ?, ?, ?, 'queued', ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING"""
UPDATE_TRY = """
UPDATE try SET state = ?, started_at = coalesce(?, started_at), ended_at = ?, pid = coalesce(?, pid),
  host = coalesce(?, host), exit_code = ?, signal = ?, max_rss_bytes = ?, why = ?, error_type = ?, error = ?,
  traceback = ?, rendered = coalesce(?, rendered), imported_at = coalesce(?, imported_at), executed_at = ?
WHERE try_id = ? AND state = ? RETURNING run, task_id, map_path"""

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
_SAME_TRY_GOES_ON = frozenset({TaskState.UP_FOR_RESCHEDULE, TaskState.DEFERRED})


def task_changed(batch: Batch, change: TaskChanged) -> None:
    run, path = batch.run(change.run), path_to_text(change.map_path)

    def check(moved: Cursor) -> None:
        if moved.rowcount != 1:
            raise _stale_task(batch, change, run, path)

    if change.old is TaskState.NONE:
        batch.write(INSERT_TASK, _values(batch, change, run, path), check)
    elif change.new is TaskState.NONE:
        batch.write(CLEAR_TASK, _cleared_values(change, run, path), check)
    else:
        starts_anew = change.new is TaskState.QUEUED and change.old not in _SAME_TRY_GOES_ON
        batch.write(UPDATE_TASK, (*_values(batch, change, run, path), change.old, starts_anew), check)
    if change.old is TaskState.DEFERRED:
        batch.execute(RESUME, (run, change.task_id, path))
    batch.remember(
        run, "task", change.old, change.new, change.why, task_id=change.task_id, path=path, try_id=change.try_id
    )


def _values(batch: Batch, change: TaskChanged, run: int, path: str) -> tuple[object, ...]:
    due_at = to_micros(change.due_at)
    started_at = (to_micros(change.at) or batch.now) if change.new is TaskState.RUNNING else None
    ended_at = batch.now if change.new in _NO_LONGER_RUNS else None
    return (
        change.new,
        change.try_id,
        change.try_number,
        change.lost_count,
        change.tries_before_clear,
        due_at,
        started_at,
        ended_at,
        change.label,
        change.why,
        run,
        change.task_id,
        path,
    )


def _cleared_values(change: TaskChanged, run: int, path: str) -> tuple[object, ...]:
    """Nothing of the last try is left but its number, from which the next ones are counted on."""
    return (
        change.try_number,
        change.lost_count,
        change.tries_before_clear,
        change.label,
        change.why,
        run,
        change.task_id,
        path,
        change.old,
    )


def _stale_task(batch: Batch, change: TaskChanged, run: int, path: str) -> StaleStateError:
    query = "SELECT state FROM task_instance WHERE run = ? AND task_id = ? AND map_path = ?"
    row = batch.execute(query, (run, change.task_id, path)).fetchone()
    what = f"task {change.task_id!r}[{path}] of run {change.run.run_id!r}"
    return stale(what, row[0] if row else TaskState.NONE, change.old, change.new)


def try_created(batch: Batch, change: TryCreated) -> None:
    run, path = batch.run(change.run), path_to_text(change.map_path)
    row = (
        change.try_id,
        run,
        change.task_id,
        path,
        change.number,
        change.purpose,
        change.executor,
        change.pool,
        change.pool_slots,
        change.log_path,
        batch.now,
    )

    def check(made: Cursor) -> None:
        if made.rowcount != 1:
            what = f"there is already a try {change.try_id!r}"
            raise StaleStateError(what, hint="the same batch was committed twice")

    batch.write(INSERT_TRY, row, check)
    why = f"number {change.number}, {change.executor}"
    batch.remember(run, "try", None, TryState.QUEUED, why, task_id=change.task_id, path=path, try_id=change.try_id)


def try_changed(batch: Batch, change: TryChanged) -> None:
    row = (
        change.new,
        (to_micros(change.at) or batch.now) if change.new is TryState.RUNNING else None,
        None if change.new.is_live else batch.now,
        change.pid,
        change.host,
        change.exit_code,
        change.signal,
        change.max_rss_bytes,
        change.why,
        change.error_type,
        change.error,
        change.traceback,
        None if change.rendered is None else encode_plain(change.rendered),
        to_micros(change.imported_at),
        to_micros(change.executed_at),
        change.try_id,
        change.old,
    )
    remember = batch.place()

    def check(cursor: Cursor) -> None:
        moved = cursor.fetchone()
        if moved is None:
            found = batch.execute("SELECT state FROM try WHERE try_id = ?", (change.try_id,)).fetchone()
            raise stale(f"try {change.try_id}", found[0] if found else None, change.old, change.new)
        run, task_id, path = moved
        remember(batch.history_row(run, "try", change.old, change.new, change.why, task_id, path, change.try_id))

    batch.write(UPDATE_TRY, row, check)


def noted(batch: Batch, change: Noted) -> None:
    path = path_to_text(change.map_path) if change.task_id else None
    run = batch.run(change.run)
    batch.remember(run, "note", None, None, change.why, task_id=change.task_id, path=path, try_id=change.try_id)
