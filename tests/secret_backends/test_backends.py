"""Each back end against the real thing, or against what speaks as it does (Vault, Google: neither can be had here)."""

from __future__ import annotations

import base64
import json
import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from tradewind.secret_backends import elsewhere
from tradewind.secret_backends.base import SecretBackendError
from tradewind.secret_backends.gcp import GcpBackend
from tradewind.secret_backends.lookup import FAILURE_KEPT_SECONDS, Elsewhere
from tradewind.settings import SecretsSetting

Respond = Callable[[BaseHTTPRequestHandler, str], tuple[int, Any]]


@contextmanager
def answering(respond: Respond) -> Generator[str]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer()

        def do_POST(self) -> None:
            self._answer()

        def _answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length", 0))).decode()
            status, found = respond(self, body)
            raw = json.dumps(found).encode()
            self.send_response(status)
            self.send_header("content-length", str(len(raw)))
            self.end_headers()
            self.wfile.write(raw)

        def log_message(self, *_: Any) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def one(**chosen: Any) -> Elsewhere:
    found = elsewhere([SecretsSetting(**chosen)])
    assert found is not None
    return found


# ------------------------------------------------------------------------------------------ files


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("v.json", '{"k": "v", "more": {"a": 1}}'),
        ("v.yaml", "k: v\nmore: {a: 1}\n"),
        ("v.env", '# what for\nk=v\nmore={"a":1}\n'),
    ],
)
def test_files(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text)
    found = one(kind="file", variables=str(tmp_path / name))
    assert found.variable("k") == "v"
    assert json.loads(found.variable("more") or "") == {"a": 1}
    assert found.variable("other") is None
    assert found.connection("k") is None


def test_a_file_that_changes_is_read_again(tmp_path: Path) -> None:
    import os

    file = tmp_path / "v.json"
    file.write_text('{"k": "old"}')
    found = one(kind="file", variables=str(file), cache_seconds=0)
    assert found.variable("k") == "old"
    file.write_text('{"k": "new"}')
    os.utime(file, ns=(1, 1))
    assert found.variable("k") == "new"


def test_a_file_that_is_gone_or_wrong(tmp_path: Path) -> None:
    with pytest.raises(SecretBackendError, match="cannot be read"):
        one(kind="file", variables=str(tmp_path / "none.json")).variable("k")
    (tmp_path / "list.json").write_text("[]")
    with pytest.raises(SecretBackendError, match="not what its ending says"):
        one(kind="file", variables=str(tmp_path / "list.json")).variable("k")


# ------------------------------------------------------------------------------------------ Vault


def vault(request: BaseHTTPRequestHandler, _: str) -> tuple[int, Any]:
    if request.headers["X-Vault-Token"] != "good":
        return 403, {"errors": ["permission denied"]}
    known = {
        "/v1/kv/data/variables/k": {"value": "v"},
        "/v1/kv/data/variables/team%20a/k": {"value": {"a": 1}},
        "/v1/kv/data/connections/db": {"conn_uri": "postgres://u:p@h/d"},
        "/v1/kv/data/connections/parts": {"conn_type": "http", "host": "h"},
    }
    fields = known.get(request.path)
    return (200, {"data": {"data": fields}}) if fields else (404, {"errors": []})


def test_vault() -> None:
    with answering(vault) as url:
        found = one(kind="vault", url=url, mount="kv", token="good")
        assert found.variable("k") == "v"
        assert json.loads(found.variable("team a/k") or "") == {"a": 1}
        assert found.connection("db") == "postgres://u:p@h/d"
        assert json.loads(found.connection("parts") or "") == {"conn_type": "http", "host": "h"}
        assert found.variable("none") is None
        assert found.variable("../connections/db") is None
        with pytest.raises(SecretBackendError, match="answered 403"):
            one(kind="vault", url=url, mount="kv", token="bad").variable("k")


# ------------------------------------------------------------------------------------------ Google


