"""Who may use the API: users, their roles, sessions and tokens; failed sign-ins; the head of the audit's chain."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Table, UniqueConstraint

from tradewind.store.schema.columns import RowId, at, blob, metadata, row_id, text_of, whole


def _of_account() -> Column[int]:
    return Column("account", RowId, ForeignKey("account.id", ondelete="CASCADE"), nullable=False)


account = Table(
    "account",
    metadata,
    row_id(),
    text_of("name"),
    text_of("email"),
    blob("roles"),
    whole("is_active"),
    text_of("comes_from"),
    text_of("subject", null=True),
    text_of("password_hash"),
    whole("must_change_password"),
    at("created_at", null=False),
    at("seen_at"),
    UniqueConstraint("name"),
    UniqueConstraint("subject"),
    sqlite_autoincrement=True,
)
role = Table("role", metadata, text_of("name", key=True), blob("grants"), sqlite_with_rowid=False)
session = Table(
    "session",
    metadata,
    text_of("session_id", key=True),
    _of_account(),
    at("created_at", null=False),
    at("seen_at", null=False),
    text_of("address"),
    text_of("agent"),
    Index("session_account", "account"),
    Index("session_seen", "seen_at"),
    sqlite_with_rowid=False,
)
api_token = Table(
    "api_token",
    metadata,
    text_of("token_id", key=True),
    _of_account(),
    text_of("kind"),
    text_of("label"),
    text_of("secret_hash"),
    blob("scopes", null=True),
    at("created_at", null=False),
    at("expires_at"),
    at("seen_at"),
    at("revoked_at"),
    Index("api_token_account", "account"),
    sqlite_with_rowid=False,
)
signin_failure = Table(
    "signin_failure",
    metadata,
    text_of("subject", key=True),
    whole("failures"),
    at("failed_at", null=False),
    sqlite_with_rowid=False,
)
audit_chain = Table(
    "audit_chain",
    metadata,
    text_of("name", key=True),
    whole("first"),
    text_of("before"),
    whole("last"),
    text_of("head"),
    sqlite_with_rowid=False,
)
