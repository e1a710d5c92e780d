"""Numbers in paths."""

from __future__ import annotations

from typing import Any

from tradewind.api.call import Call
from tradewind.api.problems import Invalid

GREATEST = (1 << 63) - 1
"""That a database takes."""


def number_in_path(call: Call[Any, Any], name: str, *, least: int = 0) -> int:
    """Raises Invalid."""
    text = call.path[name]
    try:
        number = int(text)
    except ValueError:
        raise Invalid(f"{name} is a number, not {text[:40]!r}") from None
    if not least <= number <= GREATEST:
        raise Invalid(f"{name} is no number from {least} on: {text[:40]}")
    return number
