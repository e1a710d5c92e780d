"""The scheduler as a process: what it is made of, from its start to its last beat."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager
from datetime import datetime, timedelta
from types import FrameType
from typing import Any

from tradewind import __version__
from tradewind.cli.home import opened_store
from tradewind.cli.narrator import Narrator
from tradewind.cli.surroundings import Surroundings
from tradewind.engine.run import Bounds
from tradewind.executors.local import LocalExecutor
from tradewind.metrics.emitter import SILENT, Emitter
from tradewind.metrics.setup import observed
from tradewind.model.service import JobKind, JobRecord, Topic
from tradewind.scheduler.admission import Admission
from tradewind.scheduler.answers import Answers
from tradewind.scheduler.assets import AssetRuns
from tradewind.scheduler.backfills import BackfillRuns
from tradewind.scheduler.clock import utc_now
from tradewind.scheduler.deadlines import DeadlineWatch
from tradewind.scheduler.deferrals import Deferrals
from tradewind.scheduler.dispatch import Dispatch
from tradewind.scheduler.due import DueRuns
from tradewind.scheduler.duty import Duty
from tradewind.scheduler.expecting import Expecting
from tradewind.scheduler.failing import PauseFailing
from tradewind.scheduler.heartbeat import LEASE, Heartbeat
from tradewind.scheduler.look_anyway import LookAnyway
from tradewind.scheduler.loop import Scheduler
from tradewind.scheduler.news import News
from tradewind.scheduler.orders import RunnerLimits
from tradewind.scheduler.outside import PastOfOthers, PoolSizes
from tradewind.scheduler.owner import Owner, Ownership
from tradewind.scheduler.patience import Endless
from tradewind.scheduler.requests import Requests
from tradewind.scheduler.rescue import Rescue
from tradewind.scheduler.retention import Retention
from tradewind.scheduler.service import LeaseLostError, Service, Stopping
from tradewind.scheduler.specs import Specs
from tradewind.secret_backends import elsewhere
from tradewind.settings import Settings
from tradewind.store.base import Store
from tradewind.store.facets.services import Listener

WHO = "scheduler"
LOOK_FOR_ABANDONED_EVERY = timedelta(seconds=1)


def serve(settings: Settings, stop: int | None = None, *, narrator: Narrator | None = None) -> None:
    """Schedule until `stop` (a descriptor) becomes readable or is closed at its other end, or until SIGTERM or SIGINT;
    a second signal ends it at once.

    Raises SchedulerRunningError where the database is for one scheduler and another is alive; LeaseLostError where
    others have taken over; HomeError."""
    executor = LocalExecutor(
        settings.home,
        parallelism=settings.parallelism,
        log_level=settings.log_level,
        kill_grace_seconds=settings.kill_grace_seconds,
        import_memory_bytes=settings.dag_import_memory_bytes,
        environment=settings.told_to_tasks,
    )
    answers = Answers(elsewhere(settings.secrets))
    try:
        with opened_store(settings) as store:
            ownership = Ownership(settings.home)
            listener = store.listen(set(Topic))
            try:
                house = _House(settings, store, executor, ownership.owner)
                executor.start(answers.soon)
                answers.serve(store, house.scheduler)
                house.run(listener, stop, narrator)
            finally:
                listener.close()
                ownership.end()
    finally:
        executor.stop(grace_seconds=0.0)


class _House:
    """The scheduler and its duties. Made once it is sure that no other scheduler is in the way."""

    def __init__(self, settings: Settings, store: Store, executor: LocalExecutor, owner: Owner) -> None:
        self._settings = settings
        self._store = store
        self._executor = executor
        self._owner = owner
        self._emitter: Emitter = SILENT
        self._started_at = utc_now()
        self._heartbeat = Heartbeat(
            store, _job(owner, self._started_at), self._detail, on_lapse=lambda: self.scheduler.look_at_claims()
        )
        pools = {pool.name: pool.slots for pool in store.pools()}
        self._dispatch = Dispatch(
            executor, _limits(settings), parallelism=executor.parallelism, pools=pools, waits_for_pools=True
        )
        self.scheduler = Scheduler(
            store,
            executor,
            self._dispatch,
            utc_now,
            owner=owner,
            who=WHO,
            kill_grace_seconds=settings.kill_grace_seconds,
            waits_seconds=Endless(),
        )
        self._specs = Specs(store)
        self._due = DueRuns(store, self._specs)
        self._surroundings = Surroundings(settings, store, WHO, is_duty=True)

    def run(self, listener: Listener, stop: int | None, narrator: Narrator | None) -> None:
        service = self._service(listener, stop)
        if narrator is not None:
            self.scheduler.observe(narrator.changed)
            narrator.next_run_of = self._due.next_run_of
            self._due.on_new = narrator.new_dags
        try:
            with (
                observed(
                    self._settings,
                    self.scheduler,
                    self._another_store,
                    store=self._store,
                    parallelism=self._executor.parallelism,
                ) as self._emitter,
                _obeying_signals(service, self._store),
            ):
                self._emitter.count("job_start", job_name=JobKind.SCHEDULER)
                try:
                    service.serve()
                except LeaseLostError:
                    self._emitter.count("job_heartbeat_failure", job_name=JobKind.SCHEDULER)
                    raise
                self._emitter.count("job_end", job_name=JobKind.SCHEDULER)
        finally:
            self._surroundings.finish()
            self._heartbeat.end(utc_now())
            self._store.ring(Topic.RUNS)  # what it leaves may be taken over

    def _service(self, listener: Listener, stop: int | None) -> Service:
        store, scheduler, specs, owner = self._store, self.scheduler, self._specs, self._owner
        deferrals = Deferrals(scheduler)
        requests = Requests(store, scheduler, specs, owner, self._bounds)
        failing = PauseFailing(store, specs)
        scheduler.observe(News(store.ring))
        scheduler.observe(failing.note)
        scheduler.observe(self._surroundings.committed)
        duties: list[Duty] = [
            self._heartbeat,
            Rescue(store, scheduler, specs, owner, self._bounds, look_every=LOOK_FOR_ABANDONED_EVERY),
            requests,
            PoolSizes(store, scheduler, self._dispatch),
            deferrals,
            failing,
            self._due,
            Expecting(self._due, specs, self._executor.expect),
            AssetRuns(store, specs),
            BackfillRuns(store, specs, owner, requests),
            Admission(store, scheduler, specs, owner, self._bounds, self._due.newest_of, expect=self._executor.expect),
            PastOfOthers(scheduler),
            DeadlineWatch(store, scheduler, specs),
            self._surroundings,
            LookAnyway(store.ring, started_at=self._started_at),
            Retention(self._settings.retention_days, self._delete_before, started_at=self._started_at),
        ]
        stopping = Stopping(self._settings.stop_mode == "wait", self._settings.stop_timeout_seconds)
        return Service(
            scheduler,
            self._executor,
            duties,
            listener,
            utc_now,
            vital=(self._heartbeat, requests, deferrals),
            stopping=stopping,
            stop_descriptor=stop,
        )

    def _detail(self) -> dict[str, Any]:
        self._emitter.count("scheduler_heartbeat")
        return {
            "runs": len(self.scheduler.active_runs),
            "tries": self.scheduler.live_count,
            "waiting_tasks": self.scheduler.ready_count,
            **(self._waiting() if self._emitter else {}),
        }

    def _waiting(self) -> dict[str, Any]:
        return {
            "waiting_by_pool": self._dispatch.waiting_by_pool(),
            "waiting_by_task": self._dispatch.waiting_by_task(),
        }

    def _bounds(self) -> Bounds:
        return Bounds(max_lost_tries=self._settings.max_lost_tries, max_map_length=self._settings.max_map_length)

    def _another_store(self) -> Store:
        from tradewind.store import open_store  # loaded already

        found = self._settings
        return open_store(found.database_url, home=found.home, default_pool_slots=found.default_pool_slots)

    def _delete_before(self, instant: datetime) -> None:
        command = [sys.executable, "-m", "tradewind", "db", "clean", "--before", instant.isoformat(), "--yes"]
        environment = {**os.environ, "TRADEWIND_HOME": str(self._settings.home)}
        subprocess.Popen(command, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)


def _job(owner: Owner, now: datetime) -> JobRecord:
    return JobRecord(owner.id, JobKind.SCHEDULER, owner.pid, owner.host, now, now, now + LEASE, __version__)


def _limits(settings: Settings) -> RunnerLimits:
    return RunnerLimits(
        log_folder=str(settings.log_folder),
        artifact_url=settings.artifact_url,
        inline_value_bytes=settings.inline_value_bytes,
        max_map_length=settings.max_map_length,
        callback_timeout_seconds=settings.callback_timeout_seconds,
        has_traces=bool(settings.otel_endpoint),
        log_format=settings.log_format,
        cache_check_share=settings.cache_check_share,
        environment=settings.told_to_tasks,
    )


@contextmanager
def _obeying_signals(service: Service, store: Store) -> Generator[None]:
    """First SIGTERM or SIGINT: stop gracefully. Second: at once. Third: even while it waits for a database that is
    away. SIGUSR1: somebody has left a request."""

    def told_to_stop(_number: int, _frame: FrameType | None) -> None:
        if service.must_end:
            raise SystemExit(1)
        service.stop(graceful=not service.is_stopping)

    def requested(_number: int, _frame: FrameType | None) -> None:
        store.ring(Topic.REQUESTS)

    before = {number: signal.signal(number, told_to_stop) for number in (signal.SIGTERM, signal.SIGINT)}
    before[signal.SIGUSR1] = signal.signal(signal.SIGUSR1, requested)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
