"""The data interval of a run by hand whose DAG has a timetable of the author's own: code, which is not loaded here."""

from __future__ import annotations

from datetime import datetime

from tradewind.model.changes import RunCreated
from tradewind.model.parsing import INTERVAL_REQUEST, TO_DAG_PROCESSOR
from tradewind.model.service import Topic
from tradewind.model.spec import DagSpec
from tradewind.store.base import Store


def ask_for_interval(store: Store, spec: DagSpec, created: RunCreated, *, who: str, now: datetime) -> None:
    """Has the dag-processor ask the timetable, and write what it infers into the run, which does not wait for it: its
    tasks have the code loaded, and infer for themselves. Nothing happens where the interval is known already."""
    if spec.schedule.kind != "custom" or created.logical_date is None:
        return
    payload: dict[str, object] = {
        "dag_id": created.run.dag_id,
        "run_id": created.run.run_id,
        "at": created.logical_date.isoformat(),
    }
    store.add_request(INTERVAL_REQUEST, TO_DAG_PROCESSOR, payload, who=who, now=now)
    store.ring(Topic.PARSE)
