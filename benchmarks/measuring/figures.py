"""One measured quantity: its values, what is aimed at, and what a table or a JSON file says of it."""

from __future__ import annotations

import statistics
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Figure:
    """`values`: one a repetition, in `unit`. `aim`: the most it should be, or the least where `more_is_better`."""

    name: str
    unit: str
    values: list[float] = field(repr=False)
    aim: float | None = None
    more_is_better: bool = False

    @property
    def median(self) -> float:
        return statistics.median(self.values)

    @property
    def best(self) -> float:
        return max(self.values) if self.more_is_better else min(self.values)

    @property
    def is_met(self) -> bool | None:
        """Whether the median reaches the aim; None where there is none."""
        if self.aim is None:
            return None
        return self.median >= self.aim if self.more_is_better else self.median <= self.aim

    def said_aim(self) -> str:
        if self.aim is None:
            return ""
        return f"{'≥' if self.more_is_better else '≤'} {number(self.aim)}"

    def as_data(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "unit": self.unit,
            "median": self.median,
            "best": self.best,
            "n": len(self.values),
            "values": self.values,
            "aim": self.aim,
            "more_is_better": self.more_is_better,
            "is_met": self.is_met,
        }


def number(value: float) -> str:
    """Three digits that count: 0.00420, 3.14, 128, 12,345."""
    if value == 0 or abs(value) >= 100:
        return f"{value:,.0f}"
    for digits in range(1, 7):
        if abs(value) >= 10 ** (2 - digits):
            return f"{value:.{digits}f}"
    return f"{value:.1e}"
