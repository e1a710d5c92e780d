"""`tradewind tasks`: the tasks of DAGs and what became of them in runs."""

from __future__ import annotations

import click

from tradewind.cli import old_words
from tradewind.cli.lazy import LazyGroup

COMMANDS = {
    "list": ("tradewind.cli.tasks.list:list_tasks", "List the tasks of a DAG."),
    "test": ("tradewind.cli.tasks.test:test", "Run one task here, leaving no trace."),
    "replay": ("tradewind.cli.tasks.replay:replay", "Run a try again and compare what it makes; write nothing."),
    "render": ("tradewind.cli.tasks.render:render", "Show a task's template fields, rendered."),
    "logs": ("tradewind.cli.tasks.logs:logs", "Show a task's log; follow it while it runs."),
    "clear": ("tradewind.cli.tasks.clear:clear", "Run tasks of runs again."),
    "mark": ("tradewind.cli.tasks.mark:mark", "Say what became of tasks: success, failed, skipped."),
    "state": ("tradewind.cli.tasks.states:state", "The state of one task of a run."),
    "states-for-dag-run": ("tradewind.cli.tasks.states:states_for_dag_run", "The states of all tasks of a run."),
    "failed-deps": ("tradewind.cli.tasks.why:failed_deps", "Why a task is not running."),
}
ALIASES = {"why": "failed-deps", "failed_deps": "failed-deps", "states_for_dag_run": "states-for-dag-run"}


@click.group(cls=LazyGroup, table=COMMANDS, aliases=ALIASES, notes=old_words.TASKS)
def tasks() -> None:
    """List, test, render and clear tasks; read their logs.

    RUN_ID is `latest` (the default), a run id or its beginning, or a logical date.
    """
