"""The mail that Airflow sends to `email=` when a task fails or is up for retry."""

from __future__ import annotations

import html
import logging
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tradewind.authoring import defaults
from tradewind.authoring.secrets import redact
from tradewind.authoring.templates import TemplateEnvironment
from tradewind.model.outcomes import Failed

_log = logging.getLogger("tradewind.task")


def wants_mail(task: Any, *, is_retry: bool) -> bool:
    """Is a mail to be sent about this failure?"""
    return bool(task.email and (task.email_on_retry if is_retry else task.email_on_failure))


def send_failure_mail(task: Any, ti: Any, failed: Failed, *, is_retry: bool) -> None:
    """One mail to the task's addresses. Raises what goes wrong with it."""
    # smtplib and email cost 40 ms of imports, for the few tries that fail and have an address.
    from tradewind.hooks.smtp import send_email

    subject, body = subject_of(ti), body_of(ti, failed, is_retry=is_retry)
    settings = defaults.current()
    if settings.email_subject_template or settings.email_html_template:
        subject, body = _from_templates(ti, failed, subject, body)
    send_email(task.email, subject, body)


def _from_templates(ti: Any, failed: Failed, subject: str, body: str) -> tuple[str, str]:
    """The files that the settings name, rendered with the task's context, as in Airflow (`[email] subject_template`,
    `html_content_template`)."""
    settings = defaults.current()
    context = {**ti.context, "default_subject": subject, "default_html_content": body, "max_tries": ti.max_tries + 1}
    context["exception_html"] = html.escape(f"{failed.error_type}: {failed.message}").replace("\n", "<br>")
    if settings.email_subject_template:
        subject = _rendered(settings.email_subject_template, context)
    if settings.email_html_template:
        body = _rendered(settings.email_html_template, context)
    return subject, body


def _rendered(file: str, context: Mapping[str, Any]) -> str:
    text = Path(file).expanduser().read_text(encoding="utf-8")
    return TemplateEnvironment().jinja.from_string(text).render(**context)


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
