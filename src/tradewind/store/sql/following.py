"""What has happened since, in all runs; and who wrote a value."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from tradewind.model.ids import MapPath, RunKey, path_from_text
from tradewind.store.facets.views import Happening, Told
from tradewind.store.sql.coding import from_micros, instant, to_micros
from tradewind.store.sql.port import Connection, Database
from tradewind.store.sql.values import decode_value

MOST_WRITERS = 1000
HAPPENINGS = """
    SELECT h.id, r.dag_id, r.run_id, h.at, h.who, h.entity, h.task_id, h.map_path, h.try_id, h.old, h.new, h.why
    FROM history h JOIN run r ON r.id = h.run WHERE h.id > ? {of_dag} ORDER BY h.id LIMIT ?"""
METRICS = """
    SELECT m.id, r.dag_id, r.run_id, t.task_id, t.map_path, m.try_id, m.at, m.name, m.value, m.step FROM metric m
    JOIN try t ON t.try_id = m.try_id JOIN run r ON r.id = t.run WHERE m.id > ? ORDER BY m.id LIMIT ?"""
PROGRESS = """
    SELECT 0, r.dag_id, r.run_id, t.task_id, t.map_path, p.try_id, p.at, p.message, p.done, p.total FROM try t
    JOIN progress p ON p.try_id = t.try_id JOIN run r ON r.id = t.run
    WHERE t.state IN ('queued', 'running') AND p.at > ? ORDER BY p.at LIMIT ?"""
ENTRIES = """
    SELECT id, dag_id, run_id, task_id, map_path, try_id, at, kind, NULL, NULL FROM journal
    WHERE id > ? AND kind NOT IN ({kinds}) ORDER BY id LIMIT ?"""
WRITERS = """
    SELECT r.dag_id, r.run_id, x.task_id, x.map_path, t.ended_at, x.id FROM artifact_use u JOIN xcom x ON x.id = u.xcom
    JOIN run r ON r.id = x.run LEFT JOIN try t ON t.try_id = x.try_id
    WHERE u.artifact >= ?1 AND u.artifact < ?2 ORDER BY x.id LIMIT ?3"""
IN_RUN = """
    SELECT r.dag_id, r.run_id, x.task_id, x.map_path, t.ended_at, x.id, x.value FROM xcom x JOIN run r ON r.id = x.run
    LEFT JOIN try t ON t.try_id = x.try_id WHERE x.run = ? ORDER BY x.id LIMIT ?"""
READING_RUNS = """
    SELECT DISTINCT t.run FROM value_read v JOIN try t ON t.try_id = v.try_id
    WHERE v.hash = ? ORDER BY t.run LIMIT 20"""
VALUES_SEARCHED = 20_000


class SqlFollowing(Database):
    """A part of `SqlStore`; see `store.facets.views`."""

    def last_happening(self) -> int:
        with self._reading() as connection:
            return connection.execute("SELECT MAX(id) FROM history", ()).fetchone()[0] or 0

    def happenings(self, after: int, *, limit: int, dag_id: str | None = None) -> list[Happening]:
        query = HAPPENINGS.format(of_dag="" if dag_id is None else "AND r.dag_id = ?")
        values = (after, limit) if dag_id is None else (after, dag_id, limit)
        with self._reading() as connection:
            return [_happening(row) for row in connection.execute(query, values)]

    def last_metric(self) -> int:
        with self._reading() as connection:
            return connection.execute("SELECT MAX(id) FROM metric", ()).fetchone()[0] or 0

    def metrics_after(self, after: int, *, limit: int) -> list[Told]:
        with self._reading() as connection:
            return [_told(row) for row in connection.execute(METRICS, (after, limit))]

    def last_entry(self) -> int:
        with self._reading() as connection:
            return connection.execute("SELECT MAX(id) FROM journal", ()).fetchone()[0] or 0

    def entries_after(self, after: int, *, besides: Collection[str], limit: int) -> list[Told]:
        kinds = sorted(besides) or [""]
        query = ENTRIES.format(kinds=", ".join("?" * len(kinds)))
        with self._reading() as connection:
            return [_told(row) for row in connection.execute(query, (after, *kinds, limit))]

    def progress_since(self, at: datetime, *, limit: int) -> list[Told]:
        with self._reading() as connection:
            return [_told(row) for row in connection.execute(PROGRESS, (to_micros(at), limit))]

    def writers_of(
        self, value_hash: str, also_in: RunKey | None = None
    ) -> list[tuple[RunKey, str, MapPath, datetime | None]]:
        prefix = f"{value_hash[:2]}/{value_hash}"
        with self._reading() as connection:
            rows = {row[5]: row for row in connection.execute(WRITERS, (f"{prefix}.", f"{prefix}/", MOST_WRITERS))}
            for run in _runs(connection, value_hash, also_in):
                for row in connection.execute(IN_RUN, (run, VALUES_SEARCHED)):
                    if decode_value(row[6]).hash == value_hash:
                        rows[row[5]] = row
        ordered = [rows[number] for number in sorted(rows)[:MOST_WRITERS]]
        return [(RunKey(row[0], row[1]), row[2], path_from_text(row[3]), from_micros(row[4])) for row in ordered]


def _runs(connection: Connection, value_hash: str, also_in: RunKey | None) -> list[int]:
    found = [row[0] for row in connection.execute(READING_RUNS, (value_hash,))]
    if also_in is not None:
        query = "SELECT id FROM run WHERE dag_id = ? AND run_id = ?"
        found += [row[0] for row in connection.execute(query, (also_in.dag_id, also_in.run_id))]
    return list(dict.fromkeys(found))


def _happening(row: Any) -> Happening:
    path = None if row[7] is None else path_from_text(row[7])
    return Happening(
        row[0], row[1], row[2], instant(row[3]), row[4], row[5], row[6], path, row[8], row[9], row[10], row[11]
    )


def _told(row: Any) -> Told:
    return Told(row[0], row[1], row[2], row[3], path_from_text(row[4]), row[5], instant(row[6]), row[7], row[8], row[9])
