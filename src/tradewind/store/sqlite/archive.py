"""What an export needs of SQLite."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from tradewind.store.sql.archive import SqlArchive
from tradewind.store.sql.port import Connection


class SqliteArchive(SqlArchive):
    def _stream(self, connection: Connection, query: str) -> Iterator[Sequence[Any]]:
        return iter(connection.execute(query))

    def _serials(self, connection: Connection) -> dict[str, int]:
        return dict(connection.execute("SELECT name, seq FROM sqlite_sequence").fetchall())

    def _set_serials(self, connection: Connection, serials: Mapping[str, int]) -> None:
        """Tables without AUTOINCREMENT have none."""
        known = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE sql LIKE '%AUTOINC%'")}
        for table in known & set(serials):
            connection.execute("DELETE FROM sqlite_sequence WHERE name = ?", (table,))
            connection.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", (table, serials[table]))
