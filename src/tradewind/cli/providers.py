"""`tradewind providers`: the installed packages of Airflow's operators and hooks."""

from __future__ import annotations

from importlib import metadata

import click

from tradewind.cli.output import output_option, print_rows

PREFIX = "apache-airflow-providers-"


@click.group()
def providers() -> None:
    """Installed provider packages. They are found by themselves: `pip install apache-airflow-providers-NAME`."""


@providers.command("list")
@output_option
def list_providers(output: str) -> None:
    """List installed provider packages with their versions. `standard` and `smtp` are in the box."""
    found = {one.name.lower().replace("_", "-"): one for one in metadata.distributions() if one.name}
    rows = [
        {"package_name": name, "version": one.version, "description": one.metadata["Summary"] or ""}
        for name, one in sorted(found.items())
        if name.startswith(PREFIX)
    ]
    print_rows(rows, output, empty=f"no provider packages; install one: pip install {PREFIX}NAME")
