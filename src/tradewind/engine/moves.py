"""The legal moves of a task instance's state. Whoever changes a state goes through `assert_legal`.

SCHEDULED is not used: an instance that is ready and waits for a slot keeps its state (NONE, UP_FOR_RETRY…) and is
offered by a StartTry command. That saves one row and one history row for every task; a restored run finds its ready
instances anew by the same rules.
"""

from __future__ import annotations

from tradewind.model.states import TaskState

_NONE = TaskState.NONE
_QUEUED = TaskState.QUEUED
_RUNNING = TaskState.RUNNING
_RETRY = TaskState.UP_FOR_RETRY
_RESCHEDULE = TaskState.UP_FOR_RESCHEDULE
_DEFERRED = TaskState.DEFERRED
_SUCCESS = TaskState.SUCCESS
_FAILED = TaskState.FAILED
_SKIPPED = TaskState.SKIPPED
_UPSTREAM_FAILED = TaskState.UPSTREAM_FAILED
_REMOVED = TaskState.REMOVED

_BY_HAND = frozenset({_SUCCESS, _FAILED, _SKIPPED})
"""Reached from everywhere: a user marks, a run is cancelled, a branch decides."""
_TRY_ENDS = frozenset({_RETRY, _RESCHEDULE, _DEFERRED})

LEGAL_MOVES: dict[TaskState, frozenset[TaskState]] = {
    _NONE: _BY_HAND | {_QUEUED, _UPSTREAM_FAILED},
    TaskState.SCHEDULED: frozenset(),
    # A try may end before its start was heard of: the process died, or the notice was lost.
    _QUEUED: _BY_HAND | _TRY_ENDS | {_RUNNING, _NONE},
    _RUNNING: _BY_HAND | _TRY_ENDS | {_NONE},
    _RETRY: _BY_HAND | {_QUEUED, _NONE},
    _RESCHEDULE: _BY_HAND | {_QUEUED, _NONE},
    _DEFERRED: _BY_HAND | {_QUEUED, _NONE},
    _SUCCESS: frozenset({_FAILED, _SKIPPED, _NONE}),
    _FAILED: frozenset({_SUCCESS, _SKIPPED, _NONE}),
    _SKIPPED: frozenset({_SUCCESS, _FAILED, _NONE}),
    _UPSTREAM_FAILED: _BY_HAND | {_NONE},
    _REMOVED: frozenset(),
}

LIVE_STATES = frozenset({_QUEUED, _RUNNING})
"""The instance has a try."""
PAUSED_STATES = frozenset({_RETRY, _RESCHEDULE, _DEFERRED})
"""The instance waits for a time or a trigger."""
ENDED_STATES = frozenset({_SUCCESS, _FAILED, _SKIPPED, _UPSTREAM_FAILED, _REMOVED})


def assert_legal(old: TaskState, new: TaskState) -> None:
    assert new in LEGAL_MOVES[old], f"a task instance may not go from {old} to {new}"
