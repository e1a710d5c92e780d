"""Facet `Services` over any SQL driver; a back end adds its clock, its bells and its way to see that a process is gone.

Who is gone: a job that has ended, whose lease has run out, or whose process the back end knows to be dead. Leases alone
would be misleading after a pause of everybody (a laptop that slept, a database that was away for ten minutes): all have
run out then, and whoever looks first would take the runs of schedulers that are well and about to say so. So a process
believes in the leases of others only once its own has held without a break for as long as a lease lasts.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from msgspec.structs import replace

from tradewind.model.ids import RunKey
from tradewind.model.records import OwnerRecord
from tradewind.model.service import AuditRecord, JobKind, JobRecord
from tradewind.store.sql import audit_chain, jobs
from tradewind.store.sql.coding import to_micros
from tradewind.store.sql.port import Connection, Database


class ServicesOverSql(Database):
    """A part of `SqlStore`; see `store.facets.services.Services`."""

    _steady_since: datetime | None = None
    """Since when this process's lease has held; None where it has none."""
    _lease = timedelta(0)
    _lease_until: datetime | None = None

    @abstractmethod
    def now(self) -> datetime: ...

    @abstractmethod
    def _is_process_gone(self, owner_id: str, job: JobRecord | None) -> bool:
        """Known for sure, without asking its lease. Of an owner without a job this is all there is to ask."""

    # ------------------------------------------------------------------------------------ processes

    def register_job(self, job: JobRecord) -> None:
        now = self.now()
        self._lease = job.lease_until - job.heartbeat_at
        job = replace(job, heartbeat_at=now, lease_until=now + self._lease)
        with self._writing() as connection:
            jobs.insert(connection, job)
        self._steady_since, self._lease_until = now, job.lease_until

    def beat(self, job_id: str, *, now: datetime, lease_until: datetime, detail: dict[str, Any]) -> bool:
        """By the store's clock: of the instants given, what counts is how long the lease is to last."""
        at, self._lease = self.now(), lease_until - now
        with self._writing() as connection:
            is_ours = self._beat(connection, job_id, at, at + self._lease, detail)
        if self._lease_until is None or at > self._lease_until:
            self._steady_since = at
        self._lease_until = at + self._lease
        return is_ours

    def _beat(
        self, connection: Connection, job_id: str, at: datetime, lease_until: datetime, detail: dict[str, Any]
    ) -> bool:
        return jobs.beat(connection, job_id, to_micros(at) or 0, to_micros(lease_until) or 0, detail)

    def end_job(self, job_id: str, *, now: datetime) -> None:
        with self._writing() as connection:
            jobs.end(connection, job_id, to_micros(now) or 0)

    def jobs(self, *, kind: JobKind | None = None, only_alive: bool = False) -> list[JobRecord]:
        alive_at = to_micros(self.now()) if only_alive else None
        with self._reading() as connection:
            found = jobs.select(connection, kind, alive_at)
        return [job for job in found if not only_alive or not self._is_process_gone(job.job_id, job)]

    def abandoned_runs(self) -> list[tuple[RunKey, OwnerRecord | None]]:
        with self._reading_at_once() as connection:
            is_gone = self._judge(jobs.of_owners(connection))
            return jobs.abandoned(connection, is_gone)

    def owner_is_alive(self, owner_id: str) -> bool:
        with self._reading() as connection:
            job = jobs.one(connection, owner_id)
        return not self._judge({owner_id: job} if job is not None else {})(owner_id)

    def _judge(self, known: dict[str, JobRecord]) -> Callable[[str], bool]:
        now = self.now()
        trusts_leases = self._steady_since is None or now >= self._steady_since + self._lease

        @cache
        def is_gone(owner_id: str) -> bool:
            job = known.get(owner_id)
            if job is not None and (job.ended_at is not None or (trusts_leases and job.lease_until <= now)):
                return True
            return self._is_process_gone(owner_id, job)

        return is_gone

    # ------------------------------------------------------------------------------------ what people did

    def write_audit(self, record: AuditRecord) -> None:
        with self._writing() as connection:
            audit_chain.insert(connection, record)

    def audit(self, *, dag_id: str | None = None, limit: int = 100) -> list[AuditRecord]:
        with self._reading() as connection:
            return jobs.select_audit(connection, dag_id, limit)
