"""Alembic's entry point: upgrades the database that `store.migrate` names, as one transaction.

Foreign keys stay off here (SQLite's default for a new connection): a batch operation drops and re-creates a table, and
with them on all rows that hang on it would be deleted along.
"""

from typing import Any

from alembic import context
from sqlalchemy import create_engine, event

engine = create_engine(context.config.get_main_option("sqlalchemy.url") or "", connect_args={"timeout": 30.0})


@event.listens_for(engine, "connect")
def _leave_transactions_to_us(raw: Any, _: Any) -> None:
    """The driver commits before DDL otherwise, and a revision that fails would leave half of itself behind."""
    raw.isolation_level = None


@event.listens_for(engine, "begin")
def _begin(connection: Any) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


with engine.connect() as connection:
    context.configure(connection=connection, render_as_batch=True, transactional_ddl=True)
    with context.begin_transaction():
        context.run_migrations()
