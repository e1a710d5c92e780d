"""Questions that tasks ask people (Airflow's human in the loop), and answers."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from msgspec import Meta, Struct

from tradewind.api.access.rights import Action, Need, Resource
from tradewind.api.call import Call
from tradewind.api.operation import Operation
from tradewind.api.problems import Conflict, Forbidden, Invalid, NotFound
from tradewind.api.v2.paging import Ordered, bounds, equal, page_of, pattern, prefix
from tradewind.api.v2.ranges import named
from tradewind.api.v2.run_bodies import run_row
from tradewind.api.v2.task_bodies import (
    TaskInstanceHistoryResponse,
    TaskInstanceResponse,
    shown_instances,
    shown_try,
)
from tradewind.api.v2.task_instances_read import index_in_path
from tradewind.model.ids import RunKey, map_index, path_from_text
from tradewind.model.service import ApprovalRecord, Topic
from tradewind.scheduler.answering import AnswerError, check_answer
from tradewind.store.browse import Filter, Op
from tradewind.store.browse.listings import APPROVALS, TASK_INSTANCES, TRIES, ApprovalRow, TaskInstanceRow

RUN = "/api/v2/dags/{dag_id}/dagRuns/{dag_run_id}"
ONE = f"{RUN}/taskInstances/{{task_id}}/{{map_index}}/hitlDetails"
ORDER = {
    "ti_id": "number",
    "subject": "subject",
    "created_at": "asked_at",
    "responded_at": "responded_at",
    "responded_by_user_id": "responded_by",
    "responded_by_user_name": "responded_by",
    "dag_id": "dag_id",
    "run_id": "run_id",
    "task_display_name": "task_id",
    "run_after": "run_number",
    "rendered_map_index": "map_path",
    "task_instance_operator": "task_id",
    "task_instance_state": "task_state",
}
WAITING = "awaiting_input"
"""Airflow's state of a task that waits for a person; here it is deferred."""


class HITLUser(Struct, frozen=True):
    id: str
    name: str


class _Question(Struct, frozen=True, kw_only=True):
    options: tuple[str, ...]
    subject: str
    body: str | None
    defaults: tuple[str, ...] | None
    multiple: bool
    params: dict[str, Any]
    assigned_users: tuple[HITLUser, ...]
    created_at: datetime
    responded_by_user: HITLUser | None
    responded_at: datetime | None
    chosen_options: tuple[str, ...] | None
    params_input: dict[str, Any]
    response_received: bool


class HITLDetail(_Question, frozen=True, kw_only=True):
    task_instance: TaskInstanceResponse


class HITLDetailHistory(_Question, frozen=True, kw_only=True):
    task_instance: TaskInstanceHistoryResponse


class HITLDetailCollection(Struct, frozen=True):
    hitl_details: tuple[HITLDetail, ...]
    total_entries: int


class UpdateHITLDetailPayload(Struct, frozen=True):
    chosen_options: Annotated[tuple[str, ...], Meta(min_length=1)]
    params_input: dict[str, Any] | None = None


class HITLDetailResponse(Struct, frozen=True):
    responded_by: HITLUser
    responded_at: datetime
    chosen_options: tuple[str, ...]
    params_input: dict[str, Any]


class HITLQuery(Ordered, frozen=True, kw_only=True):
    dag_id_pattern: str | None = None
    dag_id_prefix_pattern: str | None = None
    task_id: str | None = None
    task_id_pattern: str | None = None
    task_id_prefix_pattern: str | None = None
    map_index: int | None = None
    state: tuple[str, ...] = ()
    """Of the task instance; `awaiting_input` and `deferred` mean the same."""
    response_received: bool | None = None
    responded_by_user_id: tuple[str, ...] = ()
    responded_by_user_name: tuple[str, ...] = ()
    subject_search: str | None = None
    body_search: str | None = None
    created_at_gte: datetime | None = None
    created_at_gt: datetime | None = None
    created_at_lte: datetime | None = None
    created_at_lt: datetime | None = None


def get_hitl_details(call: Call[HITLQuery, Any]) -> HITLDetailCollection:
    """Questions of a run, or (`~`) of all; answered ones, too."""
    query, path = call.query, call.path
    states = tuple("deferred" if one == WAITING else one for one in query.state)
    who = (*query.responded_by_user_id, *query.responded_by_user_name)
    answered = query.response_received
    index = query.map_index
    filters = [
        *named("dag_id", path["dag_id"]),
        *named("run_id", path["dag_run_id"]),
        pattern("dag_id", query.dag_id_pattern),
        prefix("dag_id", query.dag_id_prefix_pattern),
        equal("task_id", query.task_id),
        pattern("task_id", query.task_id_pattern),
        prefix("task_id", query.task_id_prefix_pattern),
        equal("map_path", None if index is None else "" if index < 0 else str(index)),
        Filter("task_state", Op.IN, states) if states else None,
        None if answered is None else Filter("responded_at", Op.IS_NULL, not answered),
        Filter("responded_by", Op.IN, who) if who else None,
        pattern("subject", query.subject_search),
        pattern("body", query.body_search),
        *bounds("asked_at", query.created_at_gte, query.created_at_gt, query.created_at_lte, query.created_at_lt),
    ]
    page = page_of(call, APPROVALS, filters, ORDER, Resource.HUMAN)
    return HITLDetailCollection(_shown(call, page.rows), page.total or 0)


def get_hitl_detail(call: Call[Any, Any]) -> HITLDetail:
    """The question of one task instance."""
    return _shown(call, [_row(call)])[0]


