"""Reading task instances: of a run, of many runs, one, the mapped ones of a task."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tradewind.api.access.rights import Need, Resource
from tradewind.api.call import Call
from tradewind.api.operation import Operation
from tradewind.api.problems import BadRequest, Invalid, NotFound
from tradewind.api.v2.not_begun import fitting, in_order, not_begun
from tradewind.api.v2.ranges import (
    EVERY,
    TOTAL_WITH_CURSOR,
    Ranges,
    among,
    in_ranges,
    listed,
    matching,
    named,
    one_of,
    order_of,
)
from tradewind.api.v2.run_bodies import run_row
from tradewind.api.v2.task_bodies import TaskInstanceCollection, TaskInstanceResponse, shown_instances
from tradewind.api.v2.task_filters import (
    BY_INDEX,
    IN_TIME,
    ORDER,
    STATES,
    InstancesQuery,
    Texts,
    by_spec,
    filters_of,
    said_by_spec,
    state_asked,
)
from tradewind.api.v2.versions import Known
from tradewind.store.browse import Filter, Op, Page, Query
from tradewind.store.browse.listings import TASK_INSTANCES, TaskInstanceRow
from tradewind.store.browse.query import MOST_ROWS as MOST_AT_ONCE

RUN = "/api/v2/dags/{dag_id}/dagRuns/{dag_run_id}"
ROOT = f"{RUN}/taskInstances"
ONE = f"{ROOT}/{{task_id}}"


class RunInstancesQuery(InstancesQuery, frozen=True, kw_only=True):
    cursor: str | None = None
    """Empty for the first page, then `next_cursor` of the answer; `offset` is left out then."""
    task_id: str | None = None
    task_display_name_pattern: str | None = None
    task_display_name_prefix_pattern: str | None = None
    task_group_id: str | None = None
    dag_id_pattern: str | None = None
    dag_id_prefix_pattern: str | None = None
    run_id_pattern: str | None = None
    run_id_prefix_pattern: str | None = None


class InstancesBody(Ranges, frozen=True, kw_only=True, forbid_unknown_fields=True):
    dag_ids: tuple[str, ...] | None = None
    dag_run_ids: tuple[str, ...] | None = None
    task_ids: tuple[str, ...] | None = None
    state: tuple[str | None, ...] | None = None
    pool: tuple[str, ...] | None = None
    queue: tuple[str, ...] | None = None
    executor: tuple[str, ...] | None = None
    page_offset: int = 0
    page_limit: int = 100
    order_by: str | None = None


def get_task_instances(call: Call[RunInstancesQuery, Any]) -> TaskInstanceCollection:
    """Task instances of a run; of all runs of a DAG, or of all DAGs, where ids are `~`."""
    query, dag_id, run_id = call.query, call.path["dag_id"], call.path["dag_run_id"]
    known = _known(call, dag_id, run_id)
    filters = [
        *named("dag_id", dag_id),
        *named("run_id", run_id),
        *filters_of(query),
        *matching(query, {"task_display_name": "task_id"}),
        *([] if query.task_id is None else [Filter("task_id", Op.EQ, query.task_id)]),
        *by_spec(call, known, _said_by_spec(query, known)),
    ]
    order = order_of(query.order_by, ORDER) or (IN_TIME if run_id == EVERY else BY_INDEX)
    if EVERY in (dag_id, run_id) or query.cursor is not None:
        page = listed(
            call, TASK_INSTANCES, filters, order, Resource.TASK,
            limit=query.limit, offset=query.offset, cursor=query.cursor,
        )  # fmt: skip
        return _collection(call, page, has_cursor=query.cursor is not None)
    return _of_run(call, dag_id, run_id, filters, order)


def get_mapped_task_instances(call: Call[InstancesQuery, Any]) -> TaskInstanceCollection:
    """Instances of a mapped task."""
    dag_id, run_id, task_id = call.path["dag_id"], call.path["dag_run_id"], call.path["task_id"]
    known = _known(call, dag_id, run_id)
    if known is not None and task_id not in known.tasks:
        raise NotFound(f"the task {task_id!r} was not found in DAG {dag_id!r}")
    filters = [
        *named("dag_id", dag_id),
        *named("run_id", run_id),
        Filter("task_id", Op.EQ, task_id),
        Filter("map_path", Op.NE, ""),
        *filters_of(call.query),
        *by_spec(call, known, said_by_spec(call.query)),
    ]
    return _of_run(call, dag_id, run_id, filters, order_of(call.query.order_by, ORDER) or BY_INDEX)


def get_task_instance(call: Call[Any, Any]) -> TaskInstanceResponse:
    """One task instance that is not mapped."""
    return one_instance(call, -1)


def get_mapped_task_instance(call: Call[Any, Any]) -> TaskInstanceResponse:
    """One instance of a mapped task."""
    return one_instance(call, index_in_path(call))


def get_task_instances_batch(call: Call[Any, InstancesBody]) -> TaskInstanceCollection:
    """Task instances of many runs."""
    body = call.body
    if (call.path["dag_id"], call.path["dag_run_id"]) != (EVERY, EVERY):
        raise BadRequest("the ids in the path have to be ~", hint="name DAGs and runs in the body")
    if body.page_offset < 0 or body.page_limit < 0:
        raise BadRequest("page_offset and page_limit are numbers from 0 on")
    filters = [
        *one_of("dag_id", body.dag_ids or ()),
        *one_of("run_id", body.dag_run_ids or ()),
        *one_of("task_id", body.task_ids or ()),
        *one_of("state", among("state", map(state_asked, body.state or ()), STATES)),
        *one_of("pool", body.pool or ()),
        *one_of("executor", body.executor or ()),
        *in_ranges(body),
        *by_spec(call, None, {"queue": Texts(body.queue or ())}),
    ]
    order = order_of((body.order_by,), ORDER) if body.order_by else IN_TIME
    page = listed(call, TASK_INSTANCES, filters, order, Resource.TASK, limit=body.page_limit, offset=body.page_offset)
    return _collection(call, page, has_cursor=False)


# ------------------------------------------------------------------------------------------ one


def one_instance(call: Call[Any, Any], map_index: int) -> TaskInstanceResponse:
    """Of the path's run and task, as it is now. Raises NotFound."""
    return shown_instances(call, [instance_row(call, map_index)])[0]


