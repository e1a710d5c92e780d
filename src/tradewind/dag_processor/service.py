"""The dag-processor as a process: one loop that waits for changed files, parsed files, calls and the clock."""

from __future__ import annotations

import logging
import os
import secrets
import selectors
import socket
import time
from datetime import timedelta
from functools import partial
from pathlib import Path

import msgspec

from tradewind import __version__
from tradewind.dag_processor.bundles import bundles_of
from tradewind.dag_processor.desk import Desk
from tradewind.dag_processor.folder import WatchedFolder
from tradewind.dag_processor.intake import WHO, Result
from tradewind.dag_processor.lookups import Lookups
from tradewind.dag_processor.parse_client import ParseClient, cpu_count, set_up_of
from tradewind.dag_processor.sources import Sources
from tradewind.dag_processor.strays import retire_strays
from tradewind.dagfiles.snapshot import blobs_folder
from tradewind.metrics.setup import emitter_of
from tradewind.model.errors import TradewindError
from tradewind.model.ids import RunKey
from tradewind.model.parsing import (
    PARTITIONS_MAPPED,
    TO_ASSET_RUNS,
    TO_DAG_PROCESSOR,
    IntervalInferred,
    PartitionsMapped,
)
from tradewind.model.service import JobKind, JobRecord, Topic
from tradewind.secret_backends import elsewhere
from tradewind.settings import Settings, as_plain
from tradewind.store import open_store
from tradewind.store.base import Store
from tradewind.store.errors import StoreError
from tradewind.store.outage import Outage

_log = logging.getLogger(__name__)
BEAT_SECONDS = 2.0
LEASE_SECONDS = 30.0
"""Ten thousand new files take a while to copy."""
AGAIN_AFTER_SECONDS = 2.0
"""Where the database could not be reached."""


def serve(settings: Settings, stop: int) -> None:
    """Keep the store in step with the DAG folders until `stop` becomes readable (or is closed at its other end): a file
    descriptor, e.g. of a pipe, so that whoever starts this process ends it without signals, by dying too.

    Opens its own store and starts its own processes. Raises ConfigurationError for bundles that cannot be; HomeError
    where the database cannot be used."""
    with selectors.DefaultSelector() as selector:
        lookups = Lookups(elsewhere(settings.secrets))
        client = ParseClient(
            selector,
            lookups,
            set_up_of(as_plain(settings), blobs_folder(settings.home), Path.cwd()),
            at_once=max(1, settings.parsing_processes or cpu_count()),
        )
        client.start()  # it comes up while the store is opened
        try:
            store = open_store(
                settings.database_url, home=settings.home, default_pool_slots=settings.default_pool_slots
            )
            try:
                lookups.serve(store)
                DagProcessor(settings, store, selector, client, lookups, stop).run()
            finally:
                store.close()
        finally:
            client.stop()


