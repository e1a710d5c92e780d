"""`tradewind dags details`."""

from __future__ import annotations

import click
import msgspec

from tradewind.cli.complete import complete_dag_id
from tradewind.cli.home import open_home
from tradewind.cli.output import output_option, print_record
from tradewind.cli.specs import current_spec

SHOWN_APART = frozenset({"tasks", "groups", "edge_labels", "spec_version"})


@click.command()
@click.argument("dag", metavar="FILE_OR_DAG_ID", shell_complete=complete_dag_id)
@click.option("--dag-id", help="Which DAG, where the file has several.")
@output_option
def details(dag: str, dag_id: str | None, output: str) -> None:
    """Everything about a DAG: its arguments, where it comes from, its latest run."""
    spec = current_spec(dag, dag_id)
    with open_home() as home:
        known = home.store.dag(spec.dag_id)
        latest = home.store.runs(dag_id=spec.dag_id, limit=1)
    facts = {name: getattr(spec, name) for name in spec.__struct_fields__ if name not in SHOWN_APART}
    facts |= {
        "schedule": spec.schedule.summary,
        "timetable": msgspec.to_builtins(spec.schedule),
        "params": [msgspec.to_builtins(param) for param in spec.params],
        "task_count": len(spec.tasks),
        "task_ids": [task.task_id for task in spec.tasks],
        "version": spec.hash,
        "root": known.root if known else None,
        "is_paused": known.is_paused if known else None,
        "last_loaded": known.seen_at if known else None,
        "latest_run": latest[0].run_id if latest else None,
        "latest_run_state": str(latest[0].state) if latest else None,
    }
    print_record(facts, output)
