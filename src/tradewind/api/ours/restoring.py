"""The engine's run, rebuilt from the store for looking at: which instances there are, and what they wait for."""

from __future__ import annotations

from typing import Any

from tradewind.api.call import Call
from tradewind.api.problems import NotFound
from tradewind.engine.run import Bounds, Run
from tradewind.model.ids import RunKey
from tradewind.model.records import RunRecord


def restored(call: Call[Any, Any], record: RunRecord) -> Run:
    """Raises NotFound where its DAG's version is not in the store any more."""
    spec = call.store.spec(record.dag_id, record.dag_hash)
    if spec is None:
        raise NotFound(f"the version of DAG {record.dag_id!r} that this run had is not in the store any more")
    rows = call.store.load_run(RunKey(record.dag_id, record.run_id))
    settings = call.server.settings
    bounds = Bounds(settings.max_lost_tries, settings.max_map_length)
    return Run.restore(
        spec, rows.run, expansions=rows.expansions, tasks=rows.tasks, lengths=rows.lengths, bounds=bounds
    )