def instance_row(call: Call[Any, Any], map_index: int) -> TaskInstanceRow:
    """Of nested mapping it is the first whose last index this is. Raises NotFound."""
    dag_id, run_id, task_id = call.path["dag_id"], call.path["dag_run_id"], call.path["task_id"]
    here = (Filter("dag_id", Op.EQ, dag_id), Filter("run_id", Op.EQ, run_id), Filter("task_id", Op.EQ, task_id))
    path = str(map_index) if map_index >= 0 else ""
    found = call.browser.first(TASK_INSTANCES, *here, Filter("map_path", Op.EQ, path), visible=None)
    if found is not None:
        return found
    waiting = [row for row in not_begun(call, dag_id, run_id) if row.task_id == task_id]
    nested = Filter("map_path", Op.PATTERN, f".{map_index}")
    rows = [*waiting, *(call.browser.all(TASK_INSTANCES, (*here, nested), None) if map_index >= 0 else ())]
    for row in rows:
        if row.map_path == path or (map_index >= 0 and row.map_path.endswith(f".{map_index}")):
            return row
    if (begun := call.browser.first(TASK_INSTANCES, *here, Filter("map_path", Op.EQ, path), visible=None)) is not None:
        return begun  # between the first look and the second
    which = f" with map index {map_index}" if map_index >= 0 else ""
    text = f"the task instance of task {task_id!r}{which} in run {run_id!r} of DAG {dag_id!r} was not found"
    raise NotFound(text, hint="a mapped task has one for each map index" if map_index < 0 else "")


def index_in_path(call: Call[Any, Any]) -> int:
    """Raises Invalid."""
    text = call.path["map_index"]
    if not text.removeprefix("-").isdecimal() or not text.isascii() or len(text) > 9:
        raise Invalid(f"map_index is a number, not {text[:40]!r}")
    return int(text)


# ------------------------------------------------------------------------------------------ lists


