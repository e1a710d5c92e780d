"""Opening a database with a made-up history: SQLite in a file, PostgreSQL on a server of its own."""

from __future__ import annotations

import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg
from benchmarks.lists.history import Size, write

from tradewind.store import open_store
from tradewind.store.postgres.connection import PostgresConnection

ROOT = Path(__file__).resolve().parents[2]


@contextmanager
def filled(kind: str, size: Size) -> Iterator[str]:
    """`sqlite` or `postgres`; its URL."""
    with tempfile.TemporaryDirectory(prefix="tradewind-lists-") as folder, _database(kind, Path(folder)) as url:
        open_store(url, home=Path(folder)).close()
        (_fill_postgres if kind == "postgres" else _fill_sqlite)(url, size)
        yield url


@contextmanager
def _database(kind: str, folder: Path) -> Iterator[str]:
    if kind == "sqlite":
        yield f"sqlite:///{folder / 'tradewind.db'}"
        return
    sys.path.insert(0, str(ROOT))
    from tests.postgres import PostgresServer, embedded

    server = PostgresServer(embedded())
    server.settings |= {"shared_buffers": "256MB", "max_wal_size": "4GB"}
    server.start()
    try:
        yield server.url
    finally:
        server.remove()


def _fill_sqlite(url: str, size: Size) -> None:
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)) as connection:
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("PRAGMA cache_size = -400000")
        connection.execute("BEGIN")
        write(connection, size)
        connection.execute("COMMIT")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _fill_postgres(url: str, size: Size) -> None:
    with closing(PostgresConnection(url)) as connection:
        connection.say("BEGIN")
        write(connection, size)
        connection.say("COMMIT")
    with psycopg.connect(url, autocommit=True) as raw:
        raw.execute("VACUUM ANALYZE")  # as autovacuum has done by then
