"""Who is signed in; users, roles, tokens; what administrators see."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from msgspec import Struct


class GrantInfo(Struct, frozen=True):
    resource: str
    action: str
    dags: str = "*"


class Me(Struct, frozen=True, kw_only=True):
    name: str
    roles: list[str]
    grants: list[GrantInfo]
    must_change_password: bool
    version: str


class SignIn(Struct, frozen=True):
    username: str
    password: str


class SignInOptions(Struct, frozen=True):
    """What the sign-in page offers; open to anybody."""

    has_password: bool
    oidc_name: str
    """Of the button; "": none."""
    oidc_url: str


class PasswordChange(Struct, frozen=True):
    old: str
    new: str


class UserInfo(Struct, frozen=True, kw_only=True):
    user_id: int
    name: str
    email: str
    roles: list[str]
    is_active: bool
    comes_from: str
    """`local` or `oidc`."""
    created_at: datetime
    last_seen_at: datetime | None


class NewUser(Struct, frozen=True, kw_only=True):
    name: str
    password: str = ""
    """"": one is made, and shown once in the answer."""
    email: str = ""
    roles: tuple[str, ...] = ("viewer",)


class UserMade(Struct, frozen=True):
    user: UserInfo
    password: str
    """"" where the caller gave one."""


class UserChange(Struct, frozen=True, kw_only=True):
    email: str | None = None
    roles: list[str] | None = None
    is_active: bool | None = None
    password: str | None = None


class RoleInfo(Struct, frozen=True):
    name: str
    is_built_in: bool
    grants: list[GrantInfo]
    users: int = 0


class TokenInfo(Struct, frozen=True, kw_only=True):
    token_id: str
    user: str
    label: str
    scopes: list[GrantInfo] | None
    created_at: datetime
    expires_at: datetime | None
    last_used_at: datetime | None
    revoked_at: datetime | None


class NewToken(Struct, frozen=True, kw_only=True):
    label: str
    scopes: list[GrantInfo] | None = None
    expires_at: datetime | None = None


class TokenMade(Struct, frozen=True):
    info: TokenInfo
    token: str
    """Shown this once; only its hash is kept."""


class AuditLine(Struct, frozen=True, kw_only=True):
    number: int
    at: datetime
    who: str
    action: str
    dag_id: str | None
    run_id: str | None
    task_id: str | None
    detail: dict[str, Any]


class AuditPage(Struct, frozen=True):
    lines: list[AuditLine]
    total: int
    next_cursor: str | None
    chain_is_whole: bool
    chain_why: str


class SettingLine(Struct, frozen=True):
    name: str
    value: str
    """Secrets masked."""
    origin: str
    about: str


class PoolHolder(Struct, frozen=True):
    dag_id: str
    run_id: str
    task_id: str
    map_path: tuple[int, ...]
    slots: int
    state: str
    since: datetime | None


class PoolPage(Struct, frozen=True, kw_only=True):
    name: str
    slots: int
    """-1: endless."""
    description: str
    include_deferred: bool
    used: int
    queued: int
    deferred: int
    holders: list[PoolHolder]


class ConnectionTest(Struct, frozen=True):
    """What a worker found when it tried a connection."""

    state: str
    """`queued`, `running`, `success`, `failed`."""
    message: str
