"""When a try's file was loaded, where it had to be, and when its own code had ended: the stages of its way."""

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

COLUMNS = ("imported_at", "executed_at")


def upgrade() -> None:
    for column in COLUMNS:
        op.execute(f"ALTER TABLE try ADD COLUMN {column} INTEGER")


def downgrade() -> None:
    for column in reversed(COLUMNS):
        op.execute(f"ALTER TABLE try DROP COLUMN {column}")
