"""The journal of the machine-learning features, and successes that may be used again."""

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

TABLES = (
    """
CREATE TABLE journal (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    run INTEGER,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    dag_id TEXT NOT NULL,
    run_id TEXT NOT NULL,
    task_id TEXT NOT NULL,
    map_path TEXT NOT NULL,
    try_id TEXT NOT NULL,
    who TEXT NOT NULL,
    at INTEGER NOT NULL,
    body BLOB NOT NULL,
    FOREIGN KEY (run) REFERENCES run (id) ON DELETE CASCADE
)""",
    "CREATE INDEX journal_name ON journal (kind, name, id)",
    "CREATE INDEX journal_of_run ON journal (dag_id, run_id, kind, id)",
    "CREATE INDEX journal_run ON journal (run) WHERE run IS NOT NULL",
    """
CREATE TABLE cached (
    key TEXT PRIMARY KEY,
    dag_id TEXT NOT NULL,
    task_id TEXT NOT NULL,
    run_id TEXT NOT NULL,
    try_id TEXT NOT NULL,
    at INTEGER NOT NULL,
    seconds REAL NOT NULL,
    parts BLOB NOT NULL,
    made BLOB NOT NULL
) WITHOUT ROWID""",
    "CREATE INDEX cached_task ON cached (dag_id, task_id, at)",
)


def upgrade() -> None:
    for statement in TABLES:
        op.execute(statement)


def downgrade() -> None:
    op.execute("DROP TABLE cached")
    op.execute("DROP TABLE journal")
