"""Pools with who holds their slots; settings with where they come from."""

from __future__ import annotations

from typing import Any

from tradewind.api.access.rights import Need, Resource
from tradewind.api.call import Call
from tradewind.api.operation import Operation
from tradewind.api.ours.bodies.people import PoolHolder, PoolPage
from tradewind.api.ours.paths import ROOT
from tradewind.model.records import PoolRecord
from tradewind.store.facets.counts import LiveSlot

HOLDERS_SHOWN = 200


def pools(call: Call[Any, None]) -> list[PoolPage]:
    """Pools, and who holds their slots, the longest first"""
    visible = call.visible(Resource.TASK)
    live = call.store.live_tries()
    deferred = call.store.deferred_slots()
    return [_page(pool, live, visible, deferred.get(pool.name, 0)) for pool in call.store.pools()]


def _page(pool: PoolRecord, live: list[LiveSlot], visible: frozenset[str] | None, deferred: int) -> PoolPage:
    own = [one for one in live if one.pool == pool.name]
    return PoolPage(
        name=pool.name,
        slots=pool.slots,
        description=pool.description,
        include_deferred=pool.include_deferred,
        used=sum(one.pool_slots for one in own if one.state == "running"),
        queued=sum(one.pool_slots for one in own if one.state == "queued"),
        deferred=deferred,
        holders=[
            PoolHolder(
                one.run.dag_id, one.run.run_id, one.task_id, one.map_path, one.pool_slots, str(one.state), one.since
            )
            for one in own
            if visible is None or one.run.dag_id in visible
        ][:HOLDERS_SHOWN],
    )


OPERATIONS = (
    Operation(
        method="GET",
        path=f"{ROOT}/pools",
        name="tradewind_pools",
        tag="Admin",
        needs=Need(Resource.POOL),
        do=pools,
        answer=list[PoolPage],
    ),
)
