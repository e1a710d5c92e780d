"""A past run once more, and what comes out otherwise: what `tradewind runs reproduce` says, over HTTP.

Only JSON is looked into here. Of anything else the types, shapes and columns are compared, and the bytes: to rebuild it
could run somebody's code."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from msgspec import Struct

from tradewind.api.access.rights import Action, Need, Resource
from tradewind.api.call import Call
from tradewind.api.operation import Operation
from tradewind.api.ours.masking import masked
from tradewind.api.ours.paths import RUN, run_named, run_of, spec_of
from tradewind.api.problems import Conflict, NotFound
from tradewind.artifacts.difference import between, described
from tradewind.artifacts.encoding import decode
from tradewind.artifacts.store import ArtifactStore
from tradewind.model.errors import TradewindError
from tradewind.model.ids import RunKey, reproduced_run
from tradewind.model.service import Topic
from tradewind.model.states import RunState
from tradewind.model.values import Value
from tradewind.reproducing import Compared, Differ, compare_environments, compare_values, environment_of, repeated
from tradewind.store.errors import DuplicateRunError

LOOKED_INTO = "json"


class Reproduced(Struct, frozen=True):
    dag_id: str
    run_id: str
    """Of the new run."""
    reproduces: str
    state: RunState


class ReproductionReport(Reproduced, frozen=True):
    is_same: bool | None
    """Whether the new run succeeded and made the same of every task; None while it goes on."""
    environment: tuple[str, ...]
    """A sentence for each thing that differs."""
    has_environment: bool
    """Whether that of the new run is noted down; it is a moment after the run has begun."""
    tasks: tuple[Compared, ...]


def reproduce(call: Call[Any, None]) -> Reproduced:
    """Run this run once more: with its code, params, conf, data interval and seeds, and without any cache"""
    record = run_of(call)
    if not record.state.is_finished:
        raise Conflict(f"run {record.run_id!r} has not ended yet", hint="reproduce it when it has")
    spec = spec_of(call, record.dag_id, record.dag_hash)
    made = repeated(call.store, record, spec, now=call.now, who=call.who.name)
    try:
        call.store.commit([made], who=call.who.name, now=call.now)
    except DuplicateRunError as error:  # somebody else reproduces it in this instant
        raise Conflict(error.message, hint="do it again") from error
    call.store.ring(Topic.RUNS)
    call.audit("reproduce", dag_id=record.dag_id, run_id=record.run_id, reproduced_as=made.run.run_id)
    return Reproduced(made.run.dag_id, made.run.run_id, record.run_id, RunState.QUEUED)


def report(call: Call[Any, None]) -> ReproductionReport:
    """What differs between this run and the one that it reproduces, in its environment and in each value"""
    record = run_of(call)
    call.require(Resource.XCOM, Action.READ, dag_id=record.dag_id)
    source = reproduced_run(record.run_id)
    if source is None:
        raise NotFound(f"run {record.run_id!r} reproduces no other", hint="POST …/reproduce makes one that does")
    old, new = run_named(call, RunKey(record.dag_id, source)), RunKey(record.dag_id, record.run_id)
    before = RunKey(old.dag_id, old.run_id)
    spec = spec_of(call, old.dag_id, old.dag_hash)
    tasks = tuple(compare_values(call.store, _differ(call), spec, before, new))
    environments = environment_of(call.store, before), environment_of(call.store, new)
    is_same = record.state is RunState.SUCCESS and all(one.result != "different" for one in tasks)
    return ReproductionReport(
        dag_id=new.dag_id,
        run_id=new.run_id,
        reproduces=source,
        state=record.state,
        is_same=is_same if record.state.is_finished else None,
        environment=tuple(compare_environments(*environments)),
        has_environment=environments[1] is not None,
        tasks=tasks,
    )


def _differ(call: Call[Any, Any]) -> Differ:
    artifacts = ArtifactStore(call.server.settings.artifact_url)

    def differ(old: Value, new: Value) -> Sequence[str]:
        if old.hash == new.hash:
            return ()
        if lines := tuple(described(old, new)):
            return lines
        if {old.codec, new.codec} != {LOOKED_INTO}:
            return (f"other bytes ({old.codec}): `tradewind runs reproduce`, where the server is, looks into them",)
        try:
            pair = [masked({"value": decode(one, artifacts)})["value"] for one in (old, new)]
        except TradewindError as error:
            return (f"other bytes; not looked into: {error.message}",)
        return between(*pair) or ("in what is masked",)

    return differ


OPERATIONS = (
    Operation(
        method="POST",
        path=f"{RUN}/reproduce",
        name="tradewind_reproduce",
        tag="Runs",
        needs=Need(Resource.RUN, Action.CREATE),
        do=reproduce,
        answer=Reproduced,
        status=201,
        errors=(404, 409),
    ),
    Operation(
        method="GET",
        path=f"{RUN}/reproduction",
        name="tradewind_reproduction",
        tag="Runs",
        needs=Need(Resource.RUN),
        do=report,
        answer=ReproductionReport,
        errors=(404,),
    ),
)
