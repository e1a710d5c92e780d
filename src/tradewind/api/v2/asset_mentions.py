"""Who mentions assets, and what came of their events: for a page of them at once."""

from __future__ import annotations

import zlib
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from msgspec import Struct
from sqlalchemy import func, or_, select, union

from tradewind.api.access.rights import Resource
from tradewind.api.call import Call
from tradewind.api.v2.asset_bodies import (
    AssetAliasResponse,
    AssetResponse,
    DagReference,
    LastAssetEvent,
    RunReference,
    TaskReference,
)
from tradewind.store.browse.listings.assets import AssetRow
from tradewind.store.schema.core import dag, run
from tradewind.store.schema.service import asset_alias, asset_event, asset_event_use, asset_ref
from tradewind.store.sql.coding import from_micros


class Mention(Struct, frozen=True):
    asset: int
    dag_id: str
    kind: str
    """`schedule`, `inlet`, `outlet`."""
    task_id: str


def shown(call: Call[Any, Any], rows: Sequence[AssetRow]) -> tuple[AssetResponse, ...]:
    visible = call.visible(Resource.DAG)
    mentions = [one for one in mentions_of(call, rows) if visible is None or one.dag_id in visible]
    aliases = _aliases(call, rows)
    newest = _newest_events(call, rows)
    return tuple(_shown(row, mentions, aliases.get(row.number, []), newest.get(row.number)) for row in rows)


def mentions_of(call: Call[Any, Any], rows: Sequence[AssetRow]) -> list[Mention]:
    """By DAGs that are there, by name, by URI or through an alias that has stood for it."""
    if not rows:
        return []
    direct = (
        select(asset_ref.c.name, asset_ref.c.uri, asset_ref.c.dag_id, asset_ref.c.kind, asset_ref.c.task_id)
        .join(dag, dag.c.dag_id == asset_ref.c.dag_id)
        .where(dag.c.retired_at.is_(None))
        .where(or_(asset_ref.c.name.in_([r.name for r in rows]), asset_ref.c.uri.in_([r.uri for r in rows])))
    )
    through = (
        select(asset_alias.c.asset, asset_ref.c.dag_id, asset_ref.c.kind, asset_ref.c.task_id)
        .join(asset_ref, asset_ref.c.alias == asset_alias.c.alias)
        .join(dag, dag.c.dag_id == asset_ref.c.dag_id)
        .where(dag.c.retired_at.is_(None), asset_alias.c.asset.in_([r.number for r in rows]))
    )
    found = {Mention(*one) for one in call.browser.read(through)}
    for name, uri, dag_id, kind, task_id in call.browser.read(direct):
        fitting = [r for r in rows if (name and r.name == name and uri in (r.uri, "")) or (not name and r.uri == uri)]
        found |= {Mention(row.number, dag_id, kind, task_id) for row in fitting}
    return sorted(found, key=lambda one: (one.asset, one.dag_id, one.kind, one.task_id))


def alias_names(call: Call[Any, Any]) -> list[AssetAliasResponse]:
    """All there are, by name."""
    named = select(asset_ref.c.alias).where(asset_ref.c.alias != "")
    used = select(asset_alias.c.alias)
    return [alias(name) for name in sorted(row[0] for row in call.browser.read(union(named, used)))]


def alias(name: str) -> AssetAliasResponse:
    """Aliases have no numbers here; theirs follow from their names."""
    return AssetAliasResponse(zlib.crc32(name.encode()) & 0x7FFFFFFF, name)


def runs_of_events(call: Call[Any, Any], events: Collection[int]) -> Mapping[int, list[RunReference]]:
    """Event → the runs that it started, of DAGs whose runs the caller may see."""
    if not events:
        return {}
    visible = call.visible(Resource.RUN)
    columns = (
        run.c.run_id,
        run.c.dag_id,
        run.c.logical_date,
        run.c.started_at,
        run.c.queued_at,
        run.c.ended_at,
        run.c.state,
        run.c.data_interval_start,
        run.c.data_interval_end,
        run.c.partition_key,
    )
    wanted = (
        select(asset_event_use.c.event, *columns)
        .join(run, run.c.id == asset_event_use.c.run)
        .where(asset_event_use.c.event.in_(sorted(events)))
        .order_by(run.c.id)
    )
    found: dict[int, list[RunReference]] = {}
    for event, *row in call.browser.read(wanted):
        if visible is None or row[1] in visible:
            found.setdefault(event, []).append(_reference(row))
    return found


def _reference(row: Sequence[Any]) -> RunReference:
    run_id, dag_id, logical_date, started_at, queued_at, ended_at, state, start, end, partition_key = row
    begun = from_micros(started_at) or from_micros(queued_at)
    assert begun is not None, "every run was queued"
    return RunReference(
        run_id,
        dag_id,
        from_micros(logical_date),
        begun,
        from_micros(ended_at),
        state,
        from_micros(start),
        from_micros(end),
        partition_key,
    )


def _aliases(call: Call[Any, Any], rows: Sequence[AssetRow]) -> dict[int, list[AssetAliasResponse]]:
    wanted = select(asset_alias.c.asset, asset_alias.c.alias).where(asset_alias.c.asset.in_([r.number for r in rows]))
    found: dict[int, list[AssetAliasResponse]] = {}
    for number, name in sorted((row[0], row[1]) for row in call.browser.read(wanted)) if rows else ():
        found.setdefault(number, []).append(alias(name))
    return found


def _newest_events(call: Call[Any, Any], rows: Sequence[AssetRow]) -> dict[int, int]:
    wanted = select(asset_event.c.asset, func.max(asset_event.c.id)).group_by(asset_event.c.asset)
    wanted = wanted.where(asset_event.c.asset.in_([row.number for row in rows]))
    return {row[0]: row[1] for row in call.browser.read(wanted)} if rows else {}


def _shown(
    row: AssetRow, mentions: Sequence[Mention], aliases: Sequence[AssetAliasResponse], newest: int | None
) -> AssetResponse:
    own = [one for one in mentions if one.asset == row.number]
    last: datetime | None = row.last_event_at
    return AssetResponse(
        id=row.number,
        name=row.name,
        uri=row.uri,
        group=row.group,
        extra=row.extra,
        created_at=row.created_at,
        updated_at=row.created_at,
        scheduled_dags=tuple(
            DagReference(one.dag_id, row.created_at, row.created_at) for one in own if one.kind == "schedule"
        ),
        producing_tasks=_tasks(row, own, "outlet"),
        consuming_tasks=_tasks(row, own, "inlet"),
        aliases=tuple(aliases),
        watchers=(),
        last_asset_event=LastAssetEvent(newest, last) if newest is not None else None,
    )


def _tasks(row: AssetRow, mentions: Sequence[Mention], kind: str) -> tuple[TaskReference, ...]:
    return tuple(
        TaskReference(one.dag_id, one.task_id, row.created_at, row.created_at) for one in mentions if one.kind == kind
    )
