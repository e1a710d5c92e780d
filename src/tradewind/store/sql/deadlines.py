"""Deadlines of runs, and how long runs and their tasks have taken."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from tradewind.model.ids import RunKey
from tradewind.model.service import DeadlineRecord
from tradewind.store.sql.coding import encode_plain, from_micros, instant, plain_object, to_micros
from tradewind.store.sql.port import Database

SELECT = """
SELECT d.id, r.dag_id, r.run_id, d.name, d.due_at, d.callback, d.warned_at, d.missed_at
FROM deadline d JOIN run r ON r.id = d.run"""
INSERT = """
INSERT INTO deadline (run, name, due_at, callback) SELECT id, ?, ?, ? FROM run WHERE dag_id = ? AND run_id = ?
ON CONFLICT DO NOTHING"""
OPEN = """
SELECT d.id, r.dag_id, r.run_id, d.name, d.due_at, d.callback, d.warned_at, d.missed_at
FROM run r CROSS JOIN deadline d
WHERE r.state IN ('queued', 'running') AND d.run = r.id AND d.missed_at IS NULL ORDER BY d.due_at, d.id"""
# SQLite looks at the tables of a CROSS JOIN in this order: few runs are active, while deadlines are kept for long.
_LAST_RUNS = """
FROM run WHERE dag_id = ? AND ended_at IS NOT NULL AND state = 'success' ORDER BY ended_at DESC, id DESC LIMIT ?"""
RUN_DURATIONS = f"SELECT ended_at - started_at {_LAST_RUNS}"
TASK_DURATIONS = f"""
SELECT t.task_id, t.ended_at - t.started_at FROM (SELECT id, ended_at {_LAST_RUNS}) r JOIN try t ON t.run = r.id
WHERE t.state = 'success' AND t.purpose = 'execute' AND t.started_at IS NOT NULL
ORDER BY r.ended_at DESC, t.queued_at"""
_MICROSECONDS = 1_000_000


class SqlDeadlines(Database):
    """See `store.facets.deadlines.Deadlines`."""

    def add_deadlines(self, deadlines: Sequence[DeadlineRecord]) -> None:
        if not deadlines:
            return
        rows = [
            (one.name, to_micros(one.due_at), encode_plain(one.callback), one.run.dag_id, one.run.run_id)
            for one in deadlines
        ]
        with self._writing() as connection:
            connection.executemany(INSERT, rows)

    def open_deadlines(self) -> list[DeadlineRecord]:
        with self._reading() as connection:
            return [_record(row) for row in connection.execute(OPEN)]

    def deadlines(
        self, *, run: RunKey | None = None, only_missed: bool = False, limit: int = 100
    ) -> list[DeadlineRecord]:
        where, values = ["true"], list[Any]()
        if run is not None:
            where.append("r.dag_id = ? AND r.run_id = ?")
            values += [run.dag_id, run.run_id]
        if only_missed:
            where.append("d.missed_at IS NOT NULL")
        query = f"{SELECT} WHERE {' AND '.join(where)} ORDER BY d.id DESC LIMIT ?"
        with self._reading() as connection:
            return [_record(row) for row in connection.execute(query, (*values, limit))]

    def mark_deadline(
        self, deadline_id: int, *, warned_at: datetime | None = None, missed_at: datetime | None = None
    ) -> bool:
        marks = [(name, to_micros(at)) for name, at in (("warned_at", warned_at), ("missed_at", missed_at)) if at]
        sets = ", ".join(f"{name} = ?" for name, _ in marks)
        unset = " AND ".join(f"{name} IS NULL" for name, _ in marks)
        query = f"UPDATE deadline SET {sets} WHERE id = ? AND {unset}"
        with self._writing() as connection:
            return connection.execute(query, (*(at for _, at in marks), deadline_id)).rowcount == 1

    def task_durations(self, dag_id: str, *, runs: int = 20) -> dict[str, list[float]]:
        durations: dict[str, list[float]] = {}
        with self._reading() as connection:
            for task_id, taken in connection.execute(TASK_DURATIONS, (dag_id, runs)):
                durations.setdefault(task_id, []).append(taken / _MICROSECONDS)
        return durations

    def run_durations(self, dag_id: str, *, runs: int = 20) -> list[float]:
        with self._reading() as connection:
            return [row[0] / _MICROSECONDS for row in connection.execute(RUN_DURATIONS, (dag_id, runs)) if row[0]]


def _record(row: tuple[Any, ...]) -> DeadlineRecord:
    return DeadlineRecord(
        deadline_id=row[0],
        run=RunKey(row[1], row[2]),
        name=row[3],
        due_at=instant(row[4]),
        callback=plain_object(row[5]),
        warned_at=from_micros(row[6]),
        missed_at=from_micros(row[7]),
    )
