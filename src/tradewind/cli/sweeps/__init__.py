"""`tradewind sweeps`: what was tried, with what result."""

from __future__ import annotations

import click

from tradewind.cli.lazy import LazyGroup

COMMANDS = {
    "list": ("tradewind.cli.sweeps.show:list_sweeps", "List sweeps, the newest first."),
    "show": ("tradewind.cli.sweeps.show:show", "A sweep's trials, its history, which parameters matter."),
    "best": ("tradewind.cli.sweeps.show:best", "The best parameters of a sweep."),
}


@click.group(cls=LazyGroup, table=COMMANDS)
def sweeps() -> None:
    """What was tried, with what result."""
