import email
import socket
from email import policy

import pytest
from aiosmtpd.controller import Controller

from tradewind.authoring.exceptions import AirflowException, AirflowNotFoundException
from tradewind.hooks import smtp
from tradewind.hooks.smtp import addresses, build_message, send_email, server_of
from tradewind.operators.email import EmailOperator


class Inbox:
    def __init__(self):
        self.mails = []

    async def handle_DATA(self, server, session, envelope):
        self.mails.append((envelope.rcpt_tos, email.message_from_bytes(envelope.content, policy=policy.default)))
        return "250 OK"


@pytest.fixture
def inbox(monkeypatch):
    received = Inbox()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(received, hostname="127.0.0.1", port=port)
    controller.start()
    extra = "disable_ssl=true&disable_tls=true&from_email=dags%40example.com"
    monkeypatch.setenv("AIRFLOW_CONN_SMTP_DEFAULT", f"smtp://127.0.0.1:{port}/?{extra}")
    yield received.mails
    controller.stop()


def test_a_mail_arrives_with_its_copies_and_attachments(inbox, tmp_path):
    (tmp_path / "table.csv").write_text("a,b\n")

    send_email(
        "a@x.org; b@x.org",
        "Model\nready",
        "<b>0.93</b>",
        files=[tmp_path / "table.csv"],
        cc=["c@x.org"],
        bcc="d@x.org",
        custom_headers={"X-Run": "7"},
    )

    ((recipients, mail),) = inbox
    assert recipients == ["a@x.org", "b@x.org", "c@x.org", "d@x.org"]
    assert (mail["Subject"], mail["From"], mail["Cc"], mail["X-Run"]) == (
        "Model ready",
        "dags@example.com",
        "c@x.org",
        "7",
    )
    assert "d@x.org" not in mail.as_string()
    assert mail.get_body(("html",)).get_content().strip() == "<b>0.93</b>"
    (attached,) = mail.iter_attachments()
    assert (attached.get_filename(), attached.get_content()) == ("table.csv", "a,b\n")


def test_the_operator_sends_it(inbox):
    EmailOperator(task_id="t", to="a@x.org", subject="S", html_content="H").execute({})

    assert inbox[0][0] == ["a@x.org"]


def test_a_dry_run_sends_nothing(inbox):
    send_email("a@x.org", "S", "H", dryrun=True)

    assert inbox == []


def test_a_server_that_is_not_there(monkeypatch):
    monkeypatch.setenv("AIRFLOW_CONN_SMTP_DEFAULT", "smtp://127.0.0.1:1/?disable_ssl=true")

    with pytest.raises(AirflowException, match=r"127.0.0.1:1 did not take the mail"):
        send_email("a@x.org", "S", "H")


def test_a_mail_to_nobody():
    with pytest.raises(AirflowException, match="at least one address"):
        send_email("", "S", "H")


def test_the_settings_are_the_default_server():
    assert (server_of().host, server_of().port) == ("localhost", 25)


def test_a_named_connection_has_to_exist():
    with pytest.raises(AirflowNotFoundException):
        server_of("nowhere")


@pytest.mark.parametrize(
    ("extra", "port", "ssl", "starttls"),
    [
        ("", 465, True, False),
        ("disable_ssl=true", 25, False, True),
        ("disable_ssl=true&disable_tls=true", 25, False, False),
    ],
)
def test_encryption_follows_the_connection(monkeypatch, extra, port, ssl, starttls):
    monkeypatch.setenv("AIRFLOW_CONN_MAIL", f"smtp://u:secret@host/?{extra}")

    server = server_of("mail")

    assert (server.port, server.ssl, server.starttls) == (port, ssl, starttls)


@pytest.mark.parametrize(
    ("given", "found"), [("a@x, b@x;c@x", ["a@x", "b@x", "c@x"]), (["a@x"], ["a@x"]), (None, []), ("", [])]
)
def test_addresses(given, found):
    assert addresses(given) == found


def test_a_dropped_session_is_tried_again(monkeypatch):
    from smtplib import SMTPServerDisconnected

    calls = []

    class Session:
        def __enter__(self):
            return self

        def __exit__(self, *_):
            return None

        def send_message(self, message, to_addrs):
            calls.append(to_addrs)
            if len(calls) < 3:
                raise SMTPServerDisconnected("gone")

    monkeypatch.setattr(smtp, "_open", lambda server: Session())

    send_email("a@x.org", "S", "H")

    assert len(calls) == 3


def test_a_message_has_no_blank_copies():
    mail = build_message(sender="me@x", to=["a@x"], cc=[], subject="S", html="H")

    assert "Cc" not in mail
    assert "Bcc" not in mail
