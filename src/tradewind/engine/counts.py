"""How many upstream instances of one join are in which state, and the bits a trigger rule reads off that."""

from __future__ import annotations

from tradewind.engine.trigger_rules import (
    FAILED,
    PENDING,
    SETUP_FAILED,
    SETUP_SKIPPED,
    SETUP_SUCCESS,
    SKIPPED,
    SUCCESS,
    UPSTREAM_FAILED,
    Seen,
)
from tradewind.model.states import TaskState

_PENDING, _SUCCESS, _SKIPPED, _FAILED, _UPSTREAM_FAILED, _REMOVED = range(6)
_SETUP = 6
"""Counts of setup tasks lie this much further on, once more."""

_SLOT_OF_STATE = {
    TaskState.SUCCESS: _SUCCESS,
    TaskState.SKIPPED: _SKIPPED,
    TaskState.FAILED: _FAILED,
    TaskState.UPSTREAM_FAILED: _UPSTREAM_FAILED,
    TaskState.REMOVED: _REMOVED,
}
_SLOT: dict[TaskState, int] = {state: _SLOT_OF_STATE.get(state, _PENDING) for state in TaskState}
_BITS = (
    PENDING,
    SUCCESS,
    SKIPPED,
    FAILED,
    UPSTREAM_FAILED,
    0,
    0,
    SETUP_SUCCESS,
    SETUP_SKIPPED,
    SETUP_FAILED,
    SETUP_FAILED,
    0,
)


class Counts:
    """Counts of one join at one prefix. `seen` is kept up to date, so that reading costs nothing."""

    __slots__ = ("numbers", "seen")

    def __init__(self, pending: int) -> None:
        self.numbers = [pending, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]
        self.seen: Seen = PENDING if pending else 0

    def copy(self) -> Counts:
        twin = Counts(0)
        twin.numbers = self.numbers.copy()
        twin.seen = self.seen
        return twin

    def add_pending(self, number: int) -> None:
        self.numbers[_PENDING] += number
        assert self.numbers[_PENDING] >= 0
        if self.numbers[_PENDING]:
            self.seen |= PENDING
        else:
            self.seen &= ~PENDING

    def move(self, old: TaskState, new: TaskState, *, is_setup: bool) -> bool:
        """One instance went from `old` to `new`; True where that changed what a rule can see."""
        before = self.seen
        self._shift(_SLOT[old], _SLOT[new])
        if is_setup:
            self._shift(_SLOT[old] + _SETUP, _SLOT[new] + _SETUP)
        return self.seen != before

    def number(self, state: TaskState) -> int:
        return self.numbers[_SLOT[state]]

    @property
    def total(self) -> int:
        return sum(self.numbers[:_SETUP])

    def _shift(self, old: int, new: int) -> None:
        numbers = self.numbers
        if old != _SETUP:  # nobody counts setups that are pending
            numbers[old] -= 1
            if not numbers[old]:
                self.seen &= ~_BITS[old]
                self._keep_shared_bits()
        if new != _SETUP:
            numbers[new] += 1
            self.seen |= _BITS[new]

    def _keep_shared_bits(self) -> None:
        """SETUP_FAILED stands for two numbers."""
        if self.numbers[_SETUP + _FAILED] or self.numbers[_SETUP + _UPSTREAM_FAILED]:
            self.seen |= SETUP_FAILED


def slot_changes(old: TaskState, new: TaskState) -> bool:
    """Does this move matter to anyone downstream?"""
    return _SLOT[old] != _SLOT[new]
