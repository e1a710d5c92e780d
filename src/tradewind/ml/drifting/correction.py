"""p-values of many tests at once, corrected: of a hundred columns that did not change, five would be below 0.05."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, TypeAlias

Correction: TypeAlias = Literal["holm", "bh", "none"]
CORRECTIONS: tuple[Correction, ...] = ("holm", "bh", "none")


def corrected(p_values: Sequence[float], how: Correction) -> list[float]:
    """`holm` (Holm 1979) bounds the chance of any false alarm; `bh` (Benjamini and Hochberg 1995) the share of false
    ones among the alarms; in the order given."""
    match how:
        case "holm":
            return holm(p_values)
        case "bh":
            return benjamini_hochberg(p_values)
        case "none":
            return list(p_values)


def holm(p_values: Sequence[float]) -> list[float]:
    found = [0.0] * len(p_values)
    largest = 0.0
    for rank, place in enumerate(_ascending(p_values)):
        largest = max(largest, min(1.0, (len(p_values) - rank) * p_values[place]))
        found[place] = largest
    return found


def benjamini_hochberg(p_values: Sequence[float]) -> list[float]:
    found = [0.0] * len(p_values)
    smallest = 1.0
    for rank, place in reversed(list(enumerate(_ascending(p_values), start=1))):
        smallest = min(smallest, p_values[place] * len(p_values) / rank)
        found[place] = smallest
    return found


def _ascending(p_values: Sequence[float]) -> list[int]:
    return sorted(range(len(p_values)), key=p_values.__getitem__)
