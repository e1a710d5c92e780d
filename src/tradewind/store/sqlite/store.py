"""The SQLite store: one connection in WAL mode."""

from __future__ import annotations

from pathlib import Path

from tradewind.store.sql.store import SqlStore
from tradewind.store.sqlite.archive import SqliteArchive
from tradewind.store.sqlite.database import SqliteDatabase
from tradewind.store.sqlite.processes import ServicesOfOneMachine


class SqliteStore(SqliteDatabase, ServicesOfOneMachine, SqliteArchive, SqlStore):
    """See `store.base.Store`."""

    def __init__(self, file: Path, home: Path, *, default_pool_slots: int = 128) -> None:
        SqliteDatabase.__init__(self, file)
        ServicesOfOneMachine.__init__(self, home)
        SqlStore.__init__(self, home, default_pool_slots=default_pool_slots)

    def close(self) -> None:
        self._leave()
        super().close()
