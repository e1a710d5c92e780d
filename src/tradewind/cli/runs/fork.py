"""`tradewind runs fork`: new runs that start from a task of a past one, with all that it had before that task."""

from __future__ import annotations

import getpass
import itertools
import json
import sys
from collections.abc import Sequence
from typing import Any

import click

from tradewind import settings
from tradewind.cli.audited import audited
from tradewind.cli.complete import complete_task_id
from tradewind.cli.home import Home, open_home
from tradewind.cli.output import output_option, print_rows
from tradewind.cli.service import has_scheduler, note_without_scheduler
from tradewind.cli.values import json_object, name_and_value
from tradewind.cli.which_run import find_run, run_arguments
from tradewind.model.ids import MapPath, RunKey, path_from_text
from tradewind.model.requests import Fork, ForkMade
from tradewind.model.service import Topic
from tradewind.scheduler.clock import utc_now


def grid(_ctx: click.Context, _param: click.Parameter, texts: tuple[str, ...]) -> list[dict[str, Any]]:
    """`lr=0.1,0.2` and `depth=3,5`: every combination. A JSON list gives values that have commas in them."""
    axes: list[list[tuple[str, Any]]] = []
    for text in texts:
        name, equals, values = text.partition("=")
        if not equals or not name or not values:
            raise click.BadParameter(f"{text!r} is not NAME=VALUE,VALUE…")
        axes.append([(name, value) for value in _values(values)])
    return [dict(combination) for combination in itertools.product(*axes)]


def _values(text: str) -> list[Any]:
    if text.startswith("["):
        try:
            found = json.loads(text)
        except json.JSONDecodeError as error:
            raise click.BadParameter(f"not a JSON list: {error.msg} at character {error.pos + 1}") from error
        return found
    return [_value(one) for one in text.split(",")]


def _value(text: str) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError:
        return text


def _params(ctx: click.Context, param: click.Parameter, texts: tuple[str, ...]) -> dict[str, Any]:
    """NAME=VALUE, or a JSON object as `dags trigger` takes it; several are put together."""
    found: dict[str, Any] = {}
    for text in texts:
        is_object = text.startswith(("{", "@"))
        found |= json_object(ctx, param, text) if is_object else name_and_value(ctx, param, (text,))
    return found


def _instance(_ctx: click.Context, _param: click.Parameter, texts: tuple[str, ...]) -> list[tuple[str, MapPath]]:
    """`train`, or `train[3]` for one instance of a mapped task."""
    found: list[tuple[str, MapPath]] = []
    for text in texts:
        task_id, bracket, path = text.partition("[")
        try:
            found.append((task_id, path_from_text(path.rstrip("]")) if bracket else ()))
        except ValueError:
            raise click.BadParameter(f"{text!r} is neither TASK nor TASK[N]") from None
    return found


@click.command()
@run_arguments
@click.option(
    "--from",
    "tasks",
    metavar="TASK",
    multiple=True,
    required=True,
    callback=_instance,
    shell_complete=complete_task_id,
    help="Start from this task, or group of tasks (`train[3]`: from one instance of it); repeat it.",
)
@click.option("-p", "--params", multiple=True, callback=_params, metavar="NAME=VALUE", help="Repeat it; or JSON.")
@click.option("-c", "--conf", callback=json_object, metavar="JSON", help="What is to differ from the run's conf.")
@click.option(
    "--sweep", multiple=True, callback=grid, metavar="NAME=A,B,C", help="A fork for each value; repeat it for a grid."
)
@click.option("--no-checkpoints", is_flag=True, help="Tasks begin anew, not from that run's last checkpoints.")
@click.option("-r", "--run-id", "new_run_id", help="Default: fork__<now>.")
@click.option("--note", default="", help="A word on why.")
@click.option("--queue", is_flag=True, help="Only queue them, for a scheduler that comes later.")
@click.option("--plain", is_flag=True, help="One line an event, with the tasks' logs.")
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but errors.")
@output_option
def fork(
    dag_id: str,
    run_id: str | None,
    tasks: list[tuple[str, MapPath]],
    params: dict[str, Any],
    conf: dict[str, Any],
    sweep: list[dict[str, Any]],
    no_checkpoints: bool,
    new_run_id: str | None,
    note: str,
    queue: bool,
    plain: bool,
    quiet: bool,
    output: str,
) -> None:
    """Start a new run from a task of a run of DAG_ID (default: the latest), with the values of all tasks before it.

    Everything that is not at or after TASK has the states and values of that run, and the code is the same. With a
    scheduler alive the new runs are queued for it; else this process runs them, one after the other.
    """
    with open_home() as home:
        run = find_run(home.store, dag_id, run_id)
        each = tuple({**params, **one} for one in sweep)
        forks = Fork(run.dag_id, run.run_id, tuple(tasks), each, conf, new_run_id, note, not no_checkpoints)
        made = _made(home, forks)
        is_left = queue or home.remote is not None or has_scheduler(home.store)
        if is_left:
            note_without_scheduler(home.store)
    if is_left or not quiet:
        print_rows([_row(one, run.run_id) for one in made], output)
    if not is_left:
        sys.exit(_run_here([one.run for one in made], plain=plain, quiet=quiet or output == "json"))


def _made(home: Home, wish: Fork) -> list[ForkMade]:
    if home.remote is not None:
        return home.remote.make_forks(wish)
    from tradewind.engine.run import Bounds  # with the scheduler's files: not for --help
    from tradewind.scheduler.forking import make_forks

    bounds = Bounds(home.settings.max_lost_tries, home.settings.max_map_length)
    made = make_forks(home.store, wish, who=getpass.getuser(), now=utc_now(), bounds=bounds)
    audited(home, "fork", dag_id=wish.dag_id, run_id=wish.run_id, forks=[one.run.run_id for one in made])
    home.store.ring(Topic.RUNS)
    return made


def _run_here(keys: Sequence[RunKey], *, plain: bool, quiet: bool) -> int:
    """One run after the other, each to its end; the worst of their exit codes."""
    from tradewind.cli.session import open_session  # an executor: not where a scheduler does it
    from tradewind.cli.watch import watch

    code = 0
    with open_session(settings.load()) as session:
        for key in keys:
            code = max(code, watch(session, session.resume(key), plain=plain, quiet=quiet))
    return code


def _row(made: ForkMade, source: str) -> dict[str, object]:
    return {
        "dag_id": made.run.dag_id,
        "run_id": made.run.run_id,
        "forked_from": source,
        "params": made.changed_params,
        "kept": made.kept,
        "runs_again": list(made.runs_again),
    }
