"""Users, roles, tokens, the audit and the key, by command."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from tests.cli.conftest import Call


def test_a_user_from_beginning_to_end(call: Call, home: Path) -> None:
    made = call("users", "create", "ada", "-r", "op")
    assert "password: " in made.out
    assert "there is a user 'ada' already" in call("users", "create", "ada").err
    assert "there is no role 'boss'" in call("users", "create", "bob", "-r", "boss").err
    assert call("users", "set", "ada", "-r", "viewer", "-r", "user", "--close").code == 0
    (row,) = call("users", "list", "-o", "json").json
    assert (row["name"], row["roles"], row["active"]) == ("ada", ["viewer", "user"], False)
    assert "has a new password" in call("users", "reset-password", "ada").out
    assert call("users", "delete", "ada").code == 0
    assert call("users", "list", "-o", "json").json == []


def test_the_last_admin_stays(call: Call, home: Path) -> None:
    call("users", "create", "ada", "-r", "admin")
    assert "last active user with the role admin" in call("users", "delete", "ada").err


def test_roles(call: Call, home: Path) -> None:
    assert call("roles", "set", "sales", "read,edit:dag,run@sales_*", "read:pool").code == 0
    found = {row["name"]: row for row in call("roles", "list", "-o", "json").json}
    assert "edit:run@sales_*" in found["sales"]["grants"]
    assert found["viewer"]["built in"]
    for wrong in ("dag", "fly:dag", "read:pool@x"):
        assert call("roles", "set", "other", wrong).code == 1
    assert "built in" in call("roles", "delete", "admin").err
    assert call("roles", "delete", "sales").code == 0


def test_tokens(call: Call, home: Path) -> None:
    call("users", "create", "ada")
    word = call("tokens", "create", "ci", "-u", "ada", "-s", "create:run@sales").out.strip()
    (row,) = call("tokens", "list", "-o", "json").json
    assert word.startswith(f"tw_{row['id']}_")
    assert row["scopes"] == ["create:run@sales"]
    assert word.encode() not in (home / "tradewind.db").read_bytes()
    assert call("tokens", "revoke", row["id"]).code == 0
    assert "no token" in call("tokens", "revoke", row["id"]).err


def test_what_commands_change_is_in_the_audit(call: Call, home: Path) -> None:
    call("variables", "set", "k", "v")
    call("pools", "set", "p", "3")
    call("connections", "set", "c", "http://x")
    assert [row["action"] for row in call("audit", "list", "-o", "json").json] == [
        "connection_set",
        "pool_set",
        "variable_set",
    ]
    checked = call("audit", "verify")
    head = checked.out.split()[-1]
    assert call("audit", "verify", "--expect", head).code == 0
    assert call("audit", "verify", "--expect", "0" * 64).code == 1
    with sqlite3.connect(home / "tradewind.db") as connection:
        connection.execute("UPDATE audit SET who = 'eve' WHERE action = 'pool_set'")
    assert "not whole" in call("audit", "verify").err


def test_the_key_is_rotated(call: Call, home: Path) -> None:
    call("variables", "set", "k", "v")
    before = (home / "secret.key").read_text()
    assert "1 secrets" in call("rotate-key", "--keep-old").out
    assert before in (home / "secret.key").read_text()
    assert call("rotate-key").code == 0
    after = (home / "secret.key").read_text()
    assert before not in after
    assert len(after.split()) == 1
    assert (home / "secret.key").stat().st_mode & 0o777 == 0o600
    assert call("variables", "get", "k").out == "v\n"
