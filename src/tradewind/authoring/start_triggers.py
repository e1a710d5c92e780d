"""Tasks that start in their trigger (`start_from_trigger`): no line of `execute` runs."""

from __future__ import annotations

from typing import Any

from tradewind.authoring.exceptions import TaskDeferred
from tradewind.authoring.triggers import StartTriggerArgs


def deferred_from_the_start(start: StartTriggerArgs) -> TaskDeferred:
    """What the task would raise, did it defer by itself."""
    return TaskDeferred(
        trigger=_Named(start.trigger_cls, start.trigger_kwargs or {}),
        method_name=start.next_method,
        kwargs=start.next_kwargs,
        timeout=start.timeout,
    )


class _Named:
    """A trigger by its class path alone: its class is imported where it runs."""

    def __init__(self, path: str, arguments: dict[str, Any]) -> None:
        self._path = path
        self._arguments = arguments

    def serialize(self) -> tuple[str, dict[str, Any]]:
        return self._path, self._arguments
