"""What always holds (DESIGN, section 4), read from the tables after the storm."""

from __future__ import annotations

import itertools
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Any

import psycopg

ENDED = ("success", "failed", "skipped", "upstream_failed", "removed")
BY_HAND = ("cleared", "resumed", "marked")


class Tables:
    """A connection of our own, which knows nothing of the store's code."""

    def __init__(self, url: str) -> None:
        if url.startswith("sqlite"):
            connection = sqlite3.connect(url.removeprefix("sqlite:///"))
        else:
            connection = psycopg.connect(url)
        self._connection: Any = connection

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        return self._connection.execute(query).fetchall()

    def close(self) -> None:
        self._connection.close()


def check(url: str, pools: dict[str, int]) -> dict[str, int]:
    """Raises AssertionError for what does not hold; returns what there was, by kind."""
    tables = Tables(url)
    try:
        _history_is_unbroken(tables)
        _rows_are_what_history_says(tables)
        _no_success_is_repeated(tables)
        _one_try_at_a_time(tables)
        _pools_were_never_overdrawn(tables, pools)
        _one_run_a_date(tables)
        _all_has_ended(tables)
        counted = Counter(state for (state,) in tables.rows("SELECT state FROM try"))
        return {**counted, "runs": tables.rows("SELECT COUNT(*) FROM run")[0][0]}
    finally:
        tables.close()


HISTORY = "SELECT run, entity, task_id, map_path, try_id, old, new, why FROM history WHERE entity != 'note' ORDER BY id"


def _history_is_unbroken(tables: Tables) -> None:
    states: dict[Any, str] = {}
    for run, entity, task_id, path, try_id, old, new, _ in tables.rows(HISTORY):
        name = _name(run, entity, task_id, path, try_id)
        assert states.get(name, "none") == (old or "none"), f"{name} jumps from {states.get(name)} to {old} → {new}"
        states[name] = new


def _rows_are_what_history_says(tables: Tables) -> None:
    states: dict[Any, str] = {}
    for run, entity, task_id, path, try_id, _, new, _ in tables.rows(HISTORY):
        states[_name(run, entity, task_id, path, try_id)] = new
    for run, state in tables.rows("SELECT id, state FROM run"):
        assert states[run, "run"] == state
    for run, task_id, path, state in tables.rows("SELECT run, task_id, map_path, state FROM task_instance"):
        assert states[run, "task", task_id, path] == state
    for try_id, state in tables.rows("SELECT try_id, state FROM try"):
        assert states["try", try_id] == state


def _no_success_is_repeated(tables: Tables) -> None:
    succeeded: set[Any] = set()
    for run, entity, task_id, path, _, old, new, why in tables.rows(HISTORY):
        name = (run, task_id, path)
        if entity != "task":
            continue
        if new == "success":
            succeeded.add(name)
        elif old in ENDED and new == "none":
            assert any(word in why for word in BY_HAND), f"{name} was {old} and is forgotten: {why}"
            succeeded.discard(name)
        else:
            assert name not in succeeded, f"{name} had succeeded, and became {new}"


def _one_try_at_a_time(tables: Tables) -> None:
    by_instance: dict[Any, list[tuple[int, int, str]]] = defaultdict(list)
    query = "SELECT run, task_id, map_path, try_id, queued_at, ended_at FROM try WHERE purpose != 'callback'"
    for run, task_id, path, try_id, queued_at, ended_at in tables.rows(query):
        assert ended_at is not None, f"try {try_id} has no end"
        by_instance[run, task_id, path].append((queued_at, ended_at, try_id))
    for name, spans in by_instance.items():
        for (_, ended_at, one), (queued_at, _, other) in _pairs(sorted(spans)):
            assert ended_at <= queued_at, f"{name}: try {other} began before {one} had ended"


def _pools_were_never_overdrawn(tables: Tables, pools: dict[str, int]) -> None:
    """At any instant: from the spans of tries, the ends of an instant before its beginnings."""
    moves: dict[str, list[tuple[int, int]]] = defaultdict(list)
    query = "SELECT pool, pool_slots, queued_at, ended_at FROM try WHERE purpose != 'callback'"
    for pool, slots, queued_at, ended_at in tables.rows(query):
        moves[pool] += [(queued_at, slots), (ended_at, -slots)]
    for pool, size in pools.items():
        used = 0
        for at, slots in sorted(moves[pool]):
            used += slots
            assert used <= size, f"pool {pool} had {used} of {size} slots in use at {at}"


def _one_run_a_date(tables: Tables) -> None:
    dates = Counter(tables.rows("SELECT dag_id, logical_date FROM run WHERE logical_date IS NOT NULL"))
    assert not [date for date, number in dates.items() if number > 1]


def _all_has_ended(tables: Tables) -> None:
    left = tables.rows("SELECT dag_id, run_id, state FROM run WHERE state = 'running' OR owner_id IS NOT NULL")
    assert not left, f"runs are left: {left}"
    assert not tables.rows("SELECT try_id FROM try WHERE state IN ('queued', 'running')")


def _name(run: Any, entity: str, task_id: Any, path: Any, try_id: Any) -> tuple[Any, ...]:
    match entity:
        case "run":
            return (run, "run")
        case "task":
            return (run, "task", task_id, path)
        case _:
            return ("try", try_id)


def _pairs(spans: list[Any]) -> Iterable[tuple[Any, Any]]:
    return itertools.pairwise(spans)
