"""Having something done to runs by whoever is to do it, and hearing what came of it.

A run that a live process drives is that process's: it finds the wish in the store, and is called. Where nobody is alive
to do it, the engine's decision is committed from here: no user code runs, and what is to run waits for a scheduler."""

from __future__ import annotations

import os
import secrets
import select
import signal
import socket
import time
from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from datetime import datetime

import msgspec
from msgspec import Struct

from tradewind.engine.run import Bounds
from tradewind.engine.step import step
from tradewind.executors.base import CodeRef
from tradewind.model.changes import Change, RunPinned
from tradewind.model.errors import NotFoundError, TradewindError
from tradewind.model.ids import RunKey
from tradewind.model.records import OwnerRecord, RunRecord
from tradewind.model.requests import REPLY_TO, Answer, Cancel, Clear, DropXCom, SetXCom, Wish, address, kind_and_payload
from tradewind.model.service import JobKind, JobRecord, Topic
from tradewind.model.states import RunState
from tradewind.scheduler.takeover import left_behind, restored_run
from tradewind.scheduler.values_by_hand import changes_by_hand
from tradewind.scheduler.wishes import first_events
from tradewind.store.base import Store
from tradewind.store.facets.services import Listener

PATIENCE_SECONDS = 10.0


class Outcome(Struct, frozen=True):
    """What came of a wish. Neither done nor refused: it was asked for, and is done a little later."""

    is_done: bool = False
    refusal: TradewindError | None = None


def leave(
    store: Store, key: RunKey, wish: Wish, *, who: str, now: datetime, reply_to: str = ""
) -> JobRecord | OwnerRecord | None:
    """Leave the wish for whoever is to carry it out, and say who that is; None, and nothing left, where nobody is
    alive. The caller rings `Topic.REQUESTS` once it has left all it wants.

    Raises TradewindError for a run that a process on another machine drives alone."""
    schedulers = {job.job_id: job for job in store.jobs(kind=JobKind.SCHEDULER, only_alive=True)}
    owner = store.owner_of(key)
    if owner is not None and not store.owner_is_alive(owner.owner_id):
        owner = None
    if owner is not None and owner.owner_id not in schedulers:
        if owner.host != socket.gethostname():
            raise TradewindError(
                f"run {key.run_id!r} is driven by process {owner.pid} on {owner.host}, out of reach from here",
                hint=f"run this command on {owner.host}",
            )
        _add(store, key, wish, who, now, reply_to)
        with suppress(ProcessLookupError):
            os.kill(owner.pid, signal.SIGUSR1)
        return owner
    if not schedulers:
        return None
    _add(store, key, wish, who, now, reply_to)
    return schedulers[owner.owner_id] if owner is not None else next(iter(schedulers.values()))


def have_done(
    store: Store,
    wishes: Sequence[tuple[RunRecord, Wish]],
    *,
    who: str,
    clock: Callable[[], datetime],
    bounds: Bounds,
    patience_seconds: float = PATIENCE_SECONDS,
) -> list[Outcome]:
    """One outcome for each, in their order; waits at most `patience_seconds` for all of them. Whoever asks writes it
    down in the audit log."""
    outcomes: list[Outcome] = [Outcome()] * len(wishes)
    with closing(store.listen({Topic.ANSWERS})) as listener:
        waiting: dict[str, int] = {}
        for place, (run, wish) in enumerate(wishes):
            reply_to = secrets.token_hex(8)
            try:
                asked = leave(store, _key(run), wish, who=who, now=clock(), reply_to=reply_to)
                if asked is not None:
                    waiting[reply_to] = place
                else:
                    decide_here(store, run, wish, who=who, now=clock(), bounds=bounds)
                    outcomes[place] = Outcome(is_done=True)
            except TradewindError as error:
                outcomes[place] = Outcome(refusal=error)
        store.ring(Topic.REQUESTS if waiting else Topic.RUNS)
        for reply_to, found in _answers(store, listener, waiting, patience_seconds).items():
            outcomes[waiting[reply_to]] = found
    return outcomes


def decide_here(store: Store, record: RunRecord, wish: Wish, *, who: str, now: datetime, bounds: Bounds) -> None:
    """Commit what the engine makes of the wish, for a run that nobody drives. What is to run from now on waits for the
    scheduler that takes the run up. Raises TradewindError where it cannot be."""
    key = _key(record)
    if isinstance(wish, SetXCom | DropXCom):
        store.commit(changes_by_hand(store, key, wish), who=who, now=now)
        return
    if isinstance(wish, Cancel) and record.state.is_finished:
        raise TradewindError(f"run {key.run_id!r} has ended already: {record.state}")
    spec_hash, snapshot = record.dag_hash, record.snapshot
    changes: list[Change] = []
    if isinstance(wish, Clear) and wish.with_newest_code:
        newest = next(iter(store.schedules(dag_id=key.dag_id)), None)
        if newest is not None and newest.dag_hash != spec_hash:
            spec_hash, snapshot = newest.dag_hash, newest.snapshot
            changes.append(RunPinned(key, spec_hash, snapshot, f"goes on with new code: cleared by {who}"))
    spec = store.spec(key.dag_id, spec_hash)
    if spec is None:
        raise NotFoundError(f"version {spec_hash} of DAG {key.dag_id!r} is not in the store any more")
    active, rows = restored_run(store, key, spec, CodeRef(snapshot, spec.file), bounds)
    events = first_events(active, wish, record, who)
    if not events:
        return
    if record.state is RunState.RUNNING:
        lost, tells = left_behind(rows, "its process ended with the one that drove the run")
        changes += lost
        events = [events[0], *tells, *events[1:]]
    for event in events:
        decided = step(active.run, event, now).changes
        changes += decided
        changes += active.waiting.moved(key, decided)
    gone = store.owner_of(key)
    store.commit(changes, who=who, now=now)
    if gone is not None:
        store.release_run(key, owner_id=gone.owner_id)


def _add(store: Store, key: RunKey, wish: Wish, who: str, now: datetime, reply_to: str) -> None:
    kind, payload = kind_and_payload(wish)
    if reply_to:
        payload[REPLY_TO] = reply_to
    store.add_request(kind, key, payload, who=who, now=now)


def _answers(store: Store, listener: Listener, waiting: dict[str, int], patience_seconds: float) -> dict[str, Outcome]:
    """Those that came in time."""
    by_address = {address(reply_to): reply_to for reply_to in waiting}
    found: dict[str, Outcome] = {}
    deadline = time.monotonic() + patience_seconds
    while by_address:
        for one in store.take_requests(by_address):
            key = RunKey(one.dag_id, one.run_id)
            found[by_address.pop(key)] = _outcome(msgspec.convert(one.payload, Answer))
        left_seconds = deadline - time.monotonic()
        if left_seconds <= 0 or not by_address:
            break
        ear = select.poll()
        ear.register(listener.fileno(), select.POLLIN)
        ear.poll(left_seconds * 1000)
        listener.heard()
    return found


def _outcome(answer: Answer) -> Outcome:
    if not answer.problem:
        return Outcome(is_done=True)
    kind = NotFoundError if answer.is_not_found else TradewindError
    return Outcome(refusal=kind(answer.problem, hint=answer.hint))


def _key(run: RunRecord) -> RunKey:
    return RunKey(run.dag_id, run.run_id)
