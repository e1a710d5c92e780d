"""Questions that tasks ask people, and answers."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from msgspec import Struct

from tradewind.api.access.rights import Action, Need, Resource
from tradewind.api.call import Call
from tradewind.api.operation import Operation
from tradewind.api.ours.masking import masked
from tradewind.api.ours.paths import ROOT, TASK, InstanceQuery, bounded, key_of, map_path
from tradewind.api.v2.hitl import answered
from tradewind.model.ids import MapPath, path_from_text
from tradewind.model.service import ApprovalRecord
from tradewind.store.browse import Filter, Op, Query
from tradewind.store.browse.listings import APPROVALS, ApprovalRow

MOST_ANSWERED = 500


class Question(Struct, frozen=True, kw_only=True):
    dag_id: str
    run_id: str
    task_id: str
    map_path: MapPath
    subject: str
    body: str
    """Markdown."""
    options: tuple[str, ...]
    defaults: tuple[str, ...] | None
    multiple: bool
    params: dict[str, Any]
    """Fields of a form: name → {value, description, schema}."""
    assigned_users: tuple[str, ...]
    asked_at: datetime
    respond_by: datetime | None
    may_answer: bool
    answered_at: datetime | None = None
    answered_by: str | None = None
    chosen: tuple[str, ...] = ()
    params_input: dict[str, Any] = {}
    """What was filled into the form; secrets masked."""


class WaitingQuery(Struct, frozen=True):
    show: Literal["open", "answered"] = "open"
    limit: int = 100
    """Of those that are answered, newest first."""


class AnswerBody(Struct, frozen=True):
    chosen: tuple[str, ...] = ()
    params_input: dict[str, Any] = {}


class Answered(Struct, frozen=True):
    chosen: tuple[str, ...]
    params_input: dict[str, Any]


def waiting(call: Call[WaitingQuery, None]) -> list[Question]:
    """Questions that are open, the oldest first; or those that were answered, the last one first"""
    visible = call.visible(Resource.HUMAN)
    if call.query.show == "answered":
        return _answered(call, visible)
    return [
        _question(call, one)
        for one in call.store.approvals(is_open=True)
        if visible is None or one.run.dag_id in visible
    ]


def answer(call: Call[InstanceQuery, AnswerBody]) -> Answered:
    """Answer a question: once"""
    key, path, task_id = key_of(call), map_path(call.query.map), call.path["task_id"]
    chosen, params = answered(call, key, task_id, path, call.body.chosen, call.body.params_input)
    return Answered(chosen, params)


def _answered(call: Call[WaitingQuery, None], visible: frozenset[str] | None) -> list[Question]:
    limit = bounded(call.query.limit, MOST_ANSWERED)
    wanted = (Filter("responded_at", Op.IS_NULL, value=False),)
    asked = Query(wanted, ("-responded_at",), limit, with_total=False)
    return [_shown_answer(row) for row in call.browser.page(APPROVALS, asked, visible).rows]


def _shown_answer(row: ApprovalRow) -> Question:
    return Question(
        dag_id=row.dag_id,
        run_id=row.run_id,
        task_id=row.task_id,
        map_path=path_from_text(row.map_path),
        subject=row.subject,
        body=row.body,
        options=tuple(row.options),
        defaults=None if row.defaults is None else tuple(row.defaults),
        multiple=row.multiple,
        params=row.params,
        assigned_users=tuple(row.assigned_users),
        asked_at=row.asked_at,
        respond_by=row.respond_by,
        may_answer=False,
        answered_at=row.responded_at,
        answered_by=row.responded_by,
        chosen=tuple(row.chosen or ()),
        params_input=masked(row.params_input or {}),
    )


def _question(call: Call[Any, Any], one: ApprovalRecord) -> Question:
    is_meant = not one.assigned_users or call.who.name in one.assigned_users
    return Question(
        dag_id=one.run.dag_id,
        run_id=one.run.run_id,
        task_id=one.task_id,
        map_path=one.map_path,
        subject=one.subject,
        body=one.body,
        options=one.options,
        defaults=one.defaults,
        multiple=one.multiple,
        params=one.params,
        assigned_users=one.assigned_users,
        asked_at=one.asked_at,
        respond_by=one.respond_by,
        may_answer=is_meant and call.may(Resource.HUMAN, Action.EDIT, dag_id=one.run.dag_id),
    )


OPERATIONS = (
    Operation(
        method="GET",
        path=f"{ROOT}/waiting",
        name="tradewind_waiting",
        tag="People",
        needs=Need(Resource.HUMAN),
        do=waiting,
        query=WaitingQuery,
        answer=list[Question],
    ),
    Operation(
        method="POST",
        path=f"{TASK}/answer",
        name="tradewind_answer",
        tag="People",
        needs=Need(Resource.HUMAN, Action.EDIT),
        do=answer,
        query=InstanceQuery,
        body=AnswerBody,
        answer=Answered,
        errors=(409,),
        examples={"yes": {"chosen": ["Approve"]}},
    ),
)
