"""Who may use the API: users, roles, sessions, tokens, failed sign-ins; and whether the audit is as it was written."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Protocol

from tradewind.model.people import (
    ChainReport,
    FailureRecord,
    NewUser,
    RoleRecord,
    SessionRecord,
    TokenRecord,
    UserChanges,
    UserRecord,
)


class People(Protocol):
    # ------------------------------------------------------------------------------------ users and roles

    def create_user(self, user: NewUser, *, now: datetime) -> UserRecord:
        """Raises TakenError where the name or the subject is taken."""
        ...

    def create_first_user(self, user: NewUser, *, now: datetime) -> UserRecord | None:
        """None where there is one with the role `admin` already: of several processes that start at once one makes
        the first."""
        ...

    def user(self, user_id: int) -> UserRecord | None: ...

    def user_named(self, name: str) -> UserRecord | None: ...

    def user_of_subject(self, subject: str) -> UserRecord | None: ...

    def users(self) -> list[UserRecord]:
        """By name."""
        ...

    def change_user(self, user_id: int, changes: UserChanges, *, keep_session: str | None = None) -> None:
        """A new password, or an account that is closed, ends the user's sessions (but `keep_session`) and login tokens;
        a closed account's own tokens stay, and open nothing.

        Raises NotFoundError; LastAdminError where nobody would be left who is active and has the role `admin`."""
        ...

    def delete_user(self, user_id: int) -> None:
        """With sessions and tokens. Raises NotFoundError, LastAdminError."""
        ...

    def roles(self) -> list[RoleRecord]:
        """Those that somebody made, by name."""
        ...

    def set_role(self, role: RoleRecord) -> None: ...

    def delete_role(self, name: str) -> bool:
        """Users lose it."""
        ...

    # ------------------------------------------------------------------------------------ signed in

    def add_session(self, session: SessionRecord) -> None: ...

    def session(self, session_id: str) -> tuple[SessionRecord, UserRecord] | None: ...

    def touch_session(self, session_id: str, *, now: datetime) -> None: ...

    def end_session(self, session_id: str) -> bool: ...

    def add_token(self, token: TokenRecord) -> None: ...

    def token(self, token_id: str) -> tuple[TokenRecord, UserRecord] | None: ...

    def tokens(self, user_id: int | None = None) -> list[tuple[TokenRecord, str]]:
        """With the names of their users; those that somebody made, newest first."""
        ...

    def touch_token(self, token_id: str, *, now: datetime) -> None: ...

    def revoke_token(self, token_id: str, *, now: datetime) -> bool:
        """False where there is none, or it was revoked before."""
        ...

    def forget_signins(self, *, sessions_before: datetime, unseen_before: datetime, now: datetime) -> None:
        """Delete sessions begun or last seen before these, login tokens that are over, and failures a day old."""
        ...

    # ------------------------------------------------------------------------------------ failed sign-ins

    def failures(self, subjects: Collection[str]) -> dict[str, FailureRecord]: ...

    def add_failure(self, subjects: Collection[str], *, now: datetime) -> None:
        """Those of a subject begin again at one when the last is a day old."""
        ...

    def clear_failures(self, subjects: Collection[str]) -> None: ...

    # ------------------------------------------------------------------------------------ secrets

    def seal(self, text: str) -> str:
        """Encrypted with the home's key, and stamped with the time."""
        ...

    def unseal(self, sealed: str, *, max_age_seconds: int) -> str | None:
        """None: not ours, or too old."""
        ...

    def encrypt_anew(self) -> int:
        """Encrypt every secret with the first key of the key file; returns how many there are."""
        ...

    # ------------------------------------------------------------------------------------ the audit's chain

    def verify_audit(self, *, newest: int | None = None) -> ChainReport:
        """Each row of the audit holds a hash of itself and of the row before it. `newest`: of so many rows only."""
        ...

    def has_audit_hash(self, digest: str) -> bool:
        """Whether a row of the audit ends the chain that had this head."""
        ...
