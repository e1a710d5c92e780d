"""Airflow's stable REST API, version 2: paths, bodies and status codes as its official client expects them.

One file per tag; `OPERATIONS` joins their tables."""

from tradewind.api.v2 import connections, pools, variables, version

ROOT = "/api/v2"

OPERATIONS = (
    *connections.OPERATIONS,
    *pools.OPERATIONS,
    *variables.OPERATIONS,
    *version.OPERATIONS,
)
