"""Airflow's stable REST API, version 2: paths, bodies and status codes as its official client expects them.

One file per tag; `OPERATIONS` joins their tables."""

from tradewind.api.v2 import assets, backfills, connections, pools, queued_events, variables, version

ROOT = "/api/v2"

OPERATIONS = (
    *assets.OPERATIONS,
    *backfills.OPERATIONS,
    *connections.OPERATIONS,
    *pools.OPERATIONS,
    *queued_events.OPERATIONS,
    *variables.OPERATIONS,
    *version.OPERATIONS,
)
