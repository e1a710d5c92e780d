"""Why a task instance is where it is, in words; for those that are undecided, from the decision itself."""

from __future__ import annotations

from msgspec import Struct

from tradewind.engine.decide import Decision, decide
from tradewind.engine.moves import ENDED_STATES
from tradewind.engine.plan import Join
from tradewind.engine.run import Instance, Run
from tradewind.model.ids import MapPath
from tradewind.model.states import TaskState, TryPurpose

NAMES_AT_MOST = 5

_COUNTED = (TaskState.SUCCESS, TaskState.FAILED, TaskState.UPSTREAM_FAILED, TaskState.SKIPPED, TaskState.REMOVED)


class Why(Struct, frozen=True):
    kind: str
    """`upstream`, `setups`, `length`, `past`, `slot`, `retry`, `reschedule`, `trigger`, `live`, `run` or `ended`."""
    text: str


def explain(run: Run, instance: Instance) -> Why:
    """The reason why this instance is not running, or what became of it. Of `slot`, `limits.ReadyQueue.why` says
    more."""
    state = instance.state
    if state in ENDED_STATES:
        return Why("ended", instance.why)
    if instance.is_ready:
        return Why("slot", "ready to start; waits for a slot")
    if state is TaskState.UP_FOR_RETRY:
        return Why("retry", f"{instance.why}; tried again at {instance.due_at}")
    if state is TaskState.UP_FOR_RESCHEDULE:
        return Why("reschedule", f"looks again at {instance.due_at}")
    if state is TaskState.DEFERRED:
        return Why("trigger", "deferred: waits for its trigger")
    if instance.try_id is not None:
        asks = " (asks how many instances there are to be)" if instance.purpose is TryPurpose.EXPAND else ""
        return Why("live", f"{state}: try {instance.try_id}{asks}")
    if run.state.is_finished or run.state.value == "queued":
        return Why("run", f"the run is {run.state}")
    decision = decide(run, instance)
    return Why(_KINDS.get(decision, "upstream"), reason(run, instance, decision))


def reason(run: Run, instance: Instance, decision: Decision) -> str:
    """One sentence for a decision; it goes into the history, too."""
    plan = instance.plan
    match decision:
        case Decision.SKIP_BY_RULE | Decision.FAIL_BY_RULE:
            return f"trigger rule {plan.spec.trigger_rule}: upstream {_tally(run, plan.rule_joins, instance.path)}"
        case Decision.SKIP_BY_DATES:
            spec = plan.spec
            dates = f"{spec.start_date or 'ever'} to {spec.end_date or 'ever'}"
            return f"the run of {run.logical_date} is not within the task's own start_date and end_date ({dates})"
        case Decision.SKIP_BY_SETUP | Decision.FAIL_BY_SETUP:
            return f"a setup it depends on did not succeed: {_tally(run, plan.setup_joins, instance.path)}"
        case Decision.WAIT_UPSTREAM:
            waits = _unfinished(run, plan.spec.upstream, plan.groups, instance.path)
            return f"trigger rule {plan.spec.trigger_rule}: waits for {waits}"
        case Decision.WAIT_SETUPS:
            return f"waits for its setups: {_tally(run, plan.setup_joins, instance.path)}"
        case Decision.WAIT_LENGTH:
            sources = tuple(sorted(instance.next_node.expansion.task_ids()))
            return f"its number of instances comes from {_unfinished(run, sources, plan.groups, instance.path)}"
        case Decision.WAIT_PAST:
            past = run.past.get(plan.index)
            return past.why if past and past.why else "asks what became of it in the run before"
        case _:
            return _mapping_reason(run, instance, decision)


def _mapping_reason(run: Run, instance: Instance, decision: Decision) -> str:
    node = instance.next_node.node_id.rstrip(".") if instance.is_placeholder else ""
    match decision:
        case Decision.SKIP_EMPTY:
            return f"{node!r} is mapped over nothing"
        case Decision.FAIL_NO_LENGTH:
            sources = ", ".join(repr(t) for t in sorted(instance.next_node.expansion.task_ids()))
            return f"{node!r} is mapped over a value of {sources} that is missing or has no length"
        case Decision.FAIL_TOO_LONG:
            return f"{node!r} would become more than {run.bounds.max_map_length} instances (max_map_length)"
        case _:
            return "upstream is done"


def _tally(run: Run, joins: list[Join], path: MapPath) -> str:
    counts = [run.counts_of(join, path) for join in joins]
    total = sum(c.total for c in counts)
    parts = [f"{number} {state}" for state in _COUNTED if (number := sum(c.number(state) for c in counts))]
    return f"{', '.join(parts) or 'not done'} of {total}"


def _unfinished(run: Run, upstream: tuple[str, ...], groups: tuple[str, ...], path: MapPath) -> str:
    found: list[str] = []
    for task_id in upstream:
        task = run.plan.by_id[task_id]
        prefix = path[: run.plan.common_depth(task.groups, groups)]
        states = [i.state for i in run.below(task, prefix) if i.state not in ENDED_STATES]
        if states:
            waiting = f"{len(states)} of {task_id!r}" if len(states) > 1 else f"{task_id!r} ({_spoken(states[0])})"
            found.append(waiting)
        if len(found) > NAMES_AT_MOST:
            return ", ".join(found[:NAMES_AT_MOST]) + " and others"
    return ", ".join(found) or "nothing"


def _spoken(state: TaskState) -> str:
    return "not started" if state is TaskState.NONE else state.value


_KINDS = {
    Decision.RUN: "slot",
    Decision.ASK_LENGTH: "slot",
    Decision.WAIT_SETUPS: "setups",
    Decision.WAIT_LENGTH: "length",
    Decision.WAIT_PAST: "past",
}
