"""One DAG: its head, its arguments, its trigger form, and a run by hand."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from msgspec import Struct

from tradewind.api.access.rights import Action, Need, Resource
from tradewind.api.call import Call
from tradewind.api.operation import Operation
from tradewind.api.ours.asset_names import asset_names
from tradewind.api.ours.bodies.dags import DagPage, ParamField, TriggerForm
from tradewind.api.ours.cards import card_of
from tradewind.api.ours.paths import DAG, spec_of
from tradewind.api.problems import Conflict
from tradewind.model.requests import Trigger
from tradewind.model.service import JobKind, Topic
from tradewind.model.spec import DagSpec, ParamSpec
from tradewind.scheduler.triggering import make_run
from tradewind.store.errors import DuplicateRunError


class TriggerBody(Struct, frozen=True):
    params: dict[str, Any] = {}
    conf: dict[str, Any] = {}
    logical_date: datetime | None = None
    """Now, where there is none."""
    run_id: str | None = None
    note: str = ""


class Triggered(Struct, frozen=True):
    run_id: str
    logical_date: datetime | None
    is_waiting_for: str
    """Why it does not start at once: "" where it does."""


def page(call: Call[Any, None]) -> DagPage:
    """A DAG with its arguments"""
    dag_id = call.path["dag_id"]
    card, spec = card_of(call, dag_id), spec_of(call, dag_id)
    known = call.store.dag(dag_id)
    assert known is not None, "its card was just made"
    number = next((one.number for one in call.store.dag_versions(dag_id) if one.hash == known.hash), 0)
    return DagPage(
        card=card,
        doc=spec.doc,
        start_date=spec.start_date,
        end_date=spec.end_date,
        catchup=spec.catchup,
        max_active_runs=spec.max_active_runs,
        max_active_tasks=spec.max_active_tasks,
        timetable=spec.schedule.kind if spec.schedule.kind != "custom" else spec.schedule.import_path,
        dagrun_timeout_seconds=spec.run_timeout_seconds,
        default_args={str(name): str(value) for name, value in _default_args(spec).items()},
        task_count=len(spec.tasks),
        version_number=number,
        version_hash=known.hash,
        bundle_version=known.bundle_version,
        parsed_at=known.seen_at,
        parse_seconds=None,
        upstream_assets=sorted(asset_names(spec.schedule.assets)),
        downstream_assets=sorted(
            {name for task in spec.tasks for outlet in task.outlets for name in asset_names(outlet)}
        ),
    )


def trigger_form(call: Call[Any, None]) -> TriggerForm:
    """What a run by hand asks for"""
    dag_id = call.path["dag_id"]
    spec = spec_of(call, dag_id)
    known = call.store.dag(dag_id)
    clock = next(iter(call.store.schedules(dag_id=dag_id)), None)
    fields = [_field(one) for one in spec.params]
    return TriggerForm(
        dag_id=dag_id,
        fields=fields,
        next_logical_date=clock.next_logical_date if clock is not None else None,
        is_paused=known is not None and known.is_paused,
        conf_example={one.name: one.default for one in fields if one.has_default},
    )


def trigger(call: Call[Any, TriggerBody]) -> Triggered:
    """Queue a run by hand: it exists when this returns"""
    body, dag_id = call.body, call.path["dag_id"]
    wish = Trigger(dag_id, body.conf, body.params, body.logical_date, body.run_id, body.note)
    try:
        created = make_run(call.store, wish, who=call.who.name, now=call.now)
    except DuplicateRunError as error:
        raise Conflict(error.message, hint=error.hint) from error
    call.store.ring(Topic.RUNS)
    call.audit("trigger", dag_id=dag_id, run_id=created.run.run_id, conf=body.conf, params=body.params)
    return Triggered(created.run.run_id, created.logical_date, _waits_for(call, dag_id))


def _waits_for(call: Call[Any, Any], dag_id: str) -> str:
    known = call.store.dag(dag_id)
    if known is not None and known.is_paused:
        return "the DAG is paused: nothing of it starts until it is let go on"
    if not call.store.jobs(kind=JobKind.SCHEDULER, only_alive=True):
        return "no scheduler is alive: it starts with the next one"
    return ""


def _field(param: ParamSpec) -> ParamField:
    return ParamField(
        name=param.name,
        schema=param.schema,
        default=param.default,
        has_default=param.has_default,
        description=param.description,
    )


def _default_args(spec: DagSpec) -> dict[str, Any]:
    found: Any = spec.extra.get("default_args", {})
    return dict(found) if isinstance(found, dict) else {}  # pyright: ignore[reportUnknownArgumentType]  # plain data


OPERATIONS = (
    Operation(
        method="GET",
        path=DAG,
        name="tradewind_dag",
        tag="DAGs",
        needs=Need(Resource.DAG),
        do=page,
        answer=DagPage,
    ),
    Operation(
        method="GET",
        path=f"{DAG}/trigger-form",
        name="tradewind_trigger_form",
        tag="DAGs",
        needs=Need(Resource.DAG),
        do=trigger_form,
        answer=TriggerForm,
    ),
    Operation(
        method="POST",
        path=f"{DAG}/trigger",
        name="tradewind_trigger",
        tag="DAGs",
        needs=Need(Resource.RUN, Action.CREATE),
        do=trigger,
        body=TriggerBody,
        answer=Triggered,
        status=201,
        errors=(409,),
        examples={"with params": {"params": {"rate": 0.1}, "note": "another rate"}},
    ),
)
