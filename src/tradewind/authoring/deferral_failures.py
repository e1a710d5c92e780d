"""How a deferred task hears that its trigger gave no event: an exception in the task, as in Airflow."""

from __future__ import annotations

from typing import Any, NoReturn

from tradewind.authoring.exceptions import TaskDeferralError, TaskDeferralTimeout

FAIL_METHOD = "__fail__"
TRIGGER_TIMEOUT = "Trigger timeout"


def raise_deferral_failure(operator: Any, error: str = "Unknown", traceback: str | None = None, **_: Any) -> NoReturn:
    """Raises TaskDeferralTimeout or TaskDeferralError."""
    if traceback is not None:
        operator.log.error("Trigger failed:\n%s", traceback)
    if error == TRIGGER_TIMEOUT:
        raise TaskDeferralTimeout(f"{error}: what the task waited for did not come in time")
    reason = _last_sentence(traceback or "")
    raise TaskDeferralError(f"{error}: {reason}" if reason else error)


def _last_sentence(traceback: str) -> str:
    """The line of a traceback, or of an error of ours, that names what happened; a hint comes after it."""
    lines = [line for line in traceback.splitlines() if line.strip() and not line.lstrip().startswith("hint:")]
    return lines[-1].strip() if lines else ""
