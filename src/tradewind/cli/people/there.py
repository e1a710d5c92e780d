"""Accounts of a server, changed by its own operations: it decides whether the caller may, hashes passwords, and writes
down who did it. Read they are as everything is: `remote.store`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import msgspec

from tradewind.api.access.rights import Grant
from tradewind.model.errors import NotFoundError

if TYPE_CHECKING:
    from tradewind.cli.remote.store import RemoteStore

ROOT = "/api/tradewind/v1"


def create_user(server: RemoteStore, name: str, roles: Sequence[str], email: str, password: str | None) -> str:
    """The password that was made; "" where one was given."""
    body = {"name": name, "roles": list(roles), "email": email, "password": password or ""}
    made: str = _sent(server, "POST", "/users", body)["password"]
    return made


def change_user(server: RemoteStore, user_id: int, changes: dict[str, Any]) -> None:
    _sent(server, "PATCH", f"/users/{user_id}", {name: value for name, value in changes.items() if value is not None})


def delete_user(server: RemoteStore, user_id: int) -> None:
    _sent(server, "DELETE", f"/users/{user_id}")


def set_role(server: RemoteStore, name: str, grants: Iterable[Grant]) -> None:
    _sent(server, "PUT", f"/roles/{quote(name, safe='')}", {"grants": _infos(grants)})


def delete_role(server: RemoteStore, name: str) -> None:
    _sent(server, "DELETE", f"/roles/{quote(name, safe='')}")


def own_name(server: RemoteStore) -> str:
    name: str = _sent(server, "GET", "/me")["name"]
    return name


def sees_own_tokens_alone(server: RemoteStore, wanted: str | None) -> bool:
    """Of whom nothing else is listed: those of all need a right; one's own do not."""
    me = _sent(server, "GET", "/me")
    may_see_all = any((one["resource"], one["action"]) == ("token", "read") for one in me["grants"])
    return wanted == me["name"] or (wanted is None and not may_see_all)


def own_tokens(server: RemoteStore) -> list[dict[str, Any]]:
    return _sent(server, "GET", "/me/tokens")


def create_own_token(server: RemoteStore, label: str, scopes: Sequence[Grant] | None, expires_at: datetime) -> str:
    body = {"label": label, "scopes": None if scopes is None else _infos(scopes), "expires_at": expires_at.isoformat()}
    word: str = _sent(server, "POST", "/me/tokens", body)["token"]
    return word


def revoke_token(server: RemoteStore, token_id: str) -> None:
    """One's own, which needs no right; else anybody's."""
    try:
        _sent(server, "DELETE", f"/me/tokens/{quote(token_id, safe='')}")
    except NotFoundError:
        _sent(server, "DELETE", f"/tokens/{quote(token_id, safe='')}")


def _infos(grants: Iterable[Grant]) -> list[dict[str, str]]:
    return [{"resource": one.resource, "action": one.action, "dags": one.dags} for one in grants]


def _sent(server: RemoteStore, method: str, path: str, body: Any = None) -> Any:
    found = server.client.request(method, ROOT + path, body).data
    return msgspec.json.decode(found) if found else None
