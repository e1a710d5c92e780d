"""Two DAGs that are hard to draw: `grid` has 500 tasks in groups and 365 runs, `graph` 1,000 tasks and no run."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager

import msgspec
from benchmarks.lists.filling import filled
from benchmarks.lists.history import BEGIN, Size, dag_id

from tradewind.model.spec import DagSpec, GroupSpec, TaskSpec
from tradewind.store.sql.coding import encode_json

RUNS = 365
TASKS = 500
NODES = 1_000
GROUP_TASKS = 25
GRID_DAG = dag_id(1)
GRAPH_DAG = "thousand_nodes"


@contextmanager
def large_history(runs: int = RUNS, tasks: int = TASKS) -> Iterator[str]:
    """A SQLite database's URL."""
    with filled("sqlite", Size(dags=1, runs=runs, tasks=tasks)) as url:
        with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as connection, connection:
            spec = grouped(GRID_DAG, tasks)
            connection.execute("UPDATE dag_version SET spec = ? WHERE dag_id = ?", (_packed(spec), GRID_DAG))
            _add(connection, grouped(GRAPH_DAG, NODES))
        yield url


def grouped(name: str, tasks: int) -> DagSpec:
    """Groups of 25 after each other in three lanes; within a group one task, then all but the last, then the last."""
    groups = [GroupSpec(group_id=f"stage_{number:02}") for number in range(-(-tasks // GROUP_TASKS))]
    return DagSpec(
        dag_id=name,
        groups=tuple(groups),
        tasks=tuple(_task(number) for number in range(1, tasks + 1)),
        tags=("large",),
        description=f"{tasks} tasks",
    )


def _task(number: int) -> TaskSpec:
    group, place = divmod(number - 1, GROUP_TASKS)
    first = group * GROUP_TASKS + 1
    if place == 0:
        upstream = [first - 1 - 2 * GROUP_TASKS] if group >= 3 else []
    elif place == GROUP_TASKS - 1:
        upstream = list(range(first + 1, number))
    else:
        upstream = [first]
    return TaskSpec(
        task_id=_name(number),
        operator="PythonOperator",
        upstream=tuple(_name(one) for one in upstream),
        group_id=f"stage_{group:02}",
    )


def _name(number: int) -> str:
    return f"task_{number:03}"


def _packed(spec: DagSpec) -> bytes:
    return msgspec.msgpack.encode(spec)


def _add(connection: sqlite3.Connection, spec: DagSpec) -> None:
    said = {"tags": spec.tags, "owners": spec.owners, "description": spec.description, "schedule": "Never"}
    connection.execute(
        """INSERT INTO dag (dag_id, root, file, hash, snapshot, is_paused, seen_at, summary, changed_at)
        VALUES (?1, '/dags', ?2, 'hash', 'snapshot', 0, ?3, ?4, ?3)""",
        (spec.dag_id, f"{spec.dag_id}.py", BEGIN, encode_json(said)),
    )
    connection.execute(
        "INSERT INTO dag_version (dag_id, hash, spec, created_at, number) VALUES (?1, 'hash', ?2, ?3, 1)",
        (spec.dag_id, _packed(spec), BEGIN),
    )
