"""The contract of every store. Only the store writes states; every write is compare-and-set and leaves a history row.

Not thread-safe: a store belongs to the thread that opened it. Several processes may have the same home open.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Protocol

from tradewind.model.changes import Change
from tradewind.model.ids import MapPath, RunKey, TaskId
from tradewind.model.messages import ConnectionRecord, CountXComs, GetTaskStates, GetXComs, RunRecord, TaskRecord
from tradewind.model.records import (
    DagRecord,
    HistoryRecord,
    ImportErrorRecord,
    MetricRecord,
    OwnerRecord,
    PoolRecord,
    RequestRecord,
    RunRows,
    TryRecord,
    VariableRecord,
)
from tradewind.model.spec import DagSpec
from tradewind.model.states import RunState
from tradewind.model.values import XCom
from tradewind.model.warm import ImportProblem

DEFAULT_POOL = "default_pool"


class Store(Protocol):
    # ------------------------------------------------------------------------------------ states

    def commit(self, changes: Sequence[Change], *, who: str, now: datetime) -> None:
        """Apply a batch in one transaction, in order.

        Raises StaleStateError where a row is not in the state a change expects, DuplicateRunError for a RunCreated that
        exists, StoreError where the database cannot be written; then nothing of the batch is applied."""
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

    def previous_run(self, key: RunKey, *, success_only: bool = False) -> RunRecord | None:
        """The DAG's run with the greatest logical date before this one's."""
        ...

    def tasks(self, key: RunKey) -> list[TaskRecord]: ...

    def tries(self, key: RunKey, task_id: TaskId | None = None, path: MapPath | None = None) -> list[TryRecord]:
        """Oldest first."""
        ...

    def history(self, key: RunKey, task_id: TaskId | None = None) -> list[HistoryRecord]:
        """Oldest first."""
        ...

    def metrics(self, key: RunKey, task_id: TaskId | None = None) -> list[MetricRecord]: ...

    def delete_run(self, key: RunKey) -> list[str]:
        """Delete all rows of a run; returns the artifact keys that no other value refers to any more.

        Raises NotFoundError; TradewindError while a live process drives it."""
        ...

    # ------------------------------------------------------------------------------------ values

    def xcoms(self, request: GetXComs, own_run: RunKey | None) -> list[XCom]: ...

    def count_xcoms(self, request: CountXComs, own_run: RunKey | None) -> int: ...

    def all_xcoms(self, key: RunKey) -> list[XCom]:
        """Every value of a run, by task, path and key."""
        ...

    def task_states(self, request: GetTaskStates) -> list[dict[str, object]]: ...

    # ------------------------------------------------------------------------------------ ownership and requests

    def claim_run(self, key: RunKey, *, owner_id: str, pid: int, host: str, now: datetime) -> int:
        """Make this process the one that drives the run; returns the claim's epoch. A claim that stands is replaced:
        whoever claims has made sure that its owner is gone."""
        ...

    def release_run(self, key: RunKey) -> None: ...

    def owner_of(self, key: RunKey) -> OwnerRecord | None: ...

    def add_request(self, kind: str, key: RunKey, payload: dict[str, object], *, who: str, now: datetime) -> None: ...

    def take_requests(self, keys: Iterable[RunKey]) -> list[RequestRecord]:
        """Requests for these runs, oldest first; they are removed."""
        ...

    def live_slots_elsewhere(self, owner_id: str) -> dict[str, int]:
        """Pool → slots used by live tries of runs that other processes drive."""
        ...

    # ------------------------------------------------------------------------------------ DAGs

    def save_dag_version(self, spec: DagSpec, snapshot: str, root: str, file: str, *, now: datetime) -> bool:
        """True where this version was new (its hash differs from the newest)."""
        ...

    def dag(self, dag_id: str) -> DagRecord | None: ...

    def dags(self) -> list[DagRecord]: ...

    def spec(self, dag_id: str, dag_hash: str | None = None) -> DagSpec | None:
        """A version's spec; the newest where no hash is given."""
        ...

    def set_paused(self, dag_id: str, is_paused: bool) -> None:
        """Raises NotFoundError."""
        ...

    def replace_import_errors(
        self, root: str, file: str, problems: Sequence[ImportProblem], *, now: datetime
    ) -> None: ...

    def import_errors(self) -> list[ImportErrorRecord]: ...

    # ------------------------------------------------------------------------------------ variables, connections, pools

    def get_variable(self, key: str) -> str | None: ...

    def set_variable(self, key: str, value: str, description: str | None = None) -> None: ...

    def delete_variable(self, key: str) -> bool: ...

    def variables(self) -> list[VariableRecord]: ...

    def get_connection(self, conn_id: str) -> ConnectionRecord | None: ...

    def set_connection(self, connection: ConnectionRecord) -> None: ...

    def delete_connection(self, conn_id: str) -> bool: ...

    def connections(self) -> list[ConnectionRecord]: ...

    def pools(self) -> list[PoolRecord]: ...

    def set_pool(self, pool: PoolRecord) -> None: ...

    def delete_pool(self, name: str) -> bool:
        """Raises TradewindError for the default pool."""
        ...

    # ------------------------------------------------------------------------------------ keeping house

    def revision(self) -> str:
        """Revision of the schema."""
        ...

    def check(self) -> list[str]:
        """Problems found by the database's own integrity check; empty where it is sound."""
        ...

    def clean(self, before: datetime) -> tuple[int, list[str]]:
        """Delete runs that ended before: how many, and the artifact keys nobody refers to any more."""
        ...

    def close(self) -> None: ...
