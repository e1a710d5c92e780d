"""Making the tables at first use, bringing older ones to head, and looking for rows that hang in the air.

The same script as for SQLite, in PostgreSQL's words: neither SQLAlchemy nor Alembic is imported to open a database.
"""

from __future__ import annotations

from importlib import resources

import psycopg

from tradewind.model.database_url import without_password
from tradewind.store.errors import StoreError
from tradewind.store.postgres.connection import PostgresConnection
from tradewind.store.postgres.dialect import SCHEMA_LOCK, definition
from tradewind.store.sqlite.connection import HEAD, statements

SELECT_REFERENCES = """
SELECT conrelid::regclass::text, a.attname, confrelid::regclass::text, b.attname FROM pg_constraint c
JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
JOIN pg_attribute b ON b.attrelid = c.confrelid AND b.attnum = c.confkey[1]
WHERE c.contype = 'f' AND c.connamespace = current_schema()::regnamespace ORDER BY 1, 2"""


def bring_to_head(connection: PostgresConnection, url: str) -> None:
    """Raises StoreError: a newer version's, or somebody else's tables."""
    if (revision := revision_of(connection)) == HEAD:
        return
    if revision is None:
        _create(connection, url)
        return
    from tradewind.store.migrate import is_newer, migrate_postgres  # Alembic costs 0.6 s: only where there is work

    if is_newer(revision):
        raise StoreError(
            f"{without_password(url)} was written by a newer version of Tradewind (revision {revision}, this one knows"
            f" {HEAD})",
            hint="upgrade Tradewind, or set database_url to another database",
        )
    migrate_postgres(url, from_revision=revision)


def revision_of(connection: PostgresConnection) -> str | None:
    try:
        row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    except psycopg.errors.UndefinedTable:
        return None
    return row[0] if row else None


def _create(connection: PostgresConnection, url: str) -> None:
    """Of several first opens one makes the tables, the others find them made."""
    with connection.raw.transaction():
        connection.say(f"SELECT pg_advisory_xact_lock({SCHEMA_LOCK})")
        if connection.say("SELECT to_regclass('alembic_version')").fetchone() != (None,):
            return
        if connection.say("SELECT 1 FROM pg_tables WHERE schemaname = current_schema()").fetchone():
            raise StoreError(
                f"{without_password(url)} has tables already, but not those of Tradewind",
                hint="set database_url to a database of its own",
            )
        script = resources.files("tradewind.store.sqlite").joinpath("schema.sql").read_text()
        for statement in statements(script):
            connection.say(definition(statement))
        connection.say("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)")
        connection.execute("INSERT INTO alembic_version VALUES (?)", (HEAD,))


def orphans(connection: PostgresConnection) -> list[str]:
    """Rows that refer to nothing: constraints forbid them, but a restored dump or a broken disk may have some."""
    found: list[str] = []
    for table, column, parent, key in connection.execute(SELECT_REFERENCES).fetchall():
        query = f"""
            SELECT count(*) FROM {table} c WHERE c.{column} IS NOT NULL
            AND NOT EXISTS (SELECT 1 FROM {parent} p WHERE p.{key} = c.{column})"""
        (count,) = connection.execute(query).fetchone() or (0,)
        if count:
            found.append(f"{count} row(s) of {table} without their {parent}")
    return found
