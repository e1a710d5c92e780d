"""What is to become of a task instance that has not been decided yet. The one place that says so: the step acts on the
answer, and `why` puts the same answer into words."""

from __future__ import annotations

from enum import Enum, auto

from tradewind.engine import trigger_rules
from tradewind.engine.mapping import NoLength, asker, length_of
from tradewind.engine.run import Instance, Run
from tradewind.engine.trigger_rules import ANY_FAILURE, PENDING, SKIPPED, Verdict
from tradewind.model.spec import TaskSpec


class Decision(Enum):
    RUN = auto()
    EXPAND = auto()
    """The placeholder becomes its instances."""
    ASK_LENGTH = auto()
    """A try has to find out how many."""
    SKIP_BY_RULE = auto()
    SKIP_BY_SETUP = auto()
    SKIP_BY_DATES = auto()
    """The run is before the task's own start_date, or after its end_date."""
    SKIP_EMPTY = auto()
    """Mapped over nothing."""
    FAIL_BY_RULE = auto()
    FAIL_BY_SETUP = auto()
    FAIL_NO_LENGTH = auto()
    FAIL_TOO_LONG = auto()
    WAIT_UPSTREAM = auto()
    WAIT_SETUPS = auto()
    WAIT_LENGTH = auto()
    WAIT_PAST = auto()


SKIPS = frozenset({Decision.SKIP_BY_RULE, Decision.SKIP_BY_SETUP, Decision.SKIP_BY_DATES, Decision.SKIP_EMPTY})
FAILS = frozenset({Decision.FAIL_BY_RULE, Decision.FAIL_BY_SETUP, Decision.FAIL_NO_LENGTH, Decision.FAIL_TOO_LONG})


def decide(run: Run, instance: Instance) -> Decision:
    decision = _before_past(run, instance)
    if decision in _NEED_PAST and instance.plan.needs_past and not _past_lets(run, instance, decision):
        return Decision.WAIT_PAST
    return decision


def _before_past(run: Run, instance: Instance) -> Decision:
    plan = instance.plan
    if _is_out_of_its_time(run, plan.spec):
        return Decision.SKIP_BY_DATES
    if instance.is_placeholder and instance.next_node.is_group:
        # A mapped group is multiplied as soon as its length is known: what becomes of each instance is for the rules
        # of the tasks inside to say.
        decision = _of_length(run, instance)
        if decision in (Decision.EXPAND, Decision.ASK_LENGTH):
            return decision
    setups = run.seen(plan.setup_joins, instance.path) if plan.setup_joins else 0
    if setups & ANY_FAILURE:
        return Decision.FAIL_BY_SETUP
    if setups & SKIPPED:
        return Decision.SKIP_BY_SETUP
    verdict = trigger_rules.verdict(plan.spec.trigger_rule, run.seen(plan.rule_joins, instance.path))
    if verdict is not Verdict.RUN:
        return _OF_VERDICT[verdict]
    if setups & PENDING:
        return Decision.WAIT_SETUPS
    return _of_length(run, instance) if instance.is_placeholder else Decision.RUN


def _is_out_of_its_time(run: Run, task: TaskSpec) -> bool:
    """`start_date` and `end_date` of a task itself, where they differ from its DAG's, against the run's logical date.
    (Before the DAG's own start no run is made by the clock; one made by hand is meant.)"""
    date, dag = run.logical_date, run.spec
    if date is None:
        return False
    is_early = task.start_date is not None and task.start_date != dag.start_date and date < task.start_date
    return is_early or (task.end_date is not None and task.end_date != dag.end_date and date > task.end_date)


def _of_length(run: Run, placeholder: Instance) -> Decision:
    node = placeholder.next_node
    length = length_of(run, node, placeholder.path)
    match length:
        case NoLength.UNKNOWN:
            return Decision.WAIT_LENGTH
        case NoLength.IMPOSSIBLE:
            return Decision.FAIL_NO_LENGTH
        case NoLength.TOO_LONG:
            return Decision.FAIL_TOO_LONG
        case NoLength.ASK:
            is_asker = asker(run, node, placeholder.path) == placeholder.plan.index
            return Decision.ASK_LENGTH if is_asker else Decision.WAIT_LENGTH
        case 0:
            return Decision.SKIP_EMPTY
        case _:
            return Decision.EXPAND


def _past_lets(run: Run, instance: Instance, decision: Decision) -> bool:
    if decision in SKIPS and not instance.plan.spec.wait_for_past_depends_before_skipping:
        return True
    past = run.past.get(instance.plan.index)
    return past is not None and past.is_met


_NEED_PAST = SKIPS | {Decision.RUN}
_OF_VERDICT = {
    Verdict.WAIT: Decision.WAIT_UPSTREAM,
    Verdict.SKIP: Decision.SKIP_BY_RULE,
    Verdict.UPSTREAM_FAILED: Decision.FAIL_BY_RULE,
}
