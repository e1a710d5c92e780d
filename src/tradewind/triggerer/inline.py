"""A deferred task's trigger run here and now: for `dag.test()`, `tradewind tasks test` and unit tests."""

from __future__ import annotations

import asyncio
import importlib
import tempfile
import traceback
from collections.abc import Callable
from typing import Any

from msgspec import structs

from tradewind.authoring.deferral_failures import FAIL_METHOD, TRIGGER_TIMEOUT
from tradewind.authoring.trigger_arguments import read_arguments, write_value
from tradewind.authoring.triggers import BaseTrigger, TriggerEvent
from tradewind.model.messages import Resume
from tradewind.model.outcomes import Deferred, Failed, Outcome, Skipped, Succeeded, TryReport
from tradewind.model.triggers import RunTriggers
from tradewind.model.values import RETURN_KEY
from tradewind.triggerer.one_wait import ending_of

TRIGGER_FAILURE = "Trigger failure"


def to_its_end(report: TryReport, go_on: Callable[[Resume], TryReport], *, artifact_url: str = "") -> TryReport:
    """`report` is of a task that may have deferred; `go_on` resumes it. Its last report, which is no deferral."""
    while isinstance(report.outcome, Deferred):
        following = wait_here(report.outcome, artifact_url=artifact_url)
        if not isinstance(following, Resume):
            return structs.replace(report, outcome=following)
        report = go_on(following)
    return report


def wait_here(deferred: Deferred, *, artifact_url: str = "", inline_value_bytes: int = 65536) -> Resume | Outcome:
    """What the task goes on with; or how it ended, where its trigger ends it."""
    if deferred.question is not None:
        return _answer_of_nobody(deferred)
    try:
        event = asyncio.run(_first_event(deferred))
    except TimeoutError:
        return Resume(FAIL_METHOD, {"error": TRIGGER_TIMEOUT})
    except Exception:
        return Resume(FAIL_METHOD, {"error": TRIGGER_FAILURE, "traceback": traceback.format_exc()})
    if event is None:
        error = f"trigger {deferred.trigger} exited without sending an event"
        return Resume(FAIL_METHOD, {"error": TRIGGER_FAILURE, "traceback": error})
    begin = RunTriggers(None, "", artifact_url or tempfile.gettempdir(), inline_value_bytes)
    if (end := ending_of(event, begin)) is None:
        return Resume(deferred.method, {**deferred.kwargs, "event": write_value(event.payload, "the event's payload")})
    if end.state == "success":
        more = tuple((key, value) for key, value in end.xcoms.items() if key != RETURN_KEY)
        return Succeeded(end.xcoms.get(RETURN_KEY), more)
    return (
        Skipped("its trigger ended it")
        if end.state == "skipped"
        else Failed("TaskFailedEvent", "its trigger ended it", may_retry=False)
    )


async def _first_event(deferred: Deferred) -> TriggerEvent | None:
    module, _, name = deferred.trigger.rpartition(".")
    trigger: BaseTrigger = getattr(importlib.import_module(module), name)(**read_arguments(deferred.trigger_kwargs))
    events: Any = trigger.run()
    try:
        async with asyncio.timeout(deferred.timeout_seconds):
            async for event in events:
                return event
        return None
    finally:
        await events.aclose()
        await trigger.cleanup()


def _answer_of_nobody(deferred: Deferred) -> Resume | Outcome:
    question = deferred.question
    assert question is not None, "the caller has looked"
    if question.defaults is None:
        why = f"{question.subject!r} asks a person, and nobody is there to answer: give it defaults"
        return Failed("TaskAwaitingInput", why, may_retry=False)
    chosen = {"chosen_options": list(question.defaults), "params_input": None}
    event = {**chosen, "responded_at": None, "responded_by_user": None}
    return Resume(deferred.method, {**deferred.kwargs, "event": event})
