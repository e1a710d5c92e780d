"""SmtpNotifier over real SMTP, with TLS in both ways."""

from __future__ import annotations

import datetime
import email
import socket
import ssl
from collections.abc import Iterator
from email import policy
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from tradewind.authoring.exceptions import AirflowException
from tradewind.notifiers.smtp import SmtpNotifier


class Inbox:
    def __init__(self) -> None:
        self.mails: list[Any] = []

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # aiosmtpd's name
        mail = email.message_from_bytes(envelope.content, policy=policy.default)
        is_encrypted = session.ssl is not None or server.transport.get_extra_info("ssl_object") is not None
        self.mails.append((envelope.rcpt_tos, is_encrypted, mail))
        return "250 OK"


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Of 127.0.0.1, signed by itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    start = datetime.datetime.now(datetime.UTC) - datetime.timedelta(days=1)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(start)
        .not_valid_after(start + datetime.timedelta(days=9))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = tmp_path_factory.mktemp("tls") / "certificate.pem"
    plain = serialization.NoEncryption()
    private = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    file.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
    return file


@pytest.fixture(params=["starttls", "tls"])
def inbox(request: pytest.FixtureRequest, certificate: Path, connect: Any) -> Iterator[Inbox]:
    received = Inbox()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate)
    how = {"ssl_context": context} if request.param == "tls" else {"tls_context": context, "require_starttls": True}
    controller = Controller(received, hostname="127.0.0.1", port=port, **how)
    controller.start()
    extra = {"disable_ssl": request.param != "tls", "from_email": "dags@example.com"}
    connect("smtp_default", conn_type="smtp", host="127.0.0.1", port=port, extra=extra)
    yield received
    controller.stop()


def test_a_mail_goes_over_tls(inbox: Inbox, certificate: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))

    SmtpNotifier(to="{{ who }}", subject="{{ what }}", html_content="<b>{{ what }}</b>").send(
        {"who": "ml@example.com", "what": "trained"}
    )

    [(recipients, is_encrypted, mail)] = inbox.mails
    assert recipients == ["ml@example.com"]
    assert is_encrypted
    assert (mail["Subject"], mail["From"]) == ("trained", "dags@example.com")
    assert mail.get_content().strip() == "<b>trained</b>"


def test_a_certificate_nobody_knows_is_not_trusted(inbox: Inbox) -> None:
    with pytest.raises(AirflowException, match="CERTIFICATE_VERIFY_FAILED"):
        SmtpNotifier(to="a@example.com", subject="s", html_content="t").send({})
    assert inbox.mails == []


def test_the_connection_may_say_otherwise(inbox: Inbox, connect: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    import json
    import os

    found = json.loads(os.environ["AIRFLOW_CONN_SMTP_DEFAULT"])
    connect("smtp_default", **{**found, "extra": {**found["extra"], "ssl_context": "none"}})

    SmtpNotifier(to="a@example.com", subject="s", html_content="t").send({})

    assert len(inbox.mails) == 1
