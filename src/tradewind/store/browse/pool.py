"""Connections that only read, shared by the threads of a process."""

from __future__ import annotations

import sqlite3
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError, TimeoutError
from sqlalchemy.pool import QueuePool

from tradewind.model.database_url import for_sqlalchemy, is_postgres, without_password
from tradewind.store.errors import StoreError
from tradewind.store.sqlite.connection import readable_errors

STATEMENT_TIMEOUT_SECONDS = 20
BUSY_TIMEOUT_SECONDS = 10
WAIT_SECONDS = 20
"""For a connection, where all are in use."""
PAGE_CACHE_KIBIBYTES = 16 * 1024
MAPPED_BYTES = 1 << 30
_SQLITE = "sqlite:///"


class ReadPool:
    def __init__(self, url: str, connections: int) -> None:
        self._url = url
        make = _postgres if is_postgres(url) else _sqlite
        self._engine: Engine = make(url, pool_size=connections, max_overflow=0, pool_timeout=WAIT_SECONDS)

    @property
    def is_postgres(self) -> bool:
        return self._engine.dialect.name == "postgresql"

    @contextmanager
    def connection(self) -> Generator[Connection]:
        """Raises StoreError where the database cannot be read."""
        try:
            with self._engine.connect() as connection:
                yield connection
        except DBAPIError as error:
            raise self._explained(error) from error
        except TimeoutError as error:
            text = f"no connection to read {without_password(self._url)} came free"
            raise StoreError(text, hint="fewer at once, or look for slow questions", may_pass=True) from error

    def close(self) -> None:
        self._engine.dispose()

    def _explained(self, error: DBAPIError) -> Exception:
        found = error.orig
        if isinstance(found, sqlite3.Error):
            try:
                with readable_errors(Path(self._url.removeprefix(_SQLITE))):
                    raise found
            except Exception as story:
                return story
        from tradewind.store.postgres.errors import explained  # psycopg is an extra

        return explained(found, without_password(self._url), is_closed=error.connection_invalidated)  # pyright: ignore


def _sqlite(url: str, **pool: Any) -> Engine:
    """`mode=rw`, since a file in WAL mode that nobody has open cannot be opened by one who may not write."""
    file = url.removeprefix(_SQLITE)

    def connect() -> sqlite3.Connection:
        uri = f"{Path(file).absolute().as_uri()}?mode=rw"
        connection = sqlite3.connect(uri, uri=True, timeout=BUSY_TIMEOUT_SECONDS, check_same_thread=False)
        connection.isolation_level = None
        connection.execute("PRAGMA query_only = ON")
        connection.execute(f"PRAGMA cache_size = -{PAGE_CACHE_KIBIBYTES}")
        connection.execute(f"PRAGMA mmap_size = {MAPPED_BYTES}")
        connection.execute("PRAGMA temp_store = MEMORY")
        return connection

    return create_engine("sqlite+pysqlite://", creator=connect, poolclass=QueuePool, **pool)


def _postgres(url: str, **pool: Any) -> Engine:
    engine = create_engine(
        for_sqlalchemy(url),
        isolation_level="AUTOCOMMIT",
        pool_pre_ping=True,
        connect_args={"connect_timeout": 5, "application_name": "tradewind api", "prepare_threshold": 2},
        **pool,
    )

    @event.listens_for(engine, "connect")
    def _(raw: Any, __: Any) -> None:
        before, raw.autocommit = raw.autocommit, True
        raw.execute(f"SET statement_timeout = '{STATEMENT_TIMEOUT_SECONDS}s'")
        raw.execute("SET default_transaction_read_only = on")
        raw.execute("SET jit = off")  # compiling costs more than any of these statements
        raw.autocommit = before

    return engine
