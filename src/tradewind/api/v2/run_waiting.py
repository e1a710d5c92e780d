"""Waiting for a run's end, and what started it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Annotated, Any

import msgspec
from msgspec import Meta, Struct
from sqlalchemy import select
from starlette.responses import Response, StreamingResponse

from tradewind.api.access.rights import Action, Need, Resource
from tradewind.api.call import Call
from tradewind.api.operation import Operation
from tradewind.api.v2.asset_bodies import AssetEventCollection
from tradewind.api.v2.assets import events_shown
from tradewind.api.v2.dag_runs_read import ROOT
from tradewind.api.v2.run_bodies import run_row
from tradewind.api.v2.xcoms_read import shown_value
from tradewind.model.ids import RunKey
from tradewind.model.states import RunState
from tradewind.model.values import RETURN_KEY
from tradewind.store.browse import Filter, Op
from tradewind.store.browse.listings import ASSET_EVENTS
from tradewind.store.schema.service import asset_event_use

LEAST_SECONDS, MOST_SECONDS = 0.2, 300.0
LINES_TYPE = "application/x-ndjson"


class WaitQuery(Struct, frozen=True):
    interval: Annotated[float, Meta(gt=0)]
    """Seconds between two looks."""
    result: tuple[str, ...] = ()
    """Tasks whose return values come with the last line."""


class Seen(Struct, frozen=True, omit_defaults=True):
    state: str
    results: dict[str, Any] | None = None


def wait_dag_run_until_finished(call: Call[WaitQuery, Any]) -> Response:
    """A line of JSON at each look at the run, until it has ended."""
    key = RunKey(call.path["dag_id"], call.path["dag_run_id"])
    run_row(call, key.dag_id, key.run_id)
    if call.query.result:
        call.require(Resource.XCOM, Action.READ, dag_id=key.dag_id)
    return StreamingResponse(_looks(call, key), media_type=LINES_TYPE, headers={"Cache-Control": "no-store"})


async def _looks(call: Call[WaitQuery, Any], key: RunKey) -> AsyncIterator[bytes]:
    """No thread is held between two looks."""
    loop = asyncio.get_running_loop()
    pause = min(max(call.query.interval, LEAST_SECONDS), MOST_SECONDS)
    while True:
        seen, is_over = await loop.run_in_executor(call.server.threads, _look, call, key)
        yield msgspec.json.encode(seen) + b"\n"
        if is_over:
            return
        await asyncio.sleep(pause)


def _look(call: Call[WaitQuery, Any], key: RunKey) -> tuple[Seen, bool]:
    record = call.store.run(key)
    if record is None:
        return Seen("deleted"), True
    if not RunState(record.state).is_finished:
        return Seen(str(record.state)), False
    return Seen(str(record.state), _results(call, key)), True


def _results(call: Call[WaitQuery, Any], key: RunKey) -> dict[str, Any] | None:
    """Task → what it returned; of a mapped task a list, by index."""
    wanted = call.query.result
    if not wanted:
        return None
    found: dict[str, Any] = {}
    for one in call.store.all_xcoms(key):
        if one.key != RETURN_KEY or one.task_id not in wanted:
            continue
        value = shown_value(call, one.value)
        if one.map_path:
            found.setdefault(one.task_id, []).append(value)
        else:
            found[one.task_id] = value
    return {task_id: found.get(task_id) for task_id in wanted}


def get_upstream_asset_events(call: Call[Any, Any]) -> AssetEventCollection:
    """The events of assets that started a run."""
    row = run_row(call, call.path["dag_id"], call.path["dag_run_id"])
    used = select(asset_event_use.c.event).where(asset_event_use.c.run == row.number)
    numbers = [one[0] for one in call.browser.read(used)]
    found = call.browser.all(ASSET_EVENTS, [Filter("number", Op.IN, numbers)], call.visible(Resource.DAG))
    return AssetEventCollection(events_shown(call, found), len(found))


OPERATIONS = (
    Operation(
        method="GET",
        path=f"{ROOT}/{{dag_run_id}}/wait",
        name="wait_dag_run_until_finished",
        tag="DagRun",
        needs=Need(Resource.RUN),
        do=wait_dag_run_until_finished,
        query=WaitQuery,
        answer=Seen,
        errors=(404,),
        media_types=(LINES_TYPE,),
    ),
    Operation(
        method="GET",
        path=f"{ROOT}/{{dag_run_id}}/upstreamAssetEvents",
        name="get_upstream_asset_events",
        tag="DagRun",
        needs=Need(Resource.RUN),
        do=get_upstream_asset_events,
        answer=AssetEventCollection,
        errors=(404,),
    ),
)
