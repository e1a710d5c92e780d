"""The store over any SQL driver: each public method is one transaction or one read."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import datetime

from tradewind.model.changes import Change
from tradewind.model.ids import MapPath, RunKey, TaskId
from tradewind.model.messages import CountXComs, GetRuns, GetTaskStates, GetXComs
from tradewind.model.records import (
    DagRecord,
    HistoryRecord,
    ImportErrorRecord,
    MetricRecord,
    OwnerRecord,
    ProgressRecord,
    ReaderRecord,
    RequestRecord,
    RunRecord,
    RunRows,
    TaskRecord,
    TryRecord,
)
from tradewind.model.spec import DagSpec
from tradewind.model.states import RunState
from tradewind.model.values import XCom
from tradewind.model.warm import ImportProblem
from tradewind.store.sql import dags, jobs, keeping, notes, ownership, runs, values
from tradewind.store.sql.approvals import SqlApprovals
from tradewind.store.sql.assets import SqlAssets
from tradewind.store.sql.backfills import SqlBackfills
from tradewind.store.sql.cached import SqlCached
from tradewind.store.sql.coding import to_micros
from tradewind.store.sql.commit import apply
from tradewind.store.sql.counts import SqlCounts
from tradewind.store.sql.deadlines import SqlDeadlines
from tradewind.store.sql.deferrals import SqlDeferrals
from tradewind.store.sql.following import SqlFollowing
from tradewind.store.sql.instances import SqlInstances
from tradewind.store.sql.journal import SqlJournal
from tradewind.store.sql.parsing import SqlParsing
from tradewind.store.sql.people import SqlPeople
from tradewind.store.sql.schedules import SqlSchedules
from tradewind.store.sql.spending import SqlSpending
from tradewind.store.sql.views import SqlViews


class SqlStore(
    SqlPeople,
    SqlSchedules,
    SqlDeferrals,
    SqlApprovals,
    SqlAssets,
    SqlBackfills,
    SqlDeadlines,
    SqlCounts,
    SqlParsing,
    SqlViews,
    SqlFollowing,
    SqlInstances,
    SqlJournal,
    SqlCached,
    SqlSpending,
):
    """See `store.base.Store`."""

    # ------------------------------------------------------------------------------------ states

    def commit(
        self, changes: Sequence[Change], *, who: str, now: datetime, epochs: Mapping[RunKey, int] | None = None
    ) -> None:
        if changes:
            with self._writing() as connection:
                apply(connection, changes, who=who, now=now, epochs=epochs)

    def load_run(self, key: RunKey) -> RunRows:
        with self._reading_at_once() as connection:
            return runs.rows_of(connection, key)

    # ------------------------------------------------------------------------------------ runs

    def run(self, key: RunKey) -> RunRecord | None:
        with self._reading() as connection:
            return runs.one_run(connection, key)

    def runs(
        self, *, dag_id: str | None = None, states: Iterable[RunState] = (), limit: int = 100, offset: int = 0
    ) -> list[RunRecord]:
        with self._reading() as connection:
            return runs.many_runs(connection, dag_id, states, limit, offset)

    def runs_asked_for(self, request: GetRuns) -> list[RunRecord]:
        with self._reading() as connection:
            return runs.runs_asked_for(connection, request)

    def previous_run(self, key: RunKey, *, success_only: bool = False) -> RunRecord | None:
        with self._reading() as connection:
            return runs.previous_run(connection, key, success_only=success_only)

    def tasks(self, key: RunKey) -> list[TaskRecord]:
        with self._reading() as connection:
            return runs.tasks_of(connection, runs.row_id(connection, key))

    def tries(
        self, key: RunKey, task_id: TaskId | None = None, path: MapPath | None = None, *, with_callbacks: bool = False
    ) -> list[TryRecord]:
        with self._reading() as connection:
            run = runs.row_id(connection, key)
            return runs.tries_of(connection, run, task_id, path, with_callbacks=with_callbacks)

    def history(self, key: RunKey, task_id: TaskId | None = None) -> list[HistoryRecord]:
        with self._reading() as connection:
            return runs.history_of(connection, runs.row_id(connection, key), task_id)

    def metrics(self, key: RunKey, task_id: TaskId | None = None) -> list[MetricRecord]:
        with self._reading() as connection:
            return runs.metrics_of(connection, runs.row_id(connection, key), task_id)

    def progress(self, key: RunKey) -> list[ProgressRecord]:
        with self._reading() as connection:
            return runs.progress_of(connection, runs.row_id(connection, key))

    def set_run_note(self, key: RunKey, note: str) -> None:
        with self._writing() as connection:
            run = runs.row_id(connection, key)
            connection.execute("UPDATE run SET note = ? WHERE id = ?", (note, run))

    def set_task_notes(
        self, key: RunKey, instances: Collection[tuple[TaskId, MapPath]], note: str, *, who: str, now: datetime
    ) -> None:
        with self._writing() as connection:
            notes.write(connection, runs.row_id(connection, key), instances, note, who, now)

    def task_notes(self, key: RunKey) -> dict[tuple[TaskId, MapPath], str]:
        with self._reading() as connection:
            return notes.of_run(connection, runs.row_id(connection, key))

    def delete_run(self, key: RunKey, *, even_if_owned_by: str | None = None) -> list[str]:
        with self._writing() as connection:
            keeping.delete_run(connection, key, even_if_owned_by)
            return keeping.unused_artifacts(connection)

    # ------------------------------------------------------------------------------------ values

    def xcoms(self, request: GetXComs, own_run: RunKey | None) -> list[XCom]:
        with self._reading() as connection:
            return values.select_xcoms(connection, request, own_run)

    def count_xcoms(self, request: CountXComs, own_run: RunKey | None) -> int:
        with self._reading() as connection:
            return values.count_xcoms(connection, request, own_run)

    def all_xcoms(self, key: RunKey) -> list[XCom]:
        with self._reading() as connection:
            return values.all_xcoms(connection, runs.row_id(connection, key))

    def readers_of(self, value_hash: str) -> list[ReaderRecord]:
        with self._reading() as connection:
            return runs.readers_of(connection, value_hash)

    def task_states(self, request: GetTaskStates) -> list[dict[str, object]]:
        with self._reading() as connection:
            return runs.task_states(connection, request)

    # ------------------------------------------------------------------------------------ ownership and requests

    def claim_run(
        self, key: RunKey, *, owner_id: str, pid: int, host: str, now: datetime, instead_of: str | None = None
    ) -> int:
        wanted = OwnerRecord(owner_id, pid, host, epoch=0, claimed_at=now)
        with self._writing() as connection:
            runs.row_id(connection, key)
            epoch = ownership.claim(connection, key, wanted, instead_of)
            if instead_of is not None and instead_of != owner_id:
                jobs.lose_lease(connection, instead_of, to_micros(self.now()) or 0)
            return epoch

    def release_run(self, key: RunKey, *, owner_id: str) -> bool:
        with self._writing() as connection:
            return ownership.release(connection, key, owner_id)

    def owner_of(self, key: RunKey) -> OwnerRecord | None:
        with self._reading() as connection:
            return ownership.owner(connection, key)

    def add_request(
        self, kind: str, key: RunKey | None, payload: dict[str, object], *, who: str, now: datetime
    ) -> None:
        with self._writing() as connection:
            ownership.add_request(connection, kind, key, payload, who, now)

    def take_requests(self, keys: Iterable[RunKey | None]) -> list[RequestRecord]:
        wanted = tuple(keys)
        with self._reading() as connection:
            if not ownership.has_requests(connection, wanted):
                return []
        with self._writing() as connection:
            return ownership.take_requests(connection, wanted)

    def take_wishes(self, owner_id: str, kinds: Collection[str]) -> list[RequestRecord]:
        with self._reading() as connection:
            if not ownership.has_wishes(connection, owner_id, kinds):
                return []
        with self._writing() as connection:
            return ownership.take_wishes(connection, owner_id, kinds)

    def live_slots_elsewhere(self, owner_id: str) -> dict[str, int]:
        with self._reading() as connection:
            return ownership.slots_elsewhere(connection, owner_id)

    # ------------------------------------------------------------------------------------ DAGs

    def save_dag_version(
        self,
        spec: DagSpec,
        snapshot: str,
        root: str,
        file: str,
        *,
        now: datetime,
        bundle: str = "",
        bundle_version: str = "",
    ) -> bool:
        with self._writing() as connection:
            return dags.save_version(connection, spec, snapshot, root, file, (bundle, bundle_version), now)

    def dag(self, dag_id: str) -> DagRecord | None:
        with self._reading() as connection:
            return dags.one_dag(connection, dag_id)

    def dags(self, *, include_retired: bool = False) -> list[DagRecord]:
        with self._reading() as connection:
            return dags.all_dags(connection, include_retired=include_retired)

    def retire_dags(self, root: str, file: str, *, keep: Collection[str], now: datetime) -> list[str]:
        with self._writing() as connection:
            return dags.retire(connection, root, file, keep, now)

    def spec(self, dag_id: str, dag_hash: str | None = None) -> DagSpec | None:
        with self._reading() as connection:
            return dags.spec_of(connection, dag_id, dag_hash)

    def set_paused(self, dag_id: str, is_paused: bool) -> None:
        with self._writing() as connection:
            dags.set_paused(connection, dag_id, is_paused, self.now())

    def delete_dag(self, dag_id: str) -> None:
        with self._writing() as connection:
            dags.delete(connection, dag_id)

    def replace_import_errors(self, root: str, file: str, problems: Sequence[ImportProblem], *, now: datetime) -> None:
        with self._writing() as connection:
            dags.replace_import_errors(connection, root, file, problems, now)

    def import_errors(self) -> list[ImportErrorRecord]:
        with self._reading() as connection:
            return dags.import_errors(connection)

    # ------------------------------------------------------------------------------------ keeping house

    def unused_artifacts(self) -> list[str]:
        with self._reading() as connection:
            return keeping.unused_artifacts(connection)

    def artifact_keys_in_use(self, keys: Iterable[str]) -> set[str]:
        with self._reading() as connection:
            return keeping.keys_in_use(connection, keys)

    def forget_artifacts(self, keys: Iterable[str]) -> None:
        with self._writing() as connection:
            keeping.forget_artifacts(connection, keys)

    def check(self, *, is_alive: Callable[[str], bool] | None = None) -> list[str]:
        if damage := self._damage():
            return damage
        with self._reading() as connection:
            return [*dags.unreadable(connection), *keeping.abandoned_runs(connection, is_alive)]

    def clean(self, before: datetime) -> tuple[int, list[str]]:
        deleted, is_more = 0, True
        while is_more:
            with self._writing() as connection:
                runs, is_more = keeping.clean_some(connection, before)
            deleted += runs
        return deleted, self.unused_artifacts()

    def reset(self, *, even_if_owned_by: Collection[str] = ()) -> list[str]:
        with self._writing() as connection:
            keeping.reset(connection, even_if_owned_by)
            return keeping.unused_artifacts(connection)
