"""DAGs in a store, without a DAG file or a dag-processor."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from tradewind.authoring.compile import compile_dag
from tradewind.authoring.dag import DAG
from tradewind.model.changes import RunCreated
from tradewind.model.requests import Trigger
from tradewind.model.spec import DagSpec
from tradewind.scheduler.triggering import make_run
from tradewind.store.base import Store

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)


def save(store: Store, *dags: DAG) -> list[DagSpec]:
    """Their newest versions."""
    specs = [compile_dag(dag, file=f"{dag.dag_id}.py") for dag in dags]
    for spec in specs:
        store.save_dag_version(spec, "snapshot", "/dags", spec.file, now=NOW)
    return specs


def queue(
    store: Store, dag_id: str, run_id: str = "r1", at: datetime = NOW, conf: dict[str, Any] | None = None
) -> RunCreated:
    """A run that waits for a scheduler."""
    wish = Trigger(dag_id, run_id=run_id, logical_date=at, conf=conf or {})
    return make_run(store, wish, who="tester", now=NOW)
