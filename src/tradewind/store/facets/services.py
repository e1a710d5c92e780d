"""The service's processes: that they live, what they tell each other, and what they leave behind when they die."""

from __future__ import annotations

from collections.abc import Collection
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any, Protocol

from tradewind.model.ids import RunKey
from tradewind.model.records import OwnerRecord
from tradewind.model.service import AuditRecord, JobKind, JobRecord, LiveElsewhere, Topic


class Listener(Protocol):
    """Hears what other processes `ring`. For one thread."""

    def fileno(self) -> int:
        """Readable when somebody rang."""
        ...

    def heard(self) -> set[Topic]:
        """Never blocks. A listener that may have missed something (a lost connection) has heard all its topics."""
        ...

    def close(self) -> None: ...


class Services(Protocol):
    def now(self) -> datetime:
        """The store's clock: hosts may disagree about the time, and retries, leases and schedules go by one."""
        ...

    def listen(self, topics: Collection[Topic]) -> Listener: ...

    def ring(self, topic: Topic) -> None:
        """After what it is about was committed. Never fails: whoever did not hear looks again within a while."""
        ...

    def register_job(self, job: JobRecord) -> None:
        """Raises SchedulerRunningError where it is a scheduler, the store is for one only (SQLite), and another is
        alive."""
        ...

    def beat(self, job_id: str, *, now: datetime, lease_until: datetime, detail: dict[str, Any]) -> bool:
        """False where the lease had run out and others have taken over: what it holds is not its own any more."""
        ...

    def end_job(self, job_id: str, *, now: datetime) -> None: ...

    def jobs(self, *, kind: JobKind | None = None, only_alive: bool = False) -> list[JobRecord]:
        """Newest first. Alive: not ended, and its lease holds."""
        ...

    def abandoned_runs(self) -> list[tuple[RunKey, OwnerRecord | None]]:
        """Runs in RUNNING, and ended ones that are still claimed, whose owner's job has ended or whose lease has run
        out, or that have no owner. On SQLite an owner without a job (`tradewind run`) is asked for by its lock file."""
        ...

    def owner_is_alive(self, owner_id: str) -> bool:
        """May the process that claimed a run still be driving it? By its job, or on SQLite by its lock file."""
        ...

    @property
    def has_many_machines(self) -> bool:
        """Processes on other machines may use it: whoever drives a run needs a job with a lease. On SQLite a lock file
        tells more, and at once."""
        ...

    def picking(self, owner_id: str) -> AbstractContextManager[list[LiveElsewhere]]:
        """Hold this while choosing what starts and committing it: what others have live is then complete, and no two
        schedulers can give away the same slot. Cheap where there is nobody else."""
        ...

    def write_audit(self, record: AuditRecord) -> None: ...

    def audit(self, *, dag_id: str | None = None, limit: int = 100) -> list[AuditRecord]:
        """Newest first."""
        ...
