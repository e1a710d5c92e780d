"""A password that somebody else made opens nothing but the way to another one."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from tests.api.server import PASSWORD, PASSWORD_HASH, ApiServer, Caller, api

from tradewind.api.app import operations
from tradewind.api.operation import Operation
from tradewind.model.people import NewUser, UserChanges
from tradewind.scheduler.clock import utc_now

__all__ = ["api"]
ME = "/api/tradewind/v1/me"
TYPE = "urn:tradewind:password_change_required"
NEEDED = {"get_me", "change_password", "sign_out"}
OPEN = [row for row in operations() if row.needs is None or row.is_open_before_password_change]
REST = [row for row in operations() if row.needs is not None and row.name not in NEEDED]


@pytest.fixture(scope="module")
def newcomer(api: ApiServer) -> Caller:
    """An admin whose password was made for them, by token."""
    return Caller(api.url, {"authorization": f"Bearer {token(api, made(api, 'newcomer'))}"})


def made(api: ApiServer, name: str) -> str:
    user = NewUser(name=name, roles=("admin",), password_hash=PASSWORD_HASH, must_change_password=True)
    api.store.create_user(user, now=utc_now())
    return name


def token(api: ApiServer, name: str, password: str = PASSWORD) -> str:
    found = api.anonymous.post("/auth/token", {"username": name, "password": password})
    assert found.status == 201, found
    return found.json["access_token"]


def test_what_is_open_before_is_what_is_needed_to_change_it() -> None:
    assert {row.name for row in OPEN if row.needs is not None} == NEEDED


@pytest.mark.parametrize("row", REST, ids=lambda row: f"{row.method} {row.path}")
def test_nothing_else_answers(newcomer: Caller, row: Operation) -> None:
    found = newcomer.send(row.method, re.sub(r"{\w+}", "x", row.path), None if row.body is None else {})
    assert (found.status, found.json["type"]) == (403, TYPE)


def test_a_browser_is_led_to_another_password(api: ApiServer) -> None:
    name = made(api, "by browser")
    browser = api.browser(name)
    assert browser.get(ME).json["must_change_password"]
    assert browser.get("/api/v2/dags").json["type"] == TYPE
    same = browser.post(f"{ME}/password", {"old": PASSWORD, "new": PASSWORD})
    assert (same.status, same.json["detail"]) == (422, "the new password is the old one")
    assert browser.post(f"{ME}/password", {"old": PASSWORD, "new": "another one"}).status == 204
    assert not browser.get(ME).json["must_change_password"]
    assert browser.get("/api/v2/dags").status == 200


def test_tokens_open_nothing_either_and_again_afterwards(api: ApiServer) -> None:
    keeper = api.signed_in("admin")
    kept = keeper.post(f"{ME}/tokens", {"label": "nightly"})
    assert kept.status == 201, kept
    program = Caller(api.url, {"authorization": f"Bearer {kept.json['token']}"})
    assert program.get("/api/v2/dags").status == 200
    user = api.store.user_named("admin")
    assert user is not None
    api.store.change_user(user.user_id, UserChanges(must_change_password=True))
    assert program.get("/api/v2/dags").json["type"] == TYPE
    assert keeper.post(f"{ME}/password", {"old": PASSWORD, "new": "another one"}).status == 204
    assert program.get("/api/v2/dags").status == 200


def test_signing_out_is_possible(api: ApiServer) -> None:
    browser = api.browser(made(api, "leaving"))
    assert browser.delete("/api/tradewind/v1/session").status == 204


def test_login_says_it(api: ApiServer, tmp_path: Path) -> None:
    made(api, "at a script")
    kept = {name: text for name, text in os.environ.items() if not name.startswith("TRADEWIND_")}
    command = [sys.executable, "-m", "tradewind", "login", api.url, "--token", token(api, "at a script")]
    done = subprocess.run(
        command, env={**kept, "TRADEWIND_HOME": str(tmp_path)}, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 1
    assert "at a script has to choose a password first" in done.stderr
    assert "both ask for a new one" in done.stderr
