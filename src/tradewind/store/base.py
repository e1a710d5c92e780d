"""The contract of every metadata store. `conformance.py` in the tests checks each back end against it.

Holds for every method:
* Instants are aware datetimes; what comes back is in UTC, exact to the microsecond.
* A call is one transaction: after it returns its changes survive the death of the process, and when it raises nothing
  of it has happened.
* HomeError: the database cannot be used (locked, full, read-only, corrupt, from a newer version); its hint says what
  to do. Nothing is retried inside, except waiting for a lock.
* A store belongs to the thread that opened it and does not survive a fork: open another one, it takes milliseconds.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, Protocol

from tradewind.model.changes import Change
from tradewind.model.ids import MapPath, RunKey, TaskKey, TryId
from tradewind.model.messages import (
    ConnectionRecord,
    CountXComs,
    GetTaskStates,
    GetXComs,
    RunRecord,
    TaskRecord,
)
from tradewind.model.records import (
    CheckRecord,
    CleanedRecord,
    DagRecord,
    DagVersionRecord,
    HistoryRecord,
    MetricRecord,
    OwnerRecord,
    PoolRecord,
    ProgressRecord,
    RequestRecord,
    RunRows,
    TaskStateRecord,
    TryRecord,
    ValueReadRecord,
    VariableRecord,
)
from tradewind.model.spec import DagSpec
from tradewind.model.states import RunState, RunType
from tradewind.model.values import XCom
from tradewind.model.warm import ImportProblem, Snapshot

DEFAULT_POOL = "default_pool"


class StateWriter(Protocol):
    def commit(self, changes: Sequence[Change], *, who: str, now: datetime) -> None:
        """Apply a batch in one transaction; `who` and `now` go into the history rows.

        Each change of a state is a compare-and-set on its `old` state; a task instance without a row counts as NONE.
        Changes of one row are applied in the order given. A cleared instance (`new` NONE) keeps its row, with
        `try_number` and `tries_before_clear`.
        When an instance starts RUNNING its `started_at` is `now`; `ended_at` is set while its state is a finished one.
        `XComStored` replaces what the key held; `XComsCleared` and `ExpansionsForgotten` may find nothing.
        Raises StaleStateError naming the first row that was not as expected, DuplicateRunError for a RunCreated whose
        run id or logical date the DAG has already; nothing is applied then. An empty batch does nothing."""
        ...


class RunReader(Protocol):
    def run(self, key: RunKey) -> RunRecord | None: ...

    def runs(
        self,
        *,
        dag_id: str | None = None,
        states: Sequence[RunState] = (),
        run_type: RunType | None = None,
        since: datetime | None = None,
        until: datetime | None = None,
        limit: int = 100,
        offset: int = 0,
    ) -> list[RunRecord]:
        """Newest first (by the row's age, not its dates). `since` ≤ logical date (or run_after) < `until`."""
        ...

    def count_runs(self, *, dag_id: str | None = None, states: Sequence[RunState] = ()) -> int: ...

    def load_run(self, key: RunKey) -> RunRows:
        """All that the engine needs to be rebuilt, read at one moment. Raises NotFoundError."""
        ...

    def previous_run(self, key: RunKey, *, success_only: bool = False) -> RunRecord | None:
        """The DAG's run with the nearest earlier logical date; `run_after` stands in where there is none."""
        ...

    def tasks(self, key: RunKey) -> list[TaskRecord]:
        """Every task instance with a row, ordered by task id and map path."""
        ...

    def task(self, key: TaskKey) -> TaskRecord | None: ...

    def task_states(self, query: GetTaskStates) -> list[TaskStateRecord]:
        """States of the instances that have a row, in the order of runs, task ids and map paths."""
        ...

    def tries(self, key: TaskKey) -> list[TryRecord]:
        """Oldest first, lost ones included."""
        ...

    def run_tries(self, key: RunKey) -> list[TryRecord]:
        """All tries of a run, oldest first."""
        ...

    def find_try(self, try_id: TryId) -> TryRecord | None: ...

    def history(
        self, key: RunKey, *, task_id: str | None = None, map_path: MapPath | None = None, limit: int = 10_000
    ) -> list[HistoryRecord]:
        """The newest `limit` lines, oldest first: of the whole run, of one task, or of one instance."""
        ...

    def used_pool_slots(self) -> dict[str, int]:
        """Slots that live tries hold, by pool; counted, so that a crash cannot leak any."""
        ...


class ValueReader(Protocol):
    def xcoms(self, query: GetXComs, run: RunKey | None = None) -> list[XCom]:
        """What xcom_pull asks for. `run` is the asker's own run (None: looked up by `query.try_id`).

        * With `task_ids`: in their order, then by map path, then by key. Without: all tasks, in the order of writing,
          so that the newest comes last. `key=None`: all keys.
        * `map_paths`: these instances, in their order; else every instance at or below `prefix`.
        * `dag_id`, `run_id`: another DAG or run; where only `dag_id` is given, its run with the asker's run id.
        * `include_prior_dates`: for each task, the newest run not later than that run (or, where it does not exist,
          than the asker's) in which the task has such a value.
        * `offset`, `limit` cut the result."""
        ...

    def count_xcoms(self, query: CountXComs, run: RunKey | None = None) -> int:
        """How many instances at or below `prefix` hold a value under the key."""
        ...

    def metrics(self, key: RunKey) -> list[MetricRecord]:
        """In the order they were logged."""
        ...

    def progress(self, key: RunKey) -> list[ProgressRecord]:
        """The last progress of each try that reported any."""
        ...

    def values_read(self, key: RunKey) -> list[ValueReadRecord]:
        """Which values (by hash) the run's tries have read."""
        ...

    def readers_of(self, value_hash: str) -> list[ValueReadRecord]:
        """All tries of any run that read this value."""
        ...

    def artifact_keys_in_use(self, keys: Iterable[str]) -> set[str]:
        """Those of the keys that some run refers to. A run keeps the artifacts of its earlier tries as well."""
        ...


class DagStore(Protocol):
    def save_dag_version(self, spec: DagSpec, *, snapshot: str, file: str, now: datetime) -> str:
        """Make `spec` the DAG's newest version and return its hash. A new version row is made only where the hash is
        new to the DAG. A DAG seen for the first time starts paused only where `is_paused_upon_creation` is true."""
        ...

    def dag(self, dag_id: str) -> DagRecord | None: ...

    def dags(self, *, active_only: bool = True) -> list[DagRecord]:
        """By dag_id, each with its last run."""
        ...

    def dag_spec(self, dag_id: str, dag_hash: str | None = None) -> DagSpec | None:
        """The spec of one version; None: the newest."""
        ...

    def dag_versions(self, dag_id: str) -> list[DagVersionRecord]:
        """Oldest first."""
        ...

    def set_paused(self, dag_id: str, is_paused: bool, *, who: str, now: datetime) -> None:
        """Raises NotFoundError."""
        ...

    def retire_dags(self, file: str, *, keep: Iterable[str]) -> list[str]:
        """The file no longer defines any DAGs but these: the others become inactive; returns their ids."""
        ...

    def set_import_errors(self, file: str, problems: Sequence[ImportProblem], *, now: datetime) -> None:
        """Replace what was known of this file; an empty sequence: it loads."""
        ...

    def import_errors(self) -> list[ImportProblem]:
        """By file, as they were found."""
        ...

    def save_snapshot(self, snapshot: Snapshot, *, now: datetime) -> None: ...

    def snapshot(self, snapshot_id: str) -> Snapshot | None: ...

    def snapshot_ids(self) -> set[str]: ...


class SettingsStore(Protocol):
    """Variables, connections and pools. Values of variables, and passwords and extras of connections, are encrypted
    with the key in <home>/secret.key. SecretKeyError: that key is missing or does not fit."""

    def get_variable(self, key: str) -> str | None: ...

    def set_variable(self, key: str, value: str, description: str | None = None) -> None:
        """`description=None` leaves what was there."""
        ...

    def delete_variable(self, key: str) -> bool:
        """False where there was none."""
        ...

    def variables(self) -> list[VariableRecord]:
        """By key, decrypted."""
        ...

    def variable_keys(self, prefix: str = "") -> list[str]:
        """Needs no key file."""
        ...

    def set_variables(self, records: Iterable[VariableRecord]) -> None:
        """All or none: an import."""
        ...

    def get_connection(self, conn_id: str) -> ConnectionRecord | None: ...

    def set_connection(self, record: ConnectionRecord) -> None:
        """Add it, or replace the one of this id."""
        ...

    def set_connections(self, records: Iterable[ConnectionRecord]) -> None:
        """All or none: an import."""
        ...

    def delete_connection(self, conn_id: str) -> bool: ...

    def connections(self) -> list[ConnectionRecord]:
        """By conn_id, decrypted."""
        ...

    def connection_ids(self, prefix: str = "") -> list[str]: ...

    def get_pool(self, name: str) -> PoolRecord | None: ...

    def set_pool(self, record: PoolRecord) -> None:
        """Add or replace. `default_pool` is always there."""
        ...

    def delete_pool(self, name: str) -> bool:
        """Raises ConfigurationError for `default_pool`."""
        ...

    def pools(self) -> list[PoolRecord]: ...


class Coordination(Protocol):
    """How processes on one database get out of each other's way."""

    def claim_run(
        self, key: RunKey, *, owner: str, pid: int, host: str, now: datetime, instead_of: str | None = None
    ) -> int:
        """Become the one process that drives this run; returns the new epoch. `instead_of` names the owner whom the
        caller has found dead. Raises RunOwnedError where somebody else owns it, NotFoundError where it is gone."""
        ...

    def heartbeat(self, keys: Sequence[RunKey], *, owner: str, now: datetime) -> list[RunKey]:
        """Say that the owner lives; returns those of the runs that it owns no longer."""
        ...

    def release_run(self, key: RunKey, *, owner: str | None = None) -> bool:
        """Give the run up (None: whoever owns it); False where that owner did not own it."""
        ...

    def owner_of(self, key: RunKey) -> OwnerRecord | None: ...

    def add_request(
        self, kind: str, payload: dict[str, Any] | None = None, *, run: RunKey | None = None, who: str, now: datetime
    ) -> int:
        """Ask the scheduler for something; returns the request's id. Raises NotFoundError for an unknown run."""
        ...

    def take_requests(self, runs: Sequence[RunKey] | None = None) -> list[RequestRecord]:
        """Take out and return what was asked about these runs, oldest first (None: everything). Each request is
        returned once, to one taker."""
        ...


class Upkeep(Protocol):
    def delete_run(self, key: RunKey) -> CleanedRecord:
        """Delete the run with all its rows, history too; returns the artifact keys that no other run refers to and its
        log paths. Raises NotFoundError, and RunOwnedError while a process drives it."""
        ...

    def clean(self, before: datetime) -> CleanedRecord:
        """Delete finished runs that ended before this instant, DAG versions and snapshots that nothing refers to any
        more and that are older, and give the space back to the disk."""
        ...

    def check(self) -> CheckRecord:
        """Look for damage: the file's integrity, references, the revision."""
        ...

    def reset(self) -> None:
        """Forget everything: the database is as new."""
        ...

    def close(self) -> None:
        """Further calls raise. Safe to call twice."""
        ...


class Store(StateWriter, RunReader, ValueReader, DagStore, SettingsStore, Coordination, Upkeep, Protocol):
    """All of it: what `open_store` returns."""
