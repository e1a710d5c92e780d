"""Where a viewer stands in what has happened: the text a browser sends back as `Last-Event-ID`. Pure."""

from __future__ import annotations

import re

from msgspec import Struct

MOST_ABOVE = 200
_TEXT = re.compile(r"(\d{1,18})(?:_(\d{1,18}(?:_\d{1,18})*))?\.(\d{1,18})", re.ASCII)


class Cursor(Struct, frozen=True):
    """All rows of history up to `low` were seen, and those of `above`: on a database with several writers a row may
    appear after such with higher numbers."""

    low: int
    metric: int = 0
    above: frozenset[int] = frozenset()

    def has(self, number: int) -> bool:
        return number <= self.low or number in self.above

    def with_row(self, number: int) -> Cursor:
        return Cursor(self.low, self.metric, self.above | {number}).settled()

    def with_metric(self, number: int) -> Cursor:
        return Cursor(self.low, max(self.metric, number), self.above)

    def settled(self, up_to: int = 0) -> Cursor:
        """What is missing up to this number will not come any more."""
        low, above = max(self.low, up_to), set(self.above)
        while low + 1 in above:
            low += 1
        above = {number for number in above if number > low}
        if len(above) > MOST_ABOVE:
            low = sorted(above)[-MOST_ABOVE // 2]
            return Cursor(low, self.metric, frozenset(number for number in above if number > low)).settled()
        return Cursor(low, self.metric, frozenset(above))

    @property
    def missing_since(self) -> int | None:
        """The first number that is missing below one that was seen."""
        return self.low + 1 if self.above else None

    def __str__(self) -> str:
        above = "".join(f"_{number}" for number in sorted(self.above))
        return f"{self.low}{above}.{self.metric}"


def parsed(text: str) -> Cursor | None:
    """None where it is none of ours."""
    found = _TEXT.fullmatch(text) if len(text) < 10_000 else None
    if found is None:
        return None
    above = frozenset(int(number) for number in found[2].split("_")) if found[2] else frozenset[int]()
    return Cursor(int(found[1]), int(found[3]), above).settled()
