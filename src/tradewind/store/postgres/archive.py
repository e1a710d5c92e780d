"""What an export needs of PostgreSQL: a cursor on the server, and the sequences behind row ids."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from tradewind.store.sql.archive import ROWS_AT_ONCE, SqlArchive
from tradewind.store.sql.port import Connection

SELECT_SERIALS = """
SELECT c.table_name, pg_get_serial_sequence(quote_ident(c.table_name), c.column_name) FROM information_schema.columns c
WHERE c.table_schema = current_schema() AND c.column_name = 'id' AND c.column_default LIKE 'nextval%'"""


class PostgresArchive(SqlArchive):
    def _stream(self, connection: Connection, query: str) -> Iterator[Sequence[Any]]:
        connection.execute(f"DECLARE export NO SCROLL CURSOR FOR {query}")
        while rows := connection.execute(f"FETCH {ROWS_AT_ONCE} FROM export").fetchall():
            yield from rows
        connection.execute("CLOSE export")

    def _serials(self, connection: Connection) -> dict[str, int]:
        found: dict[str, int] = {}
        for table, sequence in connection.execute(SELECT_SERIALS).fetchall():
            last, is_called = connection.execute(f"SELECT last_value, is_called FROM {sequence}").fetchone()
            if is_called:
                found[table] = last
        return found

    def _set_serials(self, connection: Connection, serials: Mapping[str, int]) -> None:
        for table, sequence in connection.execute(SELECT_SERIALS).fetchall():
            (most,) = connection.execute(f'SELECT coalesce(max(id), 0) FROM "{table}"').fetchone()
            last = max(most, serials.get(table, 0))
            if last:
                connection.execute("SELECT setval(CAST(? AS regclass), ?)", (sequence, last))
