"""Successes that may be used again, by the key of what they depended on.

The column `task_id` names the task instance: `train`, or `train[3]` of a mapped task (no task id has a bracket)."""

from __future__ import annotations

from typing import Any

from tradewind.model.cached import CachedSuccess
from tradewind.model.changes import CachedKept
from tradewind.model.ids import MapPath, TaskId, TryId, path_from_text, path_to_text
from tradewind.model.records import OWN_METRICS
from tradewind.store.sql.batch import Batch
from tradewind.store.sql.coding import instant, to_micros, to_real
from tradewind.store.sql.port import Database

_COLUMNS = "key, dag_id, task_id, run_id, try_id, at, seconds, parts, made"
KEEP = f"""
INSERT INTO cached ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (key) DO UPDATE SET dag_id = excluded.dag_id, task_id = excluded.task_id, run_id = excluded.run_id,
try_id = excluded.try_id, at = excluded.at, seconds = excluded.seconds, parts = excluded.parts, made = excluded.made"""

LAST_METRICS = """
SELECT name, value, step FROM metric
WHERE id IN (SELECT max(id) FROM metric WHERE try_id = ? GROUP BY name) ORDER BY id"""


def cached_kept(batch: Batch, change: CachedKept) -> None:
    one = change.success
    of_try = (one.key, one.dag_id, _instance(one.task_id, one.map_path), one.run_id, one.try_id)
    batch.execute(KEEP, (*of_try, to_micros(one.at), one.seconds, one.parts, one.made))


class SqlCached(Database):
    """See `store.facets.cached.Cached`."""

    def cached(self, key: str) -> CachedSuccess | None:
        return self._one_cached("key = ?", (key,))

    def last_cached(self, dag_id: str, task_id: TaskId, path: MapPath) -> CachedSuccess | None:
        where = "dag_id = ? AND task_id = ? ORDER BY at DESC LIMIT 1"
        return self._one_cached(where, (dag_id, _instance(task_id, path)))

    def metrics_of_try(self, try_id: TryId, most: int) -> list[tuple[str, float, int | None]]:
        query = "SELECT name, value, step FROM metric WHERE try_id = ? ORDER BY id LIMIT ?"
        with self._reading() as connection:
            rows = connection.execute(query, (try_id, most + 1)).fetchall()
            if len(rows) > most:
                rows = connection.execute(LAST_METRICS, (try_id,)).fetchall()
        return [(name, to_real(value), step) for name, value, step in rows if not name.startswith(OWN_METRICS)]

    def forget_cached(self, dag_id: str, task_id: TaskId | None = None) -> int:
        statement, values = "DELETE FROM cached WHERE dag_id = ?", (dag_id,)
        if task_id is not None:
            statement += " AND (task_id = ? OR (task_id >= ? AND task_id < ?))"
            values = (dag_id, task_id, f"{task_id}[", f"{task_id}\\")  # the character after the bracket
        with self._writing() as connection:
            return connection.execute(statement, values).rowcount

    def _one_cached(self, where: str, values: tuple[Any, ...]) -> CachedSuccess | None:
        with self._reading() as connection:
            row = connection.execute(f"SELECT {_COLUMNS} FROM cached WHERE {where}", values).fetchone()
        return None if row is None else _success(row)


def _instance(task_id: TaskId, path: MapPath) -> str:
    return f"{task_id}[{path_to_text(path)}]" if path else task_id


def _success(row: tuple[Any, ...]) -> CachedSuccess:
    key, dag_id, instance, run_id, try_id, at, seconds, parts, made = row
    task_id, _, path = instance.rstrip("]").partition("[")
    of_task = (dag_id, task_id, path_from_text(path))
    return CachedSuccess(key, *of_task, run_id, try_id, instant(at), seconds, bytes(parts), bytes(made))
