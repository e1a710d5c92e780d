"""Which task instances of which runs a command means: by task, state, relatives, and runs by name, date or place."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any, TypeVar

import click
from msgspec import Struct

from tradewind.cli.complete import complete_dag_id, complete_run_id, complete_task_id
from tradewind.cli.home import Home
from tradewind.cli.tasks.which import map_index_option, nearest
from tradewind.cli.values import parse_instant
from tradewind.cli.which_run import find_run, key_of
from tradewind.engine.clearing import with_relatives
from tradewind.engine.run import FAILED_STATES, Instance, Run
from tradewind.engine.stopping import was_cancelled
from tradewind.model.errors import NotFoundError
from tradewind.model.groups import tasks_named
from tradewind.model.ids import MapPath, RunKey, TaskId, path_to_text
from tradewind.model.records import RunRecord
from tradewind.model.spec import DagSpec
from tradewind.model.states import TaskState

RUNS_AT_MOST = 10_000
F = TypeVar("F", bound=Callable[..., Any])


class Wanted(Struct, frozen=True):
    """What was said on the command line."""

    dag_id: str
    names: tuple[str, ...] = ()
    """Task ids; or the run, as `tasks clear DAG RUN` has it."""
    runs: tuple[str, ...] = ()
    start: str | None = None
    end: str | None = None
    task_regex: str | None = None
    task_ids: tuple[str, ...] = ()
    map_path: MapPath | None = None
    only_failed: bool = False
    only_running: bool = False
    upstream: bool = False
    downstream: bool = False
    past: bool = False
    future: bool = False


class Chosen(Struct, frozen=True):
    """Of one run."""

    run: RunRecord
    instances: tuple[tuple[TaskId, MapPath], ...]
    states: tuple[TaskState, ...]
    """In the same order."""

    @property
    def key(self) -> RunKey:
        return key_of(self.run)

    def names(self) -> list[str]:
        return [f"{task}[{path_to_text(path)}]" if path else task for task, path in self.instances]


def choosing_options(function: F) -> F:
    """`DAG_ID [TASK]…` and all that chooses further, as the parameter `wanted`."""
    options = [
        click.argument("dag_id", shell_complete=complete_dag_id),
        click.argument("names", metavar="[TASK]...", nargs=-1, shell_complete=complete_task_id),
        click.option("--run", "runs", multiple=True, shell_complete=complete_run_id, help="This run; repeat for more."),
        click.option("-s", "--start", "--start-date", "start", metavar="DATE", help="Runs from this logical date on."),
        click.option("-e", "--end", "--end-date", "end", metavar="DATE", help="Runs up to this logical date."),
        click.option("-t", "--task-regex", metavar="REGEX", help="Tasks whose id has this in it."),
        click.option("--task", "task_ids", multiple=True, shell_complete=complete_task_id, help="The same as TASK."),
        map_index_option,
        click.option("-f", "--only-failed", is_flag=True, help="Only instances that failed or were cancelled."),
        click.option("-r", "--only-running", is_flag=True, help="Only instances that run."),
        click.option("-u", "--upstream", is_flag=True, help="And all they wait for."),
        click.option("-d", "--downstream", is_flag=True, help="And all that waits for them."),
        click.option("--past", is_flag=True, help="The same in all earlier runs."),
        click.option("--future", is_flag=True, help="The same in all later runs."),
    ]

    def wrapped(**values: Any) -> Any:
        wanted = Wanted(**{name: values.pop(name) for name in Wanted.__struct_fields__})
        return function(wanted=wanted, **values)

    wrapped.__name__, wrapped.__doc__ = function.__name__, function.__doc__
    found: Any = wrapped
    found.__click_params__ = getattr(function, "__click_params__", [])
    for option in reversed(options):
        found = option(found)
    return found


def choose(home: Home, wanted: Wanted, restore: Callable[[RunRecord], Run], *, untouched: bool = False) -> list[Chosen]:
    """Runs that have none of the tasks are left out. `untouched`: also instances to which nothing has happened yet.

    Raises NotFoundError where nothing fits at all."""
    named_run, task_ids = _sorted_out(wanted, home.store.spec(wanted.dag_id))
    pattern = _compiled(wanted.task_regex)
    found: list[Chosen] = []
    for record in _runs(home, wanted, named_run):
        run = restore(record)
        own = tuple(task.task_id for task in run.plan.tasks)
        chosen = [name for name in own if (not task_ids or name in task_ids) and pattern.search(name)]
        instances = _instances(run, chosen, wanted, untouched=untouched)
        if instances:
            names = tuple((one.plan.task_id, one.path) for one in instances)
            found.append(Chosen(record, names, tuple(one.state for one in instances)))
    if not found:
        raise NotFoundError(
            f"no task instance of DAG {wanted.dag_id!r} fits",
            hint=f"see `tradewind tasks states-for-dag-run {wanted.dag_id}`",
        )
    return found


def _instances(run: Run, task_ids: Sequence[str], wanted: Wanted, *, untouched: bool) -> list[Instance]:
    path = wanted.map_path or ()
    direct = [one for name in task_ids for one in run.below(run.plan.by_id[name], path)]
    direct = [one for one in direct if _has_wanted_state(one, wanted)]
    names = tuple((one.plan.task_id, one.path) for one in direct)
    names = with_relatives(run, names, upstream=wanted.upstream, downstream=wanted.downstream)
    found = [one for name in names if (one := run.instance(*name)) is not None]
    return found if untouched else [one for one in found if one.state is not TaskState.NONE]


def _has_wanted_state(instance: Instance, wanted: Wanted) -> bool:
    if wanted.only_failed:
        return instance.state in FAILED_STATES or was_cancelled(instance)
    return not wanted.only_running or instance.state in (TaskState.RUNNING, TaskState.QUEUED)


def _sorted_out(wanted: Wanted, spec: DagSpec | None) -> tuple[str | None, frozenset[str]]:
    """Names that are tasks, or groups of tasks, and the one that is not: it is the run's."""
    known = [task.task_id for task in spec.tasks] if spec is not None else []
    meant = {name: tasks_named(spec, name) if spec is not None else () for name in (*wanted.names, *wanted.task_ids)}
    runs = [name for name in wanted.names if not meant[name]]
    unknown = [name for name in wanted.task_ids if not meant[name]]
    if len(runs) > 1 or (runs and (wanted.runs or wanted.start or wanted.end)):
        unknown = unknown or runs
    if unknown:
        raise NotFoundError(
            f"DAG {wanted.dag_id!r} has no task and no group {unknown[0]!r}", hint=nearest(unknown[0], known)
        )
    return runs[0] if runs else None, frozenset(itertools.chain.from_iterable(meant.values()))