class DagProcessor:
    """Made by `serve`."""

    def __init__(
        self,
        settings: Settings,
        store: Store,
        selector: selectors.BaseSelector,
        client: ParseClient,
        lookups: Lookups,
        stop: int,
    ) -> None:
        self._settings = settings
        self._store = store
        self._selector = selector
        self._client = client
        self._stop = stop
        self._is_over = False
        self._emitter = emitter_of(settings)
        self._timeout_seconds = settings.dag_import_timeout_seconds
        self._desk = Desk(settings, store, client, heard=self._heard)
        self._sources = Sources(settings, store, selector, self._desk, lookups)
        self._listener = store.listen({Topic.PARSE})
        self._heard_of: int | None = None
        self._job_id = secrets.token_hex(8)
        self._beat_at = 0.0
        self._again_at: float | None = None
        self._outage = Outage()

    def run(self) -> None:
        self._selector.register(self._stop, selectors.EVENT_READ, self._end)
        self._register_job()
        self._emitter.count("job_start", job_name=JobKind.DAG_PROCESSOR)
        self._sources.start()
        self._desk.add_wish(self._take_requests)
        self._desk.add_wish(self._retire_strays)
        try:
            while not self._is_over:
                self._turn()
        finally:
            self._sources.stop()
            self._listener.close()
            self._store.end_job(self._job_id, now=self._store.now())
            self._emitter.count("job_end", job_name=JobKind.DAG_PROCESSOR)
            self._emitter.close()

    def _turn(self) -> None:
        self._follow_listener()
        for key, _ in self._selector.select(self._seconds_until_due()):
            key.data()
        if self._is_over or (self._again_at is not None and time.monotonic() < self._again_at):
            return
        try:
            self._client.attend()
            self._sources.attend()
            self._desk.attend()
            self._beat()
            self._outage.is_over()
            self._again_at = None
        except (TradewindError, OSError) as error:
            self._again_at = time.monotonic() + AGAIN_AFTER_SECONDS
            if isinstance(error, StoreError) and error.may_pass:
                self._outage.goes_on(error, AGAIN_AFTER_SECONDS)
            else:
                _log.error("%s; trying again in %g s", error, AGAIN_AFTER_SECONDS)

    def _seconds_until_due(self) -> float:
        now = time.monotonic()
        if self._again_at is not None:
            return max(0.0, self._again_at - now)
        found = (
            self._beat_at - now,
            self._client.seconds_until_due(),
            self._sources.seconds_until_due(),
            self._desk.seconds_until_due(),
        )
        return max(0.0, min(seconds for seconds in found if seconds is not None))

    def _end(self) -> None:
        self._is_over = True

    def _follow_listener(self) -> None:
        """A listener that had to connect anew has another descriptor."""
        descriptor = self._listener.fileno()
        if descriptor != self._heard_of:
            if self._heard_of is not None:
                self._selector.unregister(self._heard_of)
            self._selector.register(descriptor, selectors.EVENT_READ, self._hear)
            self._heard_of = descriptor

    def _hear(self) -> None:
        if self._listener.heard():
            self._desk.add_wish(self._take_requests)

    def _take_requests(self) -> None:
        for request in self._store.take_requests([TO_DAG_PROCESSOR]):
            self._sources.obey(request)

    def _retire_strays(self) -> None:
        retire_strays(self._store, bundles_of(self._settings), self._settings.home, job_id=self._job_id)

    def _register_job(self) -> None:
        now = self._store.now()
        self._store.register_job(
            JobRecord(
                self._job_id,
                JobKind.DAG_PROCESSOR,
                os.getpid(),
                socket.gethostname(),
                started_at=now,
                heartbeat_at=now,
                lease_until=now + timedelta(seconds=LEASE_SECONDS),
                version=__version__,
                detail={**self._desk.counts(), **self._sources.counts()},
            )
        )

    def _beat(self) -> None:
        now = time.monotonic()
        if now < self._beat_at:
            return
        at = self._store.now()
        detail = {**self._desk.counts(), **self._sources.counts()}
        self._store.beat(self._job_id, now=at, lease_until=at + timedelta(seconds=LEASE_SECONDS), detail=detail)
        self._beat_at = now + BEAT_SECONDS
        self._emitter.count("dag_processor_heartbeat")
        self._emitter.flush()

    def _heard(self, _folder: WatchedFolder, result: Result) -> None:
        self._count(result)
        for mapped in result.parsed.mapped:
            self._desk.add_wish(partial(self._answer, mapped))
        for inferred in result.parsed.intervals:
            self._desk.add_wish(partial(self._write_interval, inferred))

    def _answer(self, mapped: PartitionsMapped) -> None:
        payload = msgspec.to_builtins(mapped)
        self._store.add_request(PARTITIONS_MAPPED, TO_ASSET_RUNS, payload, who=WHO, now=self._store.now())
        self._store.ring(Topic.ASSETS)

    def _write_interval(self, inferred: IntervalInferred) -> None:
        if inferred.start is None or inferred.end is None:
            said = inferred.dag_id, inferred.run_id, inferred.error
            _log.warning("the timetable of DAG %s cannot infer the data interval of run %s: %s", *said)
            return
        key = RunKey(inferred.dag_id, inferred.run_id)
        self._store.set_manual_interval(key, inferred.start, inferred.end)

    def _count(self, result: Result) -> None:
        loaded = result.parsed.loaded
        self._emitter.count("dag_processing.processes")
        self._emitter.time("dag_processing.last_duration", loaded.seconds, file_name=Path(result.file).stem)
        if loaded.problems and loaded.seconds >= self._timeout_seconds:
            self._emitter.count("dag_processing.processor_timeouts")
