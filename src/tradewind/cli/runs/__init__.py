"""`tradewind runs`: what ran, how it went, and what to do about it."""

from __future__ import annotations

import click

from tradewind.cli.lazy import LazyGroup

COMMANDS = {
    "list": ("tradewind.cli.runs.list:list_runs", "List runs, newest first."),
    "show": ("tradewind.cli.runs.show:show", "Show a run: its tasks, failures, metrics, history."),
    "resume": ("tradewind.cli.runs.resume:resume", "Finish a run that failed or was cut short."),
    "rerun": ("tradewind.cli.runs.rerun:rerun", "Run a run again: all of it, from a task on, or what failed."),
    "fork": ("tradewind.cli.runs.fork:fork", "New runs from a task of a past one on, with the values it had."),
    "cache": ("tradewind.cli.runs.cache:cache", "What the cache skipped in a run, and why not the rest."),
    "reproduce": ("tradewind.cli.runs.reproduce:reproduce", "Run a past run once more, and compare."),
    "mark": ("tradewind.cli.runs.mark:mark", "Say what became of runs: success, failed."),
    "cancel": ("tradewind.cli.runs.cancel:cancel", "Cancel a run, whichever process drives it."),
    "delete": ("tradewind.cli.runs.delete:delete", "Delete runs with their logs and values."),
}


@click.group(cls=LazyGroup, table=COMMANDS)
def runs() -> None:
    """List, show, resume, cancel and delete runs.

    A run is named by its DAG and its run id; `latest` (the default), a logical date or the beginning of the run id will
    do where they fit one run only.
    """
