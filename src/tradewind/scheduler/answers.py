"""What runners ask for while their task runs, answered from the store. Nothing here decides or changes a state."""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import Future
from datetime import datetime
from functools import partial
from typing import Any, Literal, Protocol

import msgspec

from tradewind.model.cached import CARRIED, FoundCached
from tradewind.model.errors import TradewindError
from tradewind.model.ids import RunKey, TryId
from tradewind.model.journal import EntryQuery
from tradewind.model.messages import (
    CountXComs,
    FindCached,
    GetAsset,
    GetAssetEvents,
    GetConnection,
    GetDag,
    GetRun,
    GetRuns,
    GetTaskStates,
    GetTries,
    GetVariable,
    GetXComs,
    ListKeys,
    RaiseAlarm,
    ReadEntries,
    Reply,
    Request,
    SetDeadline,
    SetVariable,
    TriggerRun,
)
from tradewind.scheduler.alarms import raise_alarm
from tradewind.scheduler.clock import utc_now
from tradewind.scheduler.errands import Errands
from tradewind.scheduler.other_dags import Triggers, asset_history, dag_facts, set_deadline
from tradewind.store.base import Store

_log = logging.getLogger(__name__)
MOST_METRICS_CARRIED = 2_000
"""Points of a try whose success is taken over; of longer curves their ends."""


class Driver(Protocol):
    """Whoever has live tries that ask: the scheduler."""

    def run_of(self, try_id: TryId) -> RunKey | None: ...

    def flush(self) -> None: ...


class Elsewhere(Protocol):
    """Where secrets are looked up before the store (see `secret_backends`)."""

    def variable(self, key: str) -> str | None: ...

    def connection(self, conn_id: str) -> str | None:
        """As a URI or JSON: the task's own process reads it."""
        ...

    def is_at_hand(self, kind: Literal["variables", "connections"], key: str) -> bool:
        """Nobody has to be asked."""
        ...


class LookedUpElsewhere:
    """See `executors.base.Later`."""

    def __init__(self, found: Future[str | None], finish: Callable[[], Reply]) -> None:
        self._found = found
        self.reply = finish

    def when_there(self, call: Callable[[], None]) -> None:
        self._found.add_done_callback(lambda _: call())


class Answers:
    """`soon` is for `Executor.start`; to be called by whoever may wait until another system has answered."""

    def __init__(self, elsewhere: Elsewhere | None = None) -> None:
        self._elsewhere = elsewhere
        self._errands = Errands()
        self._store: Store | None = None
        self._run_of: Callable[[TryId], RunKey | None] = lambda _: None
        self._flush: Callable[[], None] = lambda: None
        self._drive: Callable[[RunKey, bool], None] | None = None

    def serve(
        self, store: Store, scheduler: Driver | None = None, *, drive: Callable[[RunKey, bool], None] | None = None
    ) -> None:
        """From here on these are asked. The executor starts before the store is open, so that both take no longer than
        the slower one. `drive(run, is clear)` takes up the runs that tasks start, where no service does."""
        self._store = store
        self._drive = drive
        if scheduler is not None:
            self._run_of = scheduler.run_of
            self._flush = scheduler.flush

    def soon(self, request: Request) -> Reply | LookedUpElsewhere:
        """What another system has to be asked for is asked by another thread; the store is by this one."""
        if self._elsewhere is None or not isinstance(request, GetVariable | GetConnection):
            return self(request)
        kind, key = ("variables", request.key) if isinstance(request, GetVariable) else ("connections", request.conn_id)
        if self._elsewhere.is_at_hand(kind, key):
            return self(request)
        found = self._errands.run((kind, key), partial(self._looked_up, request))
        return LookedUpElsewhere(found, partial(self._replied, lambda store: _or_here(store, request, found.result())))

    def __call__(self, request: Request) -> Reply:
        return self._replied(lambda store: self._answer(store, request))

    def _replied(self, answer: Callable[[Store], Any]) -> Reply:
        try:
            if self._store is None:
                return Reply(error="the store is not open yet")
            return Reply(msgspec.to_builtins(answer(self._store), builtin_types=(bytes, datetime)))
        except TradewindError as error:
            return Reply(error=str(error))
        except Exception as error:  # whatever user code asks for, it must not end the scheduler
            _log.exception("a request could not be answered")
            return Reply(error=f"{type(error).__name__}: {error}")

    def _answer(self, store: Store, request: Request) -> Any:
        match request:
            case GetXComs():
                self._flush()
                return store.xcoms(request, self._run_of(request.try_id))
            case CountXComs():
                self._flush()
                return store.count_xcoms(request, self._run_of(request.try_id))
            case GetVariable() | GetConnection():
                return _or_here(store, request, self._looked_up(request))
            case SetVariable(key=key, value=None):
                store.delete_variable(key)
                return None
            case SetVariable():
                store.set_variable(request.key, request.value or "", request.description)
                return None
            case ListKeys(kind="variable"):
                return [found.key for found in store.variables() if found.key.startswith(request.prefix)]
            case ListKeys():
                return [one.conn_id for one in store.connections() if one.conn_id.startswith(request.prefix)]
            case GetTaskStates():
                return store.task_states(request)
            case GetRun(run=run, which="self"):
                return store.run(run)
            case GetRuns():
                return store.runs_asked_for(request)
            case GetDag():
                return dag_facts(store, request)
            case GetAsset(name=name):
                return max(store.assets(names=[name]), key=lambda one: (one.is_active, one.asset_id), default=None)
            case GetAssetEvents():
                return asset_history(store, request)
            case GetTries(task=task):
                return store.tries(task.run, task.task_id, task.map_path)
            case ReadEntries(query=query):
                self._flush()
                return store.entries(query)
            case RaiseAlarm():
                return raise_alarm(store, request, self._run_of(request.try_id), utc_now())
            case FindCached():
                return _found_cached(store, request)
            case SetDeadline():
                set_deadline(store, request, self._run_of(request.try_id))
                return None
            case TriggerRun():
                return Triggers(store, self._run_of, utc_now, self._drive).trigger(request)
            case GetRun():
                return store.previous_run(request.run, success_only=request.which == "previous_success")

    def _looked_up(self, request: GetVariable | GetConnection) -> str | None:
        if self._elsewhere is None:
            return None
        if isinstance(request, GetVariable):
            return self._elsewhere.variable(request.key)
        return self._elsewhere.connection(request.conn_id)


def _found_cached(store: Store, request: FindCached) -> FoundCached:
    task, same = request.task, store.cached(request.key)
    if same is None:
        return FoundCached(None, store.last_cached(task.dag_id, task.task_id, task.map_path))
    of_try = (same.dag_id, same.run_id, same.task_id, same.try_id)
    entries = [one for kind in CARRIED for one in reversed(store.entries(EntryQuery(kind, None, *of_try, None, 1000)))]
    return FoundCached(
        same,
        None,
        store.run(RunKey(same.dag_id, same.run_id)) is not None,
        tuple(store.metrics_of_try(same.try_id, MOST_METRICS_CARRIED)),
        tuple((one.kind, one.name, one.body) for one in entries),
    )


def _or_here(store: Store, request: GetVariable | GetConnection, found: str | None) -> Any:
    if found is not None:
        return found
    return (
        store.get_variable(request.key) if isinstance(request, GetVariable) else store.get_connection(request.conn_id)
    )
