"""What a DAG file was made of when it was parsed, so that a restart parses only what has changed since."""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE dag_file ADD COLUMN made_of BLOB")


def downgrade() -> None:
    op.execute("ALTER TABLE dag_file DROP COLUMN made_of")
