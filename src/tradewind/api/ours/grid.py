"""The grid: runs by tasks, with groups and mapped tasks folded. Hundreds of thousands of cells in a moment: they are
counted in the database, and written as JSON piece by piece; the cells of a run that has ended are kept as text."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Mapping, Sequence

import msgspec
from msgspec import Struct

from tradewind.api.access.rights import Need, Resource
from tradewind.api.call import Call
from tradewind.api.operation import Operation
from tradewind.api.ours.bodies.dags import Grid, GridNode
from tradewind.api.ours.cards import bar
from tradewind.api.ours.folding import folded_cells
from tradewind.api.ours.nodes import grid_nodes, groups_above
from tradewind.api.ours.paths import DAG, bounded, offset_of, spec_of
from tradewind.store.facets.views import RunBit

MOST_RUNS = 1000
RUNS_KEPT = 4000
"""Runs whose cells are kept as text; of 500 tasks each 60 kB."""


class GridQuery(Struct, frozen=True):
    limit: int = 25
    after: str = ""
    state: tuple[str, ...] = ()
    run_type: tuple[str, ...] = ()


class _Row(Struct, frozen=True):
    """A `GridRun` whose cells are JSON already."""

    bar: object
    logical_date: object
    version_number: int
    note: str
    cells: msgspec.Raw


class _Page(Struct, frozen=True):
    nodes: list[GridNode]
    runs: list[_Row]
    next_cursor: str | None


def grid(call: Call[GridQuery, None]) -> _Page:
    """Runs, newest first, with the state of each of their tasks"""
    dag_id, query = call.path["dag_id"], call.query
    spec = spec_of(call, dag_id)
    limit = bounded(query.limit, MOST_RUNS)
    runs = call.store.run_bits(
        dag_id, limit=limit + 1, before=offset_of(query.after) or None, states=query.state, run_types=query.run_type
    )
    is_more, runs = len(runs) > limit, runs[:limit]
    numbers = {one.hash: one.number for one in call.store.dag_versions(dag_id)}
    has_mapped = any(one.expansion is not None for one in (*spec.tasks, *spec.groups))
    cells = _cells(call, runs, groups_above(spec), has_mapped=has_mapped)
    rows = [
        _Row(bar(one), one.logical_date, numbers.get(one.dag_hash, 0), one.note, msgspec.Raw(cells[one.number]))
        for one in runs
    ]
    return _Page(grid_nodes(spec), rows, str(runs[-1].number) if is_more else None)


def _cells(
    call: Call[GridQuery, None], runs: Sequence[RunBit], above: Mapping[str, tuple[str, ...]], *, has_mapped: bool
) -> dict[int, bytes]:
    """Run → its cells as JSON."""
    last = call.store.last_changes([one.number for one in runs])
    shape = hash(tuple(above.items()))
    keys = {one.number: (shape, one.dag_id, one.number, one.state, last.get(one.number, 0)) for one in runs}
    found = {number: text for number, key in keys.items() if (text := _kept.get(key)) is not None}
    missing = [number for number in keys if number not in found]
    ended = {one.number for one in runs if one.ended_at is not None}
    cells = call.store.cells(missing, has_mapped=has_mapped) if missing else []
    for number, folded in folded_cells(cells, above).items():
        found[number] = folded.as_json()
        if number in ended:
            _kept.put(keys[number], found[number])
    return {number: found.get(number, b"{}") for number in keys}


class _Kept:
    """Texts by key, the least used forgotten first."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._texts: OrderedDict[object, bytes] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: object) -> bytes | None:
        with self._lock:
            if (found := self._texts.get(key)) is not None:
                self._texts.move_to_end(key)
            return found

    def put(self, key: object, text: bytes) -> None:
        with self._lock:
            self._texts[key] = text
            if len(self._texts) > self._most:
                self._texts.popitem(last=False)


_kept = _Kept(RUNS_KEPT)

OPERATIONS = (
    Operation(
        method="GET",
        path=f"{DAG}/grid",
        name="tradewind_grid",
        tag="DAGs",
        needs=Need(Resource.TASK),
        do=grid,
        query=GridQuery,
        answer=Grid,
    ),
)
