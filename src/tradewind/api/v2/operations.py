"""All of version 2: the table of its tables."""

from __future__ import annotations

from tradewind.api.v2 import (
    assets,
    backfills,
    connections,
    dag_warnings,
    import_errors,
    installation,
    memories,
    pools,
    queued_events,
    variables,
    version,
)

OPERATIONS = (
    *assets.OPERATIONS,
    *backfills.OPERATIONS,
    *connections.OPERATIONS,
    *dag_warnings.OPERATIONS,
    *import_errors.OPERATIONS,
    *installation.OPERATIONS,
    *memories.OPERATIONS,
    *pools.OPERATIONS,
    *queued_events.OPERATIONS,
    *variables.OPERATIONS,
    *version.OPERATIONS,
)
