"""What users set for all DAGs, without what is secret of it."""

from __future__ import annotations

from msgspec import Struct

from tradewind.store.browse.listing import Listing, fields_of
from tradewind.store.schema.core import connection, pool, variable


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
