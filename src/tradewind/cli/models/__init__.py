"""`tradewind models`: the registry, from the command line."""

from __future__ import annotations

import click

from tradewind.cli.lazy import LazyGroup

COMMANDS = {
    "list": ("tradewind.cli.models.show:list_models", "List registered models, with their champions."),
    "show": ("tradewind.cli.models.show:show", "Show the versions of a model, and how its aliases moved."),
    "lineage": ("tradewind.cli.models.lineage:lineage", "Show what made a version: run, code, values, params."),
    "promote": ("tradewind.cli.models.move:promote", "Make a version the champion, or give it another alias."),
    "rollback": ("tradewind.cli.models.move:rollback", "Make the champion before this one the champion again."),
}


@click.group(cls=LazyGroup, table=COMMANDS)
def models() -> None:
    """List, show, promote and roll back registered models."""
