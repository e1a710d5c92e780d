"""Runs as experiments: a row each, with what they were given and what they measured."""

from __future__ import annotations

from typing import Any

import msgspec
from msgspec import Struct

from tradewind.api.access.rights import Need, Resource
from tradewind.api.call import Call
from tradewind.api.operation import Operation
from tradewind.api.ours.bodies.ml import ExperimentRow, Experiments
from tradewind.api.ours.masking import masked
from tradewind.api.ours.paths import ROOT, bounded
from tradewind.model.entries import Environment, LoggedParams, TrackedRun
from tradewind.model.ids import RunKey
from tradewind.model.journal import EntryQuery
from tradewind.model.records import OWN_METRICS
from tradewind.store.facets.views import RunBit

MOST_RUNS = 500


class ExperimentsQuery(Struct, frozen=True):
    dag_id: str | None = None
    state: tuple[str, ...] = ()
    before: int | None = None
    limit: int = 100


def experiments(call: Call[ExperimentsQuery, None]) -> Experiments:
    """Runs with their params and last metrics, newest first"""
    query, visible = call.query, call.visible(Resource.XCOM)
    limit = bounded(query.limit, MOST_RUNS)
    bits = call.store.run_bits(query.dag_id, limit=limit, before=query.before, states=query.state)
    rows = [_row(call, bit) for bit in bits if visible is None or bit.dag_id in visible]
    return Experiments(rows, bits[-1].number if len(bits) == limit else None)


def _row(call: Call[Any, Any], bit: RunBit) -> ExperimentRow:
    key = RunKey(bit.dag_id, bit.run_id)
    record = call.store.run(key)
    environment = _newest(call, key, Environment)
    tracked = _newest(call, key, TrackedRun)
    seconds = (bit.ended_at - bit.started_at).total_seconds() if bit.ended_at and bit.started_at else None
    return ExperimentRow(
        dag_id=bit.dag_id,
        run_id=bit.run_id,
        state=bit.state,
        run_after=bit.run_after,
        started_at=bit.started_at,
        seconds=seconds,
        params={**masked(record.params if record else {}), **masked(_logged_params(call, key))},
        metrics=_metrics(call, key),
        git_commit=environment.git_commit if environment else "",
        mlflow_url=tracked.url if tracked else "",
        note=bit.note,
    )


def _metrics(call: Call[Any, Any], key: RunKey) -> dict[str, float | None]:
    """The last value of each; the task's name is before it where several tasks log the same."""
    tries = {one.try_id: one.task_id for one in call.store.tries(key)}
    found: dict[str, dict[str, float]] = {}
    for try_id, metrics in call.store.last_metrics(list(tries)).items():
        for name, value in metrics.items():
            if not name.startswith(OWN_METRICS):
                found.setdefault(name, {})[tries[try_id]] = value
    return {
        name if len(by_task) == 1 else f"{task_id}.{name}": value
        for name, by_task in sorted(found.items())
        for task_id, value in by_task.items()
    }


def _logged_params(call: Call[Any, Any], key: RunKey) -> dict[str, Any]:
    entries = call.store.entries(EntryQuery(LoggedParams.__name__, dag_id=key.dag_id, run_id=key.run_id))
    return {
        f"{entry.task_id}.{name}": value
        for entry in reversed(entries)
        for name, value in msgspec.convert(entry.body, LoggedParams).params.items()
    }


def _newest(call: Call[Any, Any], key: RunKey, of: type[Any]) -> Any:
    found = call.store.entries(EntryQuery(of.__name__, dag_id=key.dag_id, run_id=key.run_id, limit=1))
    return msgspec.convert(found[0].body, of) if found else None


OPERATIONS = (
    Operation(
        method="GET",
        path=f"{ROOT}/experiments",
        name="tradewind_experiments",
        tag="Machine learning",
        needs=Need(Resource.XCOM),
        do=experiments,
        query=ExperimentsQuery,
        answer=Experiments,
    ),
)
