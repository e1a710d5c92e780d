"""Facet `Services` on PostgreSQL: the server's clock, NOTIFY as bells, leases, one who gives away slots at a time."""

from __future__ import annotations

import time
from collections.abc import Collection, Generator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from typing import Any

import psycopg
from msgspec.structs import replace

from tradewind.model.service import JobKind, JobRecord, LiveElsewhere, Topic
from tradewind.store.errors import StoreError
from tradewind.store.postgres.bells import NotifyListener, channel_of
from tradewind.store.postgres.connection import PostgresConnection
from tradewind.store.postgres.database import PostgresDatabase
from tradewind.store.postgres.machine import KEY, is_dead_here, this_machine
from tradewind.store.sql import jobs
from tradewind.store.sql.coding import encode_plain
from tradewind.store.sql.port import Connection
from tradewind.store.sql.services import ServicesOverSql

PICK_LOCK = 0x74770003
"""Advisory lock of whoever chooses what starts."""
LONGEST_PICK_SECONDS = 10
LOCK = f"SET idle_session_timeout = '{LONGEST_PICK_SECONDS}s'; SELECT pg_advisory_lock({PICK_LOCK})"
UNLOCK = f"SELECT pg_advisory_unlock({PICK_LOCK}); SET idle_session_timeout = 0"
DRIVERS = (JobKind.SCHEDULER, JobKind.RUN)
"""Kinds of processes that give away slots."""
_NOW = "CAST(extract(epoch FROM statement_timestamp()) * 1000000 AS BIGINT)"
_OTHERS = f"""FROM job o WHERE o.job_id != ?1 AND o.kind IN ('{JobKind.SCHEDULER}', '{JobKind.RUN}')
  AND o.ended_at IS NULL AND o.lease_until > {_NOW}"""
BEAT = f"""
UPDATE job SET heartbeat_at = {_NOW}, lease_until = {_NOW} + ?2, detail = ?3 WHERE job_id = ?1 AND ended_at IS NULL
RETURNING heartbeat_at"""
COUNT_OTHERS = f"SELECT count(*), {_NOW} {_OTHERS}"
COUNT_COMPANY = f"""
SELECT (SELECT count(*) {_OTHERS}) + (SELECT count(*) FROM run WHERE owner_id IS NOT NULL AND owner_id != ?1)"""
"""Runs of somebody who is gone have their slots until they are taken over."""
COUNT_UNAWARE = f"SELECT count(*) {_OTHERS} AND o.heartbeat_at <= ?2"
RINGS = 2
"""The first may find that the connection was lost since it was last used."""
UNAWARE_PAUSE_SECONDS = 0.02


class ServicesOfManyMachines(PostgresDatabase, ServicesOverSql):
    """A part of `PostgresStore`.

    Who is alone gives away slots without asking. A scheduler that joins waits until the ones that are there have beaten
    once since, and so know of it; one that was paused past its lease no longer takes itself to be alone."""

    _has_company = True
    """Somebody else may be giving away slots."""
    _joined_at: int | None = None
    """By the server's clock, where some may not know of us yet."""
    _is_picking = False
    _locked_by: PostgresConnection | None = None

    @property
    def has_many_machines(self) -> bool:
        return True

    def now(self) -> datetime:
        return self._clock.now()

    # ------------------------------------------------------------------------------------ bells

    def listen(self, topics: Collection[Topic]) -> NotifyListener:
        return NotifyListener(self._connect, topics)

    def ring(self, topic: Topic) -> None:
        for _ in range(RINGS):
            with suppress(StoreError), self._reading() as connection:
                self._channel = self._channel or channel_of(connection).strip('"')
                connection.execute("SELECT pg_notify(?, ?)", (self._channel, topic))
                return

    _channel: str | None = None

    # ------------------------------------------------------------------------------------ leases

    def register_job(self, job: JobRecord) -> None:
        super().register_job(replace(job, detail={**job.detail, KEY: this_machine()}))
        if job.kind in DRIVERS:
            with self._reading() as connection:
                others, joined_at = connection.execute(COUNT_OTHERS, (job.job_id,)).fetchone() or (0, 0)
                (company,) = connection.execute(COUNT_COMPANY, (job.job_id,)).fetchone() or (0,)
            self._has_company = bool(company)
            self._joined_at = joined_at if others else None

    def _beat(
        self, connection: Connection, job_id: str, at: datetime, lease_until: datetime, detail: dict[str, Any]
    ) -> bool:
        lease_micros = int((lease_until - at) / timedelta(microseconds=1))
        row = (job_id, lease_micros, encode_plain({**detail, KEY: this_machine()}))
        beaten = connection.execute(BEAT, row).fetchone()
        (company,) = connection.execute(COUNT_COMPANY, (job_id,)).fetchone() or (0,)
        self._has_company = bool(company)
        self._clock.measure(self._open())
        return beaten is not None

    def _is_process_gone(self, owner_id: str, job: JobRecord | None) -> bool:
        return job is None or is_dead_here(job.pid, job.detail)

    # ------------------------------------------------------------------------------------ slots

    @contextmanager
    def picking(self, owner_id: str) -> Generator[list[LiveElsewhere]]:
        """The lock belongs to the session, since what was chosen may take several commits; a session that is paused or
        dies meanwhile is ended by the server before long. Where the connection is lost in between, the lock is taken
        again with the new one; that somebody else had it meanwhile is the one way to one slot too many, for one try."""
        if self._is_alone():
            yield []
            return
        self._wait_until_known(owner_id)
        self._is_picking = True
        try:
            with self._reading() as connection:
                found = jobs.live_elsewhere(connection, owner_id)
            yield found
        finally:
            self._is_picking = False
            self._unlock()

    def _is_alone(self) -> bool:
        return not self._has_company and self._lease_until is not None and self.now() < self._lease_until

    def _open(self) -> PostgresConnection:
        connection = super()._open()
        if self._is_picking and self._locked_by is not connection:
            with self._readable_errors():
                connection.say(LOCK)
            self._locked_by = connection
        return connection

    def _unlock(self) -> None:
        locked, self._locked_by = self._locked_by, None
        if locked is not None and locked is self._held and not locked.is_closed:
            try:
                locked.say(UNLOCK)
            except psycopg.Error:
                self.close_connection()  # the lock ends with its session

    def _wait_until_known(self, owner_id: str) -> None:
        """At most until the leases of those that do not beat have run out."""
        while self._joined_at is not None:
            with self._reading() as connection:
                (unaware,) = connection.execute(COUNT_UNAWARE, (owner_id, self._joined_at)).fetchone() or (0,)
            if unaware:
                time.sleep(UNAWARE_PAUSE_SECONDS)
            else:
                self._joined_at = None
