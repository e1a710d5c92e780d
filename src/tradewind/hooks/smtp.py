"""Sends mail over SMTP: the mail server of the settings, or of a connection (`smtp_default`)."""

from __future__ import annotations

import mimetypes
import os
import smtplib
import ssl
from collections.abc import Iterable, Sequence
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from pathlib import Path
from typing import Any

from msgspec import Struct

from tradewind.authoring import defaults
from tradewind.authoring.connections import Connection
from tradewind.authoring.exceptions import AirflowException, AirflowNotFoundException
from tradewind.authoring.hook import BaseHook

DEFAULT_CONNECTION = "smtp_default"


class MailServer(Struct, frozen=True):
    """Where and how to hand in mail."""

    host: str
    port: int
    user: str = ""
    password: str = ""
    starttls: bool = False
    ssl: bool = False
    mail_from: str = ""
    timeout_seconds: float = 30.0
    tries: int = 5
    is_certificate_checked: bool = True


def send_email(
    to: str | Iterable[str],
    subject: str,
    html_content: str,
    files: Sequence[str | os.PathLike[str]] | None = None,
    dryrun: bool = False,
    cc: str | Iterable[str] | None = None,
    bcc: str | Iterable[str] | None = None,
    mime_subtype: str = "mixed",
    mime_charset: str = "utf-8",
    conn_id: str | None = None,
    custom_headers: dict[str, Any] | None = None,
    from_email: str | None = None,
    **_: Any,
) -> None:
    """Send one HTML mail, files attached, to everyone in `to`, `cc` and `bcc`.

    The server is that of connection `conn_id`, else of `smtp_default` where it exists, else of the settings.
    Raises AirflowException where the server cannot be reached or refuses the mail; OSError where a file is missing."""
    server = server_of(conn_id)
    recipients = [*addresses(to), *addresses(cc), *addresses(bcc)]
    if not recipients:
        raise AirflowException("a mail needs at least one address", hint="give to=, e.g. to='team@example.com'")
    message = build_message(
        sender=from_email or server.mail_from,
        to=addresses(to),
        cc=addresses(cc),
        subject=subject,
        html=html_content,
        files=files or (),
        charset=mime_charset,
        headers=custom_headers or {},
    )
    if not dryrun:
        _deliver(server, message, recipients)


def addresses(value: str | Iterable[str] | None) -> list[str]:
    """`"a@x, b@x; c@x"` or an iterable of addresses as a list."""
    if value is None:
        return []
    parts = value.replace(";", ",").split(",") if isinstance(value, str) else value
    return [part.strip() for part in parts if part.strip()]


def build_message(
    *,
    sender: str,
    to: Sequence[str],
    cc: Sequence[str],
    subject: str,
    html: str,
    files: Sequence[str | os.PathLike[str]] = (),
    charset: str = "utf-8",
    headers: dict[str, Any] | None = None,
) -> EmailMessage:
    """The mail as it is sent; blind copies are not in it."""
    message = EmailMessage()
    message["Subject"] = " ".join(subject.split())  # a newline in a subject would start a header of its own
    message["From"] = sender
    message["To"] = ", ".join(to)
    if cc:
        message["Cc"] = ", ".join(cc)
    message["Date"] = formatdate(localtime=True)
    message["Message-ID"] = make_msgid(domain="tradewind")
    for name, value in (headers or {}).items():
        message[name] = str(value)
    message.set_content(html, subtype="html", charset=charset)
    for file in files:
        _attach(message, Path(file))
    return message


def server_of(conn_id: str | None = None) -> MailServer:
    """Raises AirflowNotFoundException where `conn_id` is given and not defined."""
    try:
        return _from_connection(Connection.get(conn_id or DEFAULT_CONNECTION))
    except AirflowNotFoundException:
        if conn_id and conn_id != DEFAULT_CONNECTION:
            raise
    chosen = defaults.current()
    return MailServer(
        host=chosen.smtp.host,
        port=chosen.smtp.port,
        user=chosen.smtp.user,
        password=chosen.smtp.password,
        starttls=chosen.smtp.starttls,
        ssl=chosen.smtp.ssl,
        mail_from=chosen.smtp.mail_from,
    )


