"""What users set for all DAGs, without what is secret of it."""

from __future__ import annotations

from msgspec import Struct
from sqlalchemy import not_, or_

from tradewind.store.browse.listing import Listing, fields_of
from tradewind.store.schema.core import connection, pool, variable

MEMORIES = ("__task_state__/", "__asset_state__/")
"""What keys begin with that are no variables of a person's: what tasks and assets remember."""


class VariableRow(Struct, frozen=True):
    key: str
    description: str | None


VARIABLES = Listing(
    name="variables",
    row=VariableRow,
    base=variable,
    fields=fields_of(variable.c.key, variable.c.description),
    key=("key",),
    order=("key",),
    where=not_(or_(*(variable.c.key.startswith(one, autoescape=True) for one in MEMORIES))),
)


class ConnectionRow(Struct, frozen=True):
    conn_id: str


CONNECTIONS = Listing(
    name="connections",
    row=ConnectionRow,
    base=connection,
    fields=fields_of(connection.c.conn_id),
    key=("conn_id",),
    order=("conn_id",),
)


class PoolRow(Struct, frozen=True):
    name: str
    slots: int
    description: str
    include_deferred: bool


POOLS = Listing(
    name="pools",
    row=PoolRow,
    base=pool,
    fields=fields_of(pool.c.name, pool.c.slots, pool.c.description, pool.c.include_deferred),
    key=("name",),
    order=("name",),
)
