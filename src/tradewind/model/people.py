"""Rows of the store about who may use the API: users, roles, sessions of browsers, tokens."""

from __future__ import annotations

from datetime import datetime
from typing import Literal, TypeAlias

from msgspec import Struct


class GrantRecord(Struct, frozen=True):
    """A line of a role or of a token's scope: `action` on `resource`, of the DAGs that match `dags`. The words are
    those of `api.access.rights`."""

    resource: str
    action: str
    dags: str = "*"


class RoleRecord(Struct, frozen=True):
    """A role that somebody made; the built-in ones are in `api.access.roles`."""

    name: str
    grants: tuple[GrantRecord, ...]


class NewUser(Struct, frozen=True, kw_only=True):
    name: str
    email: str = ""
    roles: tuple[str, ...]
    comes_from: Literal["local", "oidc"] = "local"
    subject: str | None = None
    """Of a user of OIDC: issuer and subject."""
    password_hash: str = ""
    """"": no password opens this account."""
    must_change_password: bool = False


class UserRecord(Struct, frozen=True, kw_only=True):
    user_id: int
    name: str
    email: str
    roles: tuple[str, ...]
    is_active: bool
    comes_from: str
    subject: str | None
    password_hash: str
    must_change_password: bool
    created_at: datetime
    seen_at: datetime | None


class UserChanges(Struct, frozen=True, kw_only=True):
    """None: stays as it is."""

    email: str | None = None
    roles: tuple[str, ...] | None = None
    is_active: bool | None = None
    password_hash: str | None = None
    must_change_password: bool | None = None


class SessionRecord(Struct, frozen=True, kw_only=True):
    """A browser that somebody is signed in with."""

    session_id: str
    """Hash of what the cookie holds."""
    user_id: int
    created_at: datetime
    seen_at: datetime
    address: str
    agent: str


TokenKind: TypeAlias = Literal["api", "login"]
"""Made by somebody to keep; or given out for a name and password (`POST /auth/token`), and short-lived."""


class TokenRecord(Struct, frozen=True, kw_only=True):
    token_id: str
    """Public part."""
    user_id: int
    kind: TokenKind
    label: str
    secret_hash: str
    scopes: tuple[GrantRecord, ...] | None
    """What the token is limited to; None: all that its user may."""
    created_at: datetime
    expires_at: datetime | None
    seen_at: datetime | None = None
    revoked_at: datetime | None = None


class FailureRecord(Struct, frozen=True):
    """Failed attempts to sign in, one after the other, of an account or from an address."""

    failures: int
    failed_at: datetime


class ChainReport(Struct, frozen=True):
    """What a check of the audit's chain of hashes found."""

    is_whole: bool
    why: str
    """A sentence: how much was checked, or where it is broken."""
    rows: int
    head: str
    """Hash of the newest row: kept elsewhere, it shows later that nothing before it was changed or cut off."""
