"""The runs this process drives, as the scheduler holds them: the engine's run, its facts, and values at hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from tradewind.engine.moves import LIVE_STATES
from tradewind.engine.run import Run
from tradewind.executors.base import CodeRef
from tradewind.model.changes import Change, TaskChanged, XComsCleared, XComStored
from tradewind.model.ids import MapPath, RunKey, TaskId, TryId
from tradewind.model.messages import RunFacts
from tradewind.model.spec import DagSpec, TaskSpec
from tradewind.model.states import TaskState
from tradewind.model.values import XCom
from tradewind.scheduler.waiting import Waiting

ValueKey = tuple[TaskId, str]


class ValuesAtHand:
    """XComs of one run that some task is known to read: kept so that they travel with the try's message instead of
    being asked for. Only inline ones or references; never decoded here."""

    def __init__(self, spec: DagSpec) -> None:
        self._wanted = {(one.task_id, one.key) for task in spec.tasks for one in task.inputs}
        self._values: dict[ValueKey, dict[MapPath, XCom]] = {}

    def add(self, xcom: XCom) -> None:
        if (xcom.task_id, xcom.key) in self._wanted:
            self._values.setdefault((xcom.task_id, xcom.key), {})[xcom.map_path] = xcom

    def forget(self, task_id: TaskId, path: MapPath) -> None:
        """The instance's values were cleared."""
        for (owner, _), found in self._values.items():
            if owner == task_id:
                found.pop(path, None)

    def below(self, key: ValueKey, prefix: MapPath) -> dict[MapPath, XCom]:
        """What instances below `prefix` pushed; the whole table, not a copy, where the prefix is ()."""
        found = self._values.get(key, {})
        if not prefix:
            return found
        return {path: xcom for path, xcom in found.items() if path[: len(prefix)] == prefix}


@dataclass(slots=True)
class ActiveRun:
    key: RunKey
    spec: DagSpec
    code: CodeRef
    run: Run
    facts: RunFacts
    values: ValuesAtHand
    epoch: int = 0
    """Of our claim; 0 before it is claimed. A commit about the run is refused once somebody else has claimed it."""
    waiting: Waiting = field(default_factory=Waiting)
    """Its deferred task instances."""
    tasks: dict[TaskId, TaskSpec] = field(init=False)
    first_started_at: dict[tuple[TaskId, MapPath], datetime] = field(init=False)
    """When the first try since the last clear started."""
    reschedules: dict[tuple[TaskId, MapPath], int] = field(init=False)
    """How often a try was rescheduled that goes on."""
    ended_tries: dict[TryId, tuple[TaskId, MapPath]] = field(init=False)
    """Tries of this run that have ended: a late report of one is noted, and changes nothing."""

    def __post_init__(self) -> None:
        self.tasks = {task.task_id: task for task in self.spec.tasks}
        self.first_started_at = {}
        self.reschedules = {}
        self.ended_tries = {}

    def keep_values(self, changes: Sequence[Change]) -> None:
        """Remember the values among these changes that some task will read."""
        for change in changes:
            if isinstance(change, XComStored):
                self.values.add(change.xcom)

    def forget_cleared(self, changes: Sequence[Change]) -> None:
        for change in changes:
            if isinstance(change, XComsCleared):
                self.values.forget(change.task_id, change.map_path)
            elif isinstance(change, TaskChanged):
                self._count_reschedules(change)
                if change.new is TaskState.NONE:
                    self.first_started_at.pop((change.task_id, change.map_path), None)

    def _count_reschedules(self, change: TaskChanged) -> None:
        name = (change.task_id, change.map_path)
        if change.new is TaskState.UP_FOR_RESCHEDULE:
            self.reschedules[name] = self.reschedules.get(name, 0) + 1
        elif change.new not in LIVE_STATES and self.reschedules:
            self.reschedules.pop(name, None)
