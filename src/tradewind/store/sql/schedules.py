"""Clocks of DAGs, the runs they make, and which of those that wait may start."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from tradewind.model.ids import RunKey
from tradewind.model.records import OwnerRecord, RunRecord
from tradewind.model.service import DagSchedule, DueRun
from tradewind.store.errors import DuplicateRunError
from tradewind.store.facets.schedules import ByClock
from tradewind.store.sql import admission, dags
from tradewind.store.sql.coding import from_micros, instant, to_micros
from tradewind.store.sql.commit import apply
from tradewind.store.sql.port import Database

SELECT_SCHEDULES = """
SELECT dag_id, hash, snapshot, is_paused, changed_at, next_run_after, next_logical_date, next_interval_start,
  next_interval_end, last_interval_start, last_interval_end, held_why, retired_at
FROM dag"""
SELECT_NEXT = """
SELECT next_run_after, next_logical_date, next_interval_start, next_interval_end, held_why FROM dag
WHERE dag_id = ? AND hash = ?"""
UPDATE_NEXT = """
UPDATE dag SET next_run_after = ?, next_logical_date = ?, next_interval_start = ?, next_interval_end = ?, held_why = ?,
  changed_at = ?
WHERE dag_id = ? AND hash = ?"""
ADVANCE = """
UPDATE dag SET next_run_after = ?, next_logical_date = ?, next_interval_start = ?, next_interval_end = ?,
  last_interval_start = ?, last_interval_end = ?, changed_at = ?
WHERE dag_id = ? AND next_run_after = ? AND is_paused = 0 AND retired_at IS NULL AND held_why = ''"""


class SqlSchedules(Database):
    """See `store.facets.schedules.Schedules`."""

    def schedules(self, *, changed_since: datetime | None = None, dag_id: str | None = None) -> list[DagSchedule]:
        where, values = list[str](), list[Any]()
        if changed_since is not None:
            where.append("changed_at >= ?")
            values.append(to_micros(changed_since))
        if dag_id is not None:
            where.append("dag_id = ?")
            values.append(dag_id)
        query = f"{SELECT_SCHEDULES} {'WHERE' if where else ''} {' AND '.join(where)} ORDER BY changed_at"
        with self._reading() as connection:
            return [_schedule(row) for row in connection.execute(query, values)]

    def set_next_run(self, dag_id: str, dag_hash: str, due: DueRun | None, *, held_why: str = "") -> bool:
        wanted = (*_due_values(due), held_why)
        with self._reading() as connection:
            found = connection.execute(SELECT_NEXT, (dag_id, dag_hash)).fetchone()
        if found is None or tuple(found) == wanted:  # who asks for what has changed is not told of the same
            return found is not None
        with self._writing() as connection:
            stamp = dags.change_stamp(connection, self.now())
            return connection.execute(UPDATE_NEXT, (*wanted, stamp, dag_id, dag_hash)).rowcount == 1

    def accept_schedule(self, dag_id: str) -> None:
        with self._writing() as connection:
            query = "UPDATE dag SET held_why = '', changed_at = ? WHERE dag_id = ?"
            if connection.execute(query, (dags.change_stamp(connection, self.now()), dag_id)).rowcount != 1:
                raise dags.no_dag(dag_id)

    def create_scheduled_runs(self, wanted: Sequence[ByClock], *, who: str, now: datetime) -> list[bool]:
        try:
            with self._writing() as connection:
                stamp = dags.change_stamp(connection, self.now())
                made = [connection.execute(ADVANCE, _advanced(one, stamp)).rowcount == 1 for one in wanted]
                created = [one.created for one, is_ours in zip(wanted, made, strict=True) if is_ours]
                apply(connection, created, who=who, now=now)
                return made
        except DuplicateRunError:
            if len(wanted) == 1:
                return [False]
            return [made for one in wanted for made in self.create_scheduled_runs([one], who=who, now=now)]

    def waiting_runs(self, *, dag_id: str | None = None, limit: int = 1000) -> list[RunRecord]:
        with self._reading() as connection:
            return admission.waiting_runs(connection, dag_id, limit)

    def running_counts(self) -> Mapping[str, int]:
        with self._reading() as connection:
            return admission.running_counts(connection)

    def claim_waiting_runs(
        self, wanted: Sequence[tuple[RunKey, int]], *, owner_id: str, pid: int, host: str, now: datetime
    ) -> list[int | None]:
        owner = OwnerRecord(owner_id, pid, host, epoch=0, claimed_at=now)
        with self._writing() as connection:
            admission.lock_dags(connection, {key.dag_id for key, _ in wanted})
            return [admission.claim(connection, key, owner, most) for key, most in wanted]

    def failed_in_a_row(self, dag_id: str, *, at_most: int) -> int:
        with self._reading() as connection:
            return admission.failed_in_a_row(connection, dag_id, at_most)


def _advanced(wanted: ByClock, stamp: int) -> tuple[int | str | None, ...]:
    created = wanted.created
    last = to_micros(created.data_interval_start), to_micros(created.data_interval_end)
    return (*_due_values(wanted.next_due), *last, stamp, created.run.dag_id, to_micros(wanted.expected))


def _due_values(due: DueRun | None) -> tuple[int | None, ...]:
    if due is None:
        return None, None, None, None
    return tuple(map(to_micros, (due.run_after, due.logical_date, due.interval_start, due.interval_end)))


def _schedule(row: tuple[Any, ...]) -> DagSchedule:
    return DagSchedule(
        dag_id=row[0],
        dag_hash=row[1],
        snapshot=row[2],
        is_paused=bool(row[3]),
        changed_at=instant(row[4]),
        next_run_after=from_micros(row[5]),
        next_logical_date=from_micros(row[6]),
        next_interval_start=from_micros(row[7]),
        next_interval_end=from_micros(row[8]),
        last_interval_start=from_micros(row[9]),
        last_interval_end=from_micros(row[10]),
        held_why=row[11],
        is_retired=row[12] is not None,
    )
