"""Task instances of which nothing has been decided yet: the store has no rows of them, Airflow's lists have."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from operator import itemgetter
from typing import Any

from tradewind.api.call import Call
from tradewind.api.ours.restoring import restored
from tradewind.api.v2.run_bodies import run_row
from tradewind.model.errors import TradewindError
from tradewind.model.ids import RunKey, path_to_text
from tradewind.model.states import RunState, TaskState
from tradewind.store.base import DEFAULT_POOL
from tradewind.store.browse import Filter, Op
from tradewind.store.browse.listings import RunRow, TaskInstanceRow

_EMPTY: dict[str, Any] = dict.fromkeys(TaskInstanceRow.__struct_fields__)


def not_begun(call: Call[Any, Any], dag_id: str, run_id: str) -> list[TaskInstanceRow]:
    """Of a run that has not ended, by task and path; a mapped task whose length is not known yet is one of them.

    Raises NotFound where there is no such run."""
    row = run_row(call, dag_id, run_id)
    record = call.store.run(RunKey(dag_id, run_id))
    if record is None or RunState(row.state).is_finished:
        return []
    try:
        run = restored(call, record)
    except TradewindError:  # its version is gone, or written by a newer Tradewind
        return []
    tasks = call.server.versions.known(call.store, dag_id, row.dag_hash).tasks
    return [
        _row(row, one.plan.task_id, path_to_text(one.path), tasks[one.plan.task_id].pool or DEFAULT_POOL)
        for one in run.all_instances()
        if one.state is TaskState.NONE and one.try_number == 0
    ]


def _row(run: RunRow, task_id: str, path: str, pool: str) -> TaskInstanceRow:
    given: dict[str, Any] = {
        "dag_id": run.dag_id,
        "run_id": run.run_id,
        "run_number": run.number,
        "run_state": run.state,
        "logical_date": run.logical_date,
        "run_after": run.run_after,
        "dag_hash": run.dag_hash,
        "version": run.version,
        "task_id": task_id,
        "map_path": path,
        "pool": pool,
        "state": "none",
        "try_number": 0,
        "lost_count": 0,
        "tries_before_clear": 0,
        "why": "",
    }
    return TaskInstanceRow(**{**_EMPTY, **given})


# ------------------------------------------------------------------------------------------ filters and order, here


def fitting(rows: Iterable[TaskInstanceRow], filters: Sequence[Filter]) -> list[TaskInstanceRow]:
    """What the database would let through. A field that such rows have no value of lets none through."""
    return [row for row in rows if all(_fits(row, one) for one in filters)]


def _fits(row: TaskInstanceRow, asked: Filter) -> bool:
    value = _value(row, asked.field)
    return value is not None and _TESTS[asked.op](value, asked.value)


def _value(row: TaskInstanceRow, name: str) -> Any:
    match name:
        case "map_length":
            return len(row.map_path)
        case "shown_index":
            return row.map_path or None
        case _:
            return getattr(row, name, None)


def _matches(text: str, wanted: str) -> bool:
    """Only whole patterns without wildcards, or with them at both ends, are said of rows that are not in the table."""
    parts = [part.strip().strip("%").lower() for part in wanted.split("|")]
    return any(part in text.lower() for part in parts)


_TESTS: dict[Op, Callable[[Any, Any], bool]] = {
    Op.EQ: lambda value, wanted: value == wanted,
    Op.NE: lambda value, wanted: value != wanted,
    Op.IN: lambda value, wanted: value in wanted,
    Op.NOT_IN: lambda value, wanted: value not in wanted,
    Op.GE: lambda value, wanted: value >= wanted,
    Op.GT: lambda value, wanted: value > wanted,
    Op.LE: lambda value, wanted: value <= wanted,
    Op.LT: lambda value, wanted: value < wanted,
    Op.PATTERN: _matches,
    Op.PREFIX: lambda value, wanted: any(value.startswith(part.strip()) for part in wanted.split("|")),
}


def in_order(rows: Iterable[TaskInstanceRow], order: Sequence[str]) -> list[TaskInstanceRow]:
    """As the database would have them: what has no value comes last."""
    found = sorted(rows, key=lambda row: (row.run_number, row.task_id, len(row.map_path), row.map_path))
    for text in reversed(order):
        name, falls = text.removeprefix("-"), text.startswith("-")
        pairs = [(_value(row, name), row) for row in found]
        having = [pair for pair in pairs if pair[0] is not None]
        having.sort(key=itemgetter(0), reverse=falls)
        found = [row for _, row in [*having, *(pair for pair in pairs if pair[0] is None)]]
    return found
