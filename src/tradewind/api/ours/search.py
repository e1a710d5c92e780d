"""The command palette: DAGs, runs, tasks, assets and what is set for all, by a part of their names."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

from msgspec import Struct

from tradewind.api.access.rights import Action, Need, Resource
from tradewind.api.call import Call
from tradewind.api.operation import Operation
from tradewind.api.ours.bodies.home import Hit
from tradewind.api.ours.paths import ROOT, path_text
from tradewind.model.records import DagRecord

MOST_HITS = 50
OF_EACH_KIND = 12
RUNS_LOOKED_AT = 2_000
SPECS_READ = 200
"""At most, in one search; those that were read before are remembered."""


class SearchQuery(Struct, frozen=True):
    q: str = ""


def search(call: Call[SearchQuery, None]) -> list[Hit]:
    """Whatever has this in its name"""
    wanted = call.query.q.strip().casefold()[:200]
    dags = call.visible(Resource.DAG)
    if not wanted:
        return []
    known = [dag for dag in call.store.dags() if dags is None or dag.dag_id in dags]
    kinds = [_dags(known, wanted), _tasks(call, known, wanted), _runs(call, wanted), *_set_for_all(call, wanted)]
    return [hit for kind in kinds for hit in islice(kind, OF_EACH_KIND)][:MOST_HITS]


def _dags(known: list[DagRecord], wanted: str) -> Iterator[Hit]:
    found = [dag for dag in known if wanted in dag.dag_id.casefold() or wanted in dag.description.casefold()]
    found.sort(key=lambda dag: (not dag.dag_id.casefold().startswith(wanted), dag.dag_id))
    for dag in found:
        yield Hit("dag", dag.dag_id, dag.description, path_text("dags", dag.dag_id))


def _runs(call: Call[Any, Any], wanted: str) -> Iterator[Hit]:
    visible = call.visible(Resource.RUN)
    for bit in call.store.run_bits(None, limit=RUNS_LOOKED_AT):
        if wanted in bit.run_id.casefold() and (visible is None or bit.dag_id in visible):
            yield Hit(
                "run", bit.run_id, f"{bit.dag_id} · {bit.state}", path_text("dags", bit.dag_id, "runs", bit.run_id)
            )


def _tasks(call: Call[Any, Any], known: list[DagRecord], wanted: str) -> Iterator[Hit]:
    visible = call.visible(Resource.TASK)
    left = SPECS_READ
    for dag in known:
        if visible is not None and dag.dag_id not in visible:
            continue
        names = _names.get(dag.hash)
        if names is None:
            if left == 0:
                continue
            left -= 1
            spec = call.store.spec(dag.dag_id, dag.hash)
            names = _names.keep(dag.hash, tuple(task.task_id for task in spec.tasks) if spec is not None else ())
        for task_id in names:
            if wanted in task_id.casefold():
                yield Hit("task", task_id, dag.dag_id, f"{path_text('dags', dag.dag_id)}?task={path_text(task_id)[1:]}")


def _set_for_all(call: Call[Any, Any], wanted: str) -> Iterator[Iterator[Hit]]:
    store = call.store
    kinds: tuple[tuple[Resource, str, str, Callable[[], list[str]]], ...] = (
        (Resource.ASSET, "asset", "assets", lambda: [one.name for one in store.assets()]),
        (Resource.VARIABLE, "variable", "admin/variables", lambda: [one.key for one in store.variables()]),
        (Resource.CONNECTION, "connection", "admin/connections", lambda: [one.conn_id for one in store.connections()]),
        (Resource.POOL, "pool", "admin/pools", lambda: [one.name for one in store.pools()]),
    )
    for resource, kind, page, names in kinds:
        if call.may(resource, Action.READ):
            yield iter([Hit(kind, name, "", f"/{page}") for name in names() if wanted in name.casefold()])


class _Names:
    """Task ids of versions of DAGs that were looked at."""

    def __init__(self) -> None:
        self._of: dict[str, tuple[str, ...]] = {}
        self._lock = threading.Lock()

    def get(self, dag_hash: str) -> tuple[str, ...] | None:
        return self._of.get(dag_hash)

    def keep(self, dag_hash: str, names: tuple[str, ...]) -> tuple[str, ...]:
        with self._lock:
            if len(self._of) > 20_000:
                self._of.clear()
            self._of[dag_hash] = names
        return names


_names = _Names()

OPERATIONS = (
    Operation(
        method="GET",
        path=f"{ROOT}/search",
        name="tradewind_search",
        tag="Home",
        needs=Need(Resource.DAG),
        do=search,
        query=SearchQuery,
        answer=list[Hit],
    ),
)
