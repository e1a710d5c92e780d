"""`tradewind runs cache`: which tasks of a run were skipped since nothing had changed, and why the others were not."""

from __future__ import annotations

from typing import Any

import click
import msgspec

from tradewind.cli.durations import duration
from tradewind.cli.home import open_home
from tradewind.cli.output import output_option, print_rows
from tradewind.cli.which_run import find_run, key_of, run_arguments
from tradewind.model.entries import CacheOutcome
from tradewind.model.ids import RunKey, path_to_text
from tradewind.model.journal import EntryQuery, JournalEntry
from tradewind.model.records import RunRecord
from tradewind.store.base import Store

MOST_ENTRIES = 100_000
SHOWN_WHY_CHARACTERS = 100


@click.command()
@run_arguments
@click.option("--diff", is_flag=True, help="With each miss, what changed in the code.")
@click.option(
    "--forget",
    is_flag=True,
    help="Forget all successes of the DAG: the next run runs everything. RUN_ID is not looked at.",
)
@output_option
def cache(dag_id: str, run_id: str | None, diff: bool, forget: bool, output: str) -> None:
    """What the cache did in a run of DAG_ID (default: the latest): for each task with `cache=`, whether it was skipped
    (a hit), from which run its values are and how long that took; else why it had to run."""
    with open_home() as home:
        if forget:
            click.echo(f"{home.store.forget_cached(dag_id)} successes of {dag_id} forgotten")
            return
        run = find_run(home.store, dag_id, run_id)
        rows = outcomes(home.store, run)
    if output != "table":
        print_rows(rows, output)
        return
    if not rows:
        click.echo(f"no task of {run.run_id} has a cache: @task(cache=True)")
        return
    print_rows([_line(row) for row in rows], output)
    saved = sum(row["saved_seconds"] or 0.0 for row in rows)
    hits = sum(row["result"] == "hit" for row in rows)
    click.echo(f"\n{hits} of {len(rows)} skipped, {duration(saved)} of work saved")
    if diff:
        _print_diffs(rows)


def outcomes(store: Store, run: RunRecord, task_id: str | None = None) -> list[dict[str, Any]]:
    """A row a task instance: its last try's, by task in the order of the DAG, then by map path."""
    key = key_of(run)
    query = EntryQuery(CacheOutcome.__name__, dag_id=key.dag_id, run_id=key.run_id, task_id=task_id, limit=MOST_ENTRIES)
    newest: dict[tuple[str, tuple[int, ...]], JournalEntry] = {}
    for entry in store.entries(query):
        newest.setdefault((entry.task_id, entry.map_path), entry)
    order = _order(store, key, run.dag_hash)
    found = sorted(newest.items(), key=lambda item: (order.get(item[0][0], len(order)), item[0][1]))
    return [_row(entry) for _, entry in found]


def _order(store: Store, key: RunKey, dag_hash: str) -> dict[str, int]:
    spec = store.spec(key.dag_id, dag_hash)
    return {task.task_id: place for place, task in enumerate(spec.tasks)} if spec else {}


def _row(entry: JournalEntry) -> dict[str, Any]:
    said = msgspec.convert(entry.body, CacheOutcome)
    result = "hit" if said.is_hit else "miss"
    checked = {"": "", "same": "run as a sample: the same", "different": f"run as a sample: {said.why}"}[said.checked]
    return {
        "task_id": entry.task_id,
        "map_index": path_to_text(entry.map_path) if entry.map_path else "-1",
        "result": f"checked: {said.checked}" if said.checked else result,
        "why": checked or (f"the same as in run {said.from_run_id}" if said.is_hit else said.why),
        "from_run_id": said.from_run_id or None,
        "saved_seconds": said.saved_seconds if said.is_hit and not said.checked else None,
        "changed": list(said.changed),
        "detail": said.detail,
        "key": said.key,
    }


def _line(row: dict[str, Any]) -> dict[str, Any]:
    index = f"[{row['map_index']}]" if row["map_index"] != "-1" else ""
    why = row["why"] if len(row["why"]) <= SHOWN_WHY_CHARACTERS else f"{row['why'][: SHOWN_WHY_CHARACTERS - 1]}…"
    saved = duration(row["saved_seconds"]) if row["saved_seconds"] is not None else ""
    return {"task": row["task_id"] + index, "result": row["result"], "why": why, "saved": saved}


def _print_diffs(rows: list[dict[str, Any]]) -> None:
    for row in rows:
        if row["detail"]:
            click.secho(f"\n{_line(row)['task']}", bold=True)
            click.echo(row["detail"])
