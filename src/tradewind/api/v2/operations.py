"""All of version 2: the table of its tables."""

from __future__ import annotations

from tradewind.api.v2 import (
    assets,
    backfills,
    connections,
    dag_runs_read,
    dag_warnings,
    import_errors,
    installation,
    jobs,
    memories,
    pools,
    queued_events,
    task_instances_read,
    variables,
    version,
)

OPERATIONS = (
    *assets.OPERATIONS,
    *backfills.OPERATIONS,
    *connections.OPERATIONS,
    *dag_runs_read.OPERATIONS,
    *dag_warnings.OPERATIONS,
    *import_errors.OPERATIONS,
    *installation.OPERATIONS,
    *jobs.OPERATIONS,
    *memories.OPERATIONS,
    *pools.OPERATIONS,
    *queued_events.OPERATIONS,
    *task_instances_read.LISTS,
    *variables.OPERATIONS,
    *version.OPERATIONS,
    *task_instances_read.SINGLE,
)
