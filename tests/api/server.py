"""A real API server on a real home, in a thread, with the real sign-in: for all tests of the API.

    from tests.api.server import ApiServer, api   # `api`: a fixture, one server for each test module

    def test_it(api: ApiServer) -> None:
        viewer = api.signed_in("viewer")          # a user with this role, by token
        assert viewer.get("/api/v2/dags").status == 200
        api.store                                 # of this thread, to put rows there and look at them

`api.make_role(name, grants)` makes a role of one's own; `api.browser(role)` is signed in by cookie, as a page is.
Clients that take a token or headers: `api.token` and `api.headers` are an administrator's, who
`with api.limited_to(*grants):` may do no more than that.
"""

from __future__ import annotations

import json
import os
import socket
import tempfile
import threading
from collections.abc import Generator, Iterable, Mapping
from contextlib import contextmanager
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest
import urllib3

from tradewind import settings as settings_module
from tradewind.api.access.passwords import hash_of
from tradewind.api.access.rights import Grant
from tradewind.api.access.roles import ADMIN, BUILT_IN, to_records
from tradewind.api.access.signing_in import login_token
from tradewind.api.process import open_socket, serve
from tradewind.model.people import GrantRecord, NewUser, RoleRecord, UserChanges
from tradewind.scheduler.clock import utc_now
from tradewind.settings import Settings
from tradewind.store import open_store
from tradewind.store.base import Store

PASSWORD = "a good password"
PASSWORD_HASH = hash_of(PASSWORD)
ANSWERS_WITHIN_SECONDS = 60.0


class Answer:
    def __init__(self, found: urllib3.BaseHTTPResponse) -> None:
        self.status = found.status
        self.headers = found.headers
        self.text = found.data.decode("utf-8", "replace")

    @property
    def json(self) -> Any:
        return json.loads(self.text)

    def __repr__(self) -> str:
        return f"{self.status} {self.text[:300]}"


class Caller:
    """Sends requests as somebody."""

    def __init__(self, url: str, headers: Mapping[str, str] | None = None) -> None:
        self.url = url
        self.headers = dict(headers or {})
        self.pool = urllib3.PoolManager(retries=False, timeout=ANSWERS_WITHIN_SECONDS)

    def send(self, method: str, path: str, body: Any = None, *, raw: bytes | None = None, **headers: str) -> Answer:
        given = {**self.headers, **{name.replace("_", "-"): value for name, value in headers.items()}}
        if body is not None:
            raw, given = json.dumps(body).encode(), {"content-type": "application/json", **given}
        return Answer(self.pool.request(method, self.url + path, body=raw, headers=given, redirect=False))

    def get(self, path: str, **headers: str) -> Answer:
        return self.send("GET", path, **headers)

    def post(self, path: str, body: Any = None, **headers: str) -> Answer:
        return self.send("POST", path, {} if body is None else body, **headers)

    def put(self, path: str, body: Any, **headers: str) -> Answer:
        return self.send("PUT", path, body, **headers)

    def patch(self, path: str, body: Any, **headers: str) -> Answer:
        return self.send("PATCH", path, body, **headers)

    def delete(self, path: str, **headers: str) -> Answer:
        return self.send("DELETE", path, **headers)


