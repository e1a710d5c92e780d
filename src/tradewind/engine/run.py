"""The state of one run in memory: every task instance that exists so far, and the counts that its joins need.

Everything here follows from the spec and the rows of the store (`Run.restore`), so it may be thrown away at any time.
Only `step.step` changes it.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from datetime import datetime
from typing import TypeAlias

from msgspec import Struct

from tradewind.engine.counts import Counts
from tradewind.engine.moves import ENDED_STATES, LIVE_STATES, PAUSED_STATES
from tradewind.engine.plan import Join, NodePlan, Plan, TaskPlan, plan_of
from tradewind.model.ids import MapPath, RunKey, TaskId, TryId
from tradewind.model.records import RunRecord, TaskRecord
from tradewind.model.spec import DagSpec
from tradewind.model.states import RunState, TaskState, TryPurpose

PushedLength: TypeAlias = tuple[TaskId, MapPath, str, int | None]
"""(task, path, key, `Value.length`) of one stored value."""
ExpansionRow: TypeAlias = tuple[str, MapPath, int]
"""(node id, prefix, length) of one recorded TaskExpanded."""


class Bounds(Struct, frozen=True):
    """Numbers that come from the settings."""

    max_lost_tries: int = 3
    max_map_length: int = 100_000


class Past(Struct, frozen=True):
    """What is known of a task's past; see `past.verdict`."""

    is_met: bool
    why: str


class Instance:
    """One task instance, or the placeholder of several. Changed by `turn.Turn` alone."""

    __slots__ = (
        "due_at",
        "is_ready",
        "lost_count",
        "path",
        "plan",
        "purpose",
        "state",
        "takeovers",
        "tries_before_clear",
        "try_id",
        "try_number",
        "why",
    )

    def __init__(self, plan: TaskPlan, path: MapPath) -> None:
        self.plan = plan
        self.path = path
        self.state = TaskState.NONE
        self.is_ready = False
        """It wants a slot: a StartTry is out."""
        self.tries_before_clear = 0
        """Retries are counted from here."""
        self.purpose = TryPurpose.EXECUTE
        """Of the try that is wanted or live."""
        self.try_id: TryId | None = None
        """The current try, while it is live."""
        self.try_number = 0
        self.lost_count = 0
        self.takeovers = 0
        """How many of these ended with their scheduler. The scheduler knows it of a restored run, from its tries."""
        self.due_at: datetime | None = None
        self.why = ""

    @property
    def is_placeholder(self) -> bool:
        return len(self.path) < len(self.plan.levels)

    @property
    def next_node(self) -> NodePlan:
        """What a placeholder waits to be multiplied by."""
        return self.plan.nodes[len(self.path)]

    @property
    def may_have_values(self) -> bool:
        """It may have had a try. One that is lost, rescheduled or deferred leaves its number to the next, also where
        there is no next since the task was cancelled meanwhile: the number alone does not tell."""
        return self.state is not TaskState.NONE or bool(self.try_number or self.lost_count)

    @property
    def is_undecided(self) -> bool:
        return self.state is TaskState.NONE and not self.is_ready

    @property
    def is_moving(self) -> bool:
        """Something other than this run's own decisions will carry it on."""
        return self.is_ready or self.state in LIVE_STATES or self.state in PAUSED_STATES

    def __repr__(self) -> str:
        return f"<{self.plan.task_id}{list(self.path)} {self.state}{' ready' if self.is_ready else ''}>"


