"""Tasks that start in their trigger (`start_from_trigger`): no line of `execute` runs.

Where all that the trigger needs is written in the DAG file, the scheduler defers the task without a process. Where it
has templates, or the task is mapped, a process makes the arguments and defers at once.
"""

from __future__ import annotations

from typing import Any

from tradewind.authoring.exceptions import TaskDeferred
from tradewind.authoring.trigger_arguments import write_arguments
from tradewind.authoring.triggers import StartTriggerArgs
from tradewind.model.spec import StartTrigger


def start_trigger_of(task: Any) -> StartTrigger | None:
    """What the spec says of a task that needs no process to begin. Raises UnwritableArgumentError."""
    start: StartTriggerArgs | None = task.start_trigger_args
    if not task.start_from_trigger or start is None or _has_template(start.trigger_kwargs):
        return None
    return StartTrigger(
        trigger=start.trigger_cls,
        kwargs=write_arguments(start.trigger_kwargs or {}, f"trigger {start.trigger_cls} of task {task.task_id!r}"),
        method=start.next_method,
        next_kwargs=write_arguments(start.next_kwargs or {}, f"next_kwargs of task {task.task_id!r}"),
        timeout_seconds=start.timeout.total_seconds() if start.timeout is not None else None,
    )


def deferred_from_the_start(operator: Any, context: Any) -> TaskDeferred | None:
    """What the task would raise, did it defer by itself; None: it does not start in a trigger."""
    start: StartTriggerArgs | None = operator.start_trigger_args
    if not operator.start_from_trigger or start is None:
        return None
    arguments = operator.render_template(start.trigger_kwargs or {}, context)
    trigger = _Named(start.trigger_cls, arguments)
    return TaskDeferred(trigger=trigger, method_name=start.next_method, kwargs=start.next_kwargs, timeout=start.timeout)


class _Named:
    """A trigger by its class path alone: its class is imported where it runs."""

    def __init__(self, path: str, arguments: dict[str, Any]) -> None:
        self._path = path
        self._arguments = arguments

    def serialize(self) -> tuple[str, dict[str, Any]]:
        return self._path, self._arguments


def _has_template(value: Any) -> bool:
    return any(sign in repr(value) for sign in ("{{", "{%"))
