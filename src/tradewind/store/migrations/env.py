"""Alembic's entry point: changes the database that `store.migrate` names, as one transaction. Revisions are written as
SQLite knows them, and said to PostgreSQL in its own words (`store.postgres.dialect`).

Foreign keys stay off on SQLite (its default for a new connection): a batch operation drops and re-creates a table, and
with them on all rows that hang on it would be deleted along.
"""

from typing import Any

from alembic import context
from sqlalchemy import create_engine, event, text
from sqlalchemy.engine import make_url

from tradewind.store.postgres.dialect import SCHEMA_LOCK, definition

url = make_url(context.config.get_main_option("sqlalchemy.url") or "")
is_sqlite = url.get_backend_name() == "sqlite"
engine = create_engine(url, connect_args={"timeout": 30.0} if is_sqlite else {"connect_timeout": 30})


@event.listens_for(engine, "connect")
def _leave_transactions_to_us(raw: Any, _: Any) -> None:
    """SQLite's driver commits before DDL otherwise, and a revision that fails would leave half of itself behind."""
    if is_sqlite:
        raw.isolation_level = None


@event.listens_for(engine, "begin")
def _begin(connection: Any) -> None:
    if is_sqlite:
        connection.exec_driver_sql("BEGIN IMMEDIATE")


@event.listens_for(engine, "before_cursor_execute", retval=True)
def _in_its_words(_: Any, __: Any, statement: str, parameters: Any, *___: Any) -> tuple[str, Any]:
    return (statement if is_sqlite else definition(statement)), parameters


def _run() -> None:
    with engine.connect() as connection:
        if not is_sqlite:
            connection.execute(text(f"SELECT pg_advisory_xact_lock({SCHEMA_LOCK})"))
        context.configure(connection=connection, render_as_batch=is_sqlite, transactional_ddl=True)
        expected = context.config.attributes.get("expected")
        if expected is None or context.get_context().get_current_revision() == expected:
            with context.begin_transaction():
                context.run_migrations()
        connection.commit()


_run()
