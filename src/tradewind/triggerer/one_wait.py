"""One trigger from its arguments to its event."""

from __future__ import annotations

import asyncio
import inspect
import logging
from collections.abc import AsyncIterator, Callable
from types import SimpleNamespace
from typing import Any

import msgspec

from tradewind import artifacts
from tradewind.artifacts import ArtifactStore
from tradewind.authoring.secrets import redact
from tradewind.authoring.tracebacks import cut_traceback
from tradewind.authoring.trigger_arguments import write_value
from tradewind.authoring.triggers import BaseTaskEndEvent, BaseTrigger, TaskFailedEvent, TaskSkippedEvent, TriggerEvent
from tradewind.model.errors import TradewindError
from tradewind.model.ids import TaskKey, map_index
from tradewind.model.triggers import END_EVENT, Broke, EndsTask, Fired, FromTriggers, RunTriggers, WaitFor
from tradewind.triggerer.classes import TriggerClasses
from tradewind.triggerer.current import CURRENT, name_of

_log = logging.getLogger("tradewind.triggerer")
MOST_CHARACTERS_LOGGED = 500
CLEANUP_SECONDS = 10.0
"""A trigger that does not end is left behind after this time."""


class OneWait:
    """`tell` sends to the store side. `is_unwanted` is set before the task is cancelled where nobody waits any more."""

    def __init__(
        self, wait: WaitFor, classes: TriggerClasses, begin: RunTriggers, tell: Callable[[FromTriggers], None]
    ) -> None:
        self.wait = wait
        self.is_unwanted = False
        self._classes = classes
        self._begin = begin
        self._tell = tell

    async def run(self) -> None:
        """Never raises but for its own cancellation: what the trigger does wrong ends its task's waiting."""
        CURRENT.set(self.wait)
        try:
            trigger = await self._made()
            try:
                await self._listen(trigger)
            finally:
                await self._clean_up(trigger)
        except TradewindError as error:
            self._broke(redact(str(error)))
        except (Exception, SystemExit) as error:  # sys.exit() in a trigger must not end the others
            self._broke(cut_traceback(error))

    async def _made(self) -> BaseTrigger:
        trigger = await self._classes.make(self.wait)
        trigger.trigger_id = self.wait.wait_id
        if self.wait.task is not None:
            trigger.task_instance = _task_instance(self.wait, self.wait.task)
        _log.info("trigger %s starting", self.wait.trigger)
        return trigger

    async def _listen(self, trigger: BaseTrigger) -> None:
        events: Any = trigger.run()
        if inspect.isawaitable(events):  # an author's `async def run` without a yield
            returned = await events
            raise TypeError(f"{name_of(self.wait)}: run() has to yield events; it returned {returned!r}")
        try:
            async for event in _checked(events, self.wait):
                self._fired(event)
                if self.wait.task is not None:
                    return
        finally:
            if (close := getattr(events, "aclose", None)) is not None:
                await close()
        self._broke(
            f"{name_of(self.wait)} exited without sending an event"
            + ("; dependent tasks will be failed" if self.wait.task is not None else "")
        )

    def _fired(self, event: TriggerEvent) -> None:
        _log.info("trigger %s fired: %s", self.wait.trigger, repr(event)[:MOST_CHARACTERS_LOGGED])
        if (end := ending_of(event, self._begin)) is not None:
            payload = {END_EVENT: msgspec.to_builtins(end, builtin_types=(bytes,))}
        else:
            payload = write_value(event.payload, f"the payload of the event of {name_of(self.wait)}")
        self._tell(Fired(self.wait.wait_id, payload))

    def _broke(self, error: str) -> None:
        _log.error("%s", error)
        self._tell(Broke(self.wait.wait_id, error))

    async def _clean_up(self, trigger: BaseTrigger) -> None:
        """Its own failure is logged only."""
        calls = [trigger.on_kill, trigger.cleanup] if self.is_unwanted else [trigger.cleanup]
        for call in calls:
            try:
                await asyncio.wait_for(call(), CLEANUP_SECONDS)
            except (Exception, asyncio.CancelledError) as error:
                _log.error("%s of %s failed:\n%s", call.__name__, name_of(self.wait), cut_traceback(error))


def ending_of(event: TriggerEvent, begin: RunTriggers) -> EndsTask | None:
    """Where the event ends its task: how, with the values that come with it."""
    if not isinstance(event, BaseTaskEndEvent):
        return None
    state = "failed" if isinstance(event, TaskFailedEvent) else "success"
    state = "skipped" if isinstance(event, TaskSkippedEvent) else state
    store = ArtifactStore(begin.artifact_url)
    limit = begin.inline_value_bytes
    xcoms = event.xcoms.items()
    return EndsTask(state, {k: artifacts.encode(v, store, inline_limit_bytes=limit, mask=redact) for k, v in xcoms})


async def _checked(events: AsyncIterator[Any], wait: WaitFor) -> AsyncIterator[TriggerEvent]:
    async for event in events:
        if not isinstance(event, TriggerEvent):
            raise TypeError(f"{name_of(wait)} has to yield TriggerEvents, not {type(event).__name__}")
        yield event


def _task_instance(wait: WaitFor, task: TaskKey) -> Any:
    """What triggers look at of their task."""
    return SimpleNamespace(
        id=wait.try_id,
        dag_id=task.dag_id,
        run_id=task.run_id,
        task_id=task.task_id,
        map_index=map_index(task.map_path),
        try_number=wait.try_number,
        key=task,
    )
