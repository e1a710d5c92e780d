"""The contract of every store. Only the store writes states; every write is compare-and-set and leaves a history row.

Not thread-safe: a store belongs to the thread that opened it. Several processes may have the same home open.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from tradewind.model.changes import Change
from tradewind.model.ids import MapPath, RunKey, TaskId
from tradewind.model.messages import CountXComs, GetRuns, GetTaskStates, GetXComs
from tradewind.model.records import (
    ConnectionRecord,
    DagRecord,
    HistoryRecord,
    ImportErrorRecord,
    MetricRecord,
    OwnerRecord,
    PoolRecord,
    ProgressRecord,
    ReaderRecord,
    RequestRecord,
    RunRecord,
    RunRows,
    TaskRecord,
    TryRecord,
    VariableRecord,
)
from tradewind.model.spec import DagSpec
from tradewind.model.states import RunState
from tradewind.model.values import XCom
from tradewind.model.warm import ImportProblem
from tradewind.store.facets.archive import Archive
from tradewind.store.facets.assets import Assets
from tradewind.store.facets.backfills import Backfills
from tradewind.store.facets.cached import Cached
from tradewind.store.facets.counts import Counts
from tradewind.store.facets.deadlines import Deadlines
from tradewind.store.facets.deferrals import Deferrals
from tradewind.store.facets.journal import Journal
from tradewind.store.facets.parsing import Parsing
from tradewind.store.facets.people import People
from tradewind.store.facets.schedules import Schedules
from tradewind.store.facets.services import Services
from tradewind.store.facets.spending import Spending
from tradewind.store.facets.views import Views

DEFAULT_POOL = "default_pool"
NOTE = "note: "
"""What `Store.check` puts before a sentence that names no damage."""


class Store(
    Schedules,
    Deferrals,
    Assets,
    Backfills,
    Deadlines,
    Services,
    Counts,
    Parsing,
    People,
    Archive,
    Views,
    Journal,
    Cached,
    Spending,
    Protocol,
):
    # ------------------------------------------------------------------------------------ states

    def commit(
        self, changes: Sequence[Change], *, who: str, now: datetime, epochs: Mapping[RunKey, int] | None = None
    ) -> None:
        """Apply a batch in one transaction, in order. `epochs`: the claims that the writer believes to hold.

        Each change of a run, a task instance or a try gets its history row. An empty batch costs nothing. The run's
        first start stays when it goes on after its end; a task instance that is cleared (to NONE) loses its try and its
        times, one that is rescheduled or deferred keeps the start of the try that goes on.

        Raises StaleStateError where a row is not in the state a change expects (it names the one found), or the run or
        try is not there any more, or a try id is taken; LostLeaseError (a StaleStateError) where a run has been claimed
        by another since; DuplicateRunError for a RunCreated that exists; StoreError
        where the database cannot be written. Then nothing of the batch is applied."""
        ...

    def load_run(self, key: RunKey) -> RunRows:
        """Raises NotFoundError."""
        ...

    # ------------------------------------------------------------------------------------ runs

    def run(self, key: RunKey) -> RunRecord | None: ...

    def runs(
        self, *, dag_id: str | None = None, states: Iterable[RunState] = (), limit: int = 100, offset: int = 0
    ) -> list[RunRecord]:
        """Newest first."""
        ...

    def runs_asked_for(self, request: GetRuns) -> list[RunRecord]:
        """Those of the runs that there are, oldest first."""
        ...

    def previous_run(self, key: RunKey, *, success_only: bool = False) -> RunRecord | None:
        """The DAG's run with the greatest logical date before this one's."""
        ...

    def tasks(self, key: RunKey) -> list[TaskRecord]: ...

    def tries(
        self, key: RunKey, task_id: TaskId | None = None, path: MapPath | None = None, *, with_callbacks: bool = False
    ) -> list[TryRecord]:
        """Oldest first. Processes that only called a callback are not tries of a task: see TryPurpose.CALLBACK."""
        ...

    def history(self, key: RunKey, task_id: TaskId | None = None) -> list[HistoryRecord]:
        """Oldest first."""
        ...

    def metrics(self, key: RunKey, task_id: TaskId | None = None) -> list[MetricRecord]: ...

    def progress(self, key: RunKey) -> list[ProgressRecord]:
        """What each try said last."""
        ...

    def set_run_note(self, key: RunKey, note: str) -> None:
        """Raises NotFoundError."""
        ...

    def set_task_notes(
        self, key: RunKey, instances: Collection[tuple[TaskId, MapPath]], note: str, *, who: str, now: datetime
    ) -> None:
        """The same note on each; an empty one removes those there are. Raises NotFoundError for the run."""
        ...

    def task_notes(self, key: RunKey) -> dict[tuple[TaskId, MapPath], str]: ...

    def delete_run(self, key: RunKey, *, even_if_owned_by: str | None = None) -> list[str]:
        """Delete all rows of a run; returns `unused_artifacts`.

        Raises NotFoundError; OwnedRunError for a queued or running run that has an owner. Where the caller has made
        sure that this owner's process is gone, it passes the owner's id."""
        ...

    # ------------------------------------------------------------------------------------ values

    def xcoms(self, request: GetXComs, own_run: RunKey | None) -> list[XCom]:
        """By task as asked for, then by map path as numbers, or as asked for where paths are named; without task ids
        by age, the newest last. With `include_prior_dates` each task's values come from its newest run that is not
        after the own one."""
        ...

    def count_xcoms(self, request: CountXComs, own_run: RunKey | None) -> int: ...

    def all_xcoms(self, key: RunKey) -> list[XCom]:
        """Every value of a run, by task, path and key."""
        ...

    def readers_of(self, value_hash: str) -> list[ReaderRecord]:
        """The tries that read the value of this hash, oldest first: its lineage."""
        ...

    def task_states(self, request: GetTaskStates) -> list[dict[str, object]]: ...

    # ------------------------------------------------------------------------------------ ownership and requests

    def claim_run(
        self, key: RunKey, *, owner_id: str, pid: int, host: str, now: datetime, instead_of: str | None = None
    ) -> int:
        """Make this process the one that drives the run; returns the claim's epoch. Compare-and-set: `instead_of` is
        the owner that is expected to stand there (None: none), and whoever names one has made sure that it is gone. To
        claim what is one's own already is no error.

        Raises OwnedRunError naming the owner that stands there instead, NotFoundError."""
        ...

    def release_run(self, key: RunKey, *, owner_id: str) -> bool:
        """Give up one's own claim; False where there is none (any more), and another's stays."""
        ...

    def owner_of(self, key: RunKey) -> OwnerRecord | None: ...

    def add_request(
        self, kind: str, key: RunKey | None, payload: dict[str, object], *, who: str, now: datetime
    ) -> None:
        """Leave a wish for the process that drives the run; `key=None`: it is about no run."""
        ...

    def take_requests(self, keys: Iterable[RunKey | None]) -> list[RequestRecord]:
        """Requests for these runs (None: those about no run), oldest first; they are removed. Takes no lock where there
        are none."""
        ...

    def take_wishes(self, owner_id: str, kinds: Collection[str]) -> list[RequestRecord]:
        """Requests of these kinds about runs that this owner or nobody drives, and about no run, oldest first; they are
        removed. Takes no lock where there are none."""
        ...

    def live_slots_elsewhere(self, owner_id: str) -> dict[str, int]:
        """Pool → slots used by live tries of runs that other processes drive, and by what is deferred of them where the
        pool counts that."""
        ...

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
        """True where this version was new (its hash differs from the newest). Where what the clock follows from has
        changed, nothing is due until `set_next_run`; a bundle's version is its commit."""
        ...

    def dag(self, dag_id: str) -> DagRecord | None: ...

    def dags(self, *, include_retired: bool = False) -> list[DagRecord]:
        """By id, each with its last run."""
        ...

    def retire_dags(self, root: str, file: str, *, keep: Collection[str], now: datetime) -> list[str]:
        """The file defines these DAGs and no others any more: returns the ids of those that are retired now. Their runs
        and versions stay, and `save_dag_version` brings them back."""
        ...

    def spec(self, dag_id: str, dag_hash: str | None = None) -> DagSpec | None:
        """A version's spec; the newest where no hash is given."""
        ...

    def set_paused(self, dag_id: str, is_paused: bool) -> None:
        """Raises NotFoundError."""
        ...

    def delete_dag(self, dag_id: str) -> None:
        """All that is known of a DAG whose runs are gone: its versions, clock, backfills. Its file makes it anew.

        Raises NotFoundError, TradewindError where it still has runs."""
        ...

    def replace_import_errors(
        self, root: str, file: str, problems: Sequence[ImportProblem], *, now: datetime
    ) -> None: ...

    def import_errors(self) -> list[ImportErrorRecord]: ...

    # ------------------------------------------------------------------------------------ variables, connections, pools

    def get_variable(self, key: str) -> str | None: ...

    def set_variable(self, key: str, value: str, description: str | None = None) -> None:
        """`description=None` leaves the one there is.

        Raises HomeError where secrets exist but their key is gone: a new key would lock them up for good."""
        ...

    def import_variables(self, variables: Iterable[VariableRecord]) -> None:
        """All or none."""
        ...

    def delete_variable(self, key: str) -> bool: ...

    def variables(self) -> list[VariableRecord]: ...

    def get_connection(self, conn_id: str) -> ConnectionRecord | None: ...

    def set_connection(self, connection: ConnectionRecord) -> None: ...

    def import_connections(self, connections: Iterable[ConnectionRecord]) -> None:
        """All or none."""
        ...

    def delete_connection(self, conn_id: str) -> bool: ...

    def connections(self) -> list[ConnectionRecord]: ...

    def pools(self) -> list[PoolRecord]: ...

    def set_pool(self, pool: PoolRecord) -> None: ...

    def import_pools(self, pools: Iterable[PoolRecord]) -> None:
        """All or none."""
        ...

    def delete_pool(self, name: str) -> bool:
        """Raises TradewindError for the default pool."""
        ...

    # ------------------------------------------------------------------------------------ keeping house

    def unused_artifacts(self) -> list[str]:
        """Keys of artifacts whose values were replaced, cleared or deleted, and that no value refers to any more. They
        are named again until `forget_artifacts`: whoever dies between deleting runs and files leaves nothing behind."""
        ...

    def artifact_keys_in_use(self, keys: Iterable[str]) -> set[str]:
        """Those of the keys that some value refers to."""
        ...

    def forget_artifacts(self, keys: Iterable[str]) -> None:
        """The files of these artifacts have been deleted."""
        ...

    def revision(self) -> str:
        """Revision of the schema."""
        ...

    def check(self, *, is_alive: Callable[[str], bool] | None = None) -> list[str]:
        """What is wrong, a sentence each: damage, another revision, rows whose run is gone. Sentences that begin with
        "note: " name runs that are running with nobody to drive them; `is_alive` is asked with an owner's id, without
        it only runs without an owner are named. Empty where all is sound."""
        ...

    def clean(self, before: datetime) -> tuple[int, list[str]]:
        """Delete runs that ended before (never queued or running ones), and what else is as old and nobody waits for:
        events of assets, backfills, ended processes, the audit. How many runs, and `unused_artifacts`. Done piece by
        piece: where it is cut short, what is gone is gone."""
        ...

    def reset(self, *, even_if_owned_by: Collection[str] = ()) -> list[str]:
        """Delete everything but the schema; returns `unused_artifacts`.

        Raises OwnedRunError where a run is queued or running and its owner is not one of those named, which the caller
        knows to be gone."""
        ...

    def close(self) -> None: ...
