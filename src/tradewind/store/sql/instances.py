"""What a run's page shows: its task instances, tries and metrics."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from tradewind.model.ids import MapPath, RunKey, TryId, path_from_text, path_to_text
from tradewind.model.records import OWN_METRICS, ProgressRecord, TryRecord
from tradewind.model.states import TryState
from tradewind.store.facets.views import InstanceRow, MetricPoint, TryBar
from tradewind.store.sql.coding import encode_json, from_micros, instant, to_real
from tradewind.store.sql.port import Database
from tradewind.store.sql.rows import TRY_COLUMNS, try_record
from tradewind.store.sql.runs import row_id

_TRY = ", ".join(f"t.{name.strip()}" for name in TRY_COLUMNS.split(","))
INSTANCES = """
    SELECT i.task_id, i.map_path, i.state, i.label, i.try_id, i.try_number,
      (SELECT COUNT(*) FROM try n WHERE n.run = i.run AND n.task_id = i.task_id AND n.map_path = i.map_path
       AND n.purpose = 'execute'),
      i.due_at, i.started_at, i.ended_at, i.why, t.queued_at, t.error
    FROM task_instance i LEFT JOIN try t ON t.try_id = i.try_id WHERE {where}
    ORDER BY i.task_id, length(i.map_path), i.map_path LIMIT ? OFFSET ?"""
FIRST_FAILED = f"""
    SELECT {_TRY} FROM task_instance i JOIN try t ON t.try_id = i.try_id
    WHERE i.run = ? AND i.state = 'failed' ORDER BY i.ended_at, i.task_id, i.map_path LIMIT 1"""
BARS = """
    SELECT task_id, map_path, number, state, queued_at, started_at, ended_at FROM try
    WHERE run = ? AND purpose = 'execute' ORDER BY queued_at, try_id LIMIT ?"""
LAST_METRICS = """
    SELECT m.try_id, m.name, m.value FROM metric m WHERE m.id IN
    (SELECT MAX(n.id) FROM metric n WHERE n.try_id IN (SELECT value FROM json_each(?1))
     AND n.name NOT LIKE ?2 GROUP BY n.try_id, n.name) ORDER BY m.id"""
LAST_PROGRESS = """
    SELECT t.task_id, t.map_path, p.try_id, p.done, p.total, p.message, p.at FROM progress p
    JOIN try t ON t.try_id = p.try_id WHERE p.try_id IN (SELECT value FROM json_each(?))"""
POINTS = """
    SELECT t.task_id, t.map_path, t.number, m.try_id, m.name, m.value, m.step, m.at FROM try t
    JOIN metric m ON m.try_id = t.try_id WHERE {where} ORDER BY t.queued_at, m.try_id, m.name, m.id"""


class SqlInstances(Database):
    """A part of `SqlStore`; see `store.facets.views`."""

    def instances(
        self,
        key: RunKey,
        *,
        task_id: str | None = None,
        path: MapPath | None = None,
        states: Collection[str] = (),
        limit: int,
        offset: int = 0,
    ) -> tuple[list[InstanceRow], int]:
        with self._reading_at_once() as connection:
            where, values = ["i.run = ?"], list[Any]([row_id(connection, key)])
            for condition, value in (
                ("i.task_id = ?", task_id),
                ("i.map_path = ?", None if path is None else path_to_text(path)),
                ("i.state IN (SELECT value FROM json_each(?))", _list(states) if states else None),
            ):
                if value is not None:
                    where.append(condition)
                    values.append(value)
            which = " AND ".join(where)
            rows = connection.execute(INSTANCES.format(where=which), (*values, limit, offset)).fetchall()
            count = connection.execute(f"SELECT COUNT(*) FROM task_instance i WHERE {which}", values).fetchone()
        return [_instance(row) for row in rows], count[0]

    def first_failed(self, key: RunKey) -> TryRecord | None:
        with self._reading() as connection:
            row = connection.execute(FIRST_FAILED, (row_id(connection, key),)).fetchone()
        return try_record(row) if row else None

    def last_run_why(self, key: RunKey) -> str:
        query = "SELECT why FROM history WHERE run = ? AND task_id IS NULL AND entity = 'run' ORDER BY id DESC LIMIT 1"
        with self._reading() as connection:
            row = connection.execute(query, (row_id(connection, key),)).fetchone()
        return row[0] if row else ""

    def try_state(self, try_id: TryId) -> TryState | None:
        with self._reading() as connection:
            row = connection.execute("SELECT state FROM try WHERE try_id = ?", (try_id,)).fetchone()
        return TryState(row[0]) if row else None

    def try_bars(self, key: RunKey, *, limit: int) -> list[TryBar]:
        with self._reading() as connection:
            rows = connection.execute(BARS, (row_id(connection, key), limit)).fetchall()
        return [
            TryBar(
                row[0],
                path_from_text(row[1]),
                row[2],
                row[3],
                instant(row[4]),
                from_micros(row[5]),
                from_micros(row[6]),
            )
            for row in rows
        ]

    def last_metrics(self, tries: Collection[TryId]) -> dict[TryId, dict[str, float]]:
        found: dict[TryId, dict[str, float]] = {}
        if tries:
            with self._reading() as connection:
                for try_id, name, value in connection.execute(LAST_METRICS, (_list(tries), f"{OWN_METRICS}%")):
                    found.setdefault(try_id, {})[name] = to_real(value)
        return found

    def last_progress(self, tries: Collection[TryId]) -> dict[TryId, ProgressRecord]:
        if not tries:
            return {}
        with self._reading() as connection:
            rows = connection.execute(LAST_PROGRESS, (_list(tries),)).fetchall()
        return {
            row[2]: ProgressRecord(
                row[0], path_from_text(row[1]), row[2], to_real(row[3]), row[4], row[5], at=instant(row[6])
            )
            for row in rows
        }

    def metric_points(
        self, key: RunKey, *, task_id: str | None = None, path: MapPath | None = None, prefix: str = ""
    ) -> list[MetricPoint]:
        with self._reading() as connection:
            where, values = ["t.run = ?"], list[Any]([row_id(connection, key)])
            if task_id is not None:
                where.append("t.task_id = ?")
                values.append(task_id)
            if path is not None:
                where.append("t.map_path = ?")
                values.append(path_to_text(path))
            where.append(f"m.name {'' if prefix else 'NOT '}LIKE ?")
            values.append(f"{prefix or OWN_METRICS}%")
            rows = connection.execute(POINTS.format(where=" AND ".join(where)), values).fetchall()
        return [
            MetricPoint(
                row[0], path_from_text(row[1]), row[2], row[3], row[4], to_real(row[5]), row[6], instant(row[7])
            )
            for row in rows
        ]


def _list(values: Collection[Any]) -> str:
    return encode_json(list(values)).decode()


def _instance(row: Any) -> InstanceRow:
    return InstanceRow(
        task_id=row[0],
        map_path=path_from_text(row[1]),
        state=row[2],
        label=row[3],
        try_id=row[4],
        try_number=row[5],
        tries=row[6],
        due_at=from_micros(row[7]),
        started_at=from_micros(row[8]),
        ended_at=from_micros(row[9]),
        why=row[10],
        queued_at=from_micros(row[11]),
        error=row[12],
    )
