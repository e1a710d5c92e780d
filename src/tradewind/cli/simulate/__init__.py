"""`tradewind simulate`: what would run when, a month ahead, in seconds."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import click

from tradewind.cli.complete import complete_dag_id
from tradewind.cli.home import open_home
from tradewind.cli.output import output_option
from tradewind.cli.simulate.show import show
from tradewind.executors.local.machine import cpu_count
from tradewind.forecast.durations import DEFAULT_SECONDS, Durations, read_durations
from tradewind.forecast.forecaster import Forecaster
from tradewind.model.errors import NotFoundError
from tradewind.model.spec import DagSpec
from tradewind.scheduler.clock import utc_now
from tradewind.store.base import Store
from tradewind.timetables.base import DataInterval, Timetable


@click.command()
@click.argument("dags", nargs=-1, metavar="[FILE_OR_DAG_ID]...", shell_complete=complete_dag_id)
@click.option("--from", "begins", metavar="DATE", help="When it begins (default: now).")
@click.option("--days", type=click.FloatRange(min=0, min_open=True, max=3660), default=30, show_default=True)
@click.option(
    "--durations",
    metavar="recorded|default|FILE",
    default="recorded",
    show_default=True,
    help="How long tasks take: as in past runs, all the same, or as a JSON or TOML file says.",
)
@click.option(
    "--default-seconds",
    type=click.FloatRange(min=0),
    default=DEFAULT_SECONDS,
    show_default=True,
    help="How long a task takes of which nothing is known.",
)
@click.option("--parallelism", type=click.IntRange(min=0), help="Tasks at once; 0: no limit (default: as set).")
@click.option("--pool", "pools", multiple=True, metavar="NAME=SLOTS", help="As if a pool had so many slots.")
@click.option("--seed", type=int, default=0, show_default=True, help="Another lot of recorded durations.")
@click.option("--runs", "with_runs", is_flag=True, help="List every run.")
@click.option("--svg", type=click.Path(dir_okay=False, path_type=Path), help="Draw it into this file.")
@output_option
def simulate(
    dags: tuple[str, ...],
    begins: str | None,
    days: float,
    durations: str,
    default_seconds: float,
    parallelism: int | None,
    pools: tuple[str, ...],
    seed: int,
    with_runs: bool,
    svg: Path | None,
    output: str,
) -> None:
    """Play DAGs ahead on a fast clock: when would what run, what would wait (for which limit, and how long), which
    deadline would be missed. Nothing is run and nothing is written; without names, of all DAGs that are not paused.

    Tasks succeed and take as long as they did in past runs. A mapped task has 3 instances where no file of durations
    says otherwise: {"my_dag.my_task": {"seconds": 90, "length": 10}, "*": 5}."""
    start = _instant(begins) if begins else utc_now().replace(microsecond=0)
    specs = [_named(name) for name in dags] or _all()
    with open_home() as home:
        store = home.store
        forecast = Forecaster(
            specs,
            begins=start,
            ends=start + timedelta(days=days),
            durations=_durations(durations, store, default_seconds, seed),
            pools={pool.name: pool.slots for pool in store.pools()} | dict(map(_pool, pools)),
            parallelism=parallelism if parallelism is not None else home.settings.parallelism or cpu_count() + 1,
            known=store,
            last=_last_intervals(store),
            timetables=_timetables(specs),
        ).play()
    show(forecast, [spec.dag_id for spec in specs], output, with_runs=with_runs, svg=svg)


def _instant(text: str) -> datetime:
    try:
        at = datetime.fromisoformat(text)
    except ValueError as error:
        raise click.BadParameter(f"{text!r} is no date; write 2026-01-31 or 2026-01-31T09:00+00:00") from error
    return at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)


def _pool(text: str) -> tuple[str, int]:
    name, _, slots = text.rpartition("=")
    if not name or not (slots.isdecimal() or slots == "-1"):
        raise click.BadParameter(f"{text!r}: write NAME=SLOTS, e.g. --pool gpu=2 (-1: endless)")
    return name, int(slots)


def _durations(kind: str, store: Store, default_seconds: float, seed: int) -> Durations:
    if kind == "recorded":
        return Durations(recorded=store.task_durations, default_seconds=default_seconds, seed=seed)
    if kind == "default":
        return Durations(default_seconds=default_seconds)
    file = Path(kind)
    if not file.is_file():
        raise NotFoundError(f"there is no file {kind}", hint="--durations is `recorded`, `default`, or a file")
    return Durations(
        recorded=store.task_durations, given=read_durations(file), default_seconds=default_seconds, seed=seed
    )


def _named(text: str) -> DagSpec:
    from tradewind.cli.specs import current_spec  # may load a file

    return current_spec(text)


def _all() -> list[DagSpec]:
    with open_home() as home:
        known = [dag for dag in home.store.dags() if not dag.is_paused]
        specs = [spec for dag in known if (spec := home.store.spec(dag.dag_id)) is not None]
        settings = home.settings
    if specs:
        return specs
    from tradewind.cli.scan import scan  # loads every file

    found = [spec for scanned in scan(settings) for spec in scanned.loaded.specs]
    if not found:
        raise NotFoundError(
            "there are no DAGs",
            hint=f"put files into {settings.dags_folder}, or see `tradewind dags list-import-errors`",
        )
    return found


def _last_intervals(store: Store) -> dict[str, DataInterval]:
    return {
        one.dag_id: DataInterval(one.last_interval_start, one.last_interval_end)
        for one in store.schedules()
        if one.last_interval_start is not None and one.last_interval_end is not None
    }


def _timetables(specs: list[DagSpec]) -> dict[str, Timetable]:
    """Of those whose timetable is the author's own: their files are executed."""
    found: dict[str, Timetable] = {}
    for spec in specs:
        if spec.schedule.kind == "custom":
            from tradewind.cli.load_here import find_class, load_here  # executes the DAG file
            from tradewind.timetables import build

            load_here(spec.dag_id)
            find: Any = find_class
            found[spec.dag_id] = build(spec.schedule, find_class=find)
    return found
