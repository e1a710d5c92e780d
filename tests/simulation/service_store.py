"""The SQLite store as several schedulers would share PostgreSQL: leases alone say who lives, bells may go unheard."""

from __future__ import annotations

from collections.abc import Callable, Collection, Generator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from tests.simulation.chance import Chance
from tests.simulation.store import InterruptedStore
from tradewind.model.changes import Change, Noted, RunCreated
from tradewind.model.ids import RunKey
from tradewind.model.service import JobRecord, LiveElsewhere, Topic
from tradewind.store.sql import jobs
from tradewind.store.sql.port import Connection
from tradewind.store.sql.services import ServicesOverSql


class SimulatedListener:
    def __init__(self, topics: Collection[Topic]) -> None:
        self._topics = frozenset(topics)
        self.rung: set[Topic] = set()

    def fileno(self) -> int:
        return -1

    def heard(self) -> set[Topic]:
        heard, self.rung = self.rung, set()
        return heard & self._topics

    def close(self) -> None: ...

    def connect_anew(self) -> None:
        """It may have missed something."""
        self.rung = set(self._topics)


class Belfry:
    """All who listen."""

    def __init__(self, chance: Chance) -> None:
        self._chance = chance
        self.listeners: list[SimulatedListener] = []
        self.deaf: list[SimulatedListener] = []
        """Whose connection broke: they hear nothing until they connect anew."""

    def ring(self, topic: Topic) -> None:
        for listener in self.listeners:
            if self._chance.strikes("bell", 0.01) and listener not in self.deaf:
                self.deaf.append(listener)
            if listener not in self.deaf:
                listener.rung.add(topic)


class SharedStore(InterruptedStore):
    """`owner_id`: of the scheduler whose connection this is; "" where it is nobody's. Its commits are checked."""

    def __init__(
        self, file: Path, chance: Chance, clock: Callable[[], datetime], belfry: Belfry, owner_id: str = ""
    ) -> None:
        super().__init__(file, chance)
        self._clock = clock
        self._belfry = belfry
        self._owner_id = owner_id

    def now(self) -> datetime:
        return self._clock()

    def listen(self, topics: Collection[Topic]) -> SimulatedListener:  # type: ignore[override]
        made = SimulatedListener(topics)
        self._belfry.listeners.append(made)
        return made

    def ring(self, topic: Topic) -> None:
        self._belfry.ring(topic)

    def register_job(self, job: JobRecord) -> None:
        ServicesOverSql.register_job(self, job)

    def end_job(self, job_id: str, *, now: datetime) -> None:
        ServicesOverSql.end_job(self, job_id, now=now)

    def _beat(
        self, connection: Connection, job_id: str, at: datetime, lease_until: datetime, detail: dict[str, Any]
    ) -> bool:
        """As PostgreSQL's: too late is too late."""
        job = next((one for one in jobs.select(connection) if one.job_id == job_id), None)
        if job is None or job.lease_until < at:
            return False
        return super()._beat(connection, job_id, at, lease_until, detail)

    def _is_process_gone(self, owner_id: str, job: JobRecord | None) -> bool:
        return False

    @contextmanager
    def picking(self, owner_id: str) -> Generator[list[LiveElsewhere]]:
        with self._reading() as connection:
            found = jobs.live_elsewhere(connection, owner_id)
        yield found

    def commit(
        self, changes: Sequence[Change], *, who: str, now: datetime, epochs: Mapping[RunKey, int] | None = None
    ) -> None:
        super().commit(changes, who=who, now=now, epochs=epochs)
        if not self._owner_id:
            return
        created = {change.run for change in changes if isinstance(change, RunCreated)}
        for change in changes:
            run = getattr(change, "run", None)
            if run is None or run in created or isinstance(change, Noted):
                continue
            owner = self.owner_of(run)
            assert owner is not None, f"{run} is written by {self._owner_id}, and owned by nobody"
            assert owner.owner_id == self._owner_id, f"{run} is {owner.owner_id}'s, and {self._owner_id} writes"
