"""`tradewind xcom`: the values that tasks handed on."""

from __future__ import annotations

import click

from tradewind.cli.lazy import LazyGroup

COMMANDS = {
    "list": ("tradewind.cli.xcom.list:list_values", "List the values of a run."),
    "get": ("tradewind.cli.xcom.get:get", "Print a value, or save it as a file."),
}


@click.group(cls=LazyGroup, table=COMMANDS)
def xcom() -> None:
    """Look at the values that tasks handed on. RUN_ID: `latest`, a run id or its beginning, or a date."""
