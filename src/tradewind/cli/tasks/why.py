"""`tradewind tasks failed-deps`: the engine's own reason, from the same code that decides."""

from __future__ import annotations

import click

from tradewind.cli.home import open_home
from tradewind.cli.output import output_option, print_rows
from tradewind.cli.tasks.which import map_index_option, task_arguments, task_of
from tradewind.cli.which_run import find_run, key_of
from tradewind.engine.run import Bounds
from tradewind.engine.why import explain
from tradewind.executors.base import CodeRef
from tradewind.model.errors import NotFoundError
from tradewind.model.ids import MapPath, path_to_text
from tradewind.scheduler.takeover import restored_run


@click.command()
@task_arguments
@map_index_option
@output_option
def failed_deps(dag_id: str, task_id: str, run_id: str | None, map_path: MapPath | None, output: str) -> None:
    """Why a task of a run of DAG_ID is not running: what it waits for, or what became of it."""
    with open_home() as home:
        run = find_run(home.store, dag_id, run_id)
        spec = home.store.spec(run.dag_id, run.dag_hash)
        if spec is None:
            raise NotFoundError(f"version {run.dag_hash} of DAG {run.dag_id!r} is not in the store any more")
        task_of(spec, task_id)
        bounds = Bounds(home.settings.max_lost_tries, home.settings.max_map_length)
        active, _ = restored_run(home.store, key_of(run), spec, CodeRef(run.snapshot, spec.file), bounds)
    task = active.run.plan.by_id[task_id]
    rows: list[dict[str, str]] = []
    for instance in sorted(active.run.below(task, map_path or ()), key=lambda one: one.path):
        why = explain(active.run, instance)
        name = path_to_text(instance.path)
        rows.append({"map_index": name, "state": instance.state, "kind": why.kind, "why": why.text or instance.state})
    print_rows(rows, output, empty="the task has no instance in this run: it is mapped over nothing")
