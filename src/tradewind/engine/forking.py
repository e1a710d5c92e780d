"""What a fork of a run takes over from it: the states and expansions of everything that is not at or after the tasks it
starts from. The rules of clearing decide: a fork is a copy of the run in which those tasks were cleared.
"""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from tradewind.engine import clearing
from tradewind.engine.clearing import Selection, with_relatives
from tradewind.engine.decide import FAILS, SKIPS, decide
from tradewind.engine.moves import ENDED_STATES
from tradewind.engine.run import Instance, Run
from tradewind.engine.stopping import was_cancelled
from tradewind.engine.turn import Turn
from tradewind.engine.why import reason
from tradewind.model.ids import MapPath, TaskId
from tradewind.model.states import RunState


class Fork(Struct, frozen=True):
    kept: tuple[Instance, ...]
    """Ended instances that the new run has from its beginning."""
    expansions: tuple[tuple[str, MapPath, int], ...]
    """(node, prefix, length), outer nodes before inner ones."""
    runs_again: tuple[TaskId, ...]
    """Tasks of which something is left to run, in the DAG's order."""
    held_back: str = ""
    """Why none of the tasks it was to start from would run; "" where one can."""


def fork(run: Run, selection: Selection, now: datetime) -> Fork:
    """`run` was restored for this and is used up: it becomes the fork. What had not ended, or was cancelled, is left to
    run as well. A path of the selection stands for every instance below it."""
    chosen = with_relatives(run, selection, downstream=True)
    open_ends = tuple(
        (one.plan.task_id, one.path)
        for one in run.all_instances()
        if one.state not in ENDED_STATES or was_cancelled(one)
    )
    run.state = RunState.QUEUED  # nothing is set off here
    turn = Turn(run, now)
    clearing.clear(turn, (*chosen, *_setups_of(run, chosen), *open_ends), "forked")
    left = [one for one in run.all_instances() if one.state not in ENDED_STATES]
    levels = {node_id: node.level for node_id, node in run.plan.nodes.items()}
    return Fork(
        kept=tuple(one for one in run.all_instances() if one.state in ENDED_STATES),
        expansions=tuple(
            (node, prefix, length)
            for (node, prefix), length in sorted(run.expansions.items(), key=lambda one: (levels[one[0][0]], one[0]))
        ),
        runs_again=tuple(dict.fromkeys(one.plan.task_id for one in left)),
        held_back=_held_back(run, selection),
    )


def _setups_of(run: Run, chosen: Selection) -> Selection:
    """What a setup made is gone once its teardown has run: where the teardown runs again, so does the setup."""
    again = {task_id for task_id, _ in chosen}
    plan = run.plan
    return tuple(
        (task.task_id, ())
        for task in plan.tasks
        if task.spec.is_setup
        and any(other in again and plan.by_id[other].spec.is_teardown for other in plan.downstream[task.task_id])
    )


def _held_back(run: Run, selection: Selection) -> str:
    why = ""
    for task_id, path in selection:
        for one in run.below(run.plan.by_id[task_id], path):
            if one.state in ENDED_STATES:
                why = why or f"{task_id} is {one.state}: {one.why}"
            elif (decision := decide(run, one)) in FAILS or decision in SKIPS:
                why = why or f"{task_id} would not run: {reason(run, one, decision)}"
            else:
                return ""
    return why
