"""One connection to the database file, and the two ways to use it: a read, or a transaction that writes."""

from __future__ import annotations

import sqlite3
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from tradewind.store.sqlite.connection import open_database, readable_errors


class Database:
    def __init__(self, file: Path) -> None:
        self.file = file
        self._connection = open_database(file)

    def close(self) -> None:
        self._connection.close()

    @contextmanager
    def _writing(self) -> Generator[sqlite3.Connection]:
        """All or nothing. The lock is taken at the start: what is read inside stays true until the commit."""
        with readable_errors(self.file):
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise

    @contextmanager
    def _reading(self) -> Generator[sqlite3.Connection]:
        with readable_errors(self.file):
            yield self._connection

    @contextmanager
    def _reading_at_once(self) -> Generator[sqlite3.Connection]:
        """One consistent view over several selects."""
        with readable_errors(self.file):
            self._connection.execute("BEGIN")
            try:
                yield self._connection
            finally:
                if self._connection.in_transaction:
                    self._connection.execute("COMMIT")
