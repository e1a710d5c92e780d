"""Triggers: what a deferred task waits for, in a triggerer's process, beside thousands of others."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from tradewind.authoring.log import LoggingMixin


class TriggerEvent:
    """What a trigger says when it fires; its payload goes to the method that the task resumes in."""

    def __init__(self, payload: Any = None, **_: Any) -> None:
        self.payload = payload

    def __eq__(self, other: object) -> bool:
        return isinstance(other, TriggerEvent) and other.payload == self.payload

    def __hash__(self) -> int:
        return hash(repr(self.payload))

    def __repr__(self) -> str:
        return f"TriggerEvent<{self.payload!r}>"


class BaseTaskEndEvent(TriggerEvent):
    """An event that ends the task itself, without resuming it."""

    def __init__(self, *, xcoms: Mapping[str, Any] | None = None, **kwargs: Any) -> None:
        super().__init__(type(self).__name__, **kwargs)
        self.xcoms = dict(xcoms or {})


class TaskSuccessEvent(BaseTaskEndEvent):
    """The task succeeded."""


class TaskFailedEvent(BaseTaskEndEvent):
    """The task failed."""


class TaskSkippedEvent(BaseTaskEndEvent):
    """The task is to be skipped."""


class BaseTrigger(LoggingMixin):
    """Subclass it: `serialize()` gives its class path and arguments, `run()` yields events.

    `run` shares an event loop with many others: it awaits, and never blocks (no `time.sleep`, no `requests.get`)."""

    supports_triggerer_queue = True

    def __init__(self, **kwargs: Any) -> None:
        super().__init__()
        self.task_instance: Any = None
        self.trigger_id: int | None = None
        self.kwargs = kwargs

    def serialize(self) -> tuple[str, dict[str, Any]]:
        """(`module.Class`, arguments) from which the trigger is made again."""
        raise NotImplementedError(f"{type(self).__name__} has no serialize() method")

    def run(self) -> AsyncIterator[TriggerEvent]:
        """Wait, and yield an event when it is time."""
        raise NotImplementedError(f"{type(self).__name__} has no run() method")

    async def cleanup(self) -> None:
        """Called when the trigger is done or cancelled, or goes to another triggerer."""

    async def on_kill(self) -> None:
        """Called before `cleanup` where nobody waits any more (the task was cancelled, cleared or marked): stop what
        goes on elsewhere. Not where the triggerer itself ends."""

    def __repr__(self) -> str:
        path, arguments = self.serialize()
        return f"<{path} {', '.join(f'{k}={v!r}' for k, v in arguments.items())}>"


class BaseEventTrigger(BaseTrigger):
    """A trigger that watches for outside events of an asset."""

    @staticmethod
    def hash(classpath: str, kwargs: dict[str, Any]) -> int:
        return hash((classpath, repr(sorted(kwargs.items()))))


@dataclass
class StartTriggerArgs:
    """Says that a task starts in a trigger, without a process before it."""

    trigger_cls: str
    next_method: str
    trigger_kwargs: dict[str, Any] | None = None
    next_kwargs: dict[str, Any] | None = None
    timeout: timedelta | None = None
