"""Which code is to be loaded before a try of it is there, and how much of that at once: memory and CPU belong to what
runs."""

from __future__ import annotations

from collections.abc import Iterable

from tradewind.executors.base import CodeRef
from tradewind.executors.local.family import WarmParent

EXPECTED_SECONDS = 30.0
"""So long a warm parent that was started ahead is kept for its first try, against others that want its place."""
MOST_EXPECTED = 10_000


class Ahead:
    def __init__(self, most_at_once: int) -> None:
        """`most_at_once`: warm parents that have been started ahead and not been used yet."""
        self._most_at_once = most_at_once
        self._codes: dict[CodeRef, None] = {}
        """In order; none of them has a warm parent."""

    def expect(self, code: CodeRef) -> None:
        if len(self._codes) < MOST_EXPECTED:
            self._codes[code] = None

    def forget(self, code: CodeRef) -> None:
        self._codes.pop(code, None)

    def next(self, parents: Iterable[WarmParent], now: float) -> CodeRef | None:
        """What to load now, and no more to be said of it; `parents` are those there are."""
        if not self._codes or sum(parent.expected_until > now for parent in parents) >= self._most_at_once:
            return None
        code = next(iter(self._codes))
        del self._codes[code]
        return code
