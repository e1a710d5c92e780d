"""`tradewind dags list`."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from tradewind.cli.home import Home, open_home
from tradewind.cli.output import output_option, print_rows
from tradewind.model.errors import TradewindError
from tradewind.model.records import DagRecord, ImportErrorRecord
from tradewind.model.service import DagSchedule, JobKind


@click.command("list")
@click.option("--refresh", is_flag=True, help="Load every file of the DAG folder first.")
@click.option("--retired", is_flag=True, help="Also DAGs that no file defines any more.")
@click.option("--tag", "tags", multiple=True, help="Only DAGs with this tag; repeat for one of several.")
@output_option
def list_dags(refresh: bool, retired: bool, tags: tuple[str, ...], output: str) -> None:
    """List the DAGs that are known, with their last run and the next by the clock: those that the dag-processor or the
    last `--refresh` found, and those that ran."""
    with open_home() as home:
        found, errors, clocks = _known(home)
        settings, is_remote = home.settings, home.remote is not None
        is_watched = not is_remote and bool(home.store.jobs(kind=JobKind.DAG_PROCESSOR, only_alive=True))
    if is_remote and refresh:
        raise TradewindError("a server's dag-processor finds its DAGs; there is nothing to refresh from here")
    if not is_remote and (refresh or (not found and not errors and settings.dags_folder.is_dir())):
        from tradewind.cli.scan import scan  # the rooms that run things: only for this

        scan(settings)
        with open_home() as home:
            found, errors, clocks = _known(home)

    def is_there(dag: DagRecord) -> bool:
        """A dag-processor knows of its bundles' DAGs, whose files may be on another machine; of others nobody does."""
        is_known = is_remote or (is_watched and bool(dag.bundle))
        return dag.retired_at is None and (is_known or (Path(dag.root) / dag.file).exists())

    shown = [dag for dag in found if (retired or is_there(dag)) and (not tags or set(tags) & set(dag.tags))]
    rows = [
        {
            "dag_id": dag.dag_id,
            "fileloc": str(Path(dag.root) / dag.file),
            "owners": dag.owners,
            "is_paused": dag.is_paused,
            "schedule": dag.schedule,
            "tags": dag.tags,
            "last_run_state": dag.last_run_state,
            "last_run": dag.last_run_date,
            "next_run": _next_run(dag, clocks.get(dag.dag_id)),
            "held_why": clocks[dag.dag_id].held_why if dag.dag_id in clocks else "",
            "is_retired": not is_there(dag),
        }
        for dag in shown
    ]
    hidden = {"tags"} if retired else {"is_retired"}
    if not any(row["held_why"] for row in rows):
        hidden.add("held_why")
    empty = "the server has no DAGs" if is_remote else f"no DAGs; the DAG folder is {settings.dags_folder}"
    if tags and found:
        empty = "no DAG has such a tag"
    print_rows(rows, output, only_as_data=hidden, empty=empty)
    if errors:
        click.echo(f"{len(errors)} problem{'s' * (len(errors) != 1)}: tradewind dags list-import-errors", err=True)


def _known(home: Home) -> tuple[list[DagRecord], list[ImportErrorRecord], dict[str, DagSchedule]]:
    clocks = {clock.dag_id: clock for clock in home.store.schedules()}
    return home.store.dags(include_retired=True), home.store.import_errors(), clocks


def _next_run(dag: DagRecord, clock: DagSchedule | None) -> datetime | None:
    """By the clock; none where it does not go."""
    if clock is None or clock.held_why or clock.is_paused or dag.retired_at is not None:
        return None
    return clock.next_run_after
