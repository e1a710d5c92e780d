"""What is around every call: hosts, other sites' pages, proxies, sizes, and what browsers are told."""

from __future__ import annotations

import json
import socket
import tempfile
from collections.abc import Generator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.api.server import PASSWORD, ApiServer, api, running

from tradewind.api.app import operations
from tradewind.api.body_depth import is_deeper
from tradewind.api.bounded import MAX_HEAD_BYTES
from tradewind.api.endpoint import MAX_BODY_BYTES, MAX_STRANGERS_BODY_BYTES

__all__ = ["api"]
VERSION = "/api/v2/version"
SESSION = "/api/tradewind/v1/session"
ME = "/api/tradewind/v1/me"
SIGN_IN = {"username": "viewer", "password": PASSWORD}


@pytest.fixture(scope="module")
def proxied() -> Generator[ApiServer]:
    given = {"api_url": "https://tw.example.org", "api_trusted_proxies": ["127.0.0.0/8"]}
    with tempfile.TemporaryDirectory() as folder, running(Path(folder), **given) as found:
        yield found


@pytest.mark.parametrize("path", ["/", "/dags/x", "/static/none.js", "/api/none", VERSION, ME, "/api/openapi.json"])
def test_every_answer_tells_browsers_what_they_must_not_do(api: ApiServer, path: str) -> None:
    headers = api.anonymous.get(path).headers
    policy = headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert "geolocation=()" in headers["permissions-policy"]
    assert headers["referrer-policy"] == "same-origin"
    assert "server" not in headers
    assert "strict-transport-security" not in headers


def test_each_page_has_a_nonce_of_its_own(api: ApiServer) -> None:
    policies = {api.anonymous.get("/").headers["content-security-policy"] for _ in range(3)}
    assert len(policies) == 3
    assert "__CSP_NONCE__" not in api.anonymous.get("/").text


def test_behind_tls_browsers_stay_there(proxied: ApiServer) -> None:
    found = proxied.anonymous.get(VERSION, host="tw.example.org")
    assert found.headers["strict-transport-security"].startswith("max-age=")
    proxied.user("viewer", "viewer")
    made = proxied.anonymous.post(SESSION, SIGN_IN, host="tw.example.org")
    cookies = made.headers.getlist("set-cookie")
    assert len(cookies) == 2
    assert all("Secure" in one and "SameSite=lax" in one for one in cookies)
    assert sum("HttpOnly" in one for one in cookies) == 1


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "", "[::1]x"])
def test_another_name_is_not_ours(api: ApiServer, host: str) -> None:
    """Else a page whose name was bent to 127.0.0.1 could read all of it (DNS rebinding)."""
    assert api.anonymous.get(VERSION, host=host).status == 400


def test_another_sites_page_changes_nothing(api: ApiServer) -> None:
    api.user("viewer", "viewer")
    refused = api.anonymous.post(SESSION, SIGN_IN, origin="https://evil.example")
    assert (refused.status, refused.headers.getlist("set-cookie")) == (403, [])
    assert api.anonymous.post(SESSION, SIGN_IN, origin="null").status == 403
    assert api.anonymous.post(SESSION, SIGN_IN, origin=api.url).status == 201


@pytest.mark.parametrize("token", ["", "x", "0" * 64])
def test_a_change_by_cookie_needs_the_pages_token(api: ApiServer, token: str) -> None:
    browser = api.browser("user")
    assert browser.delete(SESSION, x_csrf_token=token).status == 403
    assert browser.get(ME).status == 200
    other = api.browser("user")
    assert browser.delete(SESSION, x_csrf_token=other.headers["x-csrf-token"]).status == 403


def test_addresses_are_believed_of_trusted_proxies_alone(api: ApiServer, proxied: ApiServer) -> None:
    for site, host, address in ((api, urlsplit(api.url).netloc, "127.0.0.1"), (proxied, "tw.example.org", "9.9.9.9")):
        site.user("viewer", "viewer")
        forwarded = "1.2.3.4, 9.9.9.9"
        assert site.anonymous.post(SESSION, SIGN_IN, host=host, x_forwarded_for=forwarded).status == 201
        assert site.store.audit(limit=1)[0].detail == {"address": address}


