"""The triggerer's loop: take what waits, hand it to processes that run triggers, and write what came of it. One thread,
no polling: it sleeps until somebody rings, a trigger says something, or its heartbeat is due."""

from __future__ import annotations

import contextlib
import logging
import os
import select
import selectors
import socket
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from msgspec import Struct

from tradewind.metrics.emitter import SILENT, Emitter
from tradewind.model.errors import TradewindError
from tradewind.model.ids import RunKey, TaskKey, TryId, path_to_text
from tradewind.model.service import DeferralOutcome, DeferralRecord, JobKind, JobRecord, Topic
from tradewind.model.triggers import Blocked, Broke, Fired, FromTriggers, WaitFor
from tradewind.scheduler.answers import Answers, Elsewhere
from tradewind.scheduler.late_answers import LateAnswers
from tradewind.scheduler.patience import Endless, Patience
from tradewind.store.base import Store
from tradewind.store.facets.deferrals import EndedDeferral
from tradewind.triggerer_service.children import Child
from tradewind.triggerer_service.crew import Crew
from tradewind.triggerer_service.peers import alive_peers, held_by_peers
from tradewind.triggerer_service.place import Place
from tradewind.triggerer_service.sharing import Sharing
from tradewind.triggerer_service.watchers import Watchers

_log = logging.getLogger(__name__)
BEAT_SECONDS = 5.0
LEASE_SECONDS = 20.0
CLAIMED_AT_ONCE = 500
"""So that two triggerers that see the same crowd share it."""
HANDING_OVER_SECONDS = 5.0
"""What was handed over and nobody has taken by then is taken back."""
LOOK_FOR_DROPPED_SECONDS = 0.3
"""Many tasks that are cancelled together are looked for once."""
TOPICS = frozenset({Topic.DEFERRALS, Topic.RUNS, Topic.DAGS})


class Held(Struct, frozen=True):
    """A deferral that this triggerer has claimed."""

    run: RunKey
    try_id: TryId


