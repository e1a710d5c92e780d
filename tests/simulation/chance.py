"""What a seed decides: one source of chance, and which kinds of trouble may happen."""

from __future__ import annotations

import random
from typing import TypeVar

from msgspec import Struct

T = TypeVar("T")
KINDS = ("crash", "database", "stale", "broken", "clock", "lost", "doubled", "late", "user", "notices")
SERVICE_KINDS = ("crash", "database", "lost", "doubled", "notices", "pause", "bell", "triggerer", "request", "late")
"""Trouble of the simulated service (`service_world`)."""


class Crash(BaseException):
    """kill -9 of the scheduler's process. Not an Exception: nothing may catch it."""


class Trouble(Struct, frozen=True):
    """Which trouble a simulation allows. Less of it is how a failing seed is made smaller."""

    without: frozenset[str] = frozenset()
    at_most: int = 1_000_000
    """Troubles in all."""


class Chance:
    def __init__(self, seed: int, trouble: Trouble) -> None:
        self.rng = random.Random(seed)
        self.happened: list[str] = []
        self._trouble = trouble

    def strikes(self, kind: str, probability: float) -> bool:
        """Does this happen now? Chance is drawn even where it is not allowed to."""
        assert kind in KINDS or kind in SERVICE_KINDS, kind
        drawn = self.rng.random() < probability
        if not drawn or kind in self._trouble.without or len(self.happened) >= self._trouble.at_most:
            return False
        self.happened.append(kind)
        return True

    def one_in(self, number: int) -> bool:
        return self.rng.random() * number < 1

    def pick(self, options: list[T]) -> T:
        return self.rng.choice(options)
