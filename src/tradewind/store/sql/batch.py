"""One transaction's worth of changes: what every kind of change needs in order to be written."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, TypeAlias

import msgspec

from tradewind.model.ids import RunKey
from tradewind.store.errors import LostLeaseError, StaleStateError
from tradewind.store.sql.coding import to_micros
from tradewind.store.sql.port import Connection, Cursor, Pipelining

Row: TypeAlias = tuple[Any, ...]

SELECT_RUN = "SELECT id, epoch FROM run WHERE dag_id = ? AND run_id = ? /* lock */"
INSERT_HISTORY = """
INSERT INTO history (run, at, who, entity, task_id, map_path, try_id, old, new, why)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"""
INSERT_HISTORY_AT_ONCE = """
INSERT INTO history (run, at, who, entity, task_id, map_path, try_id, old, new, why)
SELECT run, at, who, entity, task_id, map_path, try_id, old, new, why
FROM json_to_recordset(CAST(? AS json)) AS rows (
  run BIGINT, at BIGINT, who TEXT, entity TEXT, task_id TEXT, map_path TEXT, try_id TEXT, old TEXT, new TEXT,
  why TEXT)"""
"""Where statements go to a server, each costs something, and half of a commit's are rows of the history."""


class Batch:
    """Row ids are looked up anew for each batch, with the write lock held: another process may have deleted a run and
    made one of the same name since the last one. `epochs`: the claims that the writer believes to hold."""

    def __init__(
        self, connection: Connection, *, who: str, now: datetime, epochs: Mapping[RunKey, int] | None = None
    ) -> None:
        self._pipeline = connection if isinstance(connection, Pipelining) else None
        self._unchecked: list[tuple[Cursor, Callable[[Cursor], None]]] = []
        self.execute = connection.execute
        self.executemany = connection.executemany
        self.now = to_micros(now)
        self.who = who
        self._epochs = epochs or {}
        self._runs: dict[RunKey, int] = {}
        self._history: list[Row] = []

    def run(self, key: RunKey) -> int:
        """Row id. Raises StaleStateError where the run is not there any more, LostLeaseError where it has been claimed
        by another. The row stays locked until the commit, so that a claim waits for it and then sees all of it."""
        found = self._runs.get(key)
        if found is None:
            row = self.execute(SELECT_RUN, (key.dag_id, key.run_id)).fetchone()
            if row is None:
                raise StaleStateError(
                    f"there is no run {key.run_id!r} of DAG {key.dag_id!r} any more", hint="somebody has deleted it"
                )
            if (epoch := self._epochs.get(key)) is not None and epoch != row[1]:
                raise lost(key, epoch, row[1])
            found = self._runs[key] = row[0]
        return found

    def created(self, key: RunKey, row_id: int) -> None:
        self._runs[key] = row_id

    def write(self, sql: str, values: Row, check: Callable[[Cursor], None]) -> None:
        """`check` looks at what the statement did, and raises where that was not what was expected: at once, or where
        statements are sent ahead, before the batch ends. Its place in the history is to be taken before."""
        cursor = self.execute(sql, values)
        if self._pipeline is None:
            check(cursor)
        else:
            self._unchecked.append((cursor, check))

    def place(self) -> Callable[[Row], None]:
        """A place in the history, to be filled by a check."""
        index = len(self._history)
        self._history.append(())
        return lambda row: self._history.__setitem__(index, row)

    def history_row(
        self, run: int, entity: str, old: str | None, new: str | None, why: str, task_id: str, path: str, try_id: str
    ) -> Row:
        return (run, self.now, self.who, entity, task_id, path, try_id, old, new, why)

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
        self._history.append((run, self.now, self.who, entity, task_id, path, try_id, old, new, why))

    def end(self) -> None:
        """Write the history. Claims are looked at of runs, too, of which only tries were written: those name no run."""
        for key in self._epochs:
            self.run(key)
        if self._pipeline is not None:
            self._pipeline.sync()
            for cursor, check in self._unchecked:
                check(cursor)
        if self._pipeline is not None and len(self._history) > 1:
            self.execute(INSERT_HISTORY_AT_ONCE, (_as_records(self._history),))
        else:
            self.executemany(INSERT_HISTORY, self._history)


_NAMES = ("run", "at", "who", "entity", "task_id", "map_path", "try_id", "old", "new", "why")


def _as_records(rows: list[Row]) -> str:
    """As JSON. A server keeps no null characters in a text."""
    found = msgspec.json.encode([dict(zip(_NAMES, row, strict=True)) for row in rows])
    if b"\\u0000" in found:
        cleaned = [tuple(x.replace("\0", "\\0") if isinstance(x, str) else x for x in row) for row in rows]
        found = msgspec.json.encode([dict(zip(_NAMES, row, strict=True)) for row in cleaned])
    return found.decode()


def lost(key: RunKey, epoch: int, found: int) -> LostLeaseError:
    return LostLeaseError(
        f"run {key.run_id!r} of DAG {key.dag_id!r} has been taken over by another process (claim {found}, ours was"
        f" {epoch})",
        hint="this process was taken for dead: it stops its tries of the run and writes nothing more of it",
    )


def stale(what: str, actual: str | None, old: str, new: str) -> StaleStateError:
    """`actual`: the state the row is in; None where there is no such row."""
    found = "does not exist" if actual is None else f"is {actual}, not {old}"
    return StaleStateError(
        f"{what} {found}, so that it cannot become {new}", hint="another process has changed it in the meantime"
    )
