"""After events have been taken in: decide all that they decide, level by level, until nothing more follows.

Level by level means that all instances a wave of changes may decide are judged on the same counts before any of them
changes, so the outcome does not depend on the order of tasks in the DAG.
"""

from __future__ import annotations

from tradewind.engine.clearing import ASKS_AGAIN, GOES_ON, UPSTREAM_CHANGED
from tradewind.engine.commands import AskPast, RunFinished
from tradewind.engine.decide import FAILS, SKIPS, Decision, decide
from tradewind.engine.mapping import length_of
from tradewind.engine.outcome import outcome
from tradewind.engine.plan import NodePlan
from tradewind.engine.run import Instance, Run
from tradewind.engine.turn import Turn
from tradewind.engine.why import reason
from tradewind.model.ids import MapPath
from tradewind.model.states import RunState, TaskState, TryPurpose


def settle(turn: Turn, levels: int | None = None) -> None:
    """`levels`: stop after so many; the rest is decided by the next step."""
    run = turn.run
    if run.state is RunState.RUNNING:
        while (turn.touched or turn.fresh) and levels != 0:
            levels = levels - 1 if levels else None
            wave = [(instance, decide(run, instance)) for instance in _candidates(turn)]
            for instance, decision in wave:
                if _is_open(run, instance):
                    _act(turn, instance, decision)
        if turn.touched or turn.fresh:
            return
        if not run.unfinished:
            _finish(turn)
        else:
            assert run.moving or run.waiting_for_past, f"{run.key} has nothing left to wait for"
    turn.touched.clear()
    turn.fresh.clear()


def _candidates(turn: Turn) -> list[Instance]:
    """Instances that the changes so far may have decided, each once."""
    found: dict[int, Instance] = {id(i): i for i in turn.fresh if _is_open(turn.run, i)}
    for (_, prefix), join in turn.touched.items():
        if join.task is not None:
            below = turn.run.below(join.task, prefix)
        else:
            below = _placeholders(turn.run, join.node, prefix) if join.node else []
        found.update((id(i), i) for i in below if _is_open(turn.run, i))
    turn.fresh.clear()
    turn.touched.clear()
    return list(found.values())


def _is_open(run: Run, instance: Instance) -> bool:
    """Still to be decided (one that is ready may have to be decided otherwise: somebody marked a task upstream), and
    not a placeholder that has meanwhile become its instances."""
    is_open = instance.state is TaskState.NONE or (instance.is_ready and instance.state in ASKS_AGAIN)
    return is_open and run.instances[instance.plan.index].get(instance.path) is instance


def _placeholders(run: Run, node: NodePlan, prefix: MapPath) -> list[Instance]:
    """Those that wait for this node's length."""
    at = run.prefixes_below(node.enclosing, prefix)
    found = (run.instances[task.index].get(path) for path in at for task in node.tasks)
    return [instance for instance in found if instance is not None]


def _act(turn: Turn, instance: Instance, decision: Decision) -> None:
    run = turn.run
    if instance.is_ready:
        if decision in GOES_ON and (instance.state in ASKS_AGAIN or decision in (Decision.RUN, Decision.ASK_LENGTH)):
            return
        turn.withdraw(instance)
        if instance.state in ASKS_AGAIN:
            turn.change(instance, TaskState.NONE, UPSTREAM_CHANGED)
    match decision:
        case Decision.RUN:
            if instance.plan.spec.needs_no_process:
                turn.change(instance, TaskState.SUCCESS, "there is nothing to run")
            else:
                turn.make_ready(instance)
        case Decision.EXPAND:
            _expand(turn, instance)
        case Decision.ASK_LENGTH:
            turn.make_ready(instance, TryPurpose.EXPAND)
        case Decision.WAIT_PAST:
            run.waiting_for_past.setdefault(instance.plan.index, {})[instance.path] = instance
            if instance.plan.index not in run.past:
                run.past[instance.plan.index] = None
                turn.commands.append(AskPast(instance.plan.task_id))
        case _ if decision in SKIPS:
            _record_empty(turn, instance, decision)
            turn.change(instance, TaskState.SKIPPED, reason(run, instance, decision))
        case _ if decision in FAILS:
            turn.change(instance, TaskState.UPSTREAM_FAILED, reason(run, instance, decision))
        case _:
            pass


def _expand(turn: Turn, instance: Instance) -> None:
    node, prefix = instance.next_node, instance.path
    if (node.node_id, prefix) in turn.run.expansions:
        return  # another member of the group was first
    length = length_of(turn.run, node, prefix)
    assert isinstance(length, int)
    turn.expand(node, prefix, length)


def _record_empty(turn: Turn, instance: Instance, decision: Decision) -> None:
    if decision is Decision.SKIP_EMPTY and (instance.next_node.node_id, instance.path) not in turn.run.expansions:
        turn.expand(instance.next_node, instance.path, 0)


def _finish(turn: Turn) -> None:
    state, why = outcome(turn.run)
    if state is not turn.run.state:
        turn.change_run(state, why)
        turn.commands.append(RunFinished(state, why))
