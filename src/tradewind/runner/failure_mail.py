"""The mail that Airflow sends to `email=` when a task fails or is up for retry."""

from __future__ import annotations

import html
import logging
from typing import Any

from tradewind.authoring.secrets import redact
from tradewind.model.messages import Failed

_log = logging.getLogger("tradewind.task")


def send_failure_mail(task: Any, ti: Any, failed: Failed, *, is_retry: bool) -> None:
    """One mail to the task's addresses, if it has any and wants one now. What goes wrong with it is logged only."""
    wanted = task.email_on_retry if is_retry else task.email_on_failure
    if not task.email or not wanted:
        return
    # smtplib and email cost 40 ms of imports, for the few tries that fail and have an address.
    from tradewind.hooks.smtp import send_email

    try:
        send_email(task.email, subject_of(ti), body_of(ti, failed, is_retry=is_retry))
    except Exception as error:
        _log.error("the mail about this failure could not be sent: %s", redact(str(error)))


def send_mail_about(task: Any, subject: str, text: str) -> None:
    """Plain words to the task's addresses. What goes wrong with it is logged only."""
    from tradewind.hooks.smtp import send_email

    try:
        send_email(task.email, subject, f"<pre>{html.escape(text)}</pre>")
    except Exception as error:
        _log.error("the mail %r could not be sent: %s", subject, redact(str(error)))


def subject_of(ti: Any) -> str:
    index = f" [{ti.map_index}]" if ti.map_index >= 0 else ""
    return f"Tradewind alert: {ti.dag_id}.{ti.task_id}{index} {ti.run_id} [{ti.state.value}]"


def body_of(ti: Any, failed: Failed, *, is_retry: bool) -> str:
    """HTML; everything that came from the task is escaped."""
    rows = {
        "DAG": ti.dag_id,
        "Run": ti.run_id,
        "Task": ti.task_id if ti.map_index < 0 else f"{ti.task_id} [{ti.map_index}]",
        "Try": f"{ti.try_number} of {ti.max_tries + 1}" + (" (will be tried again)" if is_retry else ""),
        "Error": f"{failed.error_type}: {failed.message}",
        "Host": ti.hostname,
        "Log": ti.log_path,
    }
    cells = "".join(f"<tr><td><b>{name}</b></td><td>{html.escape(str(text))}</td></tr>" for name, text in rows.items())
    return f"<table>{cells}</table><pre>{html.escape(failed.traceback)}</pre>"
