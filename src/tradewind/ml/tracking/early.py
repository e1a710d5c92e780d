"""What a try logs before it has MLflow, which is loaded only where something needs it: sent once there is a run."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from typing import Any

from tradewind.authoring.context import get_current_context

MOST_KEPT = 1000
Send = Callable[[Any], Any]
"""Given the tracked try (`joining.TrackedTry`, which is built on this)."""


class _Early:
    """Of the try of this process."""

    def __init__(self) -> None:
        self.try_id = ""
        self.sends: deque[Send] = deque(maxlen=MOST_KEPT)


_early = _Early()


def keep(send: Send) -> None:
    """Nothing where there is no try."""
    try:
        try_id = str(get_current_context()["ti"].id)
    except RuntimeError:
        return
    if _early.try_id != try_id:
        _early.try_id = try_id
        _early.sends.clear()
    _early.sends.append(send)


def is_there(try_id: str) -> bool:
    return _early.try_id == try_id and bool(_early.sends)


def take(try_id: str) -> Sequence[Send]:
    """In the order in which they were logged; once."""
    found = tuple(_early.sends) if _early.try_id == try_id else ()
    _early.sends.clear()
    return found
