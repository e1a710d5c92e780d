"""One connection to the database file, and the two ways to use it: a read, or a transaction that writes."""

from __future__ import annotations

import sqlite3
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from tradewind.store.sql.port import Database
from tradewind.store.sqlite.connection import HEAD, open_database, readable_errors, revision_of


class SqliteDatabase(Database):
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

    def revision(self) -> str:
        return revision_of(self._connection) or ""

    def _damage(self) -> list[str]:
        with self._reading() as connection:
            found = [row[0] for row in connection.execute("PRAGMA integrity_check")]
            return [*self._other_revision(), *_orphans(connection)] if found == ["ok"] else found

    def _other_revision(self) -> list[str]:
        found = self.revision()
        return [] if found == HEAD else [f"its revision is {found}, but this version of Tradewind works with {HEAD}"]


def _orphans(connection: sqlite3.Connection) -> list[str]:
    """`PRAGMA foreign_key_check` yields a row (table, row id, parent, …) for each that refers to nothing."""
    counts: dict[tuple[str, str], int] = {}
    for table, _, parent, _ in connection.execute("PRAGMA foreign_key_check"):
        counts[table, parent] = counts.get((table, parent), 0) + 1
    return [f"{count} row(s) of {table} without their {parent}" for (table, parent), count in sorted(counts.items())]
