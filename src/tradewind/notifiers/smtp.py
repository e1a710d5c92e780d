"""SmtpNotifier: a mail."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from tradewind.authoring.notifier import BaseNotifier
from tradewind.hooks.smtp import send_email

SUBJECT = "DAG {{ dag.dag_id }} - Task {{ ti.task_id }} - Run ID {{ run_id }} in State {{ ti.state }}"
TEXT = """<table>
<tr><td><b>DAG</b></td><td>{{ dag.dag_id }}</td></tr>
<tr><td><b>Run</b></td><td>{{ run_id }}</td></tr>
<tr><td><b>Task</b></td><td>{{ ti.task_id }}{{ " [%d]" % ti.map_index if ti.map_index >= 0 }}</td></tr>
<tr><td><b>State</b></td><td>{{ ti.state }}</td></tr>
<tr><td><b>Try</b></td><td>{{ ti.try_number }} of {{ ti.max_tries + 1 }}</td></tr>
<tr><td><b>Host</b></td><td>{{ ti.hostname }}</td></tr>
<tr><td><b>Log</b></td><td>{{ ti.log_path }}</td></tr>
</table>
{% if exception is defined %}<pre>{{ exception | e }}</pre>{% endif %}"""


class SmtpNotifier(BaseNotifier):
    """Over the mail server of connection `smtp_conn_id`, or of the settings. `template` is a file with the text."""

    template_fields = (
        "from_email", "to", "subject", "html_content", "files", "cc", "bcc", "mime_subtype", "mime_charset",
        "custom_headers",
    )  # fmt: skip

    def __init__(
        self,
        to: str | Iterable[str],
        from_email: str | None = None,
        subject: str | None = None,
        html_content: str | None = None,
        files: list[str] | None = None,
        cc: str | Iterable[str] | None = None,
        bcc: str | Iterable[str] | None = None,
        mime_subtype: str = "mixed",
        mime_charset: str = "utf-8",
        custom_headers: dict[str, Any] | None = None,
        smtp_conn_id: str = "smtp_default",
        *,
        template: str | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.smtp_conn_id = smtp_conn_id
        self.from_email = from_email
        self.to = to
        self.subject = SUBJECT if subject is None else subject
        if html_content is None:
            html_content = TEXT if template is None else Path(template).read_text(encoding="utf-8")
        self.html_content = html_content
        self.files = files
        self.cc = cc
        self.bcc = bcc
        self.mime_subtype = mime_subtype
        self.mime_charset = mime_charset
        self.custom_headers = custom_headers

    def notify(self, context: Any) -> None:
        """Send it."""
        send_email(
            to=self.to,
            subject=self.subject,
            html_content=self.html_content,
            files=self.files,
            cc=self.cc,
            bcc=self.bcc,
            mime_subtype=self.mime_subtype,
            mime_charset=self.mime_charset,
            conn_id=self.smtp_conn_id,
            custom_headers=self.custom_headers,
            from_email=self.from_email,
        )


send_smtp_notification = SmtpNotifier
