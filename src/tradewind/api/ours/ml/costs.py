"""Time and machine that DAGs took, a row for each day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

import msgspec
from msgspec import Struct

from tradewind.api.access.rights import Need, Resource
from tradewind.api.call import Call
from tradewind.api.operation import Operation
from tradewind.api.ours.bodies.ml import Costs, DayCost
from tradewind.api.ours.paths import ROOT, bounded
from tradewind.model.entries import TryUsage
from tradewind.model.journal import EntryQuery

MOST_DAYS = 90
MOST_ENTRIES = 20_000
PAGE = 1_000


class CostsQuery(Struct, frozen=True):
    days: int = 30
    dag_id: str | None = None


class _Used(Struct):
    gpu_seconds: float = 0.0
    idle_gpu_seconds: float = 0.0
    cpu_seconds: float = 0.0
    rss_bytes_max: int = 0


def costs(call: Call[CostsQuery, None]) -> Costs:
    """What DAGs took of the machine, day by day"""
    query, visible = call.query, call.visible(Resource.TASK)
    since = call.now - timedelta(days=bounded(query.days, MOST_DAYS))
    used = _used(call, query.dag_id, since)
    days = [
        DayCost(
            dag_id=one.dag_id,
            day=one.day,
            tries=one.tries,
            seconds=one.seconds,
            lost_seconds=one.lost_seconds,
            **msgspec.to_builtins(used.get((one.dag_id, one.day), _Used())),
        )
        for one in call.store.days(since, dag_id=query.dag_id)
        if visible is None or one.dag_id in visible
    ]
    return Costs(days, since)


def _used(call: Call[Any, Any], dag_id: str | None, since: datetime) -> dict[tuple[str, date], _Used]:
    found: dict[tuple[str, date], _Used] = {}
    for entry, usage in _usages(call, dag_id, since):
        one = found.setdefault((entry.dag_id, entry.at.date()), _Used())
        one.gpu_seconds += usage.seconds * usage.gpu_share
        one.idle_gpu_seconds += usage.seconds * usage.gpu_share if usage.idle_gpu else 0.0
        one.cpu_seconds += usage.cpu_seconds
        one.rss_bytes_max = max(one.rss_bytes_max, usage.rss_bytes_max)
    return found


def _usages(call: Call[Any, Any], dag_id: str | None, since: datetime) -> Iterable[tuple[Any, TryUsage]]:
    before: int | None = None
    for _ in range(MOST_ENTRIES // PAGE):
        page = call.store.entries(EntryQuery(TryUsage.__name__, dag_id=dag_id, before_id=before, limit=PAGE))
        for entry in page:
            if entry.at < since:
                return
            yield entry, msgspec.convert(entry.body, TryUsage)
        if len(page) < PAGE:
            return
        before = page[-1].entry_id


OPERATIONS = (
    Operation(
        method="GET",
        path=f"{ROOT}/costs",
        name="tradewind_costs",
        tag="Machine learning",
        needs=Need(Resource.TASK),
        do=costs,
        query=CostsQuery,
        answer=Costs,
    ),
)
