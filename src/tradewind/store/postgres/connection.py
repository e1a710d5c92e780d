"""One connection: psycopg's, set up for us, behind `sql.port.Connection`."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Sequence
from contextlib import contextmanager
from typing import Any

import psycopg
from psycopg import Cursor, Pipeline, RawCursor, conninfo
from psycopg.types.numeric import Int8Dumper
from psycopg.types.string import StrDumper

from tradewind.model.database_url import for_driver
from tradewind.store.postgres.dialect import translated

CONNECT_TIMEOUT_SECONDS = 5
LOCK_TIMEOUT_SECONDS = 30
IDLE_IN_TRANSACTION_SECONDS = 10
"""A process that is paused inside a transaction gives back its locks after this; others may have to take over."""
DEFAULTS: dict[str, Any] = {
    "connect_timeout": CONNECT_TIMEOUT_SECONDS,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 20_000,
    "application_name": "tradewind",
}
SETTINGS = f"""
SET lock_timeout = '{LOCK_TIMEOUT_SECONDS}s';
SET idle_in_transaction_session_timeout = '{IDLE_IN_TRANSACTION_SECONDS}s';
SET client_min_messages = 'warning'"""


class PostgresCursor(RawCursor[Any]):
    """Whoever asks for the count of rows has the answers to what was sent ahead fetched first, as `fetchone` does."""

    ahead: Callable[[], None] | None = None

    @property
    def rowcount(self) -> int:
        if super().rowcount < 0 and self.ahead is not None:
            self.ahead()
        return super().rowcount


class PostgresConnection:
    """Statements are sent as the server knows them, each prepared once it has been used a few times."""

    def __init__(self, url: str) -> None:
        """Raises psycopg.Error."""
        given = conninfo.conninfo_to_dict(for_driver(url))
        missing = {name: value for name, value in DEFAULTS.items() if name not in given}
        self.raw = psycopg.connect(for_driver(url), autocommit=True, prepare_threshold=2, **missing)
        self.raw.adapters.register_dumper(str, StrDumper)  # always text and always bigint: one plan for a statement
        self.raw.adapters.register_dumper(int, Int8Dumper)
        self._pipeline: Pipeline | None = None
        self.say(SETTINGS)

    @property
    def is_closed(self) -> bool:
        return self.raw.closed or self.raw.broken

    def execute(self, sql: str, parameters: Sequence[Any] = (), /) -> PostgresCursor:
        cursor = PostgresCursor(self.raw)
        cursor.ahead = self.sync
        try:
            return cursor.execute(translated(sql), parameters or None, binary=True)  # pyright: ignore
        except psycopg.DataError:
            if not (cleaned := _without_nulls(parameters)):
                raise
        return cursor.execute(translated(sql), cleaned, binary=True)  # pyright: ignore

    @contextmanager
    def pipeline(self) -> Generator[None]:
        with self.raw.pipeline() as self._pipeline:
            yield
        self._pipeline = None

    def sync(self) -> None:
        if self._pipeline is not None:
            self._pipeline.sync()

    def say(self, sql: str) -> Cursor[Any]:
        """As it is: several statements at once, or what our own dialect has no words for."""
        return self.raw.execute(sql.encode())

    def executemany(self, sql: str, parameters: Iterable[Sequence[Any]], /) -> RawCursor[Any]:
        rows = list(parameters)
        cursor = RawCursor(self.raw)
        if len(rows) == 1:
            return self.execute(sql, rows[0])
        if rows:
            try:
                cursor.executemany(translated(sql), rows)  # pyright: ignore
            except psycopg.DataError:
                cursor.executemany(translated(sql), [_without_nulls(row) or row for row in rows])  # pyright: ignore
        return cursor

    def close(self) -> None:
        self.raw.close()


def _without_nulls(parameters: Sequence[Any]) -> list[Any] | None:
    """PostgreSQL keeps no null characters in a text; a traceback may have some. None where there is none."""
    found = [value.replace("\0", "\\0") if isinstance(value, str) else value for value in parameters]
    return found if any(a is not b and a != b for a, b in zip(found, parameters, strict=True)) else None
