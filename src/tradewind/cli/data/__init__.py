"""`tradewind data`: profiles of what tasks handed on, and what checks of data found."""

from __future__ import annotations

import click

from tradewind.cli.lazy import LazyGroup

COMMANDS = {
    "profiles": ("tradewind.cli.data.profiles:list_profiles", "List the frames of a run, or of a DAG's latest."),
    "show": ("tradewind.cli.data.profiles:show", "Show what a profile says of each column."),
    "history": ("tradewind.cli.data.profiles:history", "How a column was, run by run."),
    "checks": ("tradewind.cli.data.checks:list_checks", "List what checks of data found."),
}


@click.group(cls=LazyGroup, table=COMMANDS)
def data() -> None:
    """Profiles of DataFrames that tasks handed on, and checks of data. How data drifts: `tradewind drift`."""
