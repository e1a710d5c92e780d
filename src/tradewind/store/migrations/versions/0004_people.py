"""Who may use the API: users, roles, sessions, tokens; failed sign-ins; and the audit's chain of hashes."""

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

TABLES = """
CREATE TABLE account (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    email TEXT NOT NULL,
    roles BLOB NOT NULL,
    is_active INTEGER NOT NULL,
    comes_from TEXT NOT NULL,
    subject TEXT,
    password_hash TEXT NOT NULL,
    must_change_password INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    seen_at INTEGER,
    UNIQUE (name),
    UNIQUE (subject)
);
CREATE TABLE role (
    name TEXT PRIMARY KEY,
    grants BLOB NOT NULL
) WITHOUT ROWID;
CREATE TABLE session (
    session_id TEXT PRIMARY KEY,
    account INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    seen_at INTEGER NOT NULL,
    address TEXT NOT NULL,
    agent TEXT NOT NULL,
    FOREIGN KEY (account) REFERENCES account (id) ON DELETE CASCADE
) WITHOUT ROWID;
CREATE INDEX session_account ON session (account);
CREATE INDEX session_seen ON session (seen_at);
CREATE TABLE api_token (
    token_id TEXT PRIMARY KEY,
    account INTEGER NOT NULL,
    kind TEXT NOT NULL,
    label TEXT NOT NULL,
    secret_hash TEXT NOT NULL,
    scopes BLOB,
    created_at INTEGER NOT NULL,
    expires_at INTEGER,
    seen_at INTEGER,
    revoked_at INTEGER,
    FOREIGN KEY (account) REFERENCES account (id) ON DELETE CASCADE
) WITHOUT ROWID;
CREATE INDEX api_token_account ON api_token (account);
CREATE TABLE signin_failure (
    subject TEXT PRIMARY KEY,
    failures INTEGER NOT NULL,
    failed_at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE audit_chain (
    name TEXT PRIMARY KEY,
    first INTEGER NOT NULL,
    before TEXT NOT NULL,
    last INTEGER NOT NULL,
    head TEXT NOT NULL
) WITHOUT ROWID;
"""
NEW_TABLES = ("audit_chain", "signin_failure", "api_token", "session", "role", "account")


def upgrade() -> None:
    for statement in TABLES.split(";"):
        if statement.strip():
            op.execute(statement)
    op.execute("ALTER TABLE audit ADD COLUMN hash TEXT NOT NULL DEFAULT ''")


def downgrade() -> None:
    for table in NEW_TABLES:
        op.execute(f"DROP TABLE {table}")
    op.execute("ALTER TABLE audit DROP COLUMN hash")
