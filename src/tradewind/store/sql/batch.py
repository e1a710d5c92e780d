"""One transaction's worth of changes: what every kind of change needs in order to be written."""

from __future__ import annotations

from datetime import datetime
from typing import Any, TypeAlias

from tradewind.model.ids import RunKey
from tradewind.store.errors import StaleStateError
from tradewind.store.sql.coding import to_micros
from tradewind.store.sql.port import Connection

Row: TypeAlias = tuple[Any, ...]

INSERT_HISTORY = """
INSERT INTO history (run, at, who, entity, task_id, map_path, try_id, old, new, why)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"""


class Batch:
    """Row ids are looked up anew for each batch, with the write lock held: another process may have deleted a run and
    made one of the same name since the last one."""

    def __init__(self, connection: Connection, *, who: str, now: datetime) -> None:
        self.execute = connection.execute
        self.executemany = connection.executemany
        self.now = to_micros(now)
        self._who = who
        self._runs: dict[RunKey, int] = {}
        self._history: list[Row] = []

    def run(self, key: RunKey) -> int:
        """Row id. Raises StaleStateError where the run is not there any more."""
        found = self._runs.get(key)
        if found is None:
            query = "SELECT id FROM run WHERE dag_id = ? AND run_id = ?"
            row = self.execute(query, (key.dag_id, key.run_id)).fetchone()
            if row is None:
                raise StaleStateError(
                    f"there is no run {key.run_id!r} of DAG {key.dag_id!r} any more", hint="somebody has deleted it"
                )
            found = self._runs[key] = row[0]
        return found

    def created(self, key: RunKey, row_id: int) -> None:
        self._runs[key] = row_id

    def remember(
        self,
        run: int,
        entity: str,
        old: str | None,
        new: str | None,
        why: str,
        *,
        task_id: str | None = None,
        path: str | None = None,
        try_id: str | None = None,
    ) -> None:
        """A row of the history."""
        self._history.append((run, self.now, self._who, entity, task_id, path, try_id, old, new, why))

    def write_history(self) -> None:
        self.executemany(INSERT_HISTORY, self._history)


def stale(what: str, actual: str | None, old: str, new: str) -> StaleStateError:
    """`actual`: the state the row is in; None where there is no such row."""
    found = "does not exist" if actual is None else f"is {actual}, not {old}"
    return StaleStateError(
        f"{what} {found}, so that it cannot become {new}", hint="another process has changed it in the meantime"
    )
