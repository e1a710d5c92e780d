"""What people do to DAGs: pause, let go and delete them."""

from __future__ import annotations

from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from tradewind.api.access.rights import Action, Need, Resource
from tradewind.api.call import Call
from tradewind.api.operation import Operation
from tradewind.api.problems import BadRequest, Conflict, NotFound
from tradewind.api.v2.changing import Masked
from tradewind.api.v2.dag_bodies import DAGCollection, DAGResponse, one_dag
from tradewind.api.v2.dags_read import DagsQuery, get_dags
from tradewind.api.v2.ranges import EVERY
from tradewind.model.errors import TradewindError
from tradewind.model.ids import RunKey
from tradewind.model.service import Topic
from tradewind.model.states import RunState
from tradewind.purge import delete_runs

ROOT = "/api/v2/dags"
ONE = f"{ROOT}/{{dag_id}}"
RUNS_AT_ONCE = 500


class DAGPatchBody(Struct, frozen=True, forbid_unknown_fields=True):
    is_paused: bool


class PatchDagsQuery(DagsQuery, frozen=True, kw_only=True):
    update_mask: tuple[str, ...] = ()
    """`is_paused` is all that can be changed."""


def patch_dag(call: Call[Masked, DAGPatchBody]) -> DAGResponse:
    """Pause a DAG, or let it go on."""
    _check_mask(call.query.update_mask)
    dag_id = call.path["dag_id"]
    if call.store.dag(dag_id) is None:
        raise NotFound(f"the DAG {dag_id!r} was not found")
    _set(call, dag_id)
    return one_dag(call, dag_id)


def patch_dags(call: Call[Any, DAGPatchBody]) -> DAGCollection:
    """Pause or let go the DAGs that the filters let through, as many as `limit` says. `dag_id_pattern=~`: any."""
    _check_mask(call.query.update_mask)
    if call.query.dag_id_pattern == EVERY:
        call.query = replace(call.query, dag_id_pattern=None)
    found = get_dags(call)
    for dag in found.dags:
        call.require(Resource.DAG, Action.EDIT, dag_id=dag.dag_id)
    for dag in found.dags:
        _set(call, dag.dag_id)
    return DAGCollection(tuple(one_dag(call, dag.dag_id) for dag in found.dags), found.total_entries)


def delete_dag(call: Call[Any, Any]) -> None:
    """Delete a DAG with its runs, their logs and values. While its file is there, it comes back when that is parsed."""
    dag_id = call.path["dag_id"]
    if call.store.dag(dag_id) is None:
        raise NotFound(f"the DAG {dag_id!r} was not found")
    if call.store.runs(dag_id=dag_id, states=[RunState.RUNNING], limit=1):
        raise Conflict(f"DAG {dag_id!r} has runs that go on", hint="mark them failed first")
    call.store.set_paused(dag_id, True)
    try:
        while runs := call.store.runs(dag_id=dag_id, limit=RUNS_AT_ONCE):
            keys = [RunKey(run.dag_id, run.run_id) for run in runs]
            delete_runs(call.server.settings, call.store, keys)
        call.store.delete_dag(dag_id)
    except TradewindError as error:
        raise Conflict(error.message, hint=error.hint) from error
    call.store.ring(Topic.DAGS)
    call.audit("delete_dag", dag_id=dag_id)


def _set(call: Call[Any, DAGPatchBody], dag_id: str) -> None:
    call.store.set_paused(dag_id, call.body.is_paused)
    call.store.ring(Topic.DAGS)
    call.audit("pause" if call.body.is_paused else "unpause", dag_id=dag_id)


def _check_mask(mask: tuple[str, ...]) -> None:
    if set(mask) - {"is_paused"}:
        raise BadRequest("of a DAG only is_paused can be changed", hint="update_mask=is_paused")


OPERATIONS = (
    Operation(
        method="PATCH",
        path=ROOT,
        name="patch_dags",
        tag="DAG",
        needs=Need(Resource.DAG),  # each DAG is asked for inside
        do=patch_dags,
        query=PatchDagsQuery,
        body=DAGPatchBody,
        answer=DAGCollection,
        examples={"pause": {"is_paused": True}},
    ),
    Operation(
        method="PATCH",
        path=ONE,
        name="patch_dag",
        tag="DAG",
        needs=Need(Resource.DAG, Action.EDIT),
        do=patch_dag,
        query=Masked,
        body=DAGPatchBody,
        answer=DAGResponse,
        examples={"pause": {"is_paused": True}},
    ),
    Operation(
        method="DELETE",
        path=ONE,
        name="delete_dag",
        tag="DAG",
        needs=Need(Resource.DAG, Action.DELETE),
        do=delete_dag,
        errors=(409,),
    ),
)
