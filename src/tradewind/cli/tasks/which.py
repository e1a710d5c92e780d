"""Which task instance is meant by `DAG_ID TASK_ID [RUN_ID]` and `--map-index`."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

import click

from tradewind.cli.complete import complete_dag_id, complete_run_id, complete_task_id
from tradewind.model.errors import NotFoundError
from tradewind.model.ids import MapPath, path_from_text
from tradewind.model.spec import DagSpec, TaskSpec

F = TypeVar("F", bound=Callable[..., Any])


def task_arguments(function: F) -> F:
    """`DAG_ID TASK_ID [RUN_ID]` as `dag_id`, `task_id`, `run_id`."""
    function = click.argument("run_id", required=False, shell_complete=complete_run_id)(function)
    function = click.argument("task_id", shell_complete=complete_task_id)(function)
    return click.argument("dag_id", shell_complete=complete_dag_id)(function)


def map_index_option(function: F) -> F:
    """`--map-index 3`, or `3.0` inside a mapped group, as `map_path` (None: not given)."""
    return click.option(
        "--map-index", "map_path", callback=_map_path, metavar="N[.N]", help="Instance of a mapped task, from 0."
    )(function)


def task_of(spec: DagSpec, task_id: str) -> TaskSpec:
    """Raises NotFoundError with the nearest names."""
    return next((task for task in spec.tasks if task.task_id == task_id), None) or _missing(spec, task_id)


def _missing(spec: DagSpec, task_id: str) -> TaskSpec:
    names = [task.task_id for task in spec.tasks]
    raise NotFoundError(f"DAG {spec.dag_id!r} has no task {task_id!r}", hint=nearest(task_id, names))


def nearest(name: str, names: Iterable[str]) -> str:
    known = list(names)
    inside = [one for one in known if one.endswith(f".{name}")]  # the name in its group alone
    near = inside or difflib.get_close_matches(name, known, n=3)
    return f"did you mean {', '.join(near)}?" if near else f"it has {', '.join(known[:20])}"


def _map_path(_ctx: click.Context, _param: click.Parameter, text: str | None) -> MapPath | None:
    if text is None:
        return None
    if text == "-1":  # Airflow's number for a task that is not mapped
        return ()
    try:
        return path_from_text(text)
    except ValueError:
        raise click.BadParameter(f"{text!r} is not a number from 0, nor several with dots between them") from None
