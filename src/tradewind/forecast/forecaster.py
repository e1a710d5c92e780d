"""Plays DAGs ahead: their clocks make runs, the engine moves them, the limits hold them back, tasks take their time."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from tradewind.engine import events
from tradewind.engine.asset_conditions import Update, is_met, mentions
from tradewind.engine.commands import AskPast, Command, RunFinished, StartTry, StopTry, WakeAt, WithdrawTry
from tradewind.engine.events import Event
from tradewind.engine.limits import Limits, LiveTry, Ready, ready_of
from tradewind.engine.past import verdict
from tradewind.engine.ready_queue import ReadyQueue
from tradewind.engine.run import Instance, Run
from tradewind.engine.step import step
from tradewind.forecast.clockwork import Clockwork
from tradewind.forecast.durations import Durations
from tradewind.forecast.story import Forecast, Held, Miss, RunStory, TryStory
from tradewind.model.changes import RunCreated
from tradewind.model.errors import TradewindError
from tradewind.model.ids import MapPath, RunKey, TaskKey
from tradewind.model.records import TaskRecord
from tradewind.model.service import DueRun, NewDeadline
from tradewind.model.spec import DagSpec
from tradewind.model.states import RunState, RunType, TaskState, TryPurpose
from tradewind.scheduler.launch import scheduled_run
from tradewind.scheduler.names import run_id
from tradewind.scheduler.outlets import updates_of
from tradewind.scheduler.run_deadlines import with_deadlines
from tradewind.timetables.base import DataInterval, Timetable
from tradewind.timetables.due import next_due

TRIES_AT_MOST = 500_000
LOOKS_FOR_A_FIRST_RUN = 100_000


class Known(Protocol):
    """What of the store is asked (`run_deadlines.Known`)."""

    def run_durations(self, dag_id: str, *, runs: int = 20) -> list[float]: ...
    def get_variable(self, key: str) -> str | None: ...


@dataclass(slots=True)
class _Line:
    """One DAG, and where its clock stands."""

    spec: DagSpec
    timetable: Timetable | None
    waiting: deque[tuple[RunCreated, RunStory]] = field(default_factory=deque[tuple[RunCreated, RunStory]])
    active: int = 0
    last: _Going | None = None
    """The run before the next one, for `depends_on_past`."""
    updates: list[Update] = field(default_factory=list[Update])
    """Of assets that it waits for."""
    is_continuous: bool = False


@dataclass(slots=True)
class _Going:
    """A run that goes on, or has."""

    run: Run
    line: _Line
    date: datetime
    story: RunStory
    deadlines: Sequence[NewDeadline]
    before: _Going | None
    tries: dict[tuple[str, MapPath], TryStory] = field(default_factory=dict[tuple[str, MapPath], TryStory])
    askers: list[tuple[_Going, str]] = field(default_factory=list["tuple[_Going, str]"])
    """Tasks of the run after it that wait for this one."""


class Forecaster:
    """`last`: data interval of each DAG's last run by the clock, where it had one. Raises TradewindError where a DAG
    wants a pool that is not there."""

    def __init__(
        self,
        specs: Sequence[DagSpec],
        *,
        begins: datetime,
        ends: datetime,
        durations: Durations,
        pools: Mapping[str, int],
        parallelism: int,
        known: Known,
        last: Mapping[str, DataInterval] | None = None,
        timetables: Mapping[str, Timetable] | None = None,
    ) -> None:
        self._clock = Clockwork(begins)
        self._forecast = Forecast(begins, ends, [], [], {})
        self._durations = durations
        self._limits = Limits(dict(pools), parallelism)
        self._known = known
        self._queue = ReadyQueue()
        self._live: dict[str, LiveTry] = {}
        """By try id."""
        self._going: dict[RunKey, _Going] = {}
        self._unexplained: list[TaskKey] = []
        self._tries = 0
        self._lines = {spec.dag_id: _Line(spec, (timetables or {}).get(spec.dag_id)) for spec in specs}
        for line in self._lines.values():
            self._check_pools(line.spec)
            self._begin(line, (last or {}).get(line.spec.dag_id))

    def play(self) -> Forecast:
        found = self._forecast
        while self._clock.go_on(found.ends):
            self._start_what_may()
            if self._tries > TRIES_AT_MOST:
                found.was_cut, found.ends = True, self._clock.now
                break
        for going in self._going.values():
            self._miss(going, None)
        found.misses.sort(key=lambda miss: (miss.due_at, miss.dag_id))
        return found

    # -------------------------------------------------------------------------------- runs come

    def _begin(self, line: _Line, last: DataInterval | None) -> None:
        """The first run by the clock that is not due before the forecast begins."""
        begins = self._clock.now
        line.is_continuous = line.spec.schedule.kind == "continuous"
        try:
            due = next_due(line.spec, last, begins, timetable=line.timetable)
            for _ in range(LOOKS_FOR_A_FIRST_RUN):
                if due is None or due.run_after >= begins or line.is_continuous:
                    break
                due = next_due(line.spec, _interval(due), begins, timetable=line.timetable)
        except Exception as error:  # a timetable of the author's own, or a schedule that cannot be followed
            self._forecast.skipped[line.spec.dag_id] = str(error) or type(error).__name__
            return
        if due is not None:
            self._clock.at(due.run_after, lambda now: self._come_due(line, due, now))

    def _come_due(self, line: _Line, due: DueRun, now: datetime) -> None:
        try:
            created = scheduled_run(line.spec, due, dag_hash="", snapshot="")
        except TradewindError as error:  # a param without a value
            self._forecast.skipped[line.spec.dag_id] = error.message
            return
        self._come(line, created, now)
        if not line.is_continuous:
            self._plan_next(line, due, now)

    def _plan_next(self, line: _Line, due: DueRun, now: datetime) -> None:
        coming = next_due(line.spec, _interval(due), now, timetable=line.timetable)
        if coming is not None:
            self._clock.at(coming.run_after, lambda then: self._come_due(line, coming, then))

    def _come(self, line: _Line, created: RunCreated, now: datetime) -> None:
        created = with_deadlines(created, line.spec, self._known, now)
        story = RunStory(created.run.dag_id, created.run.run_id, created.run_after)
        self._forecast.runs.append(story)
        line.waiting.append((created, story))
        self._admit(line, now)

    def _admit(self, line: _Line, now: datetime) -> None:
        while line.waiting and line.active < max(1, line.spec.max_active_runs):
            created, story = line.waiting.popleft()
            line.active += 1
            story.started_at, story.state = now, "running"
            run = Run.new(created.run, line.spec)
            date = created.logical_date or created.run_after
            going = _Going(run, line, date, story, created.deadlines, line.last)
            line.last = self._going[created.run] = going
            if going.before is not None:
                going.before.before = None  # a chain of all runs would be kept for ever
            self._step(going, events.RunStarted(), now)
            self._limit_time(going, now)

    def _limit_time(self, going: _Going, now: datetime) -> None:
        if (limit := going.line.spec.run_timeout_seconds) is not None:
            self._clock.at(now + timedelta(seconds=limit), lambda then: self._time_out(going, then))

    def _time_out(self, going: _Going, now: datetime) -> None:
        if not going.run.state.is_finished:
            due = now
            self._step(going, events.RunTimedOut(), now)
            self._forecast.misses.append(
                Miss(going.story.dag_id, going.story.run_id, "dagrun_timeout", due, going.story.ended_at)
            )

    # -------------------------------------------------------------------------------- the engine's word

    def _step(self, going: _Going, event: Event, now: datetime) -> None:
        for command in step(going.run, event, now).commands:
            self._obey(going, command, now)

    def _obey(self, going: _Going, command: Command, now: datetime) -> None:
        match command:
            case StartTry():
                self._want(going, command, now)
            case WithdrawTry():
                self._queue.remove(_key(going, command.task_id, command.map_path))
            case WakeAt():
                due = events.RetryDue(command.task_id, command.map_path)
                self._clock.at(command.at, lambda then: self._step(going, due, then))
            case AskPast():
                self._answer_past(going, command.task_id, now)
            case RunFinished():
                self._finish(going, command.state, command.why, now)
            case StopTry():
                self._live.pop(command.try_id, None)

    def _want(self, going: _Going, command: StartTry, now: datetime) -> None:
        instance = going.run.instance(command.task_id, command.map_path)
        if instance is None or not instance.is_ready:
            return
        ready = ready_of(going.run, instance, going.date, now)
        self._queue.add(ready)
        story = TryStory(command.task_id, command.map_path, ready.pool, ready.pool_slots, now)
        going.tries[command.task_id, command.map_path] = story
        going.story.tries.append(story)
        self._unexplained.append(ready.key)

    def _answer_past(self, going: _Going, task_id: str, now: datetime) -> None:
        before = going.before
        records = None if before is None else [_record(one) for one in before.run.all_instances()]
        has_ended = before is not None and before.run.state.is_finished
        is_met, why = verdict(going.run.plan, task_id, records, has_ended=has_ended)
        if not is_met and before is not None and not has_ended:
            before.askers.append((going, task_id))
        self._step(going, events.PastChanged(task_id, is_met, why), now)

    def _finish(self, going: _Going, state: RunState, why: str, now: datetime) -> None:
        if self._going.pop(going.run.key, None) is None:
            return
        going.story.ended_at, going.story.state, going.story.why = now, state, why
        self._queue.remove_run(going.run.key)
        self._miss(going, now)
        going.line.active -= 1
        self._clock.at(now, lambda then: self._after(going, then))

    def _after(self, going: _Going, now: datetime) -> None:
        """What a run's end lets go, once the step that ended it is through."""
        self._admit(going.line, now)
        if going.line.is_continuous:
            interval = DataInterval(going.date, now)
            due = next_due(going.line.spec, interval, now, timetable=going.line.timetable)
            if due is not None:
                self._clock.at(due.run_after, lambda then: self._come_due(going.line, due, then))

    def _miss(self, going: _Going, ended_at: datetime | None) -> None:
        for deadline in going.deadlines:
            if (ended_at or self._forecast.ends) > deadline.due_at and not deadline.callback.get("task_id"):
                self._forecast.misses.append(
                    Miss(going.story.dag_id, going.story.run_id, deadline.name, deadline.due_at, ended_at)
                )

    # -------------------------------------------------------------------------------- tasks take their time

    def _start_what_may(self) -> None:
        now = self._clock.now
        for ready in self._queue.pick(self._live.values(), self._limits, now=now):
            self._start(self._going[ready.key.run], ready, now)
        unexplained, self._unexplained = self._unexplained, []
        for key in unexplained:
            if (why := self._queue.why(key, self._live.values(), self._limits)) is not None:
                limit = f"pool {self._queue_pool(key)}" if why[0].limit in ("pool", "reserved") else why[0].limit
                self._story_of(key).held = Held(limit, now)

    def _start(self, going: _Going, ready: Ready, now: datetime) -> None:
        self._tries += 1
        key, try_id = ready.key, str(self._tries)
        story = self._story_of(key)
        story.started_at = now
        if story.held is not None:
            story.held.until = now
        self._step(going, events.TaskQueued(key.task_id, key.map_path, try_id), now)
        if try_id not in going.run.tries:
            return
        self._live[try_id] = LiveTry(key.run, key.task_id, ready.pool, ready.pool_slots, key.map_path)
        self._step(going, events.TryStarted(try_id, now), now)
        seconds = self._durations.seconds(key.dag_id, key.task_id)
        limit = going.run.plan.by_id[key.task_id].spec.execution_timeout_seconds
        story.is_over_limit = limit is not None and seconds > limit
        took = min(seconds, limit) if limit is not None else seconds
        self._clock.at(now + timedelta(seconds=took), lambda then: self._end(going, ready, try_id, story, then))

    def _end(self, going: _Going, ready: Ready, try_id: str, story: TryStory, now: datetime) -> None:
        if try_id not in going.run.tries:  # stopped with its run
            story.ended_at = story.ended_at or going.story.ended_at
            return
        key = ready.key
        self._live.pop(try_id, None)
        story.ended_at = now
        self._step(going, self._said(going, ready, try_id, story), now)
        self._miss_of_task(going, key.task_id, now)
        askers, going.askers = going.askers, []
        for asker, task_id in askers:
            self._answer_past(asker, task_id, now)

    def _said(self, going: _Going, ready: Ready, try_id: str, story: TryStory) -> Event:
        key = ready.key
        length = self._durations.length(key.dag_id, key.task_id)
        if story.is_over_limit:
            return events.TryFailed(try_id, "over its execution_timeout", timed_out=True)
        if ready.purpose is TryPurpose.EXPAND:
            return events.TryExpanded(try_id, length)
        task = going.run.plan.by_id[key.task_id].spec
        if (updates := updates_of(task, key, None, None)) is not None:
            found = [Update(event.name, event.uri, event.alias) for event in updates.events]
            self._clock.at(self._clock.now, lambda then: self._update(found, then))
        return events.TrySucceeded(try_id, pushed=True, length=length)

    def _miss_of_task(self, going: _Going, task_id: str, now: datetime) -> None:
        for deadline in going.deadlines:
            if deadline.callback.get("task_id") == task_id and now > deadline.due_at:
                self._forecast.misses.append(
                    Miss(going.story.dag_id, going.story.run_id, deadline.name, deadline.due_at, now)
                )

    # -------------------------------------------------------------------------------- assets

    def _update(self, updates: Sequence[Update], now: datetime) -> None:
        for line in self._lines.values():
            condition = line.spec.schedule.assets
            line.updates += [update for update in updates if mentions(condition, update)]
            if line.updates and is_met(condition, line.updates):
                line.updates.clear()
                name = run_id(RunType.ASSET_TRIGGERED, now)
                created = RunCreated(
                    RunKey(line.spec.dag_id, name), "", "", RunType.ASSET_TRIGGERED, None, None, None, now
                )
                self._come(line, created, now)

    # -------------------------------------------------------------------------------- small things

    def _check_pools(self, spec: DagSpec) -> None:
        for task in spec.tasks:
            if task.pool not in self._limits.pools:
                raise TradewindError(
                    f"task {task.task_id!r} of DAG {spec.dag_id!r} wants pool {task.pool!r}, which does not exist",
                    hint=f"say how many slots it is to have: --pool {task.pool}=SLOTS",
                )

    def _story_of(self, key: TaskKey) -> TryStory:
        return self._going[key.run].tries[key.task_id, key.map_path]

    def _queue_pool(self, key: TaskKey) -> str:
        return self._story_of(key).pool


def _key(going: _Going, task_id: str, path: MapPath) -> TaskKey:
    return TaskKey(going.run.key.dag_id, going.run.key.run_id, task_id, path)


def _interval(due: DueRun) -> DataInterval:
    return DataInterval(due.interval_start, due.interval_end)


def _record(instance: Instance) -> TaskRecord:
    state: TaskState = instance.state
    return TaskRecord(instance.plan.task_id, instance.path, state, None, 0, 0, None, None, None, why=instance.why)
