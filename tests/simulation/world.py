"""One simulated world: DAGs, runs, users, a scheduler that dies and comes back, and the checks that watch it."""

from __future__ import annotations

import atexit
import functools
import re
import shutil
import tempfile
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Any

from tests.simulation.chance import Chance, Crash, Trouble
from tests.simulation.checks import Checks
from tests.simulation.clock import START, FakeClock
from tests.simulation.dags import POOLS, random_dag
from tests.simulation.executor import FakeExecutor
from tests.simulation.store import InterruptedStore
from tradewind.engine import clearing, events
from tradewind.engine.commands import RunFinished
from tradewind.engine.events import Event
from tradewind.engine.run import Bounds, Run
from tradewind.engine.step import Step, step
from tradewind.executors.base import CodeRef, ExecutorEvent
from tradewind.model.changes import Change, RunCreated
from tradewind.model.errors import HomeError
from tradewind.model.ids import RunKey
from tradewind.model.outcomes import TryLost, TryReport
from tradewind.model.spec import DagSpec
from tradewind.model.states import RunState, RunType, TaskState
from tradewind.scheduler import loop
from tradewind.scheduler.dispatch import Dispatch
from tradewind.scheduler.loop import Scheduler
from tradewind.scheduler.one_shot import go_on
from tradewind.scheduler.orders import RunnerLimits
from tradewind.scheduler.owner import Owner
from tradewind.scheduler.takeover import left_behind, new_run, restored_run

TURNS_AT_MOST = 3_000
CODE = CodeRef("snapshot", "dag.py")
RESUMES_AT_MOST = 2


