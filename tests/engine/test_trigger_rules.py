"""Each rule as a table: what has been seen upstream → what the rule says."""

from __future__ import annotations

import pytest

from tradewind.engine.trigger_rules import (
    FAILED,
    NOTHING,
    PENDING,
    SETUP_FAILED,
    SETUP_SKIPPED,
    SETUP_SUCCESS,
    SKIPPED,
    SUCCESS,
    UPSTREAM_FAILED,
    Verdict,
    verdict,
)
from tradewind.model.states import TriggerRule

S, K, F, U, P = SUCCESS, SKIPPED, FAILED, UPSTREAM_FAILED, PENDING
WAIT, RUN, SKIP, FAIL = Verdict.WAIT, Verdict.RUN, Verdict.SKIP, Verdict.UPSTREAM_FAILED

# fmt: off
SEEN = (S, K, F, U, P, S | P, K | P, F | P, S | K, S | F, K | F, S | K | F)
TABLE = {
    TriggerRule.ALL_SUCCESS: (RUN, SKIP, FAIL, FAIL, WAIT, WAIT, SKIP, FAIL, SKIP, FAIL, FAIL, FAIL),
    TriggerRule.ALL_FAILED: (SKIP, SKIP, RUN, RUN, WAIT, SKIP, SKIP, WAIT, SKIP, SKIP, SKIP, SKIP),
    TriggerRule.ALL_DONE: (RUN, RUN, RUN, RUN, WAIT, WAIT, WAIT, WAIT, RUN, RUN, RUN, RUN),
    TriggerRule.ALL_DONE_MIN_ONE_SUCCESS: (RUN, SKIP, FAIL, FAIL, WAIT, WAIT, SKIP, WAIT, SKIP, RUN, SKIP, SKIP),
    TriggerRule.ALL_DONE_SETUP_SUCCESS: (RUN, RUN, RUN, RUN, WAIT, WAIT, WAIT, WAIT, RUN, RUN, RUN, RUN),
    TriggerRule.ALL_SKIPPED: (SKIP, RUN, SKIP, SKIP, WAIT, SKIP, WAIT, SKIP, SKIP, SKIP, SKIP, SKIP),
    TriggerRule.ONE_SUCCESS: (RUN, SKIP, FAIL, FAIL, WAIT, RUN, WAIT, WAIT, RUN, RUN, FAIL, RUN),
    TriggerRule.ONE_FAILED: (SKIP, SKIP, RUN, RUN, WAIT, WAIT, WAIT, RUN, SKIP, RUN, RUN, RUN),
    TriggerRule.ONE_DONE: (RUN, SKIP, RUN, SKIP, WAIT, RUN, WAIT, RUN, RUN, RUN, RUN, RUN),
    TriggerRule.NONE_FAILED: (RUN, RUN, FAIL, FAIL, WAIT, WAIT, WAIT, FAIL, RUN, FAIL, FAIL, FAIL),
    TriggerRule.NONE_FAILED_MIN_ONE_SUCCESS: (RUN, SKIP, FAIL, FAIL, WAIT, WAIT, WAIT, FAIL, RUN, FAIL, FAIL, FAIL),
    TriggerRule.NONE_SKIPPED: (RUN, SKIP, RUN, RUN, WAIT, WAIT, SKIP, WAIT, SKIP, RUN, SKIP, SKIP),
    TriggerRule.ALWAYS: (RUN,) * len(SEEN),
}
# fmt: on


def test_the_table_has_every_rule() -> None:
    assert set(TABLE) == set(TriggerRule)


@pytest.mark.parametrize("rule", list(TriggerRule))
def test_what_a_rule_says(rule: TriggerRule) -> None:
    assert tuple(verdict(rule, seen) for seen in SEEN) == TABLE[rule]


@pytest.mark.parametrize("rule", list(TriggerRule))
def test_a_task_without_upstream_runs_under_any_rule(rule: TriggerRule) -> None:
    assert verdict(rule, NOTHING) is RUN


@pytest.mark.parametrize("rule", list(TriggerRule))
def test_no_rule_waits_once_all_upstream_is_done(rule: TriggerRule) -> None:
    assert all(verdict(rule, seen) is not WAIT for seen in range(1, 256) if not seen & PENDING)


@pytest.mark.parametrize(
    ("setups", "expected"),
    [
        (SETUP_SUCCESS, RUN),
        (SETUP_SUCCESS | SETUP_FAILED, RUN),
        (SETUP_FAILED, FAIL),
        (SETUP_FAILED | SETUP_SKIPPED, FAIL),
        (SETUP_SKIPPED, SKIP),
    ],
)
def test_a_teardown_needs_one_of_its_setups(setups: int, expected: Verdict) -> None:
    assert verdict(TriggerRule.ALL_DONE_SETUP_SUCCESS, F | setups) is expected
    assert verdict(TriggerRule.ALL_DONE_SETUP_SUCCESS, F | P | setups) is WAIT
