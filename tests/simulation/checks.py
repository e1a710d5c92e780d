"""What always holds (DESIGN, section 4), asked of the store through a connection of its own after every turn."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from tests.engine.conftest import picture
from tests.simulation.dags import CPUS, POOLS
from tradewind.engine.run import Bounds
from tradewind.executors.base import TryOrder
from tradewind.model.ids import MapPath, RunKey, TaskKey, path_from_text, path_to_text
from tradewind.model.messages import Input
from tradewind.model.spec import DagSpec
from tradewind.model.states import TriggerRule, TryPurpose
from tradewind.scheduler.active import ActiveRun, ValuesAtHand
from tradewind.scheduler.loop import Scheduler
from tradewind.scheduler.takeover import restored_run
from tradewind.store.sqlite.store import SqliteStore

ENDED = ("success", "failed", "skipped", "upstream_failed")
BY_HAND = ("cleared by", "resumed by")


class Checks:
    def __init__(self, file: Path, specs: dict[str, DagSpec], parallelism: int) -> None:
        self.store = SqliteStore(file, file.parent)
        self._select = self.store._connection.execute
        self._specs = specs
        self._parallelism = parallelism
        self._seen_history = 0
        self._states: dict[tuple[Any, ...], str] = {}
        self._succeeded: set[tuple[Any, ...]] = set()
        self._submitted: set[str] = set()

    # -------------------------------------------------------------------------------- when a try is dispatched

    def submitted(self, order: TryOrder, running: Iterable[TryOrder]) -> None:
        message = order.message
        task, path = message.task, path_to_text(message.task.map_path)
        assert message.try_id not in self._submitted, "a try is dispatched twice"
        self._submitted.add(message.try_id)
        row = self._select(
            """SELECT t.state, i.state, i.try_id, r.state, r.id FROM try t JOIN run r ON r.id = t.run JOIN task_instance i
            ON i.run = t.run AND i.task_id = t.task_id AND i.map_path = t.map_path
            WHERE t.try_id = ? AND r.dag_id = ? AND r.run_id = ? AND t.task_id = ? AND t.map_path = ?""",
            (message.try_id, task.dag_id, task.run_id, task.task_id, path),
        ).fetchone()
        assert row is not None, f"{message.try_id} is dispatched before it is committed"
        assert row[:4] == ("queued", "queued", message.try_id, "running"), f"dispatched as {row}"
        self._replay_history()
        assert (row[4], "task", task.task_id, path) not in self._succeeded, f"{task} has succeeded and runs again"
        assert message.try_number <= message.max_tries, f"{task} is tried more often than its retries allow"
        self._upstream_is_committed(task, message.purpose, row[4])
        self._goes_on_with_its_event(order, row[4])
        for given in message.inputs:
            self._input_is_what_is_stored(given, order, row[4])
        self._limits_hold([*running, order])

    def _goes_on_with_its_event(self, order: TryOrder, run: int) -> None:
        """What a task waited for has come, and it has not moved on since: its try has to be told."""
        task = order.message.task
        came = self._select(
            "SELECT event FROM deferral WHERE run = ? AND task_id = ? AND map_path = ? AND outcome = 'event'",
            (run, task.task_id, path_to_text(task.map_path)),
        ).fetchone()
        resume = order.message.resume
        assert came is None or (resume is not None and "event" in resume.kwargs), f"{task} is not told of its event"

    def _upstream_is_committed(self, key: TaskKey, purpose: TryPurpose, run: int) -> None:
        tasks = {task.task_id: task for task in self._specs[key.dag_id].tasks}
        task = tasks[key.task_id]
        if task.trigger_rule is not TriggerRule.ALL_SUCCESS or purpose is TryPurpose.EXPAND or task.is_teardown:
            return
        # The rule is decided before the first try. A retry does not ask again, whatever a user did upstream meanwhile.
        query = """SELECT old FROM history WHERE run = ? AND entity = 'task' AND task_id = ? AND map_path = ?
            ORDER BY id DESC LIMIT 1"""
        if self._select(query, (run, key.task_id, path_to_text(key.map_path))).fetchone() != ("none",):
            return
        for name in task.upstream:
            if not tasks[name].group_id and tasks[name].expansion is None:
                query = "SELECT state FROM task_instance WHERE run = ? AND task_id = ? AND map_path = ''"
                assert self._select(query, (run, name)).fetchone() == ("success",), f"{key} runs before {name}"

    def _input_is_what_is_stored(self, given: Input, order: TryOrder, run: int) -> None:
        rows = self._select(
            "SELECT map_path, try_id FROM xcom WHERE run = ? AND task_id = ? AND key = ?",
            (run, given.task_id, given.key),
        )
        stored = {path_from_text(path): try_id for path, try_id in rows}
        prefix = self._shared_prefix(given.task_id, order.message.task)
        below = {path: try_id for path, try_id in stored.items() if path[: len(prefix)] == prefix}
        assert given.total == len(below), f"{given} came along with {order.message.task}, but {below} is stored"
        if given.xcoms:
            assert {xcom.map_path: xcom.try_id for xcom in given.xcoms} == below

    def _shared_prefix(self, source: str, reader: TaskKey) -> MapPath:
        spec = self._specs[reader.dag_id]
        groups = {group.group_id: group for group in spec.groups}
        own = {task.task_id: task.group_id for task in spec.tasks}

        def mapped(group_id: str) -> list[str]:
            if not group_id:
                return []
            group = groups[group_id]
            return mapped(group.parent_id) + ([group_id] if group.expansion else [])

        common = 0
        for one, other in zip(mapped(own[source]), mapped(own[reader.task_id]), strict=False):
            if one != other:
                break
            common += 1
        return reader.map_path[:common]

    def _limits_hold(self, running: list[TryOrder]) -> None:
        """Counted from processes, whatever the scheduler believes."""
        assert len(running) <= self._parallelism, "over parallelism"
        assert sum(order.resources.cpus for order in running) <= CPUS, "over the machine's CPUs"
        pools, runs, of_task, of_task_in_run = Counter[Any](), Counter[Any](), Counter[Any](), Counter[Any]()
        for order in running:
            key = order.message.task
            task = next(task for task in self._specs[key.dag_id].tasks if task.task_id == key.task_id)
            pools[task.pool] += task.pool_slots
            runs[key.run] += 1
            of_task[key.dag_id, key.task_id, task.max_active_tis_per_dag] += 1
            of_task_in_run[key.run, key.task_id, task.max_active_tis_per_dagrun] += 1
        for pool, used in pools.items():
            assert POOLS[pool] < 0 or used <= POOLS[pool], f"pool {pool} is over its slots"
        for run, used in runs.items():
            assert used <= self._specs[run.dag_id].max_active_tasks, f"{run} is over max_active_tasks"
        for counted in (of_task, of_task_in_run):
            assert all(cap is None or used <= cap for (*_, cap), used in counted.items()), f"over a cap: {counted}"

    # -------------------------------------------------------------------------------- after a turn

    def after_turn(self, scheduler: Scheduler, bounds: Bounds, *, look_at_all: bool) -> None:
        touched = self._replay_history()
        for active in scheduler._runs.values():
            if look_at_all or (active.key.dag_id, active.key.run_id) in touched:
                self._memory_follows_from_the_store(active, bounds)
                self._waiting_has_a_reason(scheduler, active)
        self._rows_are_what_history_says(touched)
        self._values_are_of_the_current_try(touched)
        self._outcomes_are_those_of_the_tries(touched)
        self._what_is_on_its_way_has_a_live_try(touched)

    def _what_is_on_its_way_has_a_live_try(self, touched: set[tuple[str, str]]) -> None:
        for dag_id, run_id in touched:
            rows = self._select(
                """SELECT i.task_id, i.map_path, i.state, t.state FROM task_instance i JOIN run r ON r.id = i.run
                LEFT JOIN try t ON t.try_id = i.try_id WHERE r.dag_id = ? AND r.run_id = ?
                AND i.state IN ('queued', 'running') AND coalesce(t.state, '') NOT IN ('queued', 'running')""",
                (dag_id, run_id),
            ).fetchall()
            assert not rows, f"nobody works on them: {rows}"

    def _outcomes_are_those_of_the_tries(self, touched: set[tuple[str, str]]) -> None:
        for dag_id, run_id in touched:
            rows = self._select(
                """SELECT i.task_id, i.map_path, i.state, i.why FROM task_instance i JOIN run r ON r.id = i.run
                JOIN try t ON t.try_id = i.try_id WHERE r.dag_id = ? AND r.run_id = ? AND t.state = 'failed'
                AND t.purpose = 'execute' AND i.state IN ('success', 'skipped') AND i.why NOT LIKE '%marked%'
                AND i.why NOT LIKE 'cancelled:%' AND i.why NOT LIKE 'skipped by %'""",
                (dag_id, run_id),
            ).fetchall()
            assert not rows, f"their tries failed: {rows}"

    def _replay_history(self) -> set[tuple[str, str]]:
        """Each row starts where the one before it ended. Returns the runs that moved."""
        touched: set[tuple[str, str]] = set()
        rows = self._select(
            """SELECT h.id, h.run, h.entity, h.task_id, h.map_path, h.old, h.new, h.why, h.try_id, r.dag_id, r.run_id
            FROM history h JOIN run r ON r.id = h.run WHERE h.id > ? ORDER BY h.id""",
            (self._seen_history,),
        ).fetchall()
        for number, run, entity, task_id, path, old, new, why, try_id, dag_id, run_id in rows:
            self._seen_history = number
            touched.add((dag_id, run_id))
            if entity == "note":
                continue
            name = (run, entity, task_id, path) if entity != "try" else (run, entity, try_id, None)
            assert self._states.get(name, "none") == (old or "none"), f"history of {name} jumps to {old} → {new}"
            self._states[name] = new
            if entity != "task":
                continue
            if new == "success":
                self._succeeded.add(name)
            elif old in ENDED and new == "none":
                is_meant = why.startswith(BY_HAND) or (old != "success" and " was marked " in why)
                assert is_meant, f"{name} was {old} and is forgotten: {why}"
                self._succeeded.discard(name)
        return touched

    def _rows_are_what_history_says(self, touched: set[tuple[str, str]]) -> None:
        for dag_id, run_id in touched:
            run, state = self._select(
                "SELECT id, state FROM run WHERE dag_id = ? AND run_id = ?", (dag_id, run_id)
            ).fetchone()
            assert self._states[run, "run", None, None] == state
            rows = self._select("SELECT task_id, map_path, state FROM task_instance WHERE run = ?", (run,)).fetchall()
            replayed = {(t, p): s for (r, entity, t, p), s in self._states.items() if r == run and entity == "task"}
            assert {(task, path): state for task, path, state in rows} == replayed
            rows = self._select("SELECT try_id, state FROM try WHERE run = ?", (run,)).fetchall()
            assert dict(rows) == {t: s for (r, entity, t, _), s in self._states.items() if r == run and entity == "try"}

    def _memory_follows_from_the_store(self, active: ActiveRun, bounds: Bounds) -> None:
        restored, _ = restored_run(self.store, active.key, active.spec, active.code, bounds)
        assert picture(restored.run) == picture(active.run), f"{active.key} is not what the store says"
        assert values_of(restored.values) == values_of(active.values), f"values of {active.key} are not the stored ones"

    def _waiting_has_a_reason(self, scheduler: Scheduler, active: ActiveRun) -> None:
        for instance in active.run.all_instances():
            if instance.is_ready:
                key = TaskKey(active.key.dag_id, active.key.run_id, instance.plan.task_id, instance.path)
                assert scheduler._dispatch.why(key, scheduler._live.values()), f"{key} is ready, and nothing holds it"

    def _values_are_of_the_current_try(self, touched: set[tuple[str, str]]) -> None:
        """A report of a try that is not the current one changes nothing, values included. What a task pushed before it
        deferred stays."""
        for dag_id, run_id in touched:
            rows = self._select(
                """SELECT x.task_id, x.map_path, x.try_id, i.try_id FROM xcom x JOIN run r ON r.id = x.run
                LEFT JOIN task_instance i ON i.run = x.run AND i.task_id = x.task_id AND i.map_path = x.map_path
                LEFT JOIN try t ON t.try_id = x.try_id
                WHERE r.dag_id = ? AND r.run_id = ? AND x.try_id IS NOT i.try_id AND t.state != 'deferred'""",
                (dag_id, run_id),
            ).fetchall()
            assert not rows, f"values of tries that are not the current ones: {rows}"

    # -------------------------------------------------------------------------------- in the end

    def at_the_end(self, runs: Iterable[RunKey]) -> None:
        for key in runs:
            record = self.store.run(key)
            assert record is not None, f"{key} is lost"
            assert record.state.is_finished, f"{key} does not end"
            assert self.store.owner_of(key) is None, f"{key} has ended and is still owned"
            assert self.store.load_run(key).live_tries == [], f"{key} has ended, and has live tries"

    def version(self) -> int:
        """Changes whenever another connection has written."""
        return self._select("PRAGMA data_version").fetchone()[0]


def values_of(values: ValuesAtHand) -> dict[Any, Any]:
    return {key: found for key, found in values._values.items() if found}
