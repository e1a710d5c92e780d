"""Writing what a batch says of values: XComs with the artifacts they rest on, who read them, metrics, progress."""

from __future__ import annotations

from tradewind.model.changes import MetricLogged, MetricsLogged, ProgressReported, ValueRead, XComsCleared, XComStored
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
INSERT_USE = "INSERT INTO artifact_use (artifact, xcom) VALUES (?, ?) ON CONFLICT DO NOTHING"
INSERT_READ = "INSERT INTO value_read (try_id, hash) VALUES (?, ?) ON CONFLICT DO NOTHING"
INSERT_METRIC = """
INSERT INTO metric (try_id, name, value, step, at) SELECT try_id, ?, ?, ?, ? FROM try WHERE try_id = ?"""
INSERT_METRICS = "INSERT INTO metric (try_id, name, value, step, at) VALUES (?, ?, ?, ?, ?)"
UPSERT_PROGRESS = """
INSERT INTO progress (try_id, done, total, message, at) SELECT try_id, ?, ?, ?, ? FROM try WHERE try_id = ?
ON CONFLICT (try_id) DO UPDATE SET
  done = excluded.done, total = excluded.total, message = excluded.message, at = excluded.at"""


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
    if batch.execute("SELECT 1 FROM try WHERE try_id = ?", (change.try_id,)).fetchone() is None:
        raise _no_try(change.try_id)
    batch.executemany(INSERT_READ, [(change.try_id, value_hash) for value_hash in change.hashes])


def metric_logged(batch: Batch, change: MetricLogged) -> None:
    row = (change.name, change.value, change.step, batch.now, change.try_id)
    if batch.execute(INSERT_METRIC, row).rowcount != 1:
        raise _no_try(change.try_id)


def metrics_logged(batch: Batch, change: MetricsLogged) -> None:
    if batch.execute("SELECT 1 FROM try WHERE try_id = ?", (change.try_id,)).fetchone() is None:
        raise _no_try(change.try_id)
    rows = [(change.try_id, name, value, step, batch.now) for name, value, step in change.points]
    batch.executemany(INSERT_METRICS, rows)


def progress_reported(batch: Batch, change: ProgressReported) -> None:
    row = (change.done, change.total, change.message, batch.now, change.try_id)
    if batch.execute(UPSERT_PROGRESS, row).rowcount != 1:
        raise _no_try(change.try_id)


def artifacts_of(value: Value) -> list[str]:
    """Keys of all files a value rests on."""
    own = [value.artifact] if value.artifact is not None else []
    return own + [artifact for part in value.parts for artifact in artifacts_of(part)]


def _forget(batch: Batch, which: str, values: Row) -> None:
    """Their files may be free now; `keeping.unused_artifacts` finds out."""
    batch.execute(
        f"""INSERT INTO artifact_garbage (artifact)
        SELECT artifact FROM artifact_use WHERE xcom IN (SELECT id FROM xcom WHERE {which}) ON CONFLICT DO NOTHING""",
        values,
    )
    batch.execute(f"DELETE FROM xcom WHERE {which}", values)


def _no_try(try_id: str) -> StaleStateError:
    return StaleStateError(f"there is no try {try_id!r} any more", hint="its run was deleted")
