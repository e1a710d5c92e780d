"""One step in the making: the only code that changes a run. Collects the changes and commands, carries each change of
state into the counts, and remembers which instances it may have decided."""

from __future__ import annotations

from datetime import datetime

from tradewind.engine.commands import Command, StartTry, StopTry, WakeAt, WithdrawTry
from tradewind.engine.moves import ENDED_STATES, LIVE_STATES, assert_legal
from tradewind.engine.plan import NodePlan
from tradewind.engine.run import MOVING_STATES, Instance, Run
from tradewind.model.changes import Change, Noted, RunChanged, TaskChanged, TaskExpanded, XComsCleared
from tradewind.model.ids import MapPath, TaskId, TryId
from tradewind.model.states import RunState, TaskState, TryPurpose


class Turn:
    __slots__ = ("changes", "commands", "fresh", "now", "run", "touched")

    def __init__(self, run: Run, now: datetime) -> None:
        self.run = run
        self.now = now
        self.changes: list[Change] = []
        self.commands: list[Command] = []
        self.touched = run.touched
        self.fresh = run.fresh

    # -------------------------------------------------------------------------------- states

    def change(
        self,
        instance: Instance,
        new: TaskState,
        why: str,
        *,
        try_id: TryId | None = None,
        due_at: datetime | None = None,
        label: str | None = None,
        at: datetime | None = None,
    ) -> None:
        """Move an instance on. `try_id` is its try from now on where `new` is live, else the try that brought it here.
        `try_number`, `lost_count` and `tries_before_clear` are set on the instance before."""
        old = instance.state
        assert_legal(old, new)
        self._take_readiness(instance)
        if instance.try_id is not None and instance.try_id != try_id:
            self.run.tries.pop(instance.try_id, None)
        instance.state = new
        instance.why = why
        instance.due_at = due_at
        self._set_fence(instance, try_id)
        self.changes.append(
            TaskChanged(
                self.run.key,
                instance.plan.task_id,
                instance.path,
                old,
                new,
                why,
                try_id,
                instance.try_number,
                instance.lost_count,
                due_at,
                label,
                instance.tries_before_clear,
                at,
            )
        )
        for join, prefix in self.run.account(instance, old):
            self.touched[(join.index, prefix)] = join
        if new in ENDED_STATES and instance.is_placeholder and instance.next_node.has_filter:
            self._let_another_ask(instance)

    def stop(self, instance: Instance, why: str) -> None:
        """Withdraw whatever the instance is doing: its live try, or its wish for one."""
        if instance.try_id is not None:
            self.commands.append(StopTry(instance.try_id, why))
        elif instance.is_ready:
            self.commands.append(WithdrawTry(instance.plan.task_id, instance.path))

    def forget_values(self, instance: Instance) -> None:
        """What its last try has pushed: the next one starts without it."""
        if instance.may_have_values:
            self.run.forget_lengths(instance.plan, instance.path)
            self.changes.append(XComsCleared(self.run.key, instance.plan.task_id, instance.path))

    def change_run(self, new: RunState, why: str) -> None:
        self.changes.append(RunChanged(self.run.key, self.run.state, new, why))
        self.run.state = new

    # -------------------------------------------------------------------------------- wishes

    def make_ready(self, instance: Instance, purpose: TryPurpose = TryPurpose.EXECUTE) -> None:
        assert not instance.is_ready
        assert instance.state not in LIVE_STATES
        instance.is_ready = True
        instance.purpose = purpose
        if instance.state not in MOVING_STATES:
            self.run.moving += 1
        self.commands.append(StartTry(instance.plan.task_id, instance.path, purpose, instance.try_number + 1))

    def withdraw(self, instance: Instance) -> None:
        self._take_readiness(instance)
        self.commands.append(WithdrawTry(instance.plan.task_id, instance.path))

    def wake(self, instance: Instance) -> None:
        assert instance.due_at is not None
        self.commands.append(WakeAt(instance.plan.task_id, instance.path, instance.due_at))

    # -------------------------------------------------------------------------------- expansions

    def expand(self, node: NodePlan, prefix: MapPath, length: int) -> None:
        self.changes.append(TaskExpanded(self.run.key, node.node_id, prefix, length))
        made = self.run.expand(node, prefix, length)
        self.fresh += made
        self._expand_literals(made)

    def _expand_literals(self, made: list[Instance]) -> None:
        """What the DAG file itself gives the length of is multiplied at once, as Airflow does when it makes a run."""
        for instance in made:
            if instance.is_placeholder and (length := instance.next_node.literal_length):
                node = instance.next_node
                fits = length <= self.run.bounds.max_map_length
                if fits and (node.node_id, instance.path) not in self.run.expansions:
                    self.expand(node, instance.path, length)

    def begin(self) -> None:
        """Look at everything that is undecided: at the start, after a restore, after a clear."""
        waiting = [i for by_path in self.run.instances for i in by_path.values() if i.is_undecided]
        self.fresh += waiting
        self._expand_literals(waiting)

    # -------------------------------------------------------------------------------- notes

    def note(self, why: str, task_id: TaskId | None = None, path: MapPath = (), try_id: TryId | None = None) -> None:
        self.changes.append(Noted(self.run.key, why, task_id, path, try_id))

    def _take_readiness(self, instance: Instance) -> None:
        if instance.is_ready:
            instance.is_ready = False
            if instance.state not in MOVING_STATES:
                self.run.moving -= 1

    def _set_fence(self, instance: Instance, try_id: TryId | None) -> None:
        instance.try_id = try_id if instance.state in LIVE_STATES else None
        if instance.try_id is not None:
            self.run.tries[instance.try_id] = instance
        elif try_id is not None:
            self.run.tries.pop(try_id, None)

    def _let_another_ask(self, instance: Instance) -> None:
        """This placeholder may have been the one to ask for the length of its group."""
        for task in instance.next_node.tasks:
            other = self.run.instances[task.index].get(instance.path)
            if other is not None and other.state is TaskState.NONE:
                self.fresh.append(other)
