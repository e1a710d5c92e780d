"""From what an executor passes on to what the engine and the store are told: one table, pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from tradewind.engine import events
from tradewind.engine.events import Event
from tradewind.model.changes import Change, TryChanged, XComStored
from tradewind.model.ids import TaskKey, TryId
from tradewind.model.messages import TryStarted
from tradewind.model.outcomes import (
    Deferred,
    Expanded,
    Failed,
    Outcome,
    Rescheduled,
    Skipped,
    Succeeded,
    TryLost,
    TryReport,
)
from tradewind.model.states import TryPurpose, TryState
from tradewind.model.values import RETURN_KEY, Value, XCom

LAST_LINES_KEPT = 40
"""A fault in native code is told with the whole Python stack, ours below the author's."""
OVER_LIMIT = {"": "Lost", "time": "AirflowTaskTimeout", "memory": "MemoryLimitExceeded"}
"""What the error of a try without a report is called, by the limit that it went over."""


@dataclass(slots=True)
class LiveTry:
    """A try this process has dispatched and not seen the end of."""

    try_id: TryId
    task: TaskKey
    number: int
    purpose: TryPurpose
    pool: str
    pool_slots: int
    state: TryState = TryState.QUEUED
    is_stopping: str = ""
    """Why we asked for its end, or ""."""
    pushed: dict[str, int | None] | None = None
    """Key → length of the values it pushed while it ran."""


def started(live: LiveTry, message: TryStarted) -> tuple[list[Change], Event]:
    change = TryChanged(
        live.try_id,
        old=live.state,
        new=TryState.RUNNING,
        pid=message.pid,
        host=message.host,
        at=message.at,
        imported_at=message.imported_at,
    )
    live.state = TryState.RUNNING
    return [change], events.TryStarted(live.try_id, message.at)


def reported(live: LiveTry, report: TryReport) -> tuple[list[Change], Event]:
    """Changes and event of a try's report: its values, the end of the try, what the engine decides by."""
    outcome = report.outcome
    changes: list[Change] = [
        XComStored(live.task.run, XCom(live.task.task_id, live.task.map_path, key, value, live.try_id))
        for key, value in _values(outcome)
    ]
    changes.append(_ended(live, report))
    return changes, _event(live, report)


def lost(live: LiveTry, end: TryLost) -> tuple[list[Change], Event]:
    """A process that ended without a report: lost, cancelled where we had asked for its end, or failed where the
    executor ended it over a limit of the task's own."""
    error_type = OVER_LIMIT[end.over_limit]
    state = TryState.CANCELLED if live.is_stopping else TryState.FAILED if end.over_limit else TryState.LOST
    tail = "\n".join(end.last_log_lines[-LAST_LINES_KEPT:])
    change = TryChanged(
        live.try_id,
        old=live.state,
        new=state,
        why=live.is_stopping or end.why,
        exit_code=end.exit_code,
        signal=end.signal,
        max_rss_bytes=end.max_rss_bytes,
        error_type=error_type if state is not TryState.CANCELLED else None,
        error=end.why if state is not TryState.CANCELLED else None,
        traceback=tail or None,
    )
    live.state = state
    if state is TryState.FAILED:
        why = f"{error_type}: {end.why}"
        return [change], events.TryFailed(live.try_id, why, timed_out=end.over_limit == "time")
    return [change], events.TryLost(live.try_id, end.why)


def handed_over(live: LiveTry, why: str, now: datetime) -> tuple[list[Change], Event]:
    """A try that was ended because its scheduler stops. Nothing is counted: it starts again under the next one."""
    change = TryChanged(live.try_id, old=live.state, new=TryState.CANCELLED, why=why)
    live.state = TryState.CANCELLED
    return [change], events.TryRescheduled(live.try_id, now, why)


def _values(outcome: Outcome) -> list[tuple[str, Value]]:
    if not isinstance(outcome, Succeeded):
        return []
    result = [(RETURN_KEY, outcome.result)] if outcome.result is not None else []
    return [*result, *outcome.more]


def _ended(live: LiveTry, report: TryReport) -> TryChanged:
    outcome, old = report.outcome, live.state
    live.state = TryState.CANCELLED if live.is_stopping else END_STATES[type(outcome)]
    failure = outcome if isinstance(outcome, Failed) else None
    return TryChanged(
        live.try_id,
        old=old,
        new=live.state,
        why=live.is_stopping or (failure.message if failure else _why_not_run(outcome)),
        max_rss_bytes=report.max_rss_bytes,
        error_type=failure.error_type if failure else None,
        error=failure.message if failure else None,
        traceback=failure.traceback if failure else None,
        rendered=report.rendered,
        executed_at=report.executed_at,
    )


def _why_not_run(outcome: Outcome) -> str:
    return outcome.same_as.why if isinstance(outcome, Succeeded) and outcome.same_as is not None else ""


END_STATES: dict[type[object], TryState] = {
    Succeeded: TryState.SUCCESS,
    Skipped: TryState.SKIPPED,
    Failed: TryState.FAILED,
    Rescheduled: TryState.RESCHEDULED,
    Deferred: TryState.DEFERRED,
    Expanded: TryState.EXPANDED,
}


def _event(live: LiveTry, report: TryReport) -> Event:
    match report.outcome:
        case Succeeded() as outcome:
            pushed = {**(live.pushed or {}), **{key: value.length for key, value in outcome.more}}
            return events.TrySucceeded(
                live.try_id,
                pushed=outcome.result is not None,
                length=outcome.result.length if outcome.result is not None else None,
                more=tuple(pushed.items()),
                followed=outcome.followed,
                short_circuit=outcome.short_circuit,
                label=report.label,
                why=_why_not_run(outcome),
            )
        case Skipped() as outcome:
            return events.TrySkipped(live.try_id, outcome.message, report.label)
        case Failed() as outcome:
            why = f"{outcome.error_type}: {outcome.message}"
            return events.TryFailed(
                live.try_id, why, outcome.may_retry, outcome.timed_out, report.label, outcome.retry_after_seconds
            )
        case Rescheduled() as outcome:
            return events.TryRescheduled(live.try_id, outcome.at, outcome.message)
        case Deferred() as outcome:
            return events.TryDeferred(live.try_id, outcome.trigger or _what_is_asked(outcome))
        case Expanded() as outcome:
            return events.TryExpanded(live.try_id, outcome.length)


def _what_is_asked(outcome: Deferred) -> str:
    """Whoever looks at the run has to see that it waits for people, and where they answer."""
    if outcome.question is None:
        return ""
    subject = " ".join(outcome.question.subject.split())
    return f"asks a person: {subject:.200} (answer on the page Waiting, or with `tradewind approvals`)"
