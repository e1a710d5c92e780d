"""Notes that people write on task instances."""

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
CREATE TABLE task_note (
    run INTEGER NOT NULL,
    task_id TEXT NOT NULL,
    map_path TEXT NOT NULL,
    note TEXT NOT NULL,
    who TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (run, task_id, map_path),
    FOREIGN KEY (run) REFERENCES run (id) ON DELETE CASCADE
) WITHOUT ROWID""")


def downgrade() -> None:
    op.execute("DROP TABLE task_note")
