"""The real SQLite store, interrupted: killed before, in the middle of, or after a commit; out of disk; gone stale."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from tests.simulation.chance import Chance, Crash
from tradewind.model.changes import Change
from tradewind.model.ids import RunKey
from tradewind.store.errors import StaleStateError
from tradewind.store.sqlite.store import SqliteStore

CRASH = 0.006


class InterruptedStore(SqliteStore):
    def __init__(self, file: Path, chance: Chance) -> None:
        super().__init__(file, file.parent)
        self._connection.execute("PRAGMA synchronous = OFF")  # no power cut in here
        self._chance = chance
        self._failures_left = 0
        self.refuses: RunKey | None = None
        """A run whose next changes are refused as stale."""

    def commit(
        self, changes: Sequence[Change], *, who: str, now: datetime, epochs: Mapping[RunKey, int] | None = None
    ) -> None:
        if not changes:
            return
        self.crash_perhaps()
        runs = {change.run for change in changes if hasattr(change, "run")}
        if self.refuses in runs:
            self.refuses = None if len(runs) == 1 else self.refuses
            raise StaleStateError("somebody else moved it")
        if self._chance.strikes("crash", CRASH):
            changes = Cut(changes, self._chance.rng.randrange(len(changes)), Crash())
        elif self._failures_left or self._chance.strikes("database", 0.01):
            self._failures_left = self._failures_left or self._chance.pick([1, 1, 2, 3, 20])
            self._failures_left -= 1
            changes = Cut(changes, self._chance.rng.randrange(len(changes)), disk_full())
        super().commit(changes, who=who, now=now, epochs=epochs)
        self.crash_perhaps()

    def claim_run(self, key: RunKey, **owner: Any) -> int:
        self.crash_perhaps()
        return super().claim_run(key, **owner)

    def release_run(self, key: RunKey, *, owner_id: str) -> bool:
        self.crash_perhaps()
        return super().release_run(key, owner_id=owner_id)

    def crash_perhaps(self) -> None:
        if self._chance.strikes("crash", CRASH):
            raise Crash


class Cut(list[Change]):
    """Changes of which only the first so many can be read."""

    def __init__(self, changes: Sequence[Change], after: int, error: BaseException) -> None:
        super().__init__(changes)
        self._after = after
        self._error = error

    def __iter__(self) -> Iterator[Change]:
        yield from self[: self._after]
        raise self._error


def disk_full() -> sqlite3.OperationalError:
    error = sqlite3.OperationalError("database or disk is full")
    error.sqlite_errorcode = sqlite3.SQLITE_FULL
    return error
