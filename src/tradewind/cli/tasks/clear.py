"""`tradewind tasks clear`."""

from __future__ import annotations

import re
import sys

import click

from tradewind import settings
from tradewind.cli.asking import make_sure
from tradewind.cli.complete import complete_task_id
from tradewind.cli.session import open_session
from tradewind.cli.tasks.which import map_index_option
from tradewind.cli.watch import watch
from tradewind.cli.which_run import find_run, key_of, run_arguments
from tradewind.model.errors import NotFoundError
from tradewind.model.ids import MapPath, RunKey, path_to_text
from tradewind.model.states import TaskState
from tradewind.store.base import Store

SHOWN_AT_MOST = 30


@click.command()
@run_arguments
@click.option("-t", "--task-regex", metavar="REGEX", help="Tasks whose id has this in it (default: all).")
@click.option("--task", "task_ids", multiple=True, shell_complete=complete_task_id, help="This task; repeat for more.")
@map_index_option
@click.option("-f", "--only-failed", is_flag=True, help="Only instances that failed.")
@click.option("-u", "--upstream", is_flag=True, help="And all they wait for.")
@click.option("-d", "--downstream", is_flag=True, help="And all that waits for them.")
@click.option("-y", "--yes", is_flag=True, help="Do not ask.")
@click.option("--plain", is_flag=True, help="One line an event, with the tasks' logs.")
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but errors.")
def clear(
    dag_id: str,
    run_id: str | None,
    task_regex: str | None,
    task_ids: tuple[str, ...],
    map_path: MapPath | None,
    only_failed: bool,
    upstream: bool,
    downstream: bool,
    yes: bool,
    plain: bool,
    quiet: bool,
) -> None:
    """Run tasks of a run of DAG_ID (default: the latest) again, with the code it started with, and watch it.

    `tradewind run DAG_ID --task TASK` does it with the code as it is now. The exit code is that of `tradewind run`.
    """
    pattern = _compiled(task_regex)
    with open_session(settings.load()) as session:
        run = find_run(session.store, dag_id, run_id)
        chosen = _chosen(session.store, key_of(run), pattern, task_ids, map_path, only_failed=only_failed)
        names = [f"{task}[{path_to_text(path)}]" if path else task for task, path in chosen]
        more = [f"… {len(names) - SHOWN_AT_MOST} more"] * (len(names) > SHOWN_AT_MOST)
        relatives = " and all ".join(["", *["upstream"] * upstream, *["downstream"] * downstream])
        listed = "\n  ".join(names[:SHOWN_AT_MOST] + more)
        make_sure(f"{run.dag_id} {run.run_id}\n  {listed}\nRun these{relatives} again?", yes=yes)
        view = session.clear(key_of(run), chosen, upstream=upstream, downstream=downstream)
        code = watch(session, view, plain=plain, quiet=quiet)
    sys.exit(code)


def _compiled(text: str | None) -> re.Pattern[str]:
    try:
        return re.compile(text or "")
    except re.error as error:
        raise click.BadParameter(f"{text!r} is not a regular expression: {error}", param_hint="--task-regex") from error


def _chosen(
    store: Store,
    key: RunKey,
    pattern: re.Pattern[str],
    task_ids: tuple[str, ...],
    map_path: MapPath | None,
    *,
    only_failed: bool,
) -> list[tuple[str, MapPath]]:
    """Raises NotFoundError where nothing fits."""
    failed = (TaskState.FAILED, TaskState.UPSTREAM_FAILED)
    found = [
        (task.task_id, task.map_path)
        for task in store.tasks(key)
        if pattern.search(task.task_id)
        and (not task_ids or task.task_id in task_ids)
        and (not map_path or task.map_path == map_path)
        and (task.state in failed if only_failed else task.state is not TaskState.NONE)
    ]
    if not found:
        raise NotFoundError(
            f"no task instance of run {key.run_id!r} fits",
            hint=f"see `tradewind tasks states-for-dag-run {key.dag_id} '{key.run_id}'`",
        )
    return found
