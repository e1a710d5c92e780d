"""Airflow's trigger rules as a table over what has been seen upstream so far.

All that a rule needs to know of any number of upstream instances fits in a few bits, and the bits of several groups
of instances combine by OR. So a join of a thousand tasks is looked at again only when a bit changes, never per task.
https://airflow.apache.org/docs/apache-airflow/stable/core-concepts/dags.html#trigger-rules
"""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum, auto
from typing import TypeAlias

from tradewind.model.states import TaskState, TriggerRule

Seen: TypeAlias = int
"""OR of the bits below."""

SUCCESS = 1
SKIPPED = 2
FAILED = 4
UPSTREAM_FAILED = 8
PENDING = 16
"""At least one upstream instance has not ended."""
SETUP_SUCCESS = 32
SETUP_SKIPPED = 64
SETUP_FAILED = 128
"""A setup task directly upstream failed, or could not run."""
NOTHING: Seen = 0

ANY_FAILURE = FAILED | UPSTREAM_FAILED
ANY_SETUP = SETUP_SUCCESS | SETUP_SKIPPED | SETUP_FAILED

BIT_OF_STATE: dict[TaskState, int] = {
    TaskState.SUCCESS: SUCCESS,
    TaskState.SKIPPED: SKIPPED,
    TaskState.FAILED: FAILED,
    TaskState.UPSTREAM_FAILED: UPSTREAM_FAILED,
    TaskState.REMOVED: NOTHING,
}
"""States that are not here are PENDING. A removed instance counts for nothing."""

SETUP_BIT_OF_STATE: dict[TaskState, int] = {
    TaskState.SUCCESS: SETUP_SUCCESS,
    TaskState.SKIPPED: SETUP_SKIPPED,
    TaskState.FAILED: SETUP_FAILED,
    TaskState.UPSTREAM_FAILED: SETUP_FAILED,
}


class Verdict(Enum):
    """What a rule says of a task instance that has not been decided yet."""

    WAIT = auto()
    RUN = auto()
    SKIP = auto()
    UPSTREAM_FAILED = auto()


def verdict(rule: TriggerRule, seen: Seen) -> Verdict:
    """What `rule` says after `seen`. Of a task without upstream (`NOTHING` seen) every rule says RUN."""
    if seen == NOTHING:
        return Verdict.RUN
    return _RULES[rule](seen)


def _all_success(seen: Seen) -> Verdict:
    if seen & ANY_FAILURE:
        return Verdict.UPSTREAM_FAILED
    return _skip_if(seen & SKIPPED, seen)


def _all_failed(seen: Seen) -> Verdict:
    return _skip_if(seen & (SUCCESS | SKIPPED), seen)


def _all_done(seen: Seen) -> Verdict:
    return Verdict.WAIT if seen & PENDING else Verdict.RUN


def _all_done_min_one_success(seen: Seen) -> Verdict:
    """Airflow 3's rule: a skipped upstream does not count as done, so one of them is enough to skip."""
    if seen & SKIPPED:
        return Verdict.SKIP
    if seen & PENDING:
        return Verdict.WAIT
    return Verdict.RUN if seen & SUCCESS else Verdict.UPSTREAM_FAILED


def _all_done_setup_success(seen: Seen) -> Verdict:
    """The rule of teardowns: with setups directly upstream, one of them must have succeeded."""
    if seen & PENDING:
        return Verdict.WAIT
    if not seen & ANY_SETUP or seen & SETUP_SUCCESS:
        return Verdict.RUN
    return Verdict.UPSTREAM_FAILED if seen & SETUP_FAILED else Verdict.SKIP


def _all_skipped(seen: Seen) -> Verdict:
    return _skip_if(seen & (SUCCESS | ANY_FAILURE), seen)


def _one_success(seen: Seen) -> Verdict:
    if seen & SUCCESS:
        return Verdict.RUN
    if seen & PENDING:
        return Verdict.WAIT
    return Verdict.UPSTREAM_FAILED if seen & ANY_FAILURE else Verdict.SKIP


def _one_failed(seen: Seen) -> Verdict:
    if seen & ANY_FAILURE:
        return Verdict.RUN
    return Verdict.WAIT if seen & PENDING else Verdict.SKIP


def _one_done(seen: Seen) -> Verdict:
    if seen & (SUCCESS | FAILED):
        return Verdict.RUN
    return Verdict.WAIT if seen & PENDING else Verdict.SKIP


def _none_failed(seen: Seen) -> Verdict:
    if seen & ANY_FAILURE:
        return Verdict.UPSTREAM_FAILED
    return Verdict.WAIT if seen & PENDING else Verdict.RUN


def _none_failed_min_one_success(seen: Seen) -> Verdict:
    if seen & ANY_FAILURE:
        return Verdict.UPSTREAM_FAILED
    if seen & PENDING:
        return Verdict.WAIT
    return Verdict.RUN if seen & SUCCESS else Verdict.SKIP


def _none_skipped(seen: Seen) -> Verdict:
    return _skip_if(seen & SKIPPED, seen)


def _always(seen: Seen) -> Verdict:
    return Verdict.RUN


def _skip_if(is_refuted: int, seen: Seen) -> Verdict:
    """Skip as soon as the rule can no longer hold; run when all is done and it held."""
    if is_refuted:
        return Verdict.SKIP
    return Verdict.WAIT if seen & PENDING else Verdict.RUN


_RULES: dict[TriggerRule, Callable[[Seen], Verdict]] = {
    TriggerRule.ALL_SUCCESS: _all_success,
    TriggerRule.ALL_FAILED: _all_failed,
    TriggerRule.ALL_DONE: _all_done,
    TriggerRule.ALL_DONE_MIN_ONE_SUCCESS: _all_done_min_one_success,
    TriggerRule.ALL_DONE_SETUP_SUCCESS: _all_done_setup_success,
    TriggerRule.ALL_SKIPPED: _all_skipped,
    TriggerRule.ONE_SUCCESS: _one_success,
    TriggerRule.ONE_FAILED: _one_failed,
    TriggerRule.ONE_DONE: _one_done,
    TriggerRule.NONE_FAILED: _none_failed,
    TriggerRule.NONE_FAILED_MIN_ONE_SUCCESS: _none_failed_min_one_success,
    TriggerRule.NONE_SKIPPED: _none_skipped,
    TriggerRule.ALWAYS: _always,
}
