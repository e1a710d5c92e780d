"""The PostgreSQL store."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

from tradewind.model.changes import Change
from tradewind.model.ids import RunKey
from tradewind.store.base import Store
from tradewind.store.postgres.archive import PostgresArchive
from tradewind.store.postgres.database import PostgresDatabase
from tradewind.store.postgres.errors import OutcomeUnknownError
from tradewind.store.postgres.processes import ServicesOfManyMachines
from tradewind.store.postgres.retrying import public_methods, repeating
from tradewind.store.sql.store import SqlStore

_NOT_ONE_TRANSACTION = frozenset({"close", "now", "listen", "ring", "picking", "export_all", "import_all"})


@repeating(*public_methods(Store, but=_NOT_ONE_TRANSACTION))
class PostgresStore(ServicesOfManyMachines, PostgresArchive, SqlStore):
    """See `store.base.Store`."""

    def __init__(self, url: str, home: Path, *, default_pool_slots: int = 128) -> None:
        self._is_inside = False
        self._unsettled: tuple[str, list[Change]] | None = None
        """A commit whose outcome nobody knows yet: its transaction, and what it wrote."""
        PostgresDatabase.__init__(self, url)
        SqlStore.__init__(self, home, default_pool_slots=default_pool_slots)

    def commit(
        self, changes: Sequence[Change], *, who: str, now: datetime, epochs: Mapping[RunKey, int] | None = None
    ) -> None:
        if self._was_committed(changes):
            return
        try:
            super().commit(changes, who=who, now=now, epochs=epochs)
        except OutcomeUnknownError as error:
            self._unsettled = (error.transaction, list(changes))
            raise

    def _was_committed(self, changes: Sequence[Change]) -> bool:
        """The same batch comes again, after the server could not say what became of it."""
        if self._unsettled is None:
            return False
        number, earlier = self._unsettled
        if earlier != list(changes):
            return False
        was_committed = self._settled(number)
        self._unsettled = None
        return was_committed
