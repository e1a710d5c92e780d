"""`tradewind xcom list`."""

from __future__ import annotations

import click

from tradewind.cli.home import open_home
from tradewind.cli.output import output_option, print_rows
from tradewind.cli.which_run import find_run, key_of, run_arguments
from tradewind.model.ids import path_to_text
from tradewind.model.values import Value

PREVIEW_CHARACTERS = 60


@click.command("list")
@run_arguments
@click.option("-t", "--task", "--task-id", "task_id", help="Of this task only.")
@output_option
def list_values(dag_id: str, run_id: str | None, task_id: str | None, output: str) -> None:
    """List the values of a run of DAG_ID (default: the latest)."""
    with open_home() as home:
        run = find_run(home.store, dag_id, run_id)
        found = [one for one in home.store.all_xcoms(key_of(run)) if task_id in (None, one.task_id)]
    rows = [
        {
            "task_id": one.task_id,
            "map_index": path_to_text(one.map_path),
            "key": one.key,
            "type": one.value.type,
            "codec": one.value.codec,
            "size_bytes": one.value.size_bytes,
            "shape": one.value.shape,
            "value": _short(one.value, is_cut=output == "table"),
        }
        for one in found
    ]
    print_rows(rows, output, empty="the run has no values")


def _short(value: Value, *, is_cut: bool) -> str:
    text = value.preview or ""
    if not is_cut:
        return text
    line = " ".join(text.split())
    return line if len(line) <= PREVIEW_CHARACTERS else line[: PREVIEW_CHARACTERS - 1] + "…"
