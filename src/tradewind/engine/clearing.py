"""Letting task instances run again, and which to choose for it.

A clear is rare, so it may cost as much as the run is large: the chosen instances go back to NONE, expansions that rest
on cleared values are forgotten, and the counts are made anew from what is left.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

from tradewind.engine.decide import Decision, decide
from tradewind.engine.moves import PAUSED_STATES
from tradewind.engine.plan import NodePlan
from tradewind.engine.run import FAILED_STATES, Instance, Run
from tradewind.engine.skipping import decider_instance
from tradewind.engine.stopping import was_cancelled
from tradewind.engine.turn import Turn
from tradewind.model.changes import ExpansionsForgotten
from tradewind.model.ids import MapPath, TaskId
from tradewind.model.records import TaskRecord
from tradewind.model.states import RunState, TaskState

GOES_ON = frozenset({Decision.RUN, Decision.ASK_LENGTH, Decision.EXPAND, Decision.WAIT_PAST})
"""What lets one that waited for its time go on."""
ASKS_AGAIN = frozenset({TaskState.UP_FOR_RETRY, TaskState.UP_FOR_RESCHEDULE})
"""What was deferred has its event, and goes on with it, whatever was done upstream."""
UPSTREAM_CHANGED = "upstream has changed while it waited"
Selection: TypeAlias = tuple[tuple[TaskId, MapPath], ...]


# ------------------------------------------------------------------------------------------ what to choose


def to_resume(run: Run) -> Selection:
    """What `runs resume` clears: everything that failed or was cancelled, nothing that succeeded."""
    return _names(i for i in run.all_instances() if i.state in FAILED_STATES or was_cancelled(i))


def with_relatives(run: Run, selection: Selection, *, upstream: bool = False, downstream: bool = False) -> Selection:
    """The selection and all that comes before or after it, as `tasks clear --upstream --downstream`."""
    chosen = {id(i): i for i in _chosen(run, selection)}
    for instance in list(chosen.values()):
        related = (run.plan.before(instance.plan.task_id) if upstream else frozenset[TaskId]()) | (
            run.plan.after(instance.plan.task_id) if downstream else frozenset[TaskId]()
        )
        for task_id in related:
            task = run.plan.by_id[task_id]
            depth = run.plan.common_depth(task.groups, instance.plan.groups)
            chosen.update((id(i), i) for i in run.below(task, instance.path[:depth]))
    return _names(i for i in run.all_instances() if id(i) in chosen)


# ------------------------------------------------------------------------------------------ doing it


def clear(turn: Turn, selection: Selection, why: str, *, waits: bool = False) -> None:
    """`waits`: see `events.TasksCleared`."""
    run = turn.run
    selected = _chosen(run, selection)
    chosen = [i for i in selected if i.state is not TaskState.NONE or i.is_ready]
    names = {id(i) for i in chosen}
    kept = [i for i in chosen if _is_skip_settled(run, i, names)]
    for instance in kept:
        turn.note(f"not cleared: {instance.why}; clear that task to decide anew", instance.plan.task_id, instance.path)
        names.discard(id(instance))
    cleared = [i for i in chosen if id(i) in names]
    for instance in cleared:
        _reset(turn, instance, why)
    _forget_expansions(turn, cleared)
    _make_anew(turn)
    is_new = len(selected) > len(chosen)  # of a run that has ended: tasks that a newer version of its DAG has added
    if (cleared or is_new) and run.state.is_finished:
        turn.change_run(RunState.QUEUED if waits else RunState.RUNNING, why)
    if run.state is RunState.RUNNING:
        go_on(turn)


def go_on(turn: Turn) -> None:
    """Say everything again that the run waits for, and look at all that is undecided."""
    for by_path in turn.run.instances:
        for instance in by_path.values():
            if instance.state in PAUSED_STATES and instance.due_at is not None and not instance.is_ready:
                if instance.due_at <= turn.now:
                    come_back(turn, instance)
                else:
                    turn.wake(instance)
    turn.begin()


def come_back(turn: Turn, instance: Instance) -> None:
    """Its time has come: a retry, a sensor's next look, a trigger's event.

    Scenario: while it waited, somebody cleared or marked what is upstream of it. Then its trigger rule is asked again,
    as for one that never ran; its tries stay counted."""
    if instance.state in ASKS_AGAIN and decide(turn.run, instance) not in GOES_ON:
        turn.forget_values(instance)
        turn.change(instance, TaskState.NONE, UPSTREAM_CHANGED)
        turn.fresh.append(instance)
    else:
        turn.make_ready(instance, instance.purpose)


def _chosen(run: Run, selection: Selection) -> list[Instance]:
    """A path stands for every instance below it, so that `()` means all instances of a mapped task."""
    found: dict[int, Instance] = {}
    for task_id, path in selection:
        if (task := run.plan.by_id.get(task_id)) is not None:
            found.update((id(i), i) for i in run.below(task, path))
    return list(found.values())


def _names(instances: Iterable[Instance]) -> Selection:
    return tuple((i.plan.task_id, i.path) for i in instances)


def _is_skip_settled(run: Run, instance: Instance, cleared: set[int]) -> bool:
    """A branch or short circuit passed this one over, and its decision stands."""
    decider = decider_instance(run, instance)
    return decider is not None and id(decider) not in cleared and decider.state is TaskState.SUCCESS


def _reset(turn: Turn, instance: Instance, why: str) -> None:
    turn.stop(instance, why)
    turn.forget_values(instance)
    if instance.state is TaskState.NONE:  # its counts stay: there is no change to say otherwise in
        instance.is_ready = False
        return
    instance.tries_before_clear = instance.try_number
    instance.lost_count = instance.takeovers = 0
    turn.change(instance, TaskState.NONE, why)


def _forget_expansions(turn: Turn, cleared: list[Instance]) -> None:
    """Lengths that came from a cleared value are found anew, but only where nothing below has a result to keep."""
    run = turn.run
    by_task: dict[TaskId, list[Instance]] = {}
    for instance in cleared:
        by_task.setdefault(instance.plan.task_id, []).append(instance)
    for node in sorted(run.plan.nodes.values(), key=lambda node: node.level):
        prefixes = {p for p in _resting_on(run, node, by_task) if not _has_results(run, node, p)}
        for prefix in sorted(prefixes):
            _forget(turn, node, prefix)


def _resting_on(run: Run, node: NodePlan, by_task: dict[TaskId, list[Instance]]) -> set[MapPath]:
    found: set[MapPath] = set()
    for source in node.expansion.task_ids():
        depth = run.plan.common_depth(run.plan.by_id[source].groups, node.enclosing)
        for prefix in {instance.path[:depth] for instance in by_task.get(source, ())}:
            found.update(p for p in run.prefixes_below(node.enclosing, prefix) if (node.node_id, p) in run.expansions)
    return found


def _has_results(run: Run, node: NodePlan, prefix: MapPath) -> bool:
    below = (i for task in node.tasks for i in run.below(task, prefix))
    return any(i.state is not TaskState.NONE and len(i.path) > node.level for i in below)


def _forget(turn: Turn, node: NodePlan, prefix: MapPath) -> None:
    """The node's expansion and all those inside it."""
    run = turn.run
    inner = {level for task in node.tasks for level in task.levels[node.level :]}
    for name, at in sorted(run.expansions):
        if name in inner and at[: len(prefix)] == prefix:
            del run.expansions[(name, at)]
            turn.changes.append(ExpansionsForgotten(run.key, name, at))
    for task in node.tasks:
        for instance in run.below(task, prefix):
            run.forget_lengths(task, instance.path)


def _make_anew(turn: Turn) -> None:
    """Counts and instances from what is left. Those that were ready are looked at again, and say so again."""
    run = turn.run
    old = list(run.all_instances())
    for instance in old:
        if instance.is_ready:
            turn.stop(instance, "")
    earlier = run.earlier_tries
    run.rebuild({(i.plan.task_id, i.path): _record(i) for i in old})
    for one in old:
        if one.takeovers and (new := run.instance(one.plan.task_id, one.path)) is not None:
            new.takeovers = one.takeovers
    run.number_on(earlier)


def _record(instance: Instance) -> TaskRecord:
    return TaskRecord(
        task_id=instance.plan.task_id,
        map_path=instance.path,
        state=instance.state,
        try_id=instance.try_id,
        try_number=instance.try_number,
        lost_count=instance.lost_count,
        due_at=instance.due_at,
        started_at=None,
        ended_at=None,
        why=instance.why,
        tries_before_clear=instance.tries_before_clear,
    )
