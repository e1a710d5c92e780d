"""The SQLite store: one connection in WAL mode, each public method one transaction or one read."""

from __future__ import annotations

import sqlite3
from collections.abc import Generator, Iterable, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import msgspec

from tradewind.model.changes import Change
from tradewind.model.errors import TradewindError
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
from tradewind.store.base import DEFAULT_POOL
from tradewind.store.sqlite import dags, runs, values
from tradewind.store.sqlite.coding import to_micros
from tradewind.store.sqlite.commit import Batch
from tradewind.store.sqlite.connection import open_database, readable_errors, revision_of
from tradewind.store.sqlite.secrets import SecretBox


class SqliteStore:
    """See `store.base.Store`."""

    def __init__(self, file: Path, home: Path, *, default_pool_slots: int = 128) -> None:
        self.file = file
        self._connection = open_database(file)
        self._run_ids: dict[RunKey, int] = {}
        self._secrets = SecretBox(home)
        self._default_pool_slots = default_pool_slots

    def close(self) -> None:
        self._connection.close()

    @contextmanager
    def _writing(self) -> Generator[sqlite3.Connection]:
        with readable_errors(self.file):
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise

    @contextmanager
    def _reading(self) -> Generator[sqlite3.Connection]:
        with readable_errors(self.file):
            yield self._connection

    # ------------------------------------------------------------------------------------ states

    def commit(self, changes: Sequence[Change], *, who: str, now: datetime) -> None:
        known = set(self._run_ids)
        try:
            with self._writing() as connection:
                Batch(connection, self._run_ids, who=who, now=now).apply(changes)
        except BaseException:
            for key in self._run_ids.keys() - known:  # runs whose creation was rolled back
                del self._run_ids[key]
            raise

    def load_run(self, key: RunKey) -> RunRows:
        with self._reading() as connection:
            connection.execute("BEGIN")  # one consistent view over several selects
            try:
                return runs.rows_of(connection, key)
            finally:
                connection.execute("COMMIT")

    # ------------------------------------------------------------------------------------ runs

    def run(self, key: RunKey) -> RunRecord | None:
        with self._reading() as connection:
            return runs.one_run(connection, key)

    def runs(
        self, *, dag_id: str | None = None, states: Iterable[RunState] = (), limit: int = 100, offset: int = 0
    ) -> list[RunRecord]:
        with self._reading() as connection:
            return runs.many_runs(connection, dag_id, states, limit, offset)

    def previous_run(self, key: RunKey, *, success_only: bool = False) -> RunRecord | None:
        with self._reading() as connection:
            return runs.previous_run(connection, key, success_only=success_only)

    def tasks(self, key: RunKey) -> list[TaskRecord]:
        with self._reading() as connection:
            return runs.tasks_of(connection, runs.row_id(connection, key))

    def tries(self, key: RunKey, task_id: TaskId | None = None, path: MapPath | None = None) -> list[TryRecord]:
        with self._reading() as connection:
            return runs.tries_of(connection, runs.row_id(connection, key), task_id, path)

    def history(self, key: RunKey, task_id: TaskId | None = None) -> list[HistoryRecord]:
        with self._reading() as connection:
            return runs.history_of(connection, runs.row_id(connection, key), task_id)

    def metrics(self, key: RunKey, task_id: TaskId | None = None) -> list[MetricRecord]:
        with self._reading() as connection:
            return runs.metrics_of(connection, runs.row_id(connection, key), task_id)

    def delete_run(self, key: RunKey) -> list[str]:
        with self._writing() as connection:
            unused = runs.delete_rows(connection, runs.row_id(connection, key))
        self._run_ids.pop(key, None)
        return unused

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

    def task_states(self, request: GetTaskStates) -> list[dict[str, object]]:
        with self._reading() as connection:
            return runs.task_states(connection, request)

    # ------------------------------------------------------------------------------------ ownership and requests

    def claim_run(self, key: RunKey, *, owner_id: str, pid: int, host: str, now: datetime) -> int:
        with self._writing() as connection:
            return runs.claim(connection, runs.row_id(connection, key), owner_id, pid, host, now)

    def release_run(self, key: RunKey) -> None:
        with self._writing() as connection:
            runs.release(connection, key)

    def owner_of(self, key: RunKey) -> OwnerRecord | None:
        with self._reading() as connection:
            return runs.owner(connection, key)

    def add_request(self, kind: str, key: RunKey, payload: dict[str, object], *, who: str, now: datetime) -> None:
        with self._writing() as connection:
            runs.add_request(connection, kind, key, payload, who, now)

    def take_requests(self, keys: Iterable[RunKey]) -> list[RequestRecord]:
        with self._writing() as connection:
            return runs.take_requests(connection, keys)

    def live_slots_elsewhere(self, owner_id: str) -> dict[str, int]:
        with self._reading() as connection:
            return runs.slots_elsewhere(connection, owner_id)

    # ------------------------------------------------------------------------------------ DAGs

    def save_dag_version(self, spec: DagSpec, snapshot: str, root: str, file: str, *, now: datetime) -> bool:
        with self._writing() as connection:
            return dags.save_version(connection, spec, snapshot, root, file, now)

    def dag(self, dag_id: str) -> DagRecord | None:
        with self._reading() as connection:
            return dags.one_dag(connection, dag_id)

    def dags(self) -> list[DagRecord]:
        with self._reading() as connection:
            return dags.all_dags(connection)

    def spec(self, dag_id: str, dag_hash: str | None = None) -> DagSpec | None:
        with self._reading() as connection:
            return dags.spec_of(connection, dag_id, dag_hash)

    def set_paused(self, dag_id: str, is_paused: bool) -> None:
        with self._writing() as connection:
            dags.set_paused(connection, dag_id, is_paused)

    def replace_import_errors(self, root: str, file: str, problems: Sequence[ImportProblem], *, now: datetime) -> None:
        with self._writing() as connection:
            dags.replace_import_errors(connection, root, file, problems, now)

    def import_errors(self) -> list[ImportErrorRecord]:
        with self._reading() as connection:
            return dags.import_errors(connection)

    # ------------------------------------------------------------------------------------ variables, connections

    def get_variable(self, key: str) -> str | None:
        with self._reading() as connection:
            row = connection.execute("SELECT value FROM variable WHERE key = ?", (key,)).fetchone()
        return self._secrets.decrypt(row[0]) if row else None

    def set_variable(self, key: str, value: str, description: str | None = None) -> None:
        token = self._secrets.encrypt(value)
        with self._writing() as connection:
            connection.execute(
                """INSERT INTO variable (key, value, description) VALUES (?, ?, ?) ON CONFLICT (key) DO UPDATE SET
                value = excluded.value, description = coalesce(excluded.description, description)""",
                (key, token, description),
            )

    def delete_variable(self, key: str) -> bool:
        with self._writing() as connection:
            return connection.execute("DELETE FROM variable WHERE key = ?", (key,)).rowcount == 1

    def variables(self) -> list[VariableRecord]:
        with self._reading() as connection:
            rows = connection.execute("SELECT key, value, description FROM variable ORDER BY key").fetchall()
        return [VariableRecord(key, self._secrets.decrypt(token), description) for key, token, description in rows]

    def get_connection(self, conn_id: str) -> ConnectionRecord | None:
        with self._reading() as connection:
            row = connection.execute("SELECT secret FROM connection WHERE conn_id = ?", (conn_id,)).fetchone()
        return self._connection_record(row[0]) if row else None

    def set_connection(self, connection: ConnectionRecord) -> None:
        token = self._secrets.encrypt(msgspec.json.encode(connection).decode())
        with self._writing() as database:
            database.execute(
                "INSERT OR REPLACE INTO connection (conn_id, secret) VALUES (?, ?)", (connection.conn_id, token)
            )

    def delete_connection(self, conn_id: str) -> bool:
        with self._writing() as connection:
            return connection.execute("DELETE FROM connection WHERE conn_id = ?", (conn_id,)).rowcount == 1

    def connections(self) -> list[ConnectionRecord]:
        with self._reading() as connection:
            rows = connection.execute("SELECT secret FROM connection ORDER BY conn_id").fetchall()
        return [self._connection_record(token) for (token,) in rows]

    def _connection_record(self, token: str) -> ConnectionRecord:
        return msgspec.json.decode(self._secrets.decrypt(token), type=ConnectionRecord)

    # ------------------------------------------------------------------------------------ pools

    def pools(self) -> list[PoolRecord]:
        with self._reading() as connection:
            rows = connection.execute("SELECT name, slots, description, include_deferred FROM pool ORDER BY name")
            found = [PoolRecord(name, slots, text, bool(deferred)) for name, slots, text, deferred in rows]
        if not any(pool.name == DEFAULT_POOL for pool in found):
            found.insert(0, PoolRecord(DEFAULT_POOL, self._default_pool_slots, "tasks that name no pool"))
        return found

    def set_pool(self, pool: PoolRecord) -> None:
        with self._writing() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO pool (name, slots, description, include_deferred) VALUES (?, ?, ?, ?)",
                (pool.name, pool.slots, pool.description, int(pool.include_deferred)),
            )

    def delete_pool(self, name: str) -> bool:
        if name == DEFAULT_POOL:
            raise TradewindError(f"{DEFAULT_POOL} cannot be deleted", hint="set its slots instead: -1 is endless")
        with self._writing() as connection:
            return connection.execute("DELETE FROM pool WHERE name = ?", (name,)).rowcount == 1

    # ------------------------------------------------------------------------------------ keeping house

    def revision(self) -> str:
        return revision_of(self._connection) or ""

    def check(self) -> list[str]:
        with self._reading() as connection:
            found = [row[0] for row in connection.execute("PRAGMA integrity_check")]
        return [] if found == ["ok"] else found

    def clean(self, before: datetime) -> tuple[int, list[str]]:
        with self._writing() as connection:
            query = "SELECT id FROM run WHERE ended_at < ? AND state IN ('success', 'failed')"
            old = [row[0] for row in connection.execute(query, (to_micros(before),))]
            unused = [artifact for run in old for artifact in runs.delete_rows(connection, run)]
        self._run_ids.clear()
        return len(old), unused
