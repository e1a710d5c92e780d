"""What tasks ask about other DAGs and their runs, and runs of other DAGs that they start."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from tradewind.model.ids import RunKey, TryId
from tradewind.model.messages import GetAssetEvents, GetDag, GetRuns, SetDeadline, TriggerRun
from tradewind.model.records import RunRecord
from tradewind.model.requests import Clear, kind_and_payload
from tradewind.model.service import AssetEventRecord, DeadlineRecord, Topic
from tradewind.model.states import RunType
from tradewind.scheduler.launch import check_run_type, manual_run
from tradewind.scheduler.manual_intervals import ask_for_interval
from tradewind.scheduler.names import run_id as name_of_run
from tradewind.scheduler.run_deadlines import with_deadlines
from tradewind.store.base import Store
from tradewind.store.errors import DuplicateRunError

MOST_EVENTS = 10_000
"""Of an asset's history, where the task names no limit."""


def dag_facts(store: Store, request: GetDag) -> dict[str, Any] | None:
    record = store.dag(request.dag_id)
    spec = store.spec(request.dag_id, record.hash) if record is not None else None
    if record is None or spec is None:
        return None
    return {
        "dag_id": record.dag_id,
        "is_paused": record.is_paused,
        "is_retired": record.retired_at is not None,
        "tasks": [task.task_id for task in spec.tasks],
        "groups": [group.group_id for group in spec.groups],
    }


def asset_history(store: Store, request: GetAssetEvents) -> list[AssetEventRecord]:
    """With `ascending` the oldest come first, and a limit keeps the oldest; else the newest."""
    found = store.asset_events(
        name=request.name,
        uri=request.uri,
        alias=request.alias,
        after=request.after,
        before=request.before,
        limit=MOST_EVENTS if request.ascending else request.limit or MOST_EVENTS,
    )
    return found[::-1][: request.limit] if request.ascending else found


def set_deadline(store: Store, request: SetDeadline, run: RunKey | None) -> None:
    if run is not None:
        which = {"place": request.place}
        store.add_deadlines([DeadlineRecord(0, run, request.name, request.due_at, which)])
        store.ring(Topic.RUNS)


class Triggers:
    """Runs that tasks start. `drive` takes them up where no service does: `tradewind run` drives them, too."""

    def __init__(
        self,
        store: Store,
        run_of: Callable[[TryId], RunKey | None],
        clock: Callable[[], datetime],
        drive: Callable[[RunKey, bool], None] | None = None,
    ) -> None:
        self._store = store
        self._run_of = run_of
        self._clock = clock
        self._drive = drive

    def trigger(self, request: TriggerRun) -> dict[str, Any]:
        """See `messages.TriggerRun`. Raises ParamError where the DAG's params refuse the conf."""
        record = self._store.dag(request.dag_id)
        if record is None or record.retired_at is not None:
            return _answer("no_dag")
        if record.is_paused and request.fail_when_paused:
            return _answer("paused")
        now = self._clock()
        date = request.logical_date or now
        run_id = request.run_id or name_of_run(RunType.MANUAL, date)
        if (there := self._there(request, run_id)) is not None:
            return self._exists(there, request, now)
        spec = self._store.spec(request.dag_id, record.hash)
        if spec is None:
            return _answer("no_dag")
        check_run_type(spec, "operator_triggered")
        created = manual_run(
            spec,
            snapshot=record.snapshot,
            now=now,
            logical_date=date,
            run_id=run_id,
            conf=request.conf,
            triggered_by=self._asker(request),
            note=request.note,
            run_after=request.run_after,
        )
        try:
            self._store.commit([with_deadlines(created, spec, self._store, now)], who=self._asker(request), now=now)
        except DuplicateRunError:  # somebody was faster
            there = self._there(request, run_id)
            return _answer("exists", run_id if there is None else there.run_id, there)
        ask_for_interval(self._store, spec, created, who=self._asker(request), now=now)
        self._take_up(created.run, is_clear=False)
        return _answer("created", run_id)

    def _there(self, request: TriggerRun, run_id: str) -> RunRecord | None:
        dag_id = request.dag_id
        found = self._store.runs_asked_for(GetRuns(dag_id, run_ids=(run_id,)))
        if not found and request.logical_date is not None:
            found = self._store.runs_asked_for(GetRuns(dag_id, logical_dates=(request.logical_date,)))
        return found[0] if found else None

    def _exists(self, there: RunRecord, request: TriggerRun, now: datetime) -> dict[str, Any]:
        if not request.reset:
            return _answer("exists", there.run_id, there)
        key = RunKey(there.dag_id, there.run_id)
        if self._drive is None:
            kind, payload = kind_and_payload(Clear(why="reset by TriggerDagRunOperator"))
            self._store.add_request(kind, key, payload, who=self._asker(request), now=now)
            self._store.ring(Topic.REQUESTS)
        else:
            self._drive(key, True)
        return _answer("reset", there.run_id, there)

    def _take_up(self, key: RunKey, *, is_clear: bool) -> None:
        if self._drive is None:
            self._store.ring(Topic.RUNS)
        else:
            self._drive(key, is_clear)

    def _asker(self, request: TriggerRun) -> str:
        run = self._run_of(request.try_id)
        return f"run {run.run_id} of {run.dag_id}" if run is not None else "a task"


def _answer(outcome: str, run_id: str = "", there: RunRecord | None = None) -> dict[str, Any]:
    state, ended_at = (there.state, there.ended_at) if there is not None else ("queued", None)
    return {"outcome": outcome, "run_id": run_id, "state": state, "ended_at": ended_at}