class ApiServer:
    """`url`: of the server. Users are made as they are asked for: one of each role, named as the role."""

    def __init__(self, settings: Settings, url: str) -> None:
        self.settings = settings
        self.home = settings.home
        self.url = url
        self._local = threading.local()
        self._tokens: dict[str, str] = {}

    @property
    def store(self) -> Store:
        """Of the calling thread."""
        found: Store | None = getattr(self._local, "store", None)
        if found is None:
            found = self._local.store = open_store(self.settings.database_url, home=self.home)
        return found

    @cached_property
    def token(self) -> str:
        """Of an administrator."""
        return self.new_token()

    def new_token(self) -> str:
        user = self.store.user_named(self.user(ADMIN, ADMIN))
        assert user is not None
        return login_token(self.store, user, utc_now())

    @property
    def headers(self) -> dict[str, str]:
        return {"authorization": f"Bearer {self.token}"}

    @contextmanager
    def limited_to(self, *grants: Grant) -> Generator[None]:
        """Meanwhile the administrator that `token` is of may do this alone."""
        assert self.token
        user = self.store.user_named(ADMIN)
        assert user is not None
        self.user("another admin", ADMIN)  # there always has to be one
        self.store.set_role(RoleRecord("limited", to_records(grants)))
        self.store.change_user(user.user_id, UserChanges(roles=("limited",)))
        try:
            yield
        finally:
            self.store.change_user(user.user_id, UserChanges(roles=(ADMIN,)))

    @property
    def anonymous(self) -> Caller:
        return Caller(self.url)

    def user(self, name: str, *roles: str, now: datetime | None = None) -> str:
        """Makes a user with PASSWORD, where there is none of this name; returns the name."""
        if self.store.user_named(name) is None:
            user = NewUser(name=name, roles=roles, password_hash=PASSWORD_HASH)
            self.store.create_user(user, now=now or utc_now())
        return name

    def make_role(self, name: str, grants: Iterable[tuple[str, str, str]]) -> str:
        """`grants`: (resource, action, DAGs)."""
        self.store.set_role(RoleRecord(name, tuple(GrantRecord(*grant) for grant in grants)))
        return name

    def signed_in(self, role: str) -> Caller:
        """By token, as a user of this role."""
        if role not in self._tokens:
            name = self.user(role, role)
            found = self.anonymous.post("/auth/token", {"username": name, "password": PASSWORD})
            assert found.status == 201, found
            self._tokens[role] = found.json["access_token"]
        return Caller(self.url, {"authorization": f"Bearer {self._tokens[role]}"})

    def browser(self, role: str) -> Caller:
        """By cookie, in a session of its own, with the CSRF token."""
        name = self.user(role, role)
        found = self.anonymous.post("/api/tradewind/v1/session", {"username": name, "password": PASSWORD})
        assert found.status == 201, found
        pairs = [one.split(";")[0] for one in found.headers.getlist("set-cookie")]
        csrf = next(pair.partition("=")[2] for pair in pairs if pair.startswith("tradewind_csrf="))
        return Caller(self.url, {"cookie": "; ".join(pairs), "x-csrf-token": csrf})

    def close(self) -> None:
        if (found := getattr(self._local, "store", None)) is not None:
            found.close()


ROLES = tuple(BUILT_IN)


@contextmanager
def running(home: Path, **overrides: Any) -> Generator[ApiServer]:
    """Settings as keywords: `api_url="https://…"`, `database_url=…`."""
    home.mkdir(mode=0o700, exist_ok=True)
    given = {"home": str(home), "api_port": 0, **overrides}
    settings = settings_module.load({}, overrides=given, cwd=home)
    open_store(settings.database_url, home=settings.home).close()
    listening = open_socket(settings.api)
    stop_read, stop_write = os.pipe()
    thread = threading.Thread(target=serve, args=(settings, stop_read, listening, utc_now), name="api server")
    thread.start()
    server = ApiServer(settings, _url(listening, settings))
    try:
        yield server
    finally:
        os.close(stop_write)
        thread.join(ANSWERS_WITHIN_SECONDS)
        server.close()
        os.close(stop_read)
        assert not thread.is_alive(), "the server did not stop"


@pytest.fixture(scope="module")
def api() -> Generator[ApiServer]:
    with tempfile.TemporaryDirectory(prefix="tradewind-api-") as folder, running(Path(folder)) as server:
        yield server


def _url(listening: socket.socket, settings: Settings) -> str:
    return f"{'https' if settings.api.tls_cert else 'http'}://127.0.0.1:{listening.getsockname()[1]}"
