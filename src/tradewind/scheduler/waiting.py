"""What a run's deferred tasks wait for, and what they go on with: kept beside the run, rebuilt from the store."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from msgspec import Struct, convert

from tradewind.engine.moves import LIVE_STATES
from tradewind.executors.base import CodeRef
from tradewind.model.changes import ApprovalAsked, Change, DeferralForgotten, DeferralMade, TaskChanged
from tradewind.model.ids import MapPath, RunKey, TaskId, TaskKey, TryId
from tradewind.model.messages import Resume
from tradewind.model.outcomes import Deferred
from tradewind.model.records import TaskRecord
from tradewind.model.service import DeferralOutcome, DeferralRecord
from tradewind.model.states import TaskState
from tradewind.model.triggers import END_EVENT, EndsTask

FAIL_METHOD = "__fail__"
"""The method that a task is resumed in whose trigger gave no event; Airflow's name."""
TRIGGER_TIMEOUT = "Trigger timeout"
TRIGGER_FAILURE = "Trigger failure"
GOES_ON = frozenset({TaskState.QUEUED, TaskState.RUNNING, TaskState.DEFERRED})
Name = tuple[TaskId, MapPath]


class DeferralTimedOut(Struct, frozen=True):
    """The time of a deferral is over; without meaning once the instance waits for something else."""

    task_id: TaskId
    map_path: MapPath
    try_id: TryId


class Pending(Struct, frozen=True):
    """A deferred instance."""

    try_id: TryId
    timeout_at: datetime | None


class Resumption(Struct, frozen=True):
    resume: Resume
    try_number: int
    """Of the instance while it waited. A resumed try that is lost brings the number back to it, and is begun again with
    the same event; one that fails does not."""


class Waiting:
    """Of one run."""

    __slots__ = ("deferred", "resumptions")

    def __init__(self) -> None:
        self.deferred: dict[Name, Pending] = {}
        self.resumptions: dict[Name, Resumption] = {}

    def begin(self, made: DeferralMade) -> None:
        name = (made.task_id, made.map_path)
        self.deferred[name] = Pending(made.try_id, made.timeout_at)
        self.resumptions.pop(name, None)

    def recall(self, records: Iterable[DeferralRecord], tasks: Iterable[TaskRecord]) -> None:
        """As the store has them."""
        numbers = {(one.task_id, one.map_path): one.try_number - (one.state in LIVE_STATES) for one in tasks}
        for record in records:
            name = (record.task_id, record.map_path)
            self.deferred[name] = Pending(record.try_id, record.timeout_at)
            if record.outcome is not None:
                self.resumptions[name] = Resumption(resume_of(record), numbers.get(name, 0))

    def resume(self, task_id: TaskId, path: MapPath) -> Resume | None:
        """What the instance's next try goes on with; None: it begins."""
        found = self.resumptions.get((task_id, path))
        return found.resume if found is not None else None

    def moved(self, run: RunKey, changes: Sequence[Change]) -> list[Change]:
        """Forget what instances waited for that have moved on; for the same commit."""
        if not self.deferred:
            return []
        forgotten: list[Change] = []
        for change in changes:
            if not isinstance(change, TaskChanged):
                continue
            name = (change.task_id, change.map_path)
            if name in self.deferred and change.new not in GOES_ON and not self._is_lost(name, change):
                del self.deferred[name]
                self.resumptions.pop(name, None)
                forgotten.append(DeferralForgotten(run, *name))
        return forgotten

    def _is_lost(self, name: Name, change: TaskChanged) -> bool:
        """A resumed try was lost, and is tried again."""
        resumption = self.resumptions.get(name)
        if resumption is None or change.new is not TaskState.UP_FOR_RETRY:
            return False
        return change.try_number == resumption.try_number


def deferral_of(deferred: Deferred, task: TaskKey, try_id: TryId, code: CodeRef, now: datetime) -> list[Change]:
    """What goes with the TaskChanged of a try that deferred."""
    timeout = deferred.timeout_seconds
    made = DeferralMade(
        run=task.run,
        task_id=task.task_id,
        map_path=task.map_path,
        try_id=try_id,
        trigger=deferred.trigger,
        trigger_kwargs=deferred.trigger_kwargs,
        method=deferred.method,
        kwargs=deferred.kwargs,
        snapshot=code.snapshot,
        file=code.file,
        queue=deferred.queue,
        timeout_at=None if timeout is None else now + timedelta(seconds=timeout),
    )
    if (asked := deferred.question) is None:
        return [made]
    question = ApprovalAsked(
        run=task.run,
        task_id=task.task_id,
        map_path=task.map_path,
        try_id=try_id,
        subject=asked.subject,
        body=asked.body,
        options=asked.options,
        defaults=asked.defaults,
        multiple=asked.multiple,
        params=asked.params,
        assigned_users=asked.assigned_users,
        respond_by=made.timeout_at,
    )
    return [made, question]


def resume_of(record: DeferralRecord) -> Resume:
    """As Airflow resumes: the event as an argument of the method, or a failure raised in the task."""
    match record.outcome:
        case DeferralOutcome.TIMEOUT:
            return Resume(FAIL_METHOD, {"error": TRIGGER_TIMEOUT})
        case DeferralOutcome.FAILED:
            return Resume(FAIL_METHOD, {"error": TRIGGER_FAILURE, "traceback": record.error})
        case _:
            return Resume(record.method, {**record.kwargs, "event": record.event})


def end_of_task(record: DeferralRecord) -> EndsTask | None:
    """Where the event ends the task without a process."""
    event: Any = record.event
    if record.outcome is not DeferralOutcome.EVENT or not isinstance(event, dict) or END_EVENT not in event:
        return None
    return convert(event[END_EVENT], EndsTask, strict=False)
