"""A made-up history, written straight into the tables: by default a million task instances in a minute.

500 DAGs x 100 runs x 20 tasks; 3 % failed, 2 % skipped, a run of each DAG still going on. The rows are made by the
database itself out of numbers, so that every history of one size is the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Protocol

import msgspec

from tradewind.model.spec import DagSpec, TaskSpec
from tradewind.model.values import Value
from tradewind.store.sql.coding import encode_json, encode_plain, to_micros
from tradewind.store.sql.values import encode_value

BEGIN = to_micros(datetime(2026, 1, 1, tzinfo=UTC))
HOUR = 3_600_000_000
SECOND = 1_000_000
NOTHING = encode_plain({})


class Sql(Protocol):
    """`?1` stands for values."""

    def execute(self, sql: str, parameters: Sequence[Any] = (), /) -> Any: ...

    def executemany(self, sql: str, parameters: Iterable[Sequence[Any]], /) -> Any: ...


@dataclass(frozen=True)
class Size:
    dags: int = 500
    runs: int = 100
    tasks: int = 20

    @property
    def instances(self) -> int:
        return self.dags * self.runs * self.tasks


def write(sql: Sql, size: Size) -> None:
    """Into an empty database; in one transaction, which is the caller's."""
    _dags(sql, size)
    for statement in (RUNS, INSTANCES, TRIES, HISTORY, XCOMS, METRICS, AUDIT, EVENTS):
        values = (size.dags, size.runs, size.tasks, BEGIN, HOUR, SECOND, NOTHING, SOME_VALUE)
        _say(sql, statement, values)


def _say(sql: Sql, statement: str, values: Sequence[Any]) -> None:
    """With those of the values that it names, numbered anew: PostgreSQL takes no others."""
    named = sorted({int(number) for number in _numbers(statement)})
    for place, number in enumerate(named, 1):
        statement = statement.replace(f"?{number}", f"?_{place}")
    sql.execute(statement.replace("?_", "?"), [values[number - 1] for number in named])


def _numbers(statement: str) -> list[str]:
    return [part[0] for part in statement.split("?")[1:]]


def _dags(sql: Sql, size: Size) -> None:
    specs = [_spec(number, size) for number in range(1, size.dags + 1)]
    summary = [
        {"tags": spec.tags, "owners": spec.owners, "description": spec.description, "schedule": "@hourly"}
        for spec in specs
    ]
    sql.executemany(
        """INSERT INTO dag (dag_id, root, file, hash, snapshot, is_paused, seen_at, summary, changed_at, next_run_after)
        VALUES (?1, '/dags', ?2, ?3, 'snapshot', 0, ?4, ?5, ?4, ?6)""",
        [
            (spec.dag_id, f"{spec.dag_id}.py", "hash", BEGIN, encode_json(said), BEGIN + size.runs * HOUR)
            for spec, said in zip(specs, summary, strict=True)
        ],
    )
    encode = msgspec.msgpack.Encoder().encode
    sql.executemany(
        "INSERT INTO dag_version (dag_id, hash, spec, created_at, number) VALUES (?1, 'hash', ?2, ?3, 1)",
        [(spec.dag_id, encode(spec), BEGIN) for spec in specs],
    )


def _spec(number: int, size: Size) -> DagSpec:
    tasks = tuple(
        TaskSpec(task_id=f"task_{task:03}", operator="PythonOperator", upstream=(f"task_{task - 1:03}",)[: task - 1])
        for task in range(1, size.tasks + 1)
    )
    return DagSpec(
        dag_id=dag_id(number),
        tasks=tasks,
        tags=(f"team{number % 10}", "nightly"),
        owners=(f"owner{number % 7}",),
        description=f"Trains model {number}",
    )


def dag_id(number: int) -> str:
    return f"team{number % 10}_dag_{number:05}"


_value = Value("json", "int", 2, "hash", inline=b"42", preview="42")
SOME_VALUE = encode_value(_value)

