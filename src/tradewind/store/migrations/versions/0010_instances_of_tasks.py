"""The index of task instances by task has their whole key.

Of the task alone, PostgreSQL took it for the way to one instance of a mapped task, by the statistics of an empty table:
each change of state read all its siblings."""

from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("DROP INDEX task_instance_task")
    op.execute("CREATE INDEX task_instance_task ON task_instance (task_id, run, map_path)")


def downgrade() -> None:
    op.execute("DROP INDEX task_instance_task")
    op.execute("CREATE INDEX task_instance_task ON task_instance (task_id)")