def test_google(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    key = rsa.generate_private_key(65537, 2048)
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()

    def google(request: BaseHTTPRequestHandler, body: str) -> tuple[int, Any]:
        if request.path == "/token":
            assertion = parse_qs(body)["assertion"][0]
            claims = jwt.decode(assertion, key.public_key(), algorithms=["RS256"], audience=f"{url}/token")
            return (200, {"access_token": "t", "expires_in": 3600}) if claims["iss"] == "me@x" else (401, {})
        if request.headers["authorization"] != "Bearer t":
            return 401, {}
        if request.path == "/v1/projects/p/secrets/airflow-variables-k/versions/latest:access":
            return 200, {"payload": {"data": base64.b64encode(b"v").decode()}}
        return 404, {}

    with answering(google) as url:
        file = tmp_path / "key.json"
        file.write_text(
            json.dumps({"client_email": "me@x", "private_key": pem, "token_uri": f"{url}/token", "project_id": "p"})
        )
        monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", str(file))
        found = GcpBackend(SecretsSetting(kind="gcp", url=url))
        assert found.get("variables", "k") == "v"
        assert found.get("variables", "none") is None
        assert found.get("variables", "../k") is None
        assert found.get("connections", "k") is None


# ------------------------------------------------------------------------------------------ AWS


@pytest.mark.slow
def test_aws(monkeypatch: pytest.MonkeyPatch) -> None:
    import boto3
    from moto.server import ThreadedMotoServer

    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "test")
    server = ThreadedMotoServer("127.0.0.1", 0)
    server.start()
    try:
        host, port = server.get_host_and_port()
        where = {"region": "eu-west-1", "url": f"http://{host}:{port}"}
        given = {"region_name": "eu-west-1", "endpoint_url": where["url"]}
        boto3.client("secretsmanager", **given).create_secret(Name="airflow/connections/db", SecretString="http://h")
        boto3.client("ssm", **given).put_parameter(Name="/mine/k", Value="v", Type="SecureString")
        secrets = one(kind="aws_secrets", timeout_seconds=30, **where)
        parameters = one(kind="aws_parameters", variables="/mine", timeout_seconds=30, **where)
        assert (secrets.connection("db"), secrets.connection("none"), secrets.variable("db")) == (
            "http://h",
            None,
            None,
        )
        assert (parameters.variable("k"), parameters.variable("none")) == ("v", None)
    finally:
        server.stop()


# ------------------------------------------------------------------------------------------ asking


class Counting:
    name = "counting"

    def __init__(self, known: dict[str, str]) -> None:
        self.known = known
        self.asked = 0
        self.is_away = False

    def get(self, kind: str, key: str) -> str | None:
        self.asked += 1
        if self.is_away:
            raise SecretBackendError("it is away")
        return self.known.get(key)


def test_answers_are_kept_for_a_moment_and_the_first_counts() -> None:
    now = [0.0]
    first, second = Counting({"k": "1"}), Counting({"k": "2", "other": "3"})
    found = Elsewhere([(first, 10.0), (second, 10.0)], monotonic=lambda: now[0])
    assert [found.variable("k") for _ in range(3)] == ["1", "1", "1"]
    assert found.variable("other") == "3"
    assert (first.asked, second.asked) == (2, 1)
    now[0] = 10.0
    found.variable("k")
    assert first.asked == 3


def test_who_is_away_is_not_asked_again_and_again() -> None:
    now = [0.0]
    away, after = Counting({"k": "1"}), Counting({"k": "another secret of this name"})
    away.is_away = True
    found = Elsewhere([(away, 10.0), (after, 10.0)], monotonic=lambda: now[0])
    for key in ("k", "l", "k"):
        with pytest.raises(SecretBackendError, match="away"):
            found.variable(key)
    assert (away.asked, after.asked) == (1, 0)
    away.is_away, now[0] = False, FAILURE_KEPT_SECONDS
    assert found.variable("k") == "1"