def _known(call: Call[Any, Any], dag_id: str, run_id: str) -> Known | None:
    """The version that the run has; None where many are meant. Raises NotFound."""
    if EVERY in (dag_id, run_id):
        if dag_id != EVERY and call.store.dag(dag_id) is None:
            raise NotFound(f"the DAG {dag_id!r} was not found")
        return None
    row = run_row(call, dag_id, run_id)
    return call.server.versions.known(call.store, row.dag_id, row.dag_hash)


def _said_by_spec(query: RunInstancesQuery, known: Known | None) -> dict[str, Texts]:
    groups: list[str] = []
    if query.task_group_id is not None:
        inside = {query.task_group_id}
        for group in known.spec.groups if known is not None else ():
            if group.parent_id in inside:
                inside.add(group.group_id)
        groups = sorted(inside)
    return {**said_by_spec(query), "group_id": Texts(groups)}


def _of_run(
    call: Call[Any, Any], dag_id: str, run_id: str, filters: Sequence[Filter], order: tuple[str, ...]
) -> TaskInstanceCollection:
    """Those without a row among those that have one; behind them where there are very many."""
    query = call.query
    waiting = [] if EVERY in (dag_id, run_id) else fitting(not_begun(call, dag_id, run_id), filters)
    if not waiting:
        page = listed(call, TASK_INSTANCES, filters, order, Resource.TASK, limit=query.limit, offset=query.offset)
        return _collection(call, page, has_cursor=False)
    visible = call.visible(Resource.TASK)
    limit = min(query.limit, 100)
    whole = call.browser.page(TASK_INSTANCES, Query(tuple(filters), order, MOST_AT_ONCE), visible)
    stored = whole.total or 0
    if stored + len(waiting) <= MOST_AT_ONCE:
        rows = in_order([*whole.rows, *waiting], order)[query.offset :][:limit]
    else:
        asked = Query(tuple(filters), order, limit, query.offset, with_total=False)
        some = call.browser.page(TASK_INSTANCES, asked, visible).rows
        behind = max(0, query.offset - stored)
        rows = [*some, *in_order(waiting, order)[behind:][: limit - len(some)]]
    return TaskInstanceCollection(shown_instances(call, rows), stored + len(waiting))


def _collection(call: Call[Any, Any], page: Page[TaskInstanceRow], *, has_cursor: bool) -> TaskInstanceCollection:
    rows = shown_instances(call, page.rows)
    if not has_cursor:
        return TaskInstanceCollection(rows, page.total or 0)
    total = min(page.total or 0, TOTAL_WITH_CURSOR)
    return TaskInstanceCollection(rows, total, TOTAL_WITH_CURSOR, page.next, page.previous)


LISTS = (
    Operation(
        method="POST",
        path=f"{ROOT}/list",
        name="get_task_instances_batch",
        tag="Task Instance",
        needs=Need(Resource.TASK),
        do=get_task_instances_batch,
        body=InstancesBody,
        answer=TaskInstanceCollection,
        errors=(400, 404),
        examples={"failed ones of two DAGs": {"dag_ids": ["load", "train"], "state": ["failed"], "page_limit": 20}},
    ),
    Operation(
        method="GET",
        path=ROOT,
        name="get_task_instances",
        tag="Task Instance",
        needs=Need(Resource.TASK),
        do=get_task_instances,
        query=RunInstancesQuery,
        answer=TaskInstanceCollection,
        errors=(400, 404),
    ),
    Operation(
        method="GET",
        path=f"{ONE}/listMapped",
        name="get_mapped_task_instances",
        tag="Task Instance",
        needs=Need(Resource.TASK),
        do=get_mapped_task_instances,
        query=InstancesQuery,
        answer=TaskInstanceCollection,
        errors=(400, 404),
    ),
)
SINGLE = (
    Operation(
        method="GET",
        path=ONE,
        name="get_task_instance",
        tag="Task Instance",
        needs=Need(Resource.TASK),
        do=get_task_instance,
        answer=TaskInstanceResponse,
        errors=(404,),
    ),
    Operation(
        method="GET",
        path=f"{ONE}/{{map_index}}",
        name="get_mapped_task_instance",
        tag="Task Instance",
        needs=Need(Resource.TASK),
        do=get_mapped_task_instance,
        answer=TaskInstanceResponse,
        errors=(404,),
    ),
)
"""Behind all paths that begin like these."""