def test_bodies_have_a_limit(api: ApiServer) -> None:
    json = {"content_type": "application/json"}
    assert api.anonymous.send("POST", SESSION, raw=b" " * (MAX_STRANGERS_BODY_BYTES + 1), **json).status == 413
    admin = api.signed_in("admin")
    assert admin.send("POST", "/api/tradewind/v1/users", raw=b" " * (MAX_BODY_BYTES + 1), **json).status == 413


@pytest.mark.parametrize(
    "raw",
    [
        b"[" * 60_000,
        b'{"a":' * 10_000,
        b'{"username": "\\ud800", "password": "x"}',
        b'{"username": "\\u0000", "password": "x"}',
        b"\xff\xfe",
        b'{"username": "\xff", "password": "x"}',
        b'{"username": 1e999, "password": []}',
        b"{",
        b"",
        b"null",
    ],
    ids=range(10),
)
def test_bodies_that_are_none(api: ApiServer, raw: bytes) -> None:
    assert api.anonymous.send("POST", SESSION, raw=raw).status in (400, 401, 422)


@pytest.mark.parametrize(("levels", "is_taken"), [(150, True), (300, False), (990, False), (100_000, False)])
def test_bodies_have_a_depth(api: ApiServer, levels: int, is_taken: bool) -> None:
    value = b"[" * levels + b'"[[]["' + b"]" * levels
    raw = b'{"key": "deep", "value": ' + value + b"}"
    found = api.signed_in("admin").send("PATCH", "/api/v2/variables/deep", raw=raw)
    assert found.status == (404 if is_taken else 400), found


@given(st.recursive(st.text() | st.integers(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)))
def test_depth_is_counted_as_json_has_it(value: object) -> None:
    levels = _levels(value)
    raw = json.dumps(value).encode()
    assert not is_deeper(raw, levels)
    assert levels == 0 or is_deeper(raw, levels - 1)


def _levels(value: object) -> int:
    match value:
        case dict() | list():
            inner = value.values() if isinstance(value, dict) else value
            return 1 + max(map(_levels, inner), default=0)
        case _:
            return 0


def test_heads_have_a_limit(api: ApiServer) -> None:
    parts = urlsplit(api.url)
    with socket.create_connection((parts.hostname, parts.port), timeout=60) as connection:
        connection.sendall(b"GET /api/v2/version HTTP/1.1\r\nhost: " + parts.netloc.encode() + b"\r\n")
        connection.sendall(b"x-long: " + b"a" * (MAX_HEAD_BYTES + 1) + b"\r\n\r\n")
        answer = connection.recv(100)
    assert answer.startswith(b"HTTP/1.1 400")


@pytest.mark.parametrize(
    "name", ["%00", "%ff", "..%2f..%2fetc", "a%2fb", "%f0%9f%98%80", "%3Cscript%3E", "%27%20OR%201=1--"]
)
def test_names_in_paths_are_names_alone(api: ApiServer, name: str) -> None:
    admin = api.signed_in("admin")
    for row in operations():
        if row.method == "GET" and "{" in row.path and "text/event-stream" not in row.media_types:
            path = "/".join(name if part.startswith("{") else part for part in row.path.split("/"))
            found = admin.get(path)
            assert found.status < 500 or found.status == 501, (row.path, found)
            assert "<script>" not in found.text or "json" in found.headers["content-type"]


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("GET", "/auth/token", "POST"),
        ("PUT", "/api/v2/dags", "GET, HEAD, PATCH"),
        ("OPTIONS", "/api/v2/dags/x/dagRuns/y", "DELETE, GET, HEAD, PATCH"),
    ],
)
def test_a_method_that_a_path_does_not_take(api: ApiServer, method: str, path: str, allowed: str) -> None:
    found = api.anonymous.send(method, path)
    assert (found.status, found.headers["allow"]) == (405, allowed)
    assert found.headers["content-type"] == "application/problem+json"


def test_a_client_of_airflow_2_is_told_where_to_go(api: ApiServer) -> None:
    found = api.anonymous.get("/api/v1/dags")
    assert (found.status, "/api/v2" in found.json["hint"]) == (404, True)


@pytest.mark.parametrize("path", ["/auth/none", "/api/v2/none"])
def test_what_is_not_there_is_no_page(api: ApiServer, path: str) -> None:
    found = api.anonymous.get(path)
    assert (found.status, found.headers["content-type"]) == (404, "application/problem+json")
