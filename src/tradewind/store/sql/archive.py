"""Facet `Archive`: frames of msgpack, a header, the rows of one table after the other, and an end that counts them.

Tables come in an order in which each finds what it refers to. Row ids are kept, and the numbers that were given out.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from struct import Struct
from typing import Any, BinaryIO

import msgspec

from tradewind.store.errors import ArchiveError
from tradewind.store.facets.archive import Progress
from tradewind.store.sql.port import Connection, Database

FORMAT = 1
ROWS_AT_ONCE = 1_000
MADE_ALONG = frozenset({"stamp"})
"""Tables that may have rows in a database that nobody has used: those of the file take their place."""
_LENGTH = Struct(">I")


class SqlArchive(Database):
    """A part of `SqlStore`; see `store.facets.archive.Archive`."""

    @abstractmethod
    def _stream(self, connection: Connection, query: str) -> Iterator[Sequence[Any]]:
        """Rows of a large table, a few at a time."""

    @abstractmethod
    def _serials(self, connection: Connection) -> dict[str, int]:
        """Table → the last row id that was given out, where none is given out twice."""

    @abstractmethod
    def _set_serials(self, connection: Connection, serials: Mapping[str, int]) -> None: ...

    def export_all(self, into: BinaryIO, progress: Progress) -> Mapping[str, int]:
        counts: dict[str, int] = {}
        _write(into, {"tradewind": "export", "format": FORMAT, "revision": self.revision()})
        with self._reading_at_once() as connection:
            for table, columns in _tables().items():
                _write(into, {"table": table, "columns": columns})
                counts[table] = 0
                rows = self._stream(connection, f"SELECT {_named(columns)} FROM {_quoted(table)}")
                while chunk := [tuple(row) for row in islice(rows, ROWS_AT_ONCE)]:
                    _write(into, {"rows": chunk})
                    counts[table] += len(chunk)
                    progress(table, counts[table])
            _write(into, {"end": counts, "serials": dict(sorted(self._serials(connection).items()))})
        return counts

    def import_all(self, source: BinaryIO, progress: Progress) -> Mapping[str, int]:
        frames = _frames(source)
        self._check_header(next(frames, dict[str, Any]()))
        counts: dict[str, int] = {}
        with self._writing() as connection:
            _check_empty(connection)
            insert, table = "", ""
            for frame in frames:
                if "table" in frame:
                    table, insert = frame["table"], _insert(frame["table"], frame["columns"])
                    counts[table] = 0
                elif "rows" in frame:
                    connection.executemany(insert, frame["rows"])
                    counts[table] += len(frame["rows"])
                    progress(table, counts[table])
                else:
                    _check_end(frame, counts)
                    self._set_serials(connection, frame["serials"])
                    return counts
            raise ArchiveError("the file ends in the middle", hint="export it again; nothing was imported")

    def _check_header(self, header: dict[str, Any]) -> None:
        if header.get("tradewind") != "export" or header.get("format") != FORMAT:
            raise ArchiveError("the file is no export of Tradewind's", hint="make one with `tradewind db export FILE`")
        if header["revision"] != self.revision():
            raise ArchiveError(
                f"the file is of revision {header['revision']}, this database of {self.revision()}",
                hint="export and import with the same version of Tradewind",
            )


def _tables() -> dict[str, list[str]]:
    """Table → columns, in an order in which they may be filled."""
    from tradewind.store.schema import metadata  # SQLAlchemy costs 0.3 s: only here

    return {str(table.name): [str(column.name) for column in table.columns] for table in metadata.sorted_tables}


def _check_empty(connection: Connection) -> None:
    for table in _tables():
        if table in MADE_ALONG:
            connection.execute(f"DELETE FROM {_quoted(table)}")
        elif connection.execute(f"SELECT 1 FROM {_quoted(table)} LIMIT 1").fetchone():
            raise ArchiveError(
                f"the database is not empty: there are rows in {table}",
                hint="import into a new one, or empty it first: `tradewind db reset`",
            )


def _check_end(frame: dict[str, Any], counts: Mapping[str, int]) -> None:
    if frame.get("end") != counts:
        raise ArchiveError("the file does not hold what it says", hint="export it again; nothing was imported")


def _insert(table: str, columns: Sequence[str]) -> str:
    known = _tables()
    if table not in known or set(columns) != set(known[table]):
        raise ArchiveError(f"the file has a table {table!r} that is not known here", hint="was it changed by hand?")
    return f"INSERT INTO {_quoted(table)} ({_named(columns)}) VALUES ({', '.join('?' * len(columns))})"


def _named(columns: Iterable[str]) -> str:
    return ", ".join(_quoted(column) for column in columns)


def _quoted(name: str) -> str:
    return f'"{name}"'


def _write(into: BinaryIO, frame: dict[str, Any]) -> None:
    body = msgspec.msgpack.encode(frame)
    into.write(_LENGTH.pack(len(body)) + body)


def _frames(source: BinaryIO) -> Iterator[dict[str, Any]]:
    while len(head := source.read(_LENGTH.size)) == _LENGTH.size:
        body = source.read(_LENGTH.unpack(head)[0])
        try:
            frame = msgspec.msgpack.decode(body, type=dict[str, Any])
        except msgspec.MsgspecError:
            return
        yield frame
