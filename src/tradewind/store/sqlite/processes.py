"""Facet `Services` on one machine: its clock, sockets as bells, and locks that show which process lives."""

from __future__ import annotations

import time
from collections.abc import Collection, Generator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from tradewind.model.service import JobKind, JobRecord, LiveElsewhere, Topic
from tradewind.store import lock_file
from tradewind.store.errors import SchedulerRunningError
from tradewind.store.lock_file import LockFile
from tradewind.store.sql import jobs
from tradewind.store.sql.services import ServicesOverSql
from tradewind.store.sqlite.bells import BellListener, Bells

SETTLED_AFTER_SECONDS = 60.0
"""A lock file that is younger may just not be locked yet."""

DYING_SECONDS = 2.0
"""A scheduler that was killed the moment before holds its lock until the kernel has taken it down."""
LOOK_AGAIN_SECONDS = 0.02


class ServicesOfOneMachine(ServicesOverSql):
    """A part of `SqliteStore`. Locks: <home>/run/scheduler.lock, <home>/run/jobs/<job>.lock, and of owners without a
    job (`tradewind run`) <home>/owners/<owner>.lock, which `scheduler.owner` makes."""

    def __init__(self, home: Path) -> None:
        self._folder = home / "run"
        self._owners = home / "owners"
        self._bells = Bells(home)
        self._locks: dict[str, list[LockFile]] = {}
        self._dead: set[str] = set()
        """Lock files that were found without a holder: ids are never used again."""

    @property
    def has_many_machines(self) -> bool:
        return False

    def now(self) -> datetime:
        return datetime.now(UTC)

    def listen(self, topics: Collection[Topic]) -> BellListener:
        return self._bells.listen(topics)

    def ring(self, topic: Topic) -> None:
        self._bells.ring(topic)

    # ------------------------------------------------------------------------------------ processes

    def register_job(self, job: JobRecord) -> None:
        taken = [self._only_scheduler(job)] if job.kind is JobKind.SCHEDULER else []
        try:
            own = lock_file.take(self._job_file(job.job_id))
            taken += [own] if own is not None else []
            super().register_job(job)
        except BaseException:
            for lock in taken:
                lock.release()
            raise
        self._locks[job.job_id] = taken

    def _only_scheduler(self, job: JobRecord) -> LockFile:
        file = self._folder / "scheduler.lock"
        lock = lock_file.take(file)
        deadline = time.monotonic() + DYING_SECONDS
        while lock is None and time.monotonic() < deadline:
            time.sleep(LOOK_AGAIN_SECONDS)
            lock = lock_file.take(file)
        if lock is None:
            raise SchedulerRunningError(
                f"a scheduler is running on this home already: {file.read_text() or 'it has just started'}",
                hint="end it first; several schedulers at once need PostgreSQL (database_url)",
            )
        lock.write(f"process {job.pid} on {job.host}")
        return lock

    def end_job(self, job_id: str, *, now: datetime) -> None:
        super().end_job(job_id, now=now)
        self._release(job_id)

    def _release(self, job_id: str) -> None:
        for lock in self._locks.pop(job_id, ()):
            lock.release()
        self._job_file(job_id).unlink(missing_ok=True)

    def _leave(self) -> None:
        for job_id in list(self._locks):
            self._release(job_id)
        self._bells.close()

    def _is_process_gone(self, owner_id: str, job: JobRecord | None) -> bool:
        file = self._owners / f"{owner_id}.lock" if job is None else self._job_file(owner_id)
        return not lock_file.is_held(file)

    # ------------------------------------------------------------------------------------ slots

    @contextmanager
    def picking(self, owner_id: str) -> Generator[list[LiveElsewhere]]:
        """Where nobody else is alive that drives runs, this costs a look into two folders."""
        if not self._has_company(owner_id):
            yield []
            return
        with lock_file.waiting_for(self._folder / "picking.lock"):
            with self._reading() as connection:
                found = jobs.live_elsewhere(connection, owner_id)
            yield found

    def _has_company(self, owner_id: str) -> bool:
        return any(self._has_others(folder, owner_id) for folder in (self._owners, self._folder / "jobs"))

    def _has_others(self, folder: Path, owner_id: str) -> bool:
        try:
            files = list(folder.iterdir())
        except FileNotFoundError:
            return False
        return any(file.stem != owner_id and self._is_alive(file) for file in files)

    def _is_alive(self, file: Path) -> bool:
        if file.stem in self._dead:
            return False
        if lock_file.is_held(file):
            return True
        with suppress(OSError):
            if time.time() - file.stat().st_mtime > SETTLED_AFTER_SECONDS:
                self._dead.add(file.stem)
        return False

    def _job_file(self, job_id: str) -> Path:
        return self._folder / "jobs" / f"{job_id}.lock"