class StoreSide:
    """`crew` is its own to stop."""

    def __init__(
        self,
        store: Store,
        crew: Crew,
        place: Place,
        clock: Callable[[], datetime],
        *,
        elsewhere: Elsewhere | None = None,
    ) -> None:
        self._store = store
        self._crew = crew
        self._place = place
        self._clock = clock
        self.emitter: Emitter = SILENT
        self._held: dict[int, Held] = {}
        self._runs: dict[TryId, RunKey] = {}
        self._listener = store.listen(TOPICS)
        self._selector = selectors.DefaultSelector()
        self._answers = Answers(elsewhere)
        self._answers.serve(store, _Runs(self._runs))
        self._late = LateAnswers()
        self._watchers = Watchers(store, crew)
        self._patiently = Patience(self._pause, lambda: "", Endless())
        self._stops: tuple[int, ...] = ()
        self._beat_at = 0.0
        self._drop_look_at: float | None = None
        self._ended: list[EndedDeferral] = []
        """What came of waits, not written yet."""
        self._longest_block_seconds = 0.0
        self._leaves_to_others_until = 0.0
        """Others take first what was handed over."""
        self.job_id = ""
        self._register()

    # ------------------------------------------------------------------------------------ the loop

    def serve(self, *stops: int) -> None:
        """Until one of these descriptors is readable or closed at its other end."""
        self._stops = stops
        for stop in stops:
            self._selector.register(stop, selectors.EVENT_READ, "stop")
        with contextlib.suppress(StoppedWhileWaitingError):
            self._claim()
            self._look_at_watchers()
            self._write_ended()
            while self.turn():
                pass

    def turn(self) -> bool:
        """Wait for something and carry it through; False where it is to end."""
        self._watch_descriptors()
        ready = self._selector.select(self._seconds_until_due())
        if any(key.data == "stop" for key, _ in ready):
            return False
        for key, _ in ready:
            if isinstance(key.data, _Ear):
                self._hear(key.data)
            elif key.data == "late":
                self._late.send_those_there()
        self._after_hearing()
        return True

    def _after_hearing(self) -> None:
        self._write_ended()
        heard = self._listener.heard()
        now = time.monotonic()
        if Topic.RUNS in heard:
            for child in self._crew:
                child.say_store_changed()
        if Topic.DEFERRALS in heard:
            self._claim()
            if self._drop_look_at is None:
                self._drop_look_at = now + LOOK_FOR_DROPPED_SECONDS
        if Topic.DAGS in heard:
            self._look_at_watchers()
        if self._drop_look_at is not None and now >= self._drop_look_at:
            self._drop_unwanted()
        if now >= self._beat_at:
            self._beat()
        self._bury_the_dead()
        self._crew.retire_idle()
        self._write_ended()

    def stop(self) -> None:
        """Give back what is held: the next triggerer takes it at once. Triggers that nobody wants are told so."""
        self._patiently = Patience(lambda _: None, lambda: "", ())
        with contextlib.suppress(TradewindError):
            self._write_ended()
            self._drop_unwanted()
        self._crew.stop()
        with contextlib.suppress(TradewindError):
            self._store.end_job(self.job_id, now=self._clock())
            self._store.ring(Topic.DEFERRALS)
        self._listener.close()
        self._late.close()
        self._selector.close()

    def _watch_descriptors(self) -> None:
        wanted: dict[int, tuple[int, Any]] = {
            self._listener.fileno(): (selectors.EVENT_READ, "listener"),
            self._late.fileno(): (selectors.EVENT_READ, "late"),
        }
        for child in self._crew:
            events = selectors.EVENT_READ | (selectors.EVENT_WRITE if child.has_unsent else 0)
            wanted[child.messages.fileno()] = (events, _Ear(child, asks=False))
            wanted[child.questions.fileno()] = (selectors.EVENT_READ, _Ear(child, asks=True))
        registered = {key.fd: key for key in self._selector.get_map().values() if key.data != "stop"}
        for descriptor, key in registered.items():
            if wanted.get(descriptor) != (key.events, key.data):
                self._selector.unregister(descriptor)
        for descriptor, (events, data) in wanted.items():
            if descriptor not in self._selector.get_map():
                self._selector.register(descriptor, events, data)

    def _seconds_until_due(self) -> float:
        now = time.monotonic()
        dues = [self._beat_at - now]
        if self._drop_look_at is not None:
            dues.append(self._drop_look_at - now)
        if (idle := self._crew.seconds_until_idle()) is not None:
            dues.append(idle)
        return max(0.0, min(dues))

    # ------------------------------------------------------------------------------------ taking and dropping

    def _claim(self) -> None:
        if time.monotonic() < self._leaves_to_others_until:
            return
        while (room := self._place.capacity - len(self._held)) > 0:
            limit = min(room, CLAIMED_AT_ONCE)
            claimed = self._patiently(lambda limit=limit: self._claimed(limit))
            for record in claimed:
                self._take(record)
            if len(claimed) < limit:
                return

    def _share(self) -> None:
        """Another has joined: it takes what is beyond our share, the newest first."""
        peers = self._patiently(lambda: held_by_peers(self._store, besides=self.job_id))
        excess = self._sharing.excess(len(self._held), peers)
        if not excess:
            return
        ids = set(sorted(self._held)[-excess:])
        given = self._patiently(lambda: self._store.give_back_deferrals(self.job_id, ids))
        _log.info("%d of %d waiting tasks are handed over: another triggerer has joined", len(given), len(self._held))
        self._crew.drop(ids, is_unwanted=False)
        for deferral_id in ids:
            self._forget(deferral_id)
        self._leaves_to_others_until = time.monotonic() + HANDING_OVER_SECONDS
        self._store.ring(Topic.DEFERRALS)

    def _claimed(self, limit: int) -> list[DeferralRecord]:
        alive = [*alive_peers(self._store, besides=self.job_id), self.job_id]
        return self._store.claim_deferrals(self.job_id, limit=limit, queues=self._place.queues, alive=alive)

    def _take(self, record: DeferralRecord) -> None:
        if record.deferral_id in self._held:
            return
        self._held[record.deferral_id] = Held(record.run, record.try_id)
        self._runs[record.try_id] = record.run
        try:
            self._crew.wait_for(self._wait_of(record), record.snapshot)
        except (TradewindError, OSError) as error:
            self._end(record.deferral_id, DeferralOutcome.FAILED, error=f"the trigger could not be started: {error}")

    def _wait_of(self, record: DeferralRecord) -> WaitFor:
        tries = self._patiently(lambda: self._store.tries(record.run, record.task_id, record.map_path))
        one = next((one for one in tries if one.try_id == record.try_id), None)
        path = path_to_text(record.map_path)
        name = f"{record.run.dag_id}.{record.task_id}{f'[{path}]' if path else ''} in run {record.run.run_id}"
        return WaitFor(
            record.deferral_id,
            record.trigger,
            record.trigger_kwargs,
            record.file,
            TaskKey(record.run.dag_id, record.run.run_id, record.task_id, record.map_path),
            record.try_id,
            one.number if one is not None else 1,
            str(self._place.log_folder / one.log_path) if one is not None else "",
            name,
        )

    def _drop_unwanted(self) -> None:
        self._drop_look_at = None
        if not self._held:
            return
        unwanted = set(self._held) - self._patiently(lambda: self._store.still_deferred(self.job_id))
        if unwanted:
            self._crew.drop(unwanted)
            for deferral_id in unwanted:
                self._forget(deferral_id)

    def _forget(self, deferral_id: int) -> None:
        if (held := self._held.pop(deferral_id, None)) is not None:
            self._runs.pop(held.try_id, None)

    # ------------------------------------------------------------------------------------ what triggers say

    def _hear(self, ear: _Ear) -> None:
        child = ear.child
        if child.has_unsent:
            child.flush()
        if ear.asks:
            for request in child.questions_asked():
                self._late.give(self._answers.soon(request), child.answer)
            return
        for message in child.heard():
            self._carry(child, message)

    def _carry(self, child: Child, message: FromTriggers) -> None:
        match message:
            case Fired(wait_id=wait_id, event=event) if wait_id < 0:
                self._patiently(lambda: self._watchers.fired(wait_id, event, self._clock()))
            case Broke(wait_id=wait_id, error=error) if wait_id < 0:
                self._crew.ended(child, wait_id)
                self._watchers.broke(wait_id, error)
            case Fired(wait_id=wait_id, event=event):
                if self._crew.ended(child, wait_id) is not None:
                    self._end(wait_id, DeferralOutcome.EVENT, event=event)
            case Broke(wait_id=wait_id, error=error):
                if self._crew.ended(child, wait_id) is not None:
                    self._end(wait_id, DeferralOutcome.FAILED, error=error)
            case Blocked(seconds=seconds):
                self._longest_block_seconds = max(self._longest_block_seconds, seconds)

    def _end(self, deferral_id: int, outcome: DeferralOutcome, *, event: Any = None, error: str = "") -> None:
        self._ended.append(EndedDeferral(deferral_id, outcome, event, error))
        self._forget(deferral_id)

    def _write_ended(self) -> None:
        """What came together goes in one transaction. Each once: where somebody else has ended it, or holds it by now,
        theirs counts."""
        if self._ended:
            ended, me = self._ended, self.job_id
            self._patiently(lambda: self._store.end_deferrals(ended, triggerer_id=me, now=self._clock()))
            self._ended = []
            self._store.ring(Topic.EVENTS)

    def _bury_the_dead(self) -> None:
        for child in self._crew:
            if child.is_gone:
                for wait in self._crew.bury(child):
                    if wait.wait_id in self._held:
                        why = f"the process that ran trigger {wait.trigger} died, several times"
                        self._end(wait.wait_id, DeferralOutcome.FAILED, error=why)

    # ------------------------------------------------------------------------------------ that we live

    def _register(self) -> None:
        now = self._clock()
        self.job_id = f"triggerer-{uuid.uuid4().hex[:12]}"
        job = JobRecord(
            job_id=self.job_id,
            kind=JobKind.TRIGGERER,
            pid=os.getpid(),
            host=socket.gethostname(),
            started_at=now,
            heartbeat_at=now,
            lease_until=now + timedelta(seconds=LEASE_SECONDS),
            version=self._place.version,
            detail=self._detail(),
        )
        self._patiently(lambda: self._store.register_job(job))
        self._sharing = Sharing(self._patiently(lambda: held_by_peers(self._store, besides=self.job_id)))
        self._beat_at = time.monotonic() + BEAT_SECONDS

    def _beat(self) -> None:
        now = self._clock()
        lease_until = now + timedelta(seconds=LEASE_SECONDS)
        detail = self._detail()
        if not self._patiently(lambda: self._store.beat(self.job_id, now=now, lease_until=lease_until, detail=detail)):
            _log.warning("this triggerer was taken for dead (it was paused?): it begins anew")
            self._crew.drop(set(self._held), is_unwanted=False)
            self._held.clear()
            self._runs.clear()
            self._register()
        self._beat_at = time.monotonic() + BEAT_SECONDS
        self.emitter.count("triggerer_heartbeat")
        self.emitter.flush()
        self._share()
        self._claim()  # also what a triggerer that died has held, or what we were not rung for
        self._drop_unwanted()
        self._patiently(lambda: self._watchers.look_if_changed(self._is_eldest()))

    def _look_at_watchers(self) -> None:
        self._patiently(lambda: self._watchers.look(self._is_eldest()))

    def _pause(self, seconds: float) -> None:
        """While the database is away; an order to stop ends it."""
        if self._stops and select.select(self._stops, [], [], seconds)[0]:
            raise StoppedWhileWaitingError("told to stop while the database was away")
        if not self._stops:
            time.sleep(seconds)

    def _detail(self) -> dict[str, Any]:
        return {
            "running": len(self._held),
            "capacity": self._place.capacity,
            "longest_block_seconds": round(self._longest_block_seconds, 3),
        }

    def _is_eldest(self) -> bool:
        """One of several triggerers watches for asset events."""
        alive = alive_peers(self._store, besides="")
        return not alive or alive[-1] == self.job_id


class StoppedWhileWaitingError(TradewindError):
    """The triggerer is to end, and the database cannot be told."""


@dataclass(frozen=True)
class _Ear:
    """One of a process's two sockets."""

    child: Child
    asks: bool


class _Runs:
    """Answers for tries that have deferred."""

    def __init__(self, runs: dict[TryId, RunKey]) -> None:
        self._runs = runs

    def run_of(self, try_id: TryId) -> RunKey | None:
        return self._runs.get(try_id)

    def flush(self) -> None:
        """Nothing is held back here."""
