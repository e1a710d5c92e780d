"""The first schema. Later revisions spell out what they change; this one is what a new home starts with."""

from importlib import resources

from alembic import op

from tradewind.store.schema import metadata

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    connection = op.get_bind()
    if connection.dialect.name == "sqlite":
        script = resources.files("tradewind.store.sqlite").joinpath("schema.sql").read_text()
        lines = [line for line in script.splitlines() if not line.startswith("--")]
        for statement in "\n".join(lines).split(";"):
            if statement.strip():
                op.execute(statement)
    else:
        metadata.create_all(connection)
