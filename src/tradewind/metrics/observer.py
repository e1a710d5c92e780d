"""From committed changes to counters and timers: `Scheduler.observe(Observer(...))`.

It keeps a few instants of task instances that are on their way, until their run ends; what began before this process
did has no durations but those the store knows of its run."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from tradewind.metrics.emitter import Emitter
from tradewind.model.changes import AssetsUpdated, Change, RunChanged, TaskChanged, TryChanged, TryCreated
from tradewind.model.ids import MapPath, RunKey, TaskId, TryId
from tradewind.model.records import RunRecord
from tradewind.model.spec import DagSpec
from tradewind.model.states import RunState, RunType, TaskState, TryPurpose, TryState

LEFT_BEHIND = ("task_instances_without_heartbeats_killed", "zombies_killed", "scheduler.orphaned_tasks.cleared")

_OF_TRIGGER = {
    TaskState.QUEUED: "triggers.succeeded",
    TaskState.SUCCESS: "triggers.succeeded",
    TaskState.SKIPPED: "triggers.succeeded",
    TaskState.FAILED: "triggers.failed",
}
"""What became of a trigger, by where its task goes on from deferred; one that is cleared says nothing of it."""


class Observer:
    """`spec_of` and `run_of` are asked once for each run; None: not known here."""

    def __init__(
        self,
        emitter: Emitter,
        *,
        spec_of: Callable[[RunKey], DagSpec | None],
        run_of: Callable[[RunKey], RunRecord | None],
    ) -> None:
        self._emitter = emitter
        self._spec_of = spec_of
        self._run_of = run_of
        self._runs: dict[RunKey, _RunWatch] = {}
        self._tries: dict[TryId, TryCreated] = {}

    def __call__(self, changes: Sequence[Change], now: datetime) -> None:
        for change in changes:
            match change:
                case TaskChanged():
                    self._task(change, now)
                case TryCreated():
                    self._tries[change.try_id] = change
                case TryChanged():
                    self._try(change)
                case RunChanged():
                    self._run(change, now)
                case AssetsUpdated():
                    self._emitter.count("asset.updates", len(change.events))
                case _:
                    pass
        self._emitter.flush()

    # -------------------------------------------------------------------------------- task instances

    def _task(self, change: TaskChanged, now: datetime) -> None:
        watch, say = self._watch(change.run), self._emitter
        at, name = change.at or now, (change.task_id, change.map_path)
        tags = {"dag_id": change.run.dag_id, "task_id": change.task_id}
        if change.old is TaskState.NONE and name not in watch.since:
            say.count("task_instance_created", operator=watch.operator(change.task_id))
        since = watch.since.get(name)
        match change.new:
            case TaskState.QUEUED:
                _time(say, "task.scheduled_duration", since, at, tags)
            case TaskState.RUNNING:
                _time(say, "task.queued_duration", since, at, tags)
                say.count("ti.start", 1, **tags)
                self._first_start(watch, change, at)
            case _:
                if change.old is TaskState.RUNNING:
                    _time(say, "task.duration", since, at, tags)
        if change.old is TaskState.DEFERRED and (outcome := _OF_TRIGGER.get(change.new)) is not None:
            say.count(outcome)
        watch.since[name] = at
        if change.new.is_finished:
            self._ended(watch, change, tags)

    def _ended(self, watch: _RunWatch, change: TaskChanged, tags: dict[str, str]) -> None:
        say = self._emitter
        say.count("ti.finish", 1, **tags, state=change.new)
        if change.new is TaskState.REMOVED:
            say.count("task_removed_from_dag", dag_id=change.run.dag_id)
        for state, total, by_operator in (
            (TaskState.SUCCESS, "ti_successes", "operator_successes"),
            (TaskState.FAILED, "ti_failures", "operator_failures"),
        ):
            if change.new is state:
                say.count(total)
                say.count(by_operator, operator=watch.operator(change.task_id))

    def _first_start(self, watch: _RunWatch, change: TaskChanged, at: datetime) -> None:
        if watch.has_started or watch.run_after is None:
            return
        watch.has_started = True
        delay = (at - watch.run_after).total_seconds()
        self._emitter.time("dagrun.first_task_scheduling_delay", max(0.0, delay), dag_id=change.run.dag_id)

    # -------------------------------------------------------------------------------- tries

    def _try(self, change: TryChanged) -> None:
        if change.new.is_live:
            return
        created = self._tries.pop(change.try_id, None)
        if created is not None and created.purpose is TryPurpose.CALLBACK and change.new is not TryState.SUCCESS:
            self._emitter.count("dag.callback_exceptions", dag_id=created.run.dag_id)
        if change.new is not TryState.LOST:
            return
        if created is None:  # of a scheduler before this one
            for name in LEFT_BEHIND:
                self._emitter.count(name)
            return
        code = -change.signal if change.signal else change.exit_code
        tags = {"dag_id": created.run.dag_id, "task_id": created.task_id}
        self._emitter.count("scheduler.tasks.killed_externally")
        self._emitter.count("local_task_job.task_exit", 1, **tags, return_code=str(code if code is not None else ""))

    # -------------------------------------------------------------------------------- runs

    def _run(self, change: RunChanged, now: datetime) -> None:
        if change.new is RunState.RUNNING:
            watch = self._watch(change.run)
            begins_again = watch.started_at is not None and watch.started_at < now  # it was cleared
            if watch.run_after is not None and change.old is RunState.QUEUED and not begins_again:
                watch.has_started = False
                delay = max(0.0, (now - watch.run_after).total_seconds())
                self._emitter.time("dagrun.schedule_delay", delay, dag_id=change.run.dag_id)
                if watch.run_type is RunType.ASSET_TRIGGERED:
                    self._emitter.count("asset.triggered_dagruns")
        elif change.new.is_finished:
            self._runs.pop(change.run, None)
            record = self._run_of(change.run)
            if record is not None and record.started_at is not None:
                took = max(0.0, (now - record.started_at).total_seconds())
                self._emitter.time(f"dagrun.duration.{change.new}", took, dag_id=change.run.dag_id)

    def _watch(self, key: RunKey) -> _RunWatch:
        if (watch := self._runs.get(key)) is None:
            watch = self._runs[key] = _RunWatch(self._spec_of(key), self._run_of(key))
        return watch


class _RunWatch:
    """What is remembered of a run while it goes on."""

    def __init__(self, spec: DagSpec | None, record: RunRecord | None) -> None:
        self._operators = {task.task_id: task.operator for task in spec.tasks} if spec is not None else {}
        self.run_after = record.run_after if record is not None else None
        self.run_type = record.run_type if record is not None else None
        self.started_at = record.started_at if record is not None else None
        self.has_started = self.started_at is not None
        """Taken over, or cleared: its first task began before."""
        self.since: dict[tuple[TaskId, MapPath], datetime] = {}
        """When each instance came to the state it is in."""

    def operator(self, task_id: TaskId) -> str:
        return self._operators.get(task_id, "unknown")


def _time(say: Emitter, name: str, since: datetime | None, at: datetime, tags: dict[str, str]) -> None:
    if since is not None:
        say.time(name, max(0.0, (at - since).total_seconds()), **tags)
