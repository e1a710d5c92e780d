"""What a run logged, as one record: the run's own params, those that tasks logged, the last value of each metric."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from msgspec import Struct

from tradewind.cli.home import Home
from tradewind.cli.which_run import find_run, key_of
from tradewind.model.journal import EntryQuery
from tradewind.model.records import RunRecord

MOST_ENTRIES = 1000


class Experiment(Struct, frozen=True):
    dag_id: str
    run_id: str
    state: str
    started_at: datetime | None
    seconds: float | None
    params: dict[str, Any]
    metrics: dict[str, float]


def experiment_of(home: Home, run: RunRecord) -> Experiment:
    logged = home.store.entries(EntryQuery("LoggedParams", dag_id=run.dag_id, run_id=run.run_id, limit=MOST_ENTRIES))
    params: dict[str, Any] = dict(run.params)
    for entry in reversed(logged):
        params.update(entry.body.get("params", {}))
    ended = run.ended_at
    return Experiment(
        run.dag_id,
        run.run_id,
        str(run.state),
        run.started_at,
        (ended - run.started_at).total_seconds() if ended and run.started_at else None,
        params,
        _last_metrics(home, run),
    )


def experiments_of(home: Home, dag_id: str, limit: int) -> list[Experiment]:
    """Newest first."""
    return [experiment_of(home, run) for run in home.store.runs(dag_id=dag_id, limit=limit)]


def chosen(home: Home, dag_id: str, run_ids: Sequence[str], limit: int) -> list[Experiment]:
    """Those named (an id, a date, `latest`), or the newest."""
    if not run_ids:
        return experiments_of(home, dag_id, limit)
    return [experiment_of(home, find_run(home.store, dag_id, one)) for one in run_ids]


def names_in(experiments: Sequence[Experiment], what: str) -> list[str]:
    """Of params or metrics, in any of them."""
    return sorted({name for one in experiments for name in getattr(one, what)})


def _last_metrics(home: Home, run: RunRecord) -> dict[str, float]:
    """Of its tries in their order: a later one counts."""
    tries = [one.try_id for one in home.store.tries(key_of(run))]
    found = home.store.last_metrics(tries) if home.remote is None else _from_curves(home, run)
    return {name: value for one in tries for name, value in found.get(one, {}).items()}


def _from_curves(home: Home, run: RunRecord) -> dict[str, dict[str, float]]:
    """A server hands out whole curves alone."""
    found: dict[str, dict[str, float]] = {}
    for one in home.store.metrics(key_of(run)):
        found.setdefault(one.try_id, {})[one.name] = one.value
    return found