class Run:
    """One run. Build it with `new` or `restore`; ask it with the methods below; move it with `step.step`."""

    __slots__ = (
        "bounds",
        "counts",
        "earlier_tries",
        "expansions",
        "failed_leaves",
        "fresh",
        "instances",
        "key",
        "lengths",
        "logical_date",
        "moving",
        "past",
        "plan",
        "state",
        "touched",
        "tries",
        "unfinished",
        "waiting_for_past",
    )

    def __init__(self, key: RunKey, plan: Plan, bounds: Bounds, logical_date: datetime | None) -> None:
        self.key = key
        self.plan = plan
        self.bounds = bounds
        self.logical_date = logical_date
        self.state = RunState.QUEUED
        self.past: dict[int, Past | None] = {}
        """By task index; None: asked, not answered yet."""
        self.lengths: dict[tuple[TaskId, str], dict[MapPath, int | None]] = {}
        """(task, key) → path → length, of the values that expansions look at."""
        self.tries: dict[TryId, Instance] = {}
        """Live tries: the fence."""
        self.touched: dict[tuple[int, MapPath], Join] = {}
        """Joins (index, prefix) whose counts changed in a way that a rule can see, until `settle` looks at them."""
        self.fresh: list[Instance] = []
        """Instances to be looked at, whatever their joins."""
        self.reset({})

    @classmethod
    def new(
        cls, key: RunKey, spec: DagSpec | Plan, *, bounds: Bounds = Bounds(), logical_date: datetime | None = None
    ) -> Run:
        """A run that was just created, QUEUED; `RunStarted` sets it off. Passing a Plan saves working it out again."""
        return cls(key, spec if isinstance(spec, Plan) else plan_of(spec), bounds, logical_date)

    @classmethod
    def restore(
        cls,
        spec: DagSpec | Plan,
        record: RunRecord,
        *,
        expansions: Iterable[ExpansionRow] = (),
        tasks: Iterable[TaskRecord] = (),
        lengths: Iterable[PushedLength] = (),
        bounds: Bounds = Bounds(),
    ) -> Run:
        """The run as the store knows it. Then send `RunRestored`, which says all its commands again.

        What the store has to bring:
        * `record`: the run's row;
        * `expansions`: every TaskExpanded that was not forgotten since (ExpansionsForgotten), in any order;
        * `tasks`: all task instance rows of the run, those that were cleared back to NONE included. `try_id` is
          looked at for QUEUED and RUNNING ones: it is their live try and the fence. `why` matters for SKIPPED and
          FAILED ones;
        * `lengths`: of each value of a task with `is_mapped_over` (any key): its length, None where it has none.
          Values of other tasks may be left out."""
        run = cls.new(RunKey(record.dag_id, record.run_id), spec, bounds=bounds, logical_date=record.logical_date)
        run.state = record.state
        for task_id, path, key, length in lengths:
            run.remember_length(run.plan.by_id[task_id], path, key, length)
        run.expansions.update({(node, prefix): length for node, prefix, length in expansions})
        run.rebuild({(t.task_id, t.map_path): t for t in tasks})
        return run

    # -------------------------------------------------------------------------------- questions

    @property
    def spec(self) -> DagSpec:
        return self.plan.spec

    def instance(self, task_id: TaskId, path: MapPath) -> Instance | None:
        task = self.plan.by_id.get(task_id)
        return self.instances[task.index].get(path) if task else None

    def all_instances(self) -> Iterator[Instance]:
        """Every instance and placeholder, in the DAG's order, then by path."""
        for task in self.plan.tasks:
            by_path = self.instances[task.index]
            for path in sorted(by_path):
                yield by_path[path]

    def below(self, task: TaskPlan, prefix: MapPath) -> list[Instance]:
        """The task's instances and placeholders whose path starts with `prefix`."""
        by_path = self.instances[task.index]
        if (found := by_path.get(prefix)) is not None:
            return [found]
        if not prefix:
            return list(by_path.values())
        return [by_path[path] for path in self._paths_below(task, prefix) if path in by_path]

    def prefixes_below(self, levels: tuple[str, ...], prefix: MapPath) -> list[MapPath]:
        """All existing prefixes that say an instance of each of these levels, below `prefix`."""
        found = [prefix]
        for level in levels[len(prefix) :]:
            found = [(*p, i) for p in found for i in range(self.expansions.get((level, p), 0))]
        return found

    def counts_of(self, join: Join, path: MapPath) -> Counts:
        """What an instance at `path` sees of a join. A placeholder above the join's depth sees its placeholder's."""
        return self.counts[join.index][path[: join.depth]]

    def seen(self, joins: list[Join], path: MapPath) -> int:
        seen = 0
        for join in joins:
            seen |= self.counts[join.index][path[: join.depth]].seen
        return seen

    def expansion_lengths(self, task_id: TaskId, path: MapPath) -> dict[str, int]:
        """For `RunTry.expansion_lengths`: how many instances each level of this instance has, where known."""
        levels = self.plan.by_id[task_id].levels
        known = ((level, self.expansions.get((level, path[:i]))) for i, level in enumerate(levels))
        return {level: length for level, length in known if length is not None}

    def _paths_below(self, task: TaskPlan, prefix: MapPath) -> list[MapPath]:
        """Walks the expansions, so that it costs as much as there is below the prefix."""
        found: list[MapPath] = []
        stack = [prefix]
        by_path = self.instances[task.index]
        while stack:
            path = stack.pop()
            if path in by_path or len(path) >= len(task.levels):
                found.append(path)
            else:
                length = self.expansions.get((task.levels[len(path)], path), 0)
                stack.extend((*path, i) for i in range(length - 1, -1, -1))
        return found

    # -------------------------------------------------------------------------------- bookkeeping (step's own)

    def remember_length(self, task: TaskPlan, path: MapPath, key: str, length: int | None) -> None:
        if key in task.wanted_keys:
            self.lengths.setdefault((task.task_id, key), {})[path] = length

    def forget_lengths(self, task: TaskPlan, path: MapPath) -> None:
        for key in task.wanted_keys:
            self.lengths.get((task.task_id, key), {}).pop(path, None)

    def reset(self, expansions: dict[tuple[str, MapPath], int]) -> None:
        """Back to one placeholder for each task."""
        self.expansions = expansions
        self.instances: list[dict[MapPath, Instance]] = [{(): Instance(task, ())} for task in self.plan.tasks]
        self.counts: list[dict[MapPath, Counts]] = [{(): Counts(join.members)} for join in self.plan.joins]
        self.unfinished = len(self.plan.tasks)
        self.moving = 0
        self.failed_leaves = 0
        self.earlier_tries: dict[tuple[TaskId, MapPath], int] = {}
        """Last try numbers of instances that are not there (now): of placeholders that became their instances, and of
        instances whose expansion was forgotten. If they come back, they go on from there: no two tries of an instance
        have one number."""
        self.waiting_for_past: dict[int, dict[MapPath, Instance]] = {}
        """By task index: instances that only their past holds back."""
        self.tries.clear()
        self.touched.clear()
        self.fresh.clear()

    def rebuild(self, records: dict[tuple[TaskId, MapPath], TaskRecord]) -> None:
        """Instances and counts from the expansions and the states of those instances that have one."""
        known = self.expansions
        self.reset({})
        nodes = self.plan.nodes
        stays = {name for name, record in records.items() if record.state is not TaskState.NONE}
        for (node_id, prefix), length in sorted(known.items(), key=lambda item: (nodes[item[0][0]].level, item[0])):
            self.expand(nodes[node_id], prefix, length, stays=stays)
        for (task_id, path), record in records.items():
            instance = self.instance(task_id, path)
            if instance is None:
                self.earlier_tries[(task_id, path)] = record.try_number
            else:
                _adopt(instance, record)
                self.account(instance, TaskState.NONE)
                if instance.try_id is not None:
                    self.tries[instance.try_id] = instance

    def account(self, instance: Instance, old: TaskState) -> list[tuple[Join, MapPath]]:
        """Carry a change of state into the counts; returns the joins to which it made a difference."""
        new = instance.state
        if old is new:
            return []
        ended = (new in ENDED_STATES) - (old in ENDED_STATES)
        self.unfinished -= ended
        if instance.plan.decides_run:
            self.failed_leaves += (new in FAILED_STATES) - (old in FAILED_STATES)
        self.moving += (new in MOVING_STATES) - (old in MOVING_STATES)
        if not ended and old not in ENDED_STATES:
            return []
        changed: list[tuple[Join, MapPath]] = []
        path = instance.path
        for edge in instance.plan.edges:
            prefix = path[: edge.depth]
            for at, counts in self._counts_for(edge.join, prefix):
                if counts.move(old, new, is_setup=edge.is_setup):
                    changed.append((edge.join, at))
        return changed

    def _counts_for(self, join: Join, prefix: MapPath) -> list[tuple[MapPath, Counts]]:
        """Normally one. A placeholder that ended before its group was expanded is seen by each of the group's
        instances."""
        by_prefix = self.counts[join.index]
        if (counts := by_prefix.get(prefix)) is not None:
            return [(prefix, counts)]
        found: list[tuple[MapPath, Counts]] = []
        stack = [prefix]
        while stack:
            at = stack.pop()
            if (counts := by_prefix.get(at)) is not None:
                found.append((at, counts))
            elif len(at) < len(join.levels):
                length = self.expansions.get((join.levels[len(at)], at), 0)
                stack.extend((*at, i) for i in range(length - 1, -1, -1))
        return found

    def expand(
        self,
        node: NodePlan,
        prefix: MapPath,
        length: int,
        *,
        stays: Container[tuple[TaskId, MapPath]] = (),
    ) -> list[Instance]:
        """The node has `length` instances below `prefix`; returns the instances (or deeper placeholders) that are new.
        Placeholders that have ended, have a try, or are named in `stays` remain as they are."""
        self.expansions[(node.node_id, prefix)] = length
        if length == 0:
            return []
        paths = [(*prefix, i) for i in range(length)]
        made: list[Instance] = []
        for task in node.tasks:
            by_path = self.instances[task.index]
            placeholder = by_path.get(prefix)
            if placeholder is None or placeholder.state is not TaskState.NONE or (task.task_id, prefix) in stays:
                continue
            del by_path[prefix]
            if placeholder.try_number:
                self.earlier_tries[(task.task_id, prefix)] = placeholder.try_number
            new = [Instance(task, path) for path in paths]
            if self.earlier_tries:
                for instance in new:
                    self._count_on(instance)
            by_path.update(zip(paths, new, strict=True))
            made += new
            self.unfinished += length - 1
            for edge in task.edges:
                if edge.depth <= node.level:
                    self.counts[edge.join.index][prefix[: edge.depth]].add_pending(length - 1)
        for join in node.split_joins:
            counts = self.counts[join.index].pop(prefix)
            self.counts[join.index].update((path, counts.copy()) for path in paths)
        return made

    def number_on(self, earlier: dict[tuple[TaskId, MapPath], int]) -> None:
        """Instances that came back go on counting their tries; the numbers of others are kept."""
        self.earlier_tries |= earlier
        for name in earlier:
            if (instance := self.instance(*name)) is not None:
                self._count_on(instance)

    def _count_on(self, instance: Instance) -> None:
        if (number := self.earlier_tries.pop((instance.plan.task_id, instance.path), 0)) > instance.try_number:
            instance.try_number = instance.tries_before_clear = number


FAILED_STATES = frozenset({TaskState.FAILED, TaskState.UPSTREAM_FAILED})
MOVING_STATES = LIVE_STATES | PAUSED_STATES


def _adopt(instance: Instance, record: TaskRecord) -> None:
    instance.state = record.state
    instance.try_number = record.try_number
    instance.tries_before_clear = record.tries_before_clear
    instance.lost_count = record.lost_count
    instance.due_at = record.due_at
    instance.why = record.why
    # A placeholder has nothing to execute: its try asks for a length.
    instance.purpose = TryPurpose.EXPAND if instance.is_placeholder else TryPurpose.EXECUTE
    if record.state in LIVE_STATES:
        instance.try_id = record.try_id
