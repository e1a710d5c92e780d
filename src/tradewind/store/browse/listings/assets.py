"""Assets and what updated them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from msgspec import Struct
from sqlalchemy import and_, exists, or_

from tradewind.store.browse.listing import Field, Joined, Kind, Listing, fields_of, flag
from tradewind.store.schema.core import dag
from tradewind.store.schema.service import asset, asset_event, asset_ref


class AssetRow(Struct, frozen=True):
    number: int
    name: str
    uri: str
    group: str
    extra: dict[str, Any]
    created_at: datetime
    last_event_at: datetime | None
    is_active: bool
    """Some DAG that is there mentions it."""


_MENTIONED = exists().where(
    and_(
        asset_ref.c.dag_id == dag.c.dag_id,
        dag.c.retired_at.is_(None),
        or_(asset_ref.c.name == asset.c.name, asset_ref.c.uri == asset.c.uri),
    )
)

ASSETS = Listing(
    name="assets",
    row=AssetRow,
    base=asset,
    fields=(
        *fields_of(
            asset.c.name,
            asset.c.uri,
            asset.c.extra,
            asset.c.created_at,
            asset.c.last_event_at,
            number=asset.c.id,
            group=asset.c.group_name,
        ),
        Field("is_active", flag(_MENTIONED), Kind.FLAG, is_sort=False),
    ),
    key=("number",),
    order=("number",),
)


class AssetEventRow(Struct, frozen=True):
    number: int
    asset: int
    name: str
    uri: str
    group: str
    at: datetime
    extra: dict[str, Any]
    source_dag_id: str | None
    source_run_id: str | None
    source_task_id: str | None
    source_map_path: str
    alias: str | None
    partition_key: str | None
    who: str


ASSET_EVENTS = Listing(
    name="asset events",
    row=AssetEventRow,
    base=asset_event,
    joins=(Joined(asset, asset.c.id == asset_event.c.asset),),
    fields=fields_of(
        asset_event.c.asset,
        asset_event.c.at,
        asset_event.c.extra,
        asset_event.c.source_dag_id,
        asset_event.c.source_run_id,
        asset_event.c.source_task_id,
        asset_event.c.source_map_path,
        asset_event.c.alias,
        asset_event.c.partition_key,
        asset_event.c.who,
        asset.c.name,
        asset.c.uri,
        number=asset_event.c.id,
        group=asset.c.group_name,
    ),
    key=("number",),
    order=("number",),
    dag_id=asset_event.c.source_dag_id,
    is_seen_without_dag=True,
)
