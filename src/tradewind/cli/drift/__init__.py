"""`tradewind drift`: what monitors found in data and models."""

from __future__ import annotations

import click

from tradewind.cli.lazy import LazyGroup

COMMANDS = {
    "list": ("tradewind.cli.drift.show:list_monitors", "List monitors with what they found last."),
    "show": ("tradewind.cli.drift.show:show", "The columns of a monitor's report, with histograms."),
    "history": ("tradewind.cli.drift.show:history", "What a monitor found over time."),
}


@click.group(cls=LazyGroup, table=COMMANDS)
def drift() -> None:
    """What monitors (`ml.drift`, `ml.monitor`) found in data and models."""
