"""Registered models: their versions, who is champion, what decided it, where they came from.

All of it is read from the journal: the registry itself is MLflow's, which this process need not import."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

from tradewind.api.access.rights import Action, Need, Resource
from tradewind.api.call import Call
from tradewind.api.operation import Operation
from tradewind.api.ours.bodies.ml import Lineage, LineageNode, ModelPage, ModelRow, Noted
from tradewind.api.ours.ml.journal import MOST_NAMES, entries_of
from tradewind.api.ours.paths import ROOT, path_text
from tradewind.api.problems import NotFound
from tradewind.model.entries import AliasMoved, Deployed, GateDecision, ModelVersion
from tradewind.model.ids import MapPath, RunKey, path_to_text
from tradewind.model.messages import GetXComs

MODEL = f"{ROOT}/models/{{model}}"


def models(call: Call[Any, None]) -> list[ModelRow]:
    """Registered models, by name"""
    call.visible(Resource.XCOM)  # decides where there is no model, too: an empty list is no refusal
    names = call.store.entry_names(ModelVersion.__name__)[:MOST_NAMES]
    rows = (_row(call, name) for name in names)
    return [row for row in rows if row.versions]


def _row(call: Call[Any, Any], name: str) -> ModelRow:
    versions = entries_of(call, ModelVersion, name)
    gates, deployed = entries_of(call, GateDecision, name, 1), entries_of(call, Deployed, name, 1)
    return ModelRow(
        name=name,
        versions=len({one.said.version for one in versions}),
        newest=versions[0] if versions else None,
        aliases=aliases_of(entries_of(call, AliasMoved, name)),
        gate=gates[0] if gates else None,
        deployed=deployed[0] if deployed else None,
    )


def aliases_of(moves: Iterable[Noted[AliasMoved]]) -> dict[str, str]:
    """Alias → version, from its moves, newest first."""
    found: dict[str, str] = {}
    for move in moves:
        found.setdefault(move.said.alias, move.said.version)
    return {alias: version for alias, version in sorted(found.items()) if version}


def model(call: Call[Any, None]) -> ModelPage:
    """A registered model with its history"""
    name = call.path["model"]
    versions = entries_of(call, ModelVersion, name)
    if not versions:
        raise _unknown(name)
    moves = entries_of(call, AliasMoved, name)
    return ModelPage(
        name=name,
        aliases=aliases_of(moves),
        versions=versions,
        moves=moves,
        gates=entries_of(call, GateDecision, name),
        deployments=entries_of(call, Deployed, name),
    )


def lineage(call: Call[Any, None]) -> Lineage:
    """What a version was made of: values, tasks, code"""
    name, version = call.path["model"], call.path["version"]
    found = [one for one in entries_of(call, ModelVersion, name) if one.said.version == version]
    if not found:
        raise NotFound(f"model {name!r} has no version {version!r}")
    return _lineage(call, name, found[0])


def _lineage(call: Call[Any, Any], name: str, entry: Noted[ModelVersion]) -> Lineage:
    made, own_task = entry.said, f"task {entry.dag_id} {entry.run_id} {entry.task_id}"
    here = RunKey(entry.dag_id, entry.run_id)
    nodes = {
        "model": LineageNode("model", "model", f"{name} {made.version}", made.flavor, path_text("models", name)),
        own_task: LineageNode(own_task, "task", entry.task_id, f"task of {entry.dag_id}", _path(here, entry.task_id)),
    }
    edges = [(own_task, "model")]
    if made.dag_hash or made.snapshot:
        nodes["code"] = _code(call, entry)
        edges.append(("code", own_task))
    if made.params:
        said = ", ".join(f"{name} {value}" for name, value in made.params.items())
        nodes["params"] = LineageNode("params", "params", said, "params", f"{path_text(*_run(here))}?tab=params")
        edges.append(("params", own_task))
    for value_hash in made.inputs:
        value = f"value {value_hash}"
        nodes[value] = LineageNode(value, "value", value_hash[:10], "value")
        edges.append((value, own_task))
        for run, task_id, path, _ in call.store.writers_of(value_hash, here)[:1]:
            if not call.may(Resource.XCOM, Action.READ, dag_id=run.dag_id):
                continue
            writer = f"task {run.dag_id} {run.run_id} {task_id}"
            index = f"[{path_to_text(path)}]" if path else ""
            where = _path(run, task_id, path)
            nodes.setdefault(writer, LineageNode(writer, "task", f"{task_id}{index}", f"task of {run.dag_id}", where))
            nodes[value] = _value(call, run, task_id, path, value_hash) or nodes[value]
            edges.append((writer, value))
    return Lineage(list(nodes.values()), edges)


def _code(call: Call[Any, Any], entry: Noted[ModelVersion]) -> LineageNode:
    """The version of the DAG that ran, where it is still known by a number."""
    made, dag_id = entry.said, entry.dag_id
    number = next((one.number for one in call.store.dag_versions(dag_id) if one.hash == made.dag_hash), None)
    commit = made.git_commit[:10]
    if number is None:
        return LineageNode("code", "code", commit or (made.snapshot or made.dag_hash)[:10], f"code of {dag_id}")
    label = f"version {number}" + (f", {commit}" if commit else "")
    where = f"{path_text('dags', dag_id)}?tab=code&version={number}"
    return LineageNode("code", "code", label, f"code of {dag_id}", where)


def _value(call: Call[Any, Any], run: RunKey, task_id: str, path: MapPath, value_hash: str) -> LineageNode | None:
    """What its writer named it, and its size."""
    request = GetXComs("", (task_id,), None, (path,), dag_id=run.dag_id, run_id=run.run_id)
    found = next((one for one in call.store.xcoms(request, run) if one.value.hash == value_hash), None)
    if found is None:
        return None
    kind = found.value.type.rpartition(".")[2]
    size = " x ".join(map(str, found.value.shape)) if found.value.shape else ""
    key = quote(found.key, safe="")
    tab = f"{'&' if path else '?'}tab=values&value={key}"
    return LineageNode(
        f"value {value_hash}", "value", found.key, f"{kind} {size}".strip(), _path(run, task_id, path) + tab
    )


def _run(run: RunKey) -> tuple[str, ...]:
    return ("dags", run.dag_id, "runs", run.run_id)


def _path(run: RunKey, task_id: str, path: MapPath = ()) -> str:
    return path_text(*_run(run), "tasks", task_id) + (f"?map={path_to_text(path)}" if path else "")


def _unknown(name: str) -> NotFound:
    return NotFound(f"there is no registered model {name!r}", hint="ml.register(model, name) makes one")


OPERATIONS = (
    Operation(
        method="GET",
        path=f"{ROOT}/models",
        name="tradewind_models",
        tag="Machine learning",
        needs=Need(Resource.XCOM),
        do=models,
        answer=list[ModelRow],
    ),
    Operation(
        method="GET",
        path=MODEL,
        name="tradewind_model",
        tag="Machine learning",
        needs=Need(Resource.XCOM),
        do=model,
        answer=ModelPage,
        errors=(404,),
    ),
    Operation(
        method="GET",
        path=f"{MODEL}/versions/{{version}}/lineage",
        name="tradewind_model_lineage",
        tag="Machine learning",
        needs=Need(Resource.XCOM),
        do=lineage,
        answer=Lineage,
        errors=(404,),
    ),
)
