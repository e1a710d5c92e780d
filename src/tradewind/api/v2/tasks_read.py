"""The tasks of a DAG's newest version."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from msgspec import Struct

from tradewind.api.access.rights import Need, Resource
from tradewind.api.call import Call
from tradewind.api.operation import Operation
from tradewind.api.problems import BadRequest, NotFound
from tradewind.api.v2.versions import Known
from tradewind.model.spec import TaskSpec

ROOT = "/api/v2/dags/{dag_id}/tasks"
DARK = "#000"


class TimeDelta(Struct, frozen=True, kw_only=True, rename={"kind": "__type"}):
    kind: str = "TimeDelta"
    days: int
    seconds: int
    microseconds: int


class TaskResponse(Struct, frozen=True, kw_only=True):
    task_id: str
    task_display_name: str
    owner: str
    start_date: datetime | None
    end_date: datetime | None
    trigger_rule: str
    depends_on_past: bool
    wait_for_downstream: bool
    retries: float
    queue: str
    pool: str
    pool_slots: float
    execution_timeout: TimeDelta | None
    retry_delay: TimeDelta
    retry_exponential_backoff: float
    priority_weight: float
    weight_rule: str
    ui_color: str
    ui_fgcolor: str = DARK
    template_fields: tuple[str, ...]
    downstream_task_ids: tuple[str, ...]
    doc_md: str | None
    operator_name: str
    params: dict[str, Any] = {}
    class_ref: dict[str, str | None]
    is_mapped: bool
    extra_links: tuple[str, ...] = ()


class TaskCollection(Struct, frozen=True):
    tasks: tuple[TaskResponse, ...]
    total_entries: int


class TasksQuery(Struct, frozen=True):
    order_by: str = "task_id"


def get_tasks(call: Call[TasksQuery, Any]) -> TaskCollection:
    """Tasks of a DAG."""
    known = _known(call)
    shown = [_shown(task, known) for task in known.spec.tasks]
    name = call.query.order_by.removeprefix("-")
    if name not in TaskResponse.__struct_fields__:
        raise BadRequest(f"tasks cannot be ordered by {name[:80]!r}", hint="order_by is a field of the tasks")
    shown.sort(key=lambda task: (getattr(task, name) is None, str(getattr(task, name)), task.task_id))
    if call.query.order_by.startswith("-"):
        shown.reverse()
    return TaskCollection(tuple(shown), len(shown))


def get_task(call: Call[Any, Any]) -> TaskResponse:
    """One task of a DAG."""
    known, task_id = _known(call), call.path["task_id"]
    found = known.tasks.get(task_id)
    if found is None:
        raise NotFound(f"DAG {call.path['dag_id']!r} has no task {task_id!r}")
    return _shown(found, known)


def _known(call: Call[Any, Any]) -> Known:
    dag = call.store.dag(call.path["dag_id"])
    if dag is None:
        raise NotFound(f"the DAG {call.path['dag_id']!r} was not found")
    return call.server.versions.known(call.store, dag.dag_id, dag.hash)


def _shown(task: TaskSpec, known: Known) -> TaskResponse:
    timeout = task.execution_timeout_seconds
    return TaskResponse(
        task_id=task.task_id,
        task_display_name=task.label or task.task_id,
        owner=task.owner,
        start_date=task.start_date,
        end_date=task.end_date,
        trigger_rule=str(task.trigger_rule),
        depends_on_past=task.depends_on_past,
        wait_for_downstream=task.wait_for_downstream,
        retries=task.retry.retries,
        queue=task.queue,
        pool=task.pool,
        pool_slots=task.pool_slots,
        execution_timeout=None if timeout is None else _delta(timeout),
        retry_delay=_delta(task.retry.delay_seconds),
        retry_exponential_backoff=task.retry.backoff,
        priority_weight=task.priority_weight,
        weight_rule=str(task.weight_rule),
        ui_color=task.ui_color or "#fff",
        template_fields=task.template_fields,
        downstream_task_ids=tuple(one.task_id for one in known.spec.tasks if task.task_id in one.upstream),
        doc_md=task.doc or None,
        operator_name=task.operator,
        class_ref={"module_path": None, "class_name": task.operator},
        is_mapped=task.expansion is not None or _is_in_mapped_group(task, known),
    )


def _is_in_mapped_group(task: TaskSpec, known: Known) -> bool:
    groups = {group.group_id: group for group in known.spec.groups}
    group = groups.get(task.group_id)
    while group is not None:
        if group.expansion is not None:
            return True
        group = groups.get(group.parent_id)
    return False


def _delta(seconds: float) -> TimeDelta:
    micros = round(seconds * 1_000_000)
    days, rest = divmod(micros, 86_400_000_000)
    return TimeDelta(days=days, seconds=rest // 1_000_000, microseconds=rest % 1_000_000)


OPERATIONS = (
    Operation(
        method="GET",
        path=ROOT,
        name="get_tasks",
        tag="Task",
        needs=Need(Resource.TASK),
        do=get_tasks,
        query=TasksQuery,
        answer=TaskCollection,
        errors=(400, 404),
    ),
    Operation(
        method="GET",
        path=f"{ROOT}/{{task_id}}",
        name="get_task",
        tag="Task",
        needs=Need(Resource.TASK),
        do=get_task,
        answer=TaskResponse,
        errors=(404,),
    ),
)
