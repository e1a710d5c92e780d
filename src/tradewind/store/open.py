"""The way in: a database URL becomes a store. The back end is imported here, when it is known which one it is."""

from __future__ import annotations

from pathlib import Path

from tradewind.model.errors import ConfigurationError
from tradewind.store.base import Store
from tradewind.store.sqlite.store import open_sqlite

SQLITE = "sqlite://"
DEFAULT_POOL_SLOTS = 128
LOCK_TIMEOUT_SECONDS = 10.0


def open_store(
    url: str,
    *,
    home: Path,
    default_pool_slots: int = DEFAULT_POOL_SLOTS,
    lock_timeout_seconds: float = LOCK_TIMEOUT_SECONDS,
) -> Store:
    """The store at `url` (`sqlite:///relative`, `sqlite:////absolute`, `sqlite://` in memory). Home and database are
    made where they are missing, an older database is migrated. `home` holds the key of the secrets.

    Raises HomeError where it cannot be used, ConfigurationError for a URL that is none of ours."""
    if not url.startswith(SQLITE):
        raise ConfigurationError(
            f"database_url {url!r}: this is not a database Tradewind knows",
            hint="use sqlite:////absolute/path/to/tradewind.db",
        )
    return open_sqlite(
        url.removeprefix(SQLITE).removeprefix("/"),
        home=home,
        default_pool_slots=default_pool_slots,
        lock_timeout_seconds=lock_timeout_seconds,
    )