_COUNT = "WITH RECURSIVE {name}(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM {name} WHERE n < {most})"
RUNS = f"""
INSERT INTO run (dag_id, run_id, state, run_type, logical_date, data_interval_start, data_interval_end, run_after,
  queued_at, started_at, running_since, ended_at, dag_hash, snapshot, conf, params, note, triggered_by)
{_COUNT.format(name="place", most="CAST(?2 AS INTEGER)")}
SELECT d.dag_id, 'scheduled__' || (100000 + place.n),
  CASE WHEN place.n = CAST(?2 AS INTEGER) THEN 'running' WHEN (place.n * 31 + d.changed_at) % 37 = 0 THEN 'failed'
  ELSE 'success' END,
  'scheduled', ?4 + place.n * ?5, ?4 + place.n * ?5, ?4 + (place.n + 1) * ?5, ?4 + (place.n + 1) * ?5,
  ?4 + (place.n + 1) * ?5, ?4 + (place.n + 1) * ?5 + ?6, ?4 + (place.n + 1) * ?5 + ?6,
  CASE WHEN place.n = CAST(?2 AS INTEGER) THEN NULL ELSE ?4 + (place.n + 1) * ?5 + 300 * ?6 END,
  'hash', 'snapshot', ?7, ?7, '', 'timetable'
FROM place CROSS JOIN dag d ORDER BY place.n, d.dag_id"""
INSTANCES = f"""
INSERT INTO task_instance (run, task_id, map_path, state, try_id, try_number, lost_count, tries_before_clear,
  started_at, ended_at, why)
{_COUNT.format(name="place", most="CAST(?3 AS INTEGER)")}, made AS (
  SELECT r.id AS run, r.state AS run_state, r.run_after AS run_after, place.n AS n,
    (r.id * 7919 + place.n * 104729) % 1000 AS luck FROM run r CROSS JOIN place)
SELECT run, 'task_' || substr('00' || n, length('00' || n) - 2), '',
  CASE WHEN run_state = 'running' AND n > 15 THEN 'queued' WHEN run_state = 'running' AND n > 12 THEN 'running'
    WHEN luck < 30 THEN 'failed' WHEN luck < 50 THEN 'skipped' WHEN luck < 60 THEN 'upstream_failed'
    WHEN luck < 70 THEN 'up_for_retry' ELSE 'success' END,
  CASE WHEN luck >= 30 AND luck < 60 THEN NULL ELSE 'try' || (10000000000 + run * 1000 + n) END, 1, 0, 0,
  CASE WHEN (luck >= 30 AND luck < 60) OR (run_state = 'running' AND n > 15) THEN NULL
    ELSE run_after + n * 10 * CAST(?6 AS BIGINT) + luck END,
  CASE WHEN run_state = 'running' AND n > 12 THEN NULL
    ELSE run_after + n * 10 * ?6 + 5 * ?6 + (run * 7919 + n * 104729) % 4999999 END,
  'decided'
FROM made"""
TRIES = """
INSERT INTO try (try_id, run, task_id, map_path, number, state, purpose, executor, pool, pool_slots, log_path,
  queued_at, started_at, ended_at, pid, host)
SELECT t.try_id, t.run, t.task_id, '', 1, CASE WHEN t.state = 'up_for_retry' THEN 'failed' ELSE t.state END, 'execute',
  'local', 'default_pool', 1, 'logs/' || t.try_id, r.run_after, t.started_at, t.ended_at, 4711, 'host'
FROM task_instance t JOIN run r ON r.id = t.run WHERE t.try_id IS NOT NULL"""
HISTORY = """
INSERT INTO history (run, at, who, entity, task_id, map_path, try_id, old, new, why)
SELECT run, coalesce(ended_at, CAST(?4 AS BIGINT)), 'scheduler', 'task', task_id, '', try_id, 'running', state,
  'it ended' FROM task_instance"""
XCOMS = """
INSERT INTO xcom (run, task_id, map_path, path_key, key, try_id, length, value)
SELECT run, task_id, '', '', 'return_value', try_id, NULL, ?8 FROM task_instance
WHERE state = 'success' AND task_id < 'task_006'"""
METRICS = """
INSERT INTO metric (try_id, name, value, step, at)
SELECT try_id, 'loss', 0.5, 1, started_at FROM task_instance
WHERE state = 'success' AND task_id < 'task_004'"""
AUDIT = """
INSERT INTO audit (at, who, action, dag_id, run_id, detail)
SELECT run_after, 'ada', 'run.trigger', dag_id, run_id, ?7 FROM run"""
EVENTS = """
INSERT INTO asset (name, uri, group_name, extra, created_at) VALUES ('table', 's3://table', 'asset', ?7, ?4)"""
