"""A simulated service: clocks that make runs, one or two schedulers that die or stop for a while, a triggerer that
forgets, users who ask for things; and the checks that watch them."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from tests.simulation.chance import Chance, Crash, Trouble
from tests.simulation.checks import Checks
from tests.simulation.clock import START, FakeClock
from tests.simulation.dags import POOLS, random_dag
from tests.simulation.service_node import Node
from tests.simulation.service_store import Belfry, SharedStore
from tests.simulation.service_triggerer import Triggerer
from tests.simulation.world import brief, template
from tradewind.engine.run import Bounds
from tradewind.executors.base import TryOrder
from tradewind.model.changes import Change
from tradewind.model.errors import HomeError
from tradewind.model.ids import RunKey, TaskKey
from tradewind.model.records import PoolRecord
from tradewind.model.service import Topic
from tradewind.model.spec import DagSpec, ScheduleSpec
from tradewind.model.states import RunState, RunType
from tradewind.scheduler.service import LeaseLostError
from tradewind.timetables.due import due_by_now, next_due

TURNS_AT_MOST = 20_000
USERS_REST_AFTER = 10_000
"""Turns. What somebody clears again and again need not end."""
"""Most seeds end in 2,000. Of some, schedulers die and stop so often that a minute's run takes half an hour."""
OPEN_FOR = timedelta(minutes=20)
"""Runs become due for so long; then the world waits for their ends."""
SCHEDULES = ("* * * * *", "*/3 * * * *", "*/10 * * * *")


