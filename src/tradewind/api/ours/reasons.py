"""Why a task instance does not run, in the words of `tradewind why`."""

from __future__ import annotations

from typing import Any

from tradewind.api.call import Call
from tradewind.engine.run import Instance, Run
from tradewind.executors.local import machine
from tradewind.model.ids import RunKey
from tradewind.model.records import RunRecord
from tradewind.model.states import RunState
from tradewind.scheduler.explaining import Reason, why_instance
from tradewind.scheduler.past import look_at_past
from tradewind.scheduler.world import deferred_of, why_run_is_queued, world_of


def reason_of(call: Call[Any, Any], record: RunRecord, run: Run, instance: Instance) -> Reason:
    """`run`: the record's, restored. What goes on elsewhere is read as it is now."""
    key = RunKey(record.dag_id, record.run_id)
    owner = call.store.owner_of(key)
    owner_id = owner.owner_id if owner is not None else None
    parallelism = call.server.settings.parallelism or machine.cpu_count() + 1
    world = world_of(call.store, parallelism, [owner_id] if owner_id else [])
    if record.state is RunState.QUEUED:
        return why_run_is_queued(call.store, record, run.spec, has_scheduler=world.has_scheduler, now=call.now)
    look_at_past(call.store, key, run)
    rows = {(row.task_id, row.map_path): row for row in call.store.tasks(key)}
    return why_instance(run, instance, rows, record, world, owner_id, call.now, deferred_of(call.store, key))