def get_hitl_detail_try_detail(call: Call[Any, Any]) -> HITLDetailHistory:
    """The question that one try of a task instance asked. Only the last one's is kept."""
    row = _row(call)
    tried = call.browser.first(TRIES, Filter("try_id", Op.EQ, row.try_id), visible=None)
    if tried is None or str(tried.number) != call.path["try_number"]:
        raise NotFound(f"try {call.path['try_number'][:20]!r} of task {row.task_id!r} asked nothing that is kept")
    known = call.server.versions.known(call.store, row.dag_id, run_row(call, row.dag_id, row.run_id).dag_hash)
    return HITLDetailHistory(**_question(row), task_instance=shown_try(tried, known))


def update_hitl_detail(call: Call[Any, UpdateHITLDetailPayload]) -> HITLDetailResponse:
    """Answer a question: once."""
    row = _row(call)
    chosen, params = answered(
        call,
        RunKey(row.dag_id, row.run_id),
        row.task_id,
        path_from_text(row.map_path),
        call.body.chosen_options,
        call.body.params_input or {},
    )
    return HITLDetailResponse(HITLUser(call.who.name, call.who.name), call.now, chosen, params)


def answered(
    call: Call[Any, Any],
    key: RunKey,
    task_id: str,
    path: tuple[int, ...],
    options: tuple[str, ...],
    params_input: dict[str, Any],
) -> tuple[tuple[str, ...], dict[str, Any]]:
    """What was written down. Raises NotFound, Forbidden, Invalid, Conflict where it was answered already."""
    asked = next((one for one in call.store.approvals(key=key) if (one.task_id, one.map_path) == (task_id, path)), None)
    if asked is None:
        raise NotFound(f"task {task_id!r} asks nothing in this run")
    chosen, params = _checked(call, asked, options, params_input)
    is_first = call.store.answer_approval(
        key, task_id, path, chosen=chosen, params_input=params, who=call.who.name, now=call.now
    )
    call.store.ring(Topic.EVENTS)
    if not is_first:
        raise Conflict(f"{asked.subject!r} was answered meanwhile, or its time is over")
    call.audit("answer", dag_id=key.dag_id, run_id=key.run_id, task=task_id, chosen=list(chosen))
    return chosen, params


def _checked(
    call: Call[Any, Any], asked: ApprovalRecord, options: tuple[str, ...], params_input: dict[str, Any]
) -> tuple[tuple[str, ...], dict[str, Any]]:
    if asked.assigned_users and call.who.name not in asked.assigned_users:
        raise Forbidden(f"only {', '.join(asked.assigned_users)} may answer this")
    if asked.responded_at is not None:
        raise Conflict(f"{asked.subject!r} was answered by {asked.responded_by}")
    try:
        return check_answer(asked, options, params_input, call.who.name)
    except AnswerError as error:
        raise Invalid(error.message, hint=error.hint) from error


def _row(call: Call[Any, Any]) -> ApprovalRow:
    """That the path names. Raises NotFound."""
    path, index = call.path, index_in_path(call)
    asked = (
        Filter("dag_id", Op.EQ, path["dag_id"]),
        Filter("run_id", Op.EQ, path["dag_run_id"]),
        Filter("task_id", Op.EQ, path["task_id"]),
    )
    for row in call.browser.all(APPROVALS, asked, None):
        if map_index(path_from_text(row.map_path)) == index:
            return row
    raise NotFound(f"task {path['task_id']!r} asks nothing in run {path['dag_run_id']!r} of DAG {path['dag_id']!r}")


def _shown(call: Call[Any, Any], rows: Any) -> tuple[HITLDetail, ...]:
    found: list[HITLDetail] = []
    for row in rows:
        instance = _instance(call, row)
        if instance is not None:
            found.append(HITLDetail(**_question(row), task_instance=shown_instances(call, [instance])[0]))
    return tuple(found)


def _instance(call: Call[Any, Any], row: ApprovalRow) -> TaskInstanceRow | None:
    here = (
        Filter("run_number", Op.EQ, row.run_number),
        Filter("task_id", Op.EQ, row.task_id),
        Filter("map_path", Op.EQ, row.map_path),
    )
    return call.browser.first(TASK_INSTANCES, *here, visible=None)


def _question(row: ApprovalRow) -> dict[str, Any]:
    by = row.responded_by
    return {
        "options": tuple(row.options),
        "subject": row.subject,
        "body": row.body or None,
        "defaults": None if row.defaults is None else tuple(row.defaults),
        "multiple": bool(row.multiple),
        "params": row.params,
        "assigned_users": tuple(HITLUser(name, name) for name in row.assigned_users),
        "created_at": row.asked_at,
        "responded_by_user": HITLUser(by, by) if by else None,
        "responded_at": row.responded_at,
        "chosen_options": tuple(row.chosen) if row.chosen else None,
        "params_input": row.params_input or {},
        "response_received": row.responded_at is not None,
    }


def _operation(method: Any, path: str, do: Any, action: Action = Action.READ, **more: Any) -> Operation:
    need = Need(Resource.HUMAN, action)
    return Operation(method=method, path=path, name=do.__name__, tag="Task Instance", needs=need, do=do, **more)


OPERATIONS = (
    _operation("GET", f"{RUN}/hitlDetails", get_hitl_details, query=HITLQuery, answer=HITLDetailCollection),
    _operation("GET", ONE, get_hitl_detail, answer=HITLDetail),
    _operation(
        "PATCH",
        ONE,
        update_hitl_detail,
        Action.EDIT,
        body=UpdateHITLDetailPayload,
        answer=HITLDetailResponse,
        errors=(409,),
        examples={"yes": {"chosen_options": ["Approve"], "params_input": {}}},
    ),
    _operation("GET", f"{ONE}/tries/{{try_number}}", get_hitl_detail_try_detail, answer=HITLDetailHistory),
)