class SmtpHook(BaseHook):
    """The hook of a connection of type `smtp`."""

    conn_name_attr = "smtp_conn_id"
    default_conn_name = DEFAULT_CONNECTION
    conn_type = "smtp"
    hook_name = "SMTP"

    def __init__(self, smtp_conn_id: str = default_conn_name, **_: Any) -> None:
        super().__init__()
        self.smtp_conn_id = smtp_conn_id

    def get_conn(self) -> smtplib.SMTP:
        """An open session with the server; the caller closes it."""
        return _open(server_of(self.smtp_conn_id))

    def send_email_smtp(self, *, to: str | Iterable[str], subject: str, html_content: str, **options: Any) -> None:
        send_email(to, subject, html_content, conn_id=self.smtp_conn_id, **options)

    def test_connection(self) -> tuple[bool, str]:
        with self.get_conn() as session:
            code, text = session.noop()
        return code == 250, text.decode(errors="replace")

    def __enter__(self) -> SmtpHook:
        return self

    def __exit__(self, *_: object) -> None:
        return None


def _from_connection(connection: Connection) -> MailServer:
    extra = connection.extra_dejson
    ssl = not _truth(extra.get("disable_ssl", False))
    return MailServer(
        host=connection.host or "localhost",
        port=connection.port or (465 if ssl else 25),
        user=connection.login or "",
        password=connection.password or "",
        starttls=not ssl and not _truth(extra.get("disable_tls", False)),
        ssl=ssl,
        mail_from=str(extra.get("from_email") or defaults.current().smtp.mail_from),
        timeout_seconds=float(extra.get("timeout") or 30),
        tries=int(extra.get("retry_limit") or 5),
        is_certificate_checked=str(extra.get("ssl_context") or "default").lower() != "none",
    )


def _truth(value: Any) -> bool:
    return value if isinstance(value, bool) else str(value).strip().lower() in ("1", "true", "t", "yes", "on")


def _deliver(server: MailServer, message: EmailMessage, recipients: list[str]) -> None:
    for number in range(1, server.tries + 1):
        try:
            with _open(server) as session:
                session.send_message(message, to_addrs=recipients)
            return
        except smtplib.SMTPServerDisconnected as error:
            if number == server.tries:
                raise _refused(server, error) from error
        except (OSError, smtplib.SMTPException) as error:
            raise _refused(server, error) from error


def _open(server: MailServer) -> smtplib.SMTP:
    session = (
        smtplib.SMTP_SSL(server.host, server.port, timeout=server.timeout_seconds, context=_context_of(server))
        if server.ssl
        else smtplib.SMTP(server.host, server.port, timeout=server.timeout_seconds)
    )
    try:
        if server.starttls:
            session.starttls(context=_context_of(server))
        if server.user:
            session.login(server.user, server.password)
    except BaseException:
        session.close()
        raise
    return session


def _context_of(server: MailServer) -> ssl.SSLContext:
    """Certificates are checked, unless the connection says `"ssl_context": "none"`, as in Airflow."""
    context = ssl.create_default_context()
    if not server.is_certificate_checked:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return context


def _refused(server: MailServer, error: Exception) -> AirflowException:
    hint = "set smtp_host, smtp_port … in tradewind.toml, or define the connection smtp_default"
    if isinstance(error, ssl.SSLCertVerificationError):
        hint = (
            "name the host that its certificate is for, and let SSL_CERT_FILE name its authority's; or, for any "
            'certificate, have {"ssl_context": "none"} in the extra of the connection smtp_default'
        )
    return AirflowException(
        f"the mail server {server.host}:{server.port} did not take the mail: {error}",
        hint=hint,
    )


def _attach(message: EmailMessage, file: Path) -> None:
    kind, encoding = mimetypes.guess_type(file.name)
    main, _, sub = (kind or "application/octet-stream").partition("/")
    if encoding is not None:
        main, sub = "application", "octet-stream"
    message.add_attachment(file.read_bytes(), maintype=main, subtype=sub, filename=file.name)
