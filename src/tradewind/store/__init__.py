"""The metadata database, the truth about runs. `open_store` finds the back end for a URL; `base` is the contract."""

from __future__ import annotations

from pathlib import Path

from tradewind.model.database_url import is_postgres
from tradewind.model.errors import ConfigurationError
from tradewind.store.base import Store
from tradewind.store.sqlite.store import SqliteStore

SQLITE = "sqlite:///"


def open_store(url: str, *, home: Path, default_pool_slots: int = 128) -> Store:
    """A store for this thread; the database is made or migrated where need be. `home` holds the key of secrets.

    Raises ConfigurationError for a URL of another kind, HomeError where the database cannot be used."""
    if is_postgres(url):
        return _open_postgres(url, home, default_pool_slots)
    if not url.startswith(SQLITE):
        raise ConfigurationError(
            f"database_url {url!r} is not supported",
            hint=f"use {SQLITE}/path/to/file.db, postgresql://user@host/database, or leave it out",
        )
    return SqliteStore(Path(url.removeprefix(SQLITE)), home, default_pool_slots=default_pool_slots)


def _open_postgres(url: str, home: Path, default_pool_slots: int) -> Store:
    try:
        from tradewind.store.postgres.store import PostgresStore  # psycopg is an extra, and takes 60 ms
    except ImportError as error:
        raise ConfigurationError(
            "database_url names a PostgreSQL database, but psycopg is not installed",
            hint="pip install 'tradewind[postgres]'",
        ) from error
    return PostgresStore(url, home, default_pool_slots=default_pool_slots)
