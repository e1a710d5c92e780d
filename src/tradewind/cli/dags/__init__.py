"""`tradewind dags`: the DAGs that the DAG files make."""

from __future__ import annotations

import click

from tradewind.cli import old_words
from tradewind.cli.lazy import LazyGroup

COMMANDS = {
    "list": ("tradewind.cli.dags.list:list_dags", "List DAGs."),
    "show": ("tradewind.cli.dags.show:show", "Draw a DAG: as a tree, mermaid, dot or SVG."),
    "details": ("tradewind.cli.dags.details:details", "Everything about a DAG."),
    "test": ("tradewind.cli.dags.test:test", "Run a DAG once, leaving no trace."),
    "trigger": ("tradewind.cli.dags.trigger:trigger", "Queue a run of a DAG, for the scheduler."),
    "next-execution": ("tradewind.cli.dags.next_execution:next_execution", "When a DAG's schedule is due next."),
    "list-import-errors": ("tradewind.cli.dags.errors:list_import_errors", "List DAG files that cannot be loaded."),
    "report": ("tradewind.cli.dags.report:report", "Load every DAG file: how long each takes, what it has."),
    "backfill": ("tradewind.cli.dags.backfill:backfill", "Airflow 2's way to run a DAG for past dates."),
    "diff": ("tradewind.cli.dags.diff:diff", "What a new version of a DAG changes, its schedule among it."),
    "state": ("tradewind.cli.dags.state:state", "Print the state of a run."),
    "delete": ("tradewind.cli.dags.delete:delete", "Delete a DAG with its runs."),
    "accept": ("tradewind.cli.dags.accept:accept", "Let a held schedule go on."),
    "versions": ("tradewind.cli.dags.versions:versions", "List the versions of a DAG."),
    "parse": ("tradewind.cli.dags.parse:parse", "Parse a DAG file again now."),
    "reserialize": ("tradewind.cli.dags.parse:reserialize", "Parse all DAG files again now."),
    "pause": ("tradewind.cli.dags.pause:pause", "Pause the schedule of DAGs."),
    "unpause": ("tradewind.cli.dags.pause:unpause", "Let the schedule of DAGs go on."),
}
ALIASES = {
    "next_execution": "next-execution",
    "list_import_errors": "list-import-errors",
    "errors": "list-import-errors",
}
ELSEWHERE = {
    "list-runs": ("tradewind.cli.runs.list:list_runs", "tradewind runs list"),
    "list-jobs": ("tradewind.cli.health:health", "tradewind health"),
    "clear": ("tradewind.cli.tasks.clear:clear", "tradewind tasks clear"),
}


@click.group(cls=LazyGroup, table=COMMANDS, aliases=ALIASES, elsewhere=ELSEWHERE, notes=old_words.DAGS)
def dags() -> None:
    """List, show and test DAGs. Where a DAG is wanted, its file will do, too."""