def _runs(home: Home, wanted: Wanted, named: str | None) -> list[RunRecord]:
    """Oldest first."""
    start, end = _instant(wanted.start, "--start"), _instant(wanted.end, "--end")
    if start is not None or end is not None:
        chosen = [
            run
            for run in home.store.runs(dag_id=wanted.dag_id, limit=RUNS_AT_MOST)
            if (start is None or date_of(run) >= start) and (end is None or date_of(run) <= end)
        ]
        if not chosen and not wanted.runs:
            raise NotFoundError(
                f"DAG {wanted.dag_id!r} has no run between these dates", hint="see `tradewind runs list`"
            )
    else:
        chosen = [] if wanted.runs else [find_run(home.store, wanted.dag_id, named)]
    chosen += [find_run(home.store, wanted.dag_id, name) for name in wanted.runs]
    if wanted.past or wanted.future:
        first, last = min(map(date_of, chosen)), max(map(date_of, chosen))
        chosen += [
            run
            for run in home.store.runs(dag_id=chosen[0].dag_id, limit=RUNS_AT_MOST)
            if (wanted.past and date_of(run) < first) or (wanted.future and date_of(run) > last)
        ]
    return sorted({run.run_id: run for run in chosen}.values(), key=date_of)


def date_of(run: RunRecord) -> datetime:
    """Its logical date, or where it has none the time after which it was to run."""
    return run.logical_date or run.run_after


def _instant(text: str | None, option: str) -> datetime | None:
    if text is None:
        return None
    if (found := parse_instant(text)) is None:
        raise click.BadParameter(f"{text!r} is not a date", param_hint=option)
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _compiled(text: str | None) -> re.Pattern[str]:
    try:
        return re.compile(text or "")
    except re.error as error:
        raise click.BadParameter(f"{text!r} is not a regular expression: {error}", param_hint="--task-regex") from error
