"""Two sets of named facts side by side. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tradewind.api.ours.bodies.values import Difference
from tradewind.api.ours.plain import plain


def differences(left: Mapping[str, Any], right: Mapping[str, Any]) -> list[Difference]:
    """Every name of either side, those that differ first."""
    names = list(dict.fromkeys([*left, *right]))
    found = [_difference(name, left.get(name), right.get(name)) for name in names]
    return sorted(found, key=lambda one: one.is_same)


def _difference(name: str, before: Any, after: Any) -> Difference:
    return Difference(name, plain(before), plain(after), is_same=before == after, change=_change(before, after))


def _change(before: Any, after: Any) -> float | None:
    """(after - before) / |before|, of numbers."""
    if isinstance(before, bool) or isinstance(after, bool):
        return None
    if not isinstance(before, int | float) or not isinstance(after, int | float) or not before:
        return None
    change = (after - before) / abs(before)
    return change if abs(change) < float("inf") else None
