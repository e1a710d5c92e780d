"""An index for lists of task instances by duration: the longest first."""

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        "CREATE INDEX task_instance_duration ON task_instance ((ended_at - started_at)) WHERE ended_at IS NOT NULL"
    )


def downgrade() -> None:
    op.execute("DROP INDEX task_instance_duration")