class ServiceWorld:
    """`with ServiceWorld(seed) as world: world.play()`."""

    def __init__(self, seed: int, trouble: Trouble = Trouble(), log: Callable[[str], None] | None = None) -> None:
        self._log = log
        self.chance = Chance(seed, trouble)
        self.clock = FakeClock()
        self.turns = 0
        self._folder = Path(tempfile.mkdtemp(prefix="tradewind-simulation-"))
        file = self._folder / "tradewind.db"
        shutil.copyfile(template(), file)
        rng = self.chance.rng
        self.belfry = Belfry(self.chance)
        self.bounds = Bounds(max_lost_tries=rng.choice([1, 3]), max_map_length=100)
        self.parallelism = rng.choice([1, 2, 4])
        self.specs = {name: self._dag(name) for name in ("one", "two")[: rng.choice([1, 2])]}
        self.checks = Checks(file, self.specs, self.parallelism)
        self._outside = SharedStore(file, Chance(0, Trouble(at_most=0)), self.clock, self.belfry)
        """Of users, and of the dag-processor; they have no trouble of their own."""
        for spec in self.specs.values():
            self._publish(spec)
        self._outside.import_pools(PoolRecord(name, slots) for name, slots in POOLS.items())
        self._serial = 0
        self.fired: dict[tuple[str, str, str, tuple[int, ...]], set[Any]] = {}
        self.nodes = [Node(self, file, number) for number in range(rng.choice([1, 2, 2]))]
        self.triggerer = Triggerer(self, SharedStore(file, Chance(0, Trouble(at_most=0)), self.clock, self.belfry))
        self._touched_by_users = False
        self._has_users = rng.random() < 0.5
        self._last_orders: dict[TaskKey, TryOrder] = {}

    def __enter__(self) -> ServiceWorld:
        return self

    def __exit__(self, *error: object) -> None:
        for node in self.nodes:
            node.die()
        self.triggerer.store.close()
        self._outside.close()
        self.checks.store.close()
        shutil.rmtree(self._folder, ignore_errors=True)

    # -------------------------------------------------------------------------------- what there is

    def _dag(self, name: str) -> DagSpec:
        rng = self.chance.rng
        spec = random_dag(rng, name)
        # Without depends_on_past: a run that waits for one that failed waits until somebody mends that one.
        return replace(
            spec,
            tasks=tuple(replace(task, depends_on_past=False, wait_for_downstream=False) for task in spec.tasks),
            schedule=ScheduleSpec(
                "cron", crons=(rng.choice(SCHEDULES),), interval=rng.choice(["trigger", "data_interval"])
            ),
            start_date=START,
            end_date=START + OPEN_FOR,
            catchup=True,
            max_active_runs=rng.choice([1, 2, 16]),
            run_timeout_seconds=rng.choice([None, None, 600.0]),
        )

    def _publish(self, spec: DagSpec) -> None:
        store, now = self._outside, self.clock()
        store.save_dag_version(spec, "snapshot", "/dags", "dag.py", now=now)
        store.set_paused(spec.dag_id, False)
        store.set_next_run(spec.dag_id, spec.hash, next_due(spec, None, now))

    # -------------------------------------------------------------------------------- playing

    def play(self) -> None:
        while not self._is_over():
            self.turns += 1
            assert self.turns < TURNS_AT_MOST, f"it does not end: {self._unfinished()}"
            self._interfere_perhaps()
            self._next_turn()
            self._check(look_at_all=self.chance.one_in(10))
        self._at_the_end()

    def _next_turn(self) -> None:
        """Whoever is due first, goes."""
        actors = [*self.nodes, self.triggerer]
        due = [(actor.next_wake(), place) for place, actor in enumerate(actors)]
        waking = [(at, place) for at, place in due if at is not None]
        assert waking, "nobody is ever woken again"
        at, place = min(waking)
        self.clock.advance(max(0.0, at - self.clock.elapsed_seconds))
        actor = actors[place]
        try:
            actor.turn()
        except (Crash, HomeError, LeaseLostError) as error:
            self.say(f"{actor.name} dies: {error!r}")
            actor.die()

    def _interfere_perhaps(self) -> None:
        if self.chance.strikes("pause", 0.01):
            node = self.chance.pick(self.nodes)
            node.stop_for(self.chance.pick([1.0, 8.0, 30.0]))
        for listener in list(self.belfry.deaf):
            if self.chance.one_in(10):
                self.belfry.deaf.remove(listener)
                listener.connect_anew()
        if self._has_users and self.turns < USERS_REST_AFTER and self.chance.strikes("request", 0.01):
            self._ask()

    def _ask(self) -> None:
        runs = self._outside.runs(limit=50)
        doing = self.chance.pick(["cancel", "clear", "mark_run", "pool", "pause"])
        self.say(f"user: {doing}")
        self._touched_by_users = True
        if doing == "pool":
            name = self.chance.pick(list(POOLS))
            self._outside.set_pool(PoolRecord(name, POOLS[name], include_deferred=self.chance.one_in(2)))
            self._outside.ring(Topic.POOLS)
        elif doing == "pause":
            for spec in self.specs.values():
                self._outside.set_paused(spec.dag_id, True)
                self._outside.set_paused(spec.dag_id, False)
            self._outside.ring(Topic.DAGS)
        elif runs:
            run = self.chance.pick(runs)
            key = RunKey(run.dag_id, run.run_id)
            self._outside.add_request(doing, key, self._payload(doing, key), who="user", now=self.clock())
            self._outside.ring(Topic.REQUESTS)

    def _payload(self, doing: str, key: RunKey) -> dict[str, object]:
        match doing:
            case "clear":
                tasks = [task.task_id for task in self.specs[key.dag_id].tasks]
                return {"tasks": [[name, []] for name in self.chance.rng.sample(tasks, 1)], "downstream": True}
            case "mark_run":
                return {"state": self.chance.pick(["success", "failed"])}
            case _:
                return {}

    # -------------------------------------------------------------------------------- what has to hold

    def submitted(self, order: TryOrder) -> None:
        own = next(node for node in self.nodes if node.is_submitting)
        self.checks.submitted(order, [one for one in own.running() if self._is_current(one)])
        task = order.message.task
        if (resume := order.message.resume) is not None and "event" in resume.kwargs:
            name = (task.dag_id, task.run_id, task.task_id, task.map_path)
            fired = self.fired.get(name, set())
            assert resume.kwargs["event"] in fired, f"{name} goes on with {resume}, which nobody fired"

        self._begins_again_where_it_was(order)

    def _begins_again_where_it_was(self, order: TryOrder) -> None:
        """A resumed try that was lost is begun again with the same event."""
        key = order.message.task
        last = self._last_orders.get(key)
        self._last_orders[key] = order
        if last is None or last.message.resume is None:
            return
        row = self.checks._select("SELECT state FROM try WHERE try_id = ?", (last.message.try_id,)).fetchone()
        if row == ("lost",) and last.message.try_number == order.message.try_number and not self._touched_by_users:
            assert order.message.resume == last.message.resume, f"{key} was lost, and begins anew without its event"

    def _is_current(self, order: TryOrder) -> bool:
        """Others may be processes of a scheduler that has lost the run, and does not know it yet."""
        row = self.checks._select("SELECT state FROM try WHERE try_id = ?", (order.message.try_id,)).fetchone()
        return row is not None and row[0] in ("queued", "running")

    def _check(self, *, look_at_all: bool) -> None:
        touched = self.checks._replay_history()
        self.checks._rows_are_what_history_says(touched)
        self.checks._values_are_of_the_current_try(touched)
        if touched or look_at_all:
            self._slots_hold()
            self._one_run_a_date()

    def _slots_hold(self) -> None:
        rows = self.checks._select(
            "SELECT pool, SUM(pool_slots) FROM try WHERE state IN ('queued', 'running') AND purpose != 'callback' GROUP BY pool"
        )
        for pool, used in rows.fetchall():
            assert POOLS[pool] < 0 or used <= POOLS[pool], f"{used} slots of pool {pool} are in use"
        if not self._touched_by_users:
            rows = self.checks._select("SELECT dag_id, COUNT(*) FROM run WHERE state = 'running' GROUP BY dag_id")
            for dag_id, running in rows.fetchall():
                assert running <= self.specs[dag_id].max_active_runs, f"{running} runs of {dag_id} at once"

    def _one_run_a_date(self) -> None:
        rows = self.checks._select(
            "SELECT dag_id, logical_date, COUNT(*) FROM run GROUP BY dag_id, logical_date HAVING COUNT(*) > 1"
        ).fetchall()
        assert not rows, f"doubled runs: {rows}"

    def _is_over(self) -> bool:
        if self.clock() < START + OPEN_FOR + timedelta(minutes=1):
            return False
        if any(node.is_stopped or node.has_work for node in self.nodes) or self.belfry.deaf:
            return False
        return not self._unfinished() and not any(missing for _, missing, _ in self._wrong_dates())

    def _unfinished(self) -> list[Any]:
        return self.checks._select(
            "SELECT dag_id, run_id, state, owner_id FROM run WHERE state IN ('queued', 'running') OR owner_id IS NOT NULL"
        ).fetchall()

    def _at_the_end(self) -> None:
        runs = self.checks.store.runs(limit=10_000)
        self.checks.at_the_end([RunKey(run.dag_id, run.run_id) for run in runs])
        for dag_id, missing, too_many in self._wrong_dates():
            assert not missing, f"{dag_id}: missing {missing}"
            assert not too_many, f"{dag_id}: too many {too_many}"

    def _wrong_dates(self) -> Iterator[tuple[str, set[Any], set[Any]]]:
        """(DAG, dates without a run by the clock, dates with one that should have none)."""
        runs = self.checks.store.runs(limit=10_000)
        for spec in self.specs.values():
            wanted = {due.logical_date for due in due_by_now(spec, None, self.clock(), at_most=1000)}
            made = {
                run.logical_date
                for run in runs
                if run.dag_id == spec.dag_id and run.run_type is RunType.SCHEDULED and run.state is not RunState.QUEUED
            }
            yield spec.dag_id, wanted - made, made - wanted

    # -------------------------------------------------------------------------------- small things

    def new_try_id(self) -> str:
        self._serial += 1
        return f"try{self._serial:05}"

    def committed(self, who: str, changes: Sequence[Change], now: datetime) -> None:
        if self._log is not None:
            for change in changes:
                self.say(f"{who} committed: {brief(change)}")

    def say(self, line: str) -> None:
        if self._log is not None:
            self._log(f"{self.turns:4} {self.clock():%H:%M:%S.%f} {line}")
