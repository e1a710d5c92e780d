"""Two runs side by side: what differs in params, code, states, durations, metrics and values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from tradewind.api.access.rights import Action, Need, Resource
from tradewind.api.call import Call
from tradewind.api.operation import Operation
from tradewind.api.ours.bodies.values import Comparison, Side, ValueDifference
from tradewind.api.ours.code import code_of_runs
from tradewind.api.ours.differing import differences
from tradewind.api.ours.masking import masked
from tradewind.api.ours.paths import ROOT, run_named
from tradewind.api.ours.values import info_of
from tradewind.model.ids import RunKey, path_to_text
from tradewind.model.records import RunRecord
from tradewind.model.values import XCom

MOST_VALUES = 2_000


class CompareQuery(Struct, frozen=True):
    left_dag: str
    left_run: str
    right_dag: str
    right_run: str


def compare(call: Call[CompareQuery, None]) -> Comparison:
    """What differs between two runs"""
    query = call.query
    sides = [RunKey(query.left_dag, query.left_run), RunKey(query.right_dag, query.right_run)]
    for key in sides:
        call.require(Resource.RUN, Action.READ, dag_id=key.dag_id)
    left, right = (run_named(call, key) for key in sides)
    may_see_tasks, may_see_values, may_see_code = (
        all(call.may(resource, Action.READ, dag_id=key.dag_id) for key in sides)
        for resource in (Resource.TASK, Resource.XCOM, Resource.CODE)
    )
    return Comparison(
        left=_side(call, left),
        right=_side(call, right),
        params=differences(masked(left.params), masked(right.params)),
        conf=differences(masked(left.conf), masked(right.conf)),
        metrics=differences(*(_metrics(call, one) for one in (left, right))) if may_see_values else [],
        durations=differences(*(_durations(call, one) for one in (left, right))) if may_see_tasks else [],
        states=differences(*(_states(call, one) for one in (left, right))) if may_see_tasks else [],
        values=_values(call, left, right) if may_see_values else [],
        environment=differences(_environment(left), _environment(right)),
        code=_code(call, left, right) if may_see_code else "",
    )


def _side(call: Call[Any, Any], record: RunRecord) -> Side:
    versions = {one.hash: one.number for one in call.store.dag_versions(record.dag_id)}
    return Side(
        record.dag_id,
        record.run_id,
        str(record.state),
        record.started_at,
        record.ended_at,
        versions.get(record.dag_hash, 0),
    )


def _metrics(call: Call[Any, Any], record: RunRecord) -> Mapping[str, Any]:
    """The last value of each, of the last try."""
    found: dict[str, float] = {}
    for one in call.store.metric_points(_key(record)):
        index = f"[{path_to_text(one.map_path)}]" if one.map_path else ""
        found[f"{one.task_id}{index}.{one.name}"] = one.value
    return found


def _durations(call: Call[Any, Any], record: RunRecord) -> Mapping[str, Any]:
    number = call.store.run_numbers([_key(record)])[_key(record)]
    found = {task_id: seconds for _, task_id, seconds in call.store.task_seconds([number])}
    if record.started_at is not None and record.ended_at is not None:
        return {"the run": (record.ended_at - record.started_at).total_seconds(), **found}
    return found


def _states(call: Call[Any, Any], record: RunRecord) -> Mapping[str, Any]:
    counts: dict[str, dict[str, int]] = {}
    number = call.store.run_numbers([_key(record)])[_key(record)]
    for cell in call.store.cells([number]):
        counts.setdefault(cell.task_id, {})[cell.state] = cell.instances
    return {task_id: next(iter(own)) if len(own) == 1 else own for task_id, own in counts.items()}


def _environment(record: RunRecord) -> Mapping[str, Any]:
    return {
        "run_type": str(record.run_type),
        "triggered_by": record.triggered_by,
        "logical_date": record.logical_date,
        "data_interval_start": record.data_interval_start,
        "data_interval_end": record.data_interval_end,
        "snapshot": record.snapshot,
        "partition_key": record.partition_key,
    }


def _values(call: Call[Any, Any], left: RunRecord, right: RunRecord) -> list[ValueDifference]:
    sides = [
        {(one.task_id, one.map_path, one.key): one for one in call.store.all_xcoms(_key(side))}
        for side in (left, right)
    ]
    names = list(dict.fromkeys([*sides[0], *sides[1]]))[:MOST_VALUES]
    found: list[ValueDifference] = []
    for name in names:
        before, after = (side.get(name) for side in sides)
        found.append(
            ValueDifference(*name, _info(before, left), _info(after, right), is_same=_hash(before) == _hash(after))
        )
    return found


def _info(one: XCom | None, record: RunRecord) -> Any:
    return None if one is None else info_of(one, record.dag_id, record.run_id)


def _hash(one: XCom | None) -> str | None:
    return None if one is None else one.value.hash


def _code(call: Call[Any, Any], left: RunRecord, right: RunRecord) -> str:
    if left.snapshot == right.snapshot and left.dag_id == right.dag_id:
        return ""
    specs = [call.store.spec(one.dag_id, one.dag_hash) for one in (left, right)]
    if specs[0] is None or specs[1] is None:
        return ""
    return code_of_runs(call, (left.snapshot, specs[0].file), (right.snapshot, specs[1].file))


def _key(record: RunRecord) -> RunKey:
    return RunKey(record.dag_id, record.run_id)


OPERATIONS = (
    Operation(
        method="GET",
        path=f"{ROOT}/compare",
        name="tradewind_compare",
        tag="Runs",
        needs=Need(Resource.RUN, Action.READ, is_asked_inside=True),
        do=compare,
        query=CompareQuery,
        answer=Comparison,
        errors=(404,),
    ),
)
