"""Questions that tasks ask people, and answers."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from msgspec import Struct

from tradewind.api.access.rights import Action, Need, Resource
from tradewind.api.call import Call
from tradewind.api.operation import Operation
from tradewind.api.ours.paths import ROOT, TASK, InstanceQuery, key_of, map_path
from tradewind.api.v2.hitl import answered
from tradewind.model.ids import MapPath
from tradewind.model.service import ApprovalRecord


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


class AnswerBody(Struct, frozen=True):
    chosen: tuple[str, ...] = ()
    params_input: dict[str, Any] = {}


class Answered(Struct, frozen=True):
    chosen: tuple[str, ...]
    params_input: dict[str, Any]


def waiting(call: Call[Any, None]) -> list[Question]:
    """Questions that are open, the oldest first"""
    visible = call.visible(Resource.HUMAN)
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
