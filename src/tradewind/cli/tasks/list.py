"""`tradewind tasks list`."""

from __future__ import annotations

import click

from tradewind.cli.complete import complete_dag_id
from tradewind.cli.output import output_option, print_rows
from tradewind.cli.specs import current_spec
from tradewind.cli.tree import by_dependency


@click.command("list")
@click.argument("dag", metavar="FILE_OR_DAG_ID", shell_complete=complete_dag_id)
@click.option("--dag-id", help="Which DAG, where the file has several.")
@click.option("-t", "--tree", is_flag=True, help="Each task below those it waits for.")
@output_option
def list_tasks(dag: str, dag_id: str | None, tree: bool, output: str) -> None:
    """List the tasks of a DAG."""
    spec = current_spec(dag, dag_id)
    if tree:
        for line in by_dependency(spec):
            click.echo(f"{line.indent}{line.name}")
        return
    rows = [
        {
            "task_id": task.task_id,
            "operator": task.operator,
            "upstream": task.upstream,
            "trigger_rule": str(task.trigger_rule),
            "is_mapped": task.expansion is not None,
            "retries": task.retry.retries,
            "pool": task.pool,
        }
        for task in spec.tasks
    ]
    print_rows(rows, output, empty="the DAG has no tasks")
