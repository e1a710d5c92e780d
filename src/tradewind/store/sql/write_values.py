"""Writing what a batch says of values: XComs with the artifacts they rest on, who read them, metrics, progress."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from typing import Any

from tradewind.model.changes import MetricLogged, ProgressReported, ValueRead, XComsCleared, XComStored
from tradewind.model.ids import path_to_text
from tradewind.model.values import Value
from tradewind.store.errors import StaleStateError
from tradewind.store.sql.batch import Batch, Row
from tradewind.store.sql.coding import path_key
from tradewind.store.sql.values import encode_value

INSERT_XCOM = """
INSERT INTO xcom (run, task_id, path_key, key, map_path, try_id, length, value) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (run, task_id, path_key, key) DO NOTHING RETURNING id"""
_OF_INSTANCE = "run = ? AND task_id = ? AND path_key = ?"
INSERT_USE = "INSERT OR IGNORE INTO artifact_use (artifact, xcom) VALUES (?, ?)"
INSERT_READ = "INSERT OR IGNORE INTO value_read (try_id, hash) VALUES (?, ?)"
INSERT_METRIC = "INSERT INTO metric (try_id, name, value, step, at) VALUES (?, ?, ?, ?, ?)"
INSERT_PROGRESS = "INSERT OR REPLACE INTO progress (try_id, done, total, message, at) VALUES (?, ?, ?, ?, ?)"


def xcom_stored(batch: Batch, change: XComStored) -> None:
    """A second push is a new row, so that the newest has the highest id."""
    xcom = change.xcom
    place = (batch.run(change.run), xcom.task_id, path_key(xcom.map_path), xcom.key)
    row = (*place, path_to_text(xcom.map_path), xcom.try_id, xcom.value.length, encode_value(xcom.value))
    stored = batch.execute(INSERT_XCOM, row).fetchone()
    if stored is None:
        _forget(batch, f"{_OF_INSTANCE} AND key = ?", place)
        stored = batch.execute(INSERT_XCOM, row).fetchone()
    if xcom.value.artifact is not None or xcom.value.parts:
        batch.executemany(INSERT_USE, [(artifact, stored[0]) for artifact in artifacts_of(xcom.value)])


def xcoms_cleared(batch: Batch, change: XComsCleared) -> None:
    _forget(batch, _OF_INSTANCE, (batch.run(change.run), change.task_id, path_key(change.map_path)))


def value_read(batch: Batch, change: ValueRead) -> None:
    rows = [(change.try_id, value_hash) for value_hash in change.hashes]
    _for_try(change.try_id, batch.executemany, INSERT_READ, rows)


def metric_logged(batch: Batch, change: MetricLogged) -> None:
    row = (change.try_id, change.name, change.value, change.step, batch.now)
    _for_try(change.try_id, batch.execute, INSERT_METRIC, row)


def progress_reported(batch: Batch, change: ProgressReported) -> None:
    row = (change.try_id, change.done, change.total, change.message, batch.now)
    _for_try(change.try_id, batch.execute, INSERT_PROGRESS, row)


def artifacts_of(value: Value) -> list[str]:
    """Keys of all files a value rests on."""
    own = [value.artifact] if value.artifact is not None else []
    return own + [artifact for part in value.parts for artifact in artifacts_of(part)]


def _forget(batch: Batch, which: str, values: Row) -> None:
    """Their files may be free now; `keeping.unused_artifacts` finds out."""
    batch.execute(
        f"""INSERT OR IGNORE INTO artifact_garbage (artifact)
        SELECT artifact FROM artifact_use WHERE xcom IN (SELECT id FROM xcom WHERE {which})""",
        values,
    )
    batch.execute(f"DELETE FROM xcom WHERE {which}", values)


def _for_try(try_id: str, execute: Callable[..., Any], statement: str, values: Any) -> None:
    try:
        execute(statement, values)
    except sqlite3.IntegrityError as error:
        raise StaleStateError(f"there is no try {try_id!r} any more", hint="its run was deleted") from error
