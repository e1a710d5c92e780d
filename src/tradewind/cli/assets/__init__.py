"""`tradewind assets`: what tasks make and runs wait for."""

from __future__ import annotations

import click

from tradewind.cli.lazy import LazyGroup

COMMANDS = {
    "list": ("tradewind.cli.assets.show:list_assets", "List assets."),
    "show": ("tradewind.cli.assets.show:show", "Who makes an asset, who waits for it."),
    "events": ("tradewind.cli.assets.show:events", "List updates of assets."),
    "emit": ("tradewind.cli.assets.update:emit", "Say that something outside has updated an asset."),
    "materialize": ("tradewind.cli.assets.update:materialize", "Start a run of the DAG that makes an asset."),
    "waiting": ("tradewind.cli.assets.show:waiting", "What DAGs still wait for."),
}


@click.group(cls=LazyGroup, table=COMMANDS, aliases={"create-event": "emit", "details": "show"})
def assets() -> None:
    """List assets and their updates, update one from outside, or have it made."""
