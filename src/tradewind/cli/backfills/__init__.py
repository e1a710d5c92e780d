"""`tradewind backfills`: runs of past dates as one object that can be watched, paused and cancelled."""

from __future__ import annotations

import click

from tradewind.cli.lazy import LazyGroup

COMMANDS = {
    "create": ("tradewind.cli.backfills.create:create", "Run a DAG for a range of past dates."),
    "list": ("tradewind.cli.backfills.show:list_backfills", "List backfills."),
    "show": ("tradewind.cli.backfills.show:show", "Show how far a backfill is."),
    "pause": ("tradewind.cli.backfills.control:pause", "Start no more runs of a backfill."),
    "unpause": ("tradewind.cli.backfills.control:unpause", "Let a backfill go on."),
    "cancel": ("tradewind.cli.backfills.control:cancel", "End a backfill; runs that go on finish, or are stopped."),
}


@click.group(cls=LazyGroup, table=COMMANDS)
def backfills() -> None:
    """Run a DAG for past dates, and watch, pause and cancel that."""
