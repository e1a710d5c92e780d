"""What an ended task means: its exception, or the end without one, as an `Outcome`."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from tradewind.authoring.exceptions import (
    AirflowFailException,
    AirflowRescheduleException,
    AirflowSensorTimeout,
    AirflowSkipException,
    AirflowTaskTerminated,
    AirflowTaskTimeout,
    TaskDeferred,
)
from tradewind.authoring.secrets import redact
from tradewind.authoring.tracebacks import cut_traceback
from tradewind.authoring.trigger_arguments import write_arguments
from tradewind.model.outcomes import Deferred, Failed, Outcome, Rescheduled, Skipped

MAX_MESSAGE_CHARACTERS = 4_000


def outcome_of(error: BaseException) -> Outcome:
    """The outcome of a task that ended with this exception."""
    match error:
        case AirflowSkipException():
            return Skipped(redact(_text(error)))
        case AirflowRescheduleException():
            return Rescheduled(_aware(error.reschedule_date))
        case TaskDeferred():
            return _deferred(error)
        case _:
            return failure(error)


def failure(error: BaseException) -> Failed:
    """Text is masked before it is cut: half a secret would not be recognised."""
    return Failed(
        error_type=type(error).__qualname__,
        message=_cut(redact(_message(error))),
        traceback=cut_traceback(error),
        may_retry=not isinstance(error, (AirflowFailException, AirflowSensorTimeout)),
        timed_out=isinstance(error, (AirflowTaskTimeout, AirflowSensorTimeout)),
    )


def _message(error: BaseException) -> str:
    match error:
        case AirflowTaskTerminated():
            return "cancelled: " + (_text(error) or "the task was told to end")
        case KeyboardInterrupt():
            return "cancelled: interrupted from the keyboard"
        case SystemExit(code=code):
            return f"the task called sys.exit({code!r})"
        case RecursionError():
            return f"{_text(error)} (a function calls itself without end?)"
        case MemoryError():
            return _text(error) or "the task ran out of memory"
        case _:
            return _text(error)


def _text(error: BaseException) -> str:
    try:
        return str(error)
    except Exception as broken:  # an author's __str__ may itself fail
        return f"<{type(error).__qualname__} whose text cannot be made: {broken!r}>"


def _cut(text: str) -> str:
    return text if len(text) <= MAX_MESSAGE_CHARACTERS else text[: MAX_MESSAGE_CHARACTERS - 1] + "…"


def _aware(instant: datetime) -> datetime:
    return instant if instant.tzinfo else instant.replace(tzinfo=UTC)


def _deferred(error: TaskDeferred) -> Outcome:
    """Airflow's triggers describe themselves by `serialize()`: an import path and keyword arguments. These are made
    plain here, in the task, where a mistake can be told with its place."""
    try:
        described: tuple[str, dict[str, Any]] = ("", {}) if error.question is not None else error.trigger.serialize()
        path, kwargs = described
        return Deferred(
            trigger=str(path),
            trigger_kwargs=write_arguments(kwargs, f"trigger {path}"),
            method=error.method_name,
            kwargs=write_arguments(error.kwargs or {}, f"{error.method_name!r}, which goes on after the deferral,"),
            timeout_seconds=error.timeout.total_seconds() if error.timeout is not None else None,
            queue=getattr(error.trigger, "queue", None) or "",
            question=error.question,
        )
    except Exception as broken:
        return failure(broken)
