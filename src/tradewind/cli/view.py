"""What a person watches while a run goes on, as plain data: fed with the changes that were committed, read by the live
display, the plain log and the final summary. No printing here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from tradewind.model.changes import (
    Change,
    MetricLogged,
    MetricsLogged,
    ProgressReported,
    RunChanged,
    TaskChanged,
    TaskExpanded,
    TryChanged,
    TryCreated,
    XComStored,
)
from tradewind.model.ids import MapPath, RunKey
from tradewind.model.records import OWN_METRICS, RunRows
from tradewind.model.spec import DagSpec, GroupSpec, TaskSpec
from tradewind.model.states import RunState, TaskState, TryPurpose
from tradewind.model.values import XCom

KEPT_METRICS = 64


@dataclass(slots=True)
class InstanceView:
    """One task instance as it was last heard of."""

    state: TaskState = TaskState.NONE
    why: str = ""
    try_number: int = 0
    started_at: datetime | None = None
    ended_at: datetime | None = None
    log_path: str = ""
    label: str | None = None
    progress: ProgressReported | None = None
    error: str | None = None
    traceback: str | None = None

    def seconds(self, now: datetime) -> float | None:
        """Time spent in the current or last try."""
        if self.started_at is None:
            return None
        return ((self.ended_at or now) - self.started_at).total_seconds()


@dataclass(slots=True)
class TaskView:
    spec: TaskSpec
    expected: int = 1
    instances: dict[MapPath, InstanceView] = field(default_factory=dict[MapPath, InstanceView])
    metrics: dict[str, list[float]] = field(default_factory=dict[str, list[float]])

    @property
    def is_mapped(self) -> bool:
        return any(self.instances) or self.expected != 1

    @property
    def states(self) -> Counter[TaskState]:
        return Counter(instance.state for instance in self.instances.values())

    @property
    def state(self) -> TaskState:
        """The one state that says most about all instances."""
        found = self.states
        return next((state for state in MOST_TELLING if found[state]), TaskState.NONE)

    @property
    def done(self) -> int:
        return sum(instance.state.is_finished for instance in self.instances.values())

    def newest(self) -> InstanceView | None:
        """The running instance that started last, else the one that ended last."""
        started = [one for one in self.instances.values() if one.started_at is not None]
        running = [one for one in started if one.state is TaskState.RUNNING]
        return max(running or started, key=_start, default=None)

    def seconds(self, now: datetime) -> float | None:
        """From the first start to the last end, or to now."""
        starts = [one.started_at for one in self.instances.values() if one.started_at]
        if not starts:
            return None
        ends = [one.ended_at or now for one in self.instances.values() if one.started_at]
        return (max(ends) - min(starts)).total_seconds()


MOST_TELLING = (
    TaskState.RUNNING,
    TaskState.FAILED,
    TaskState.UP_FOR_RETRY,
    TaskState.QUEUED,
    TaskState.SCHEDULED,
    TaskState.UP_FOR_RESCHEDULE,
    TaskState.DEFERRED,
    TaskState.UPSTREAM_FAILED,
    TaskState.SUCCESS,
    TaskState.SKIPPED,
    TaskState.REMOVED,
)


class RunView:
    """All of one run. `changed` is called in the scheduler's thread; readers copy what they need (`snapshot`-free: the
    display tolerates a half-told batch, the next refresh is right)."""

    def __init__(self, spec: DagSpec, run_id: str, started_at: datetime) -> None:
        self.spec = spec
        self.run_id = run_id
        self.state = RunState.QUEUED
        self.why = ""
        self.started_at = started_at
        self.ended_at: datetime | None = None
        self.tasks = {task.task_id: TaskView(task) for task in spec.tasks}
        self.groups: dict[str, GroupSpec] = {group.group_id: group for group in spec.groups}
        self.pictures: list[XCom] = []
        self._tries: dict[str, tuple[str, MapPath]] = {}

    def recall(self, rows: RunRows) -> None:
        """What had happened before this process took the run over."""
        self.state = rows.run.state
        for node_id, prefix, length in rows.expansions:
            self._expanded(TaskExpanded(RunKey(rows.run.dag_id, rows.run.run_id), node_id, prefix, length))
        for record in rows.tasks:
            instance = self._instance(record.task_id, record.map_path)
            instance.state, instance.why, instance.label = record.state, record.why, record.label
            instance.started_at, instance.ended_at = record.started_at, record.ended_at

    def own(self, changes: Sequence[Change]) -> list[Change]:
        """Those of this run: the process may drive others, which its tasks started."""
        key = RunKey(self.spec.dag_id, self.run_id)
        return [change for change in changes if getattr(change, "run", key) == key]

    def changed(self, changes: Sequence[Change], now: datetime) -> None:
        for change in self.own(changes):
            match change:
                case TaskChanged():
                    self._task(change, now)
                case TryCreated(purpose=TryPurpose.CALLBACK):
                    pass
                case TryCreated():
                    self._tries[change.try_id] = (change.task_id, change.map_path)
                    instance = self._instance(change.task_id, change.map_path)
                    instance.log_path, instance.try_number = change.log_path, change.number
                case TryChanged():
                    self._try(change)
                case TaskExpanded():
                    self._expanded(change)
                case ProgressReported():
                    if instance := self._of_try(change.try_id):
                        instance.progress = change
                case MetricLogged() if not change.name.startswith(OWN_METRICS):
                    self._metrics(change.try_id, ((change.name, change.value),))
                case MetricsLogged():
                    self._metrics(change.try_id, ((name, value) for name, value, _ in change.points))
                case XComStored(xcom=xcom) if xcom.value.codec == "figure":
                    self.pictures.append(xcom)
                case RunChanged():
                    self.state, self.why = change.new, change.why
                    if change.new.is_finished:
                        self.ended_at = now
                case _:
                    pass

    def seconds(self, now: datetime) -> float:
        return ((self.ended_at or now) - self.started_at).total_seconds()

    def tally(self) -> Counter[TaskState]:
        """Instances by state over the whole run."""
        total: Counter[TaskState] = Counter()
        for task in self.tasks.values():
            total += task.states
        return total

    def _task(self, change: TaskChanged, now: datetime) -> None:
        instance = self._instance(change.task_id, change.map_path)
        instance.state, instance.why = change.new, change.why
        if change.label is not None:
            instance.label = change.label
        if change.new is TaskState.RUNNING:
            instance.started_at, instance.ended_at, instance.progress = change.at or now, None, None
        elif instance.started_at is not None and instance.ended_at is None:
            instance.ended_at = now

    def _try(self, change: TryChanged) -> None:
        if (instance := self._of_try(change.try_id)) and change.error is not None:
            instance.error = f"{change.error_type}: {change.error}" if change.error_type else change.error
            instance.traceback = change.traceback

    def _expanded(self, change: TaskExpanded) -> None:
        for task in self.tasks.values():
            if task.spec.task_id == change.node_id:
                task.instances.pop(change.prefix, None)
                task.expected = max(0, task.expected - 1) + change.length

    def _metrics(self, try_id: str, logged: Iterable[tuple[str, float]]) -> None:
        if place := self._tries.get(try_id):
            for name, value in logged:
                series = self.tasks[place[0]].metrics.setdefault(name, [])
                series.append(value)
                del series[:-KEPT_METRICS]

    def _of_try(self, try_id: str) -> InstanceView | None:
        place = self._tries.get(try_id)
        return self._instance(*place) if place else None

    def _instance(self, task_id: str, path: MapPath) -> InstanceView:
        return self.tasks[task_id].instances.setdefault(path, InstanceView())


def _start(instance: InstanceView) -> float:
    return instance.started_at.timestamp() if instance.started_at else 0.0