class World:
    """`with World(seed) as world: world.play()`. `log` is told what happens, one line each."""

    def __init__(self, seed: int, trouble: Trouble = Trouble(), log: Callable[[str], None] | None = None) -> None:
        self._log = log
        self.chance = Chance(seed, trouble)
        self.clock = FakeClock()
        self.turns = 0
        self._folder = Path(tempfile.mkdtemp(prefix="tradewind-simulation-"))
        self._file = self._folder / "tradewind.db"
        shutil.copyfile(template(), self._file)
        rng = self.chance.rng
        self.parallelism = rng.choice([1, 2, 4])
        self._bounds = Bounds(max_lost_tries=rng.choice([0, 1, 3]), max_map_length=rng.choice([2, 100, 100]))
        self.specs = {name: random_dag(rng, name) for name in ("one", "two")[: rng.choice([1, 1, 2])]}
        self._to_launch = [
            (created(spec, number), rng.choice([0, 0, 1, 5]))
            for spec in self.specs.values()
            for number in range(rng.choice([1, 1, 2, 3]))
        ]
        self._keys = [launch.run for launch, _ in self._to_launch]
        self._resumes = dict.fromkeys(self._keys, RESUMES_AT_MOST)
        self._serial = 0
        self._break_next: RunKey | None = None
        self._late: list[ExecutorEvent] = []
        self._checks = Checks(self._file, self.specs, self.parallelism)
        self._owners = 0
        self._power_on()

    def __enter__(self) -> World:
        self._real_step = loop.step
        loop.step = self._step
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        loop.step = self._real_step
        self._checks.store.close()
        self._store.close()
        shutil.rmtree(self._folder, ignore_errors=True)

    # -------------------------------------------------------------------------------- playing

    def play(self) -> None:
        """To the end of all runs. Raises AssertionError where something does not hold."""
        while not self._is_over():
            self.turns += 1
            assert self.turns < TURNS_AT_MOST, "the runs do not end"
            try:
                self._play_turn()
            except (Crash, HomeError) as error:
                self._say(f"the scheduler dies: {error!r}")
                self._power_cycle()
        self._checks.at_the_end(self._keys)

    def _is_over(self) -> bool:
        return not self._to_launch and not self._orphans and not self.scheduler.has_work

    def _play_turn(self) -> None:
        if self._orphans:
            self._take_over(self._orphans[0])
            self._orphans.pop(0)
        elif self._to_launch and self._to_launch[0][1] <= self.turns:
            self._launch()
        elif self.chance.strikes("user", 0.06):
            self._interfere()
        elif self.scheduler.has_work:
            self._set_clock_perhaps()
            self._break_perhaps()
            go_on(self.scheduler)
        self._checks.after_turn(self.scheduler, self._bounds, look_at_all=self.chance.one_in(5))
        if self.chance.one_in(3):
            self._check_idle()

    def _check_idle(self) -> None:
        """Nothing has happened, so nothing is written."""
        scheduler = self.scheduler
        has_news = scheduler.has_wishes
        if has_news or scheduler._timers.seconds_until_next(self.clock()) == 0.0:
            return
        before = self._checks.version()
        self.executor.is_silent = True
        self.scheduler.turn(0.0)
        self.executor.is_silent = False
        assert self._checks.version() == before, "an idle turn has written something"

    # -------------------------------------------------------------------------------- dying and coming back

    def _power_on(self) -> None:
        self._owners += 1
        self._store = InterruptedStore(self._file, self.chance)
        self.executor = FakeExecutor(self.chance, self.clock, self.specs)
        self.executor.submitted = lambda order: self._checks.submitted(order, self.executor.running.values())
        self.executor.said = lambda event: self._say(f"executor: {brief(event)}") if self._log else None
        limits = RunnerLimits(log_folder="/logs", artifact_url="/artifacts", inline_value_bytes=1, max_map_length=100)
        dispatch = Dispatch(
            self.executor, limits, parallelism=self.parallelism, pools=POOLS, new_try_id=self._new_try_id
        )
        owner = Owner(f"owner{self._owners}", self._owners, "host")
        self.scheduler = Scheduler(
            self._store, self.executor, dispatch, self.clock, owner=owner, who="sim", pause=self.clock.advance
        )
        self.scheduler.observe(self._changed)
        # Left over are the runs that go on, and those whose last tries were still ending.
        self._orphans = [key for key in self._keys if self._is_orphan(key)]
        for event in self._late:
            self.executor.come_late(self.chance.rng.uniform(0, 60), event)
        self._late.clear()

    def _is_orphan(self, key: RunKey) -> bool:
        record = self._checks.store.run(key)
        if record is None:
            return False
        return not record.state.is_finished or self._checks.store.owner_of(key) is not None

    def _power_cycle(self) -> None:
        self._late = [
            event
            for _, _, event in self.executor._planned
            if isinstance(event, TryReport | TryLost) and self.chance.strikes("late", 0.3)
        ]
        self._store.close()
        self.clock.advance(self.chance.pick([0.0, 1.0, 1000.0]))
        self._break_next = None
        self._power_on()

    def _take_over(self, key: RunKey) -> None:
        self._say(f"taken over: {key.dag_id} {key.run_id}")
        active, rows = restored_run(self._store, key, self.specs[key.dag_id], CODE, self._bounds)
        changes, lost = left_behind(rows, "its scheduler died")
        owner = self._store.owner_of(key)
        gone = owner.owner_id if owner is not None else None
        if rows.run.state.is_finished:
            self._store.commit(changes, who="sim", now=self.clock())
            self._store.release_run(key, owner_id=gone or "")
            return
        begun = events.RunStarted() if rows.run.state is RunState.QUEUED else events.RunRestored()
        self.scheduler.adopt(active, [begun, *lost], before=changes, instead_of=gone)

    # -------------------------------------------------------------------------------- what users do

    def _launch(self) -> None:
        launch, _ = self._to_launch[0]
        if self._store.run(launch.run) is None:
            self._say(f"launched: {launch.run.dag_id} {launch.run.run_id}")
            active = new_run(launch, self.specs[launch.run.dag_id], CODE, self.clock(), self._bounds)
            self.scheduler.adopt(active, [events.RunStarted()], before=[launch])
        self._to_launch.pop(0)

    def _interfere(self) -> None:
        active = list(self.scheduler._runs)
        if not active:
            self._resume(self.chance.pick(self._keys))
            return
        key = self.chance.pick(active)
        run = self.scheduler._runs[key].run
        doing = self.chance.pick(["clear", "clear", "mark", "cancel", "request", "interrupt", "resume"])
        self._say(f"user: {doing} {key.dag_id} {key.run_id}")
        match doing:
            case "clear":
                names = [(instance.plan.task_id, instance.path) for instance in run.all_instances()]
                some = tuple(self.chance.rng.sample(names, self.chance.rng.randint(1, len(names))))
                below = clearing.with_relatives(run, some, downstream=self.chance.one_in(2))
                self.scheduler.tell(key, events.TasksCleared(below, "cleared by sim"))
            case "mark":
                some_instance = self.chance.pick(list(run.all_instances()))
                state: Any = self.chance.pick([TaskState.SUCCESS, TaskState.FAILED, TaskState.SKIPPED])
                self.scheduler.tell(
                    key, events.TaskMarked(some_instance.plan.task_id, some_instance.path, state, "marked by sim")
                )
            case "cancel":
                self.scheduler.tell(key, events.RunCancelled("cancelled by sim"))
            case "request":
                self._checks.store.add_request("cancel", key, {}, who="another process", now=self.clock())
                self.scheduler.look_for_requests()
            case "interrupt":
                self.scheduler.interrupt("cancelled by Ctrl-C")
            case _:
                self._resume(self.chance.pick(self._keys))

    def _resume(self, key: RunKey) -> None:
        record = self._store.run(key)
        if record is None or record.state is not RunState.FAILED or not self._resumes[key]:
            return
        if self._store.owner_of(key) is not None:
            return  # its last tries are still ending
        self._resumes[key] -= 1
        self._say(f"resumed: {key.dag_id} {key.run_id}")
        active, rows = restored_run(self._store, key, self.specs[key.dag_id], CODE, self._bounds)
        changes, lost = left_behind(rows, "its scheduler died")
        again = clearing.to_resume(active.run)
        if again:
            cleared = events.TasksCleared(again, "resumed by sim")
            self.scheduler.adopt(active, [events.RunRestored(), *lost, cleared], before=changes)

    def _set_clock_perhaps(self) -> None:
        if self.chance.strikes("clock", 0.03):
            seconds = self.chance.pick([-7200.0, -60.0, -0.5, 30.0, 3600.0])
            self._say(f"the clock is set by {seconds} s")
            self.clock.set_by(seconds)

    # -------------------------------------------------------------------------------- what must not happen, and does

    def _break_perhaps(self) -> None:
        """Somebody else moves the run's rows, or our own code has a bug."""
        if not (active := list(self.scheduler._runs)):
            return
        if self.chance.strikes("broken", 0.004):
            self._break_next = self.chance.pick(active)
        if self.chance.strikes("stale", 0.004):
            self._store.refuses = self.chance.pick(active)

    def _step(self, run: Run, event: Event, now: datetime) -> Step:
        if run.key == self._break_next:
            self._break_next = None
            raise AssertionError("a bug in the engine")
        made = step(run, event, now)
        if self._log is not None:
            finished = "".join(f" → {command.state}" for command in made.commands if isinstance(command, RunFinished))
            self._say(f"event: {run.key.dag_id} {run.key.run_id} {brief(event)}{finished}")
        return made

    # -------------------------------------------------------------------------------- small things

    def _changed(self, changes: Sequence[Change], now: datetime) -> None:
        if self._log is not None:
            for change in changes:
                self._say(f"committed: {brief(change)}")

    def _new_try_id(self) -> str:
        self._serial += 1
        return f"try{self._serial:05}"

    def _say(self, line: str) -> None:
        if self._log is not None:
            self._log(f"{self.turns:4} {self.clock():%H:%M:%S.%f} {line}")


def created(spec: DagSpec, number: int) -> RunCreated:
    at = START + timedelta(hours=number)
    return RunCreated(RunKey(spec.dag_id, f"run{number}"), spec.hash, "snapshot", RunType.MANUAL, at, at, at, at)


_EMPTY = re.compile(r", \w+=(None|''|0|\(\)|False)(?=[,)])")
_ENUM = re.compile(r"<\w+\.\w+: '(\w+)'>")
_RUN = re.compile(r"RunKey\(dag_id='(\w+)', run_id='(\w+)'\)")


def brief(said: Any) -> str:
    """Without what goes without saying."""
    return _RUN.sub(r"\1 \2", _ENUM.sub(r"\1", _EMPTY.sub("", repr(said))))


@functools.cache
def template() -> Path:
    """An empty database, made once for each process."""
    file = Path(tempfile.mkdtemp(prefix="tradewind-template-")) / "tradewind.db"
    atexit.register(shutil.rmtree, file.parent, ignore_errors=True)
    store = InterruptedStore(file, Chance(0, Trouble(at_most=0)))
    store._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    store.close()
    return file
