"""How much is going on right now, counted where it is."""

from __future__ import annotations

from tradewind.model.ids import RunKey, path_from_text
from tradewind.model.states import FINISHED_TASK_STATES, RunState, TaskState, TryState
from tradewind.store.facets.counts import LiveSlot, SlotCount, TaskCount
from tradewind.store.sql.coding import instant
from tradewind.store.sql.port import Database

_ENDED = ", ".join(f"'{state}'" for state in sorted(FINISHED_TASK_STATES))
TASKS = f"""
    SELECT r.dag_id, r.dag_hash, i.task_id, i.state, COUNT(*) FROM run r JOIN task_instance i ON i.run = r.id
    WHERE r.state = 'running' AND i.state NOT IN ({_ENDED}) GROUP BY r.dag_id, r.dag_hash, i.task_id, i.state"""
SLOTS = """
    SELECT pool, state, CAST(SUM(pool_slots) AS BIGINT), COUNT(*) FROM try
    WHERE state IN ('queued', 'running') GROUP BY pool, state"""
LIVE = """
    SELECT r.dag_id, r.run_id, t.task_id, t.map_path, t.try_id, t.pool, t.pool_slots, t.state, t.queued_at,
    t.started_at, r.owner_id FROM try t JOIN run r ON r.id = t.run
    WHERE t.state IN ('queued', 'running') AND t.pool_slots > 0 ORDER BY t.queued_at, t.try_id"""
DEFERRED = """
    SELECT r.dag_id, r.run_id, t.task_id, t.map_path, t.try_id, t.pool, t.pool_slots, 'deferred', d.created_at,
    d.created_at, r.owner_id FROM deferral d JOIN try t ON t.try_id = d.try_id JOIN run r ON r.id = d.run
    JOIN pool p ON p.name = t.pool AND p.include_deferred = 1 WHERE d.is_resumed = 0 ORDER BY d.id"""
RUNS = "SELECT state, COUNT(*) FROM run WHERE state IN ('queued', 'running') GROUP BY state"


class SqlCounts(Database):
    """A part of `SqlStore`; see `store.facets.counts`."""

    def task_counts(self) -> list[TaskCount]:
        with self._reading() as connection:
            rows = connection.execute(TASKS, ()).fetchall()
        return [TaskCount(dag, version, task, TaskState(state), number) for dag, version, task, state, number in rows]

    def slot_counts(self) -> list[SlotCount]:
        with self._reading() as connection:
            rows = connection.execute(SLOTS, ()).fetchall()
        return [SlotCount(pool, TryState(state), slots, tries) for pool, state, slots, tries in rows]

    def run_counts(self) -> dict[RunState, int]:
        with self._reading() as connection:
            return {RunState(state): number for state, number in connection.execute(RUNS, ()).fetchall()}

    def live_tries(self) -> list[LiveSlot]:
        with self._reading() as connection:
            rows = [*connection.execute(LIVE, ()).fetchall(), *connection.execute(DEFERRED, ()).fetchall()]
        return [
            LiveSlot(
                RunKey(dag, run), task, path_from_text(path), try_id, pool, slots, TryState(state),
                instant(started if started is not None else queued), owner,
            )
            for dag, run, task, path, try_id, pool, slots, state, queued, started, owner in rows
        ]  # fmt: skip
