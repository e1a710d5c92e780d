"""Indexes for lists over all runs and task instances: what people sort by, and states other than success.

Partial where they can be: most rows are of tasks that succeeded, and an index of those would be written for nothing."""

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

INDEXES = (
    "run_after ON run (run_after)",
    "run_logical ON run (logical_date)",
    "task_instance_started ON task_instance (started_at) WHERE started_at IS NOT NULL",
    "task_instance_ended ON task_instance (ended_at) WHERE ended_at IS NOT NULL",
    "task_instance_unsettled ON task_instance (state, started_at) WHERE state != 'success'",
    "task_instance_task ON task_instance (task_id)",
)


def upgrade() -> None:
    for index in INDEXES:
        op.execute(f"CREATE INDEX {index}")


def downgrade() -> None:
    for index in INDEXES:
        op.execute(f"DROP INDEX {index.split()[0]}")
