"""`tradewind config list` and `get`: every setting with its value, where that comes from, and what it means."""

from __future__ import annotations

import click

from tradewind import settings as settings_module
from tradewind.cli.output import output_option, print_rows
from tradewind.model.errors import NotFoundError
from tradewind.settings_shown import documentation, origins, shown


@click.command("list")
@click.option("--changed", is_flag=True, help="Only settings that are not at their default.")
@output_option
def list_settings(changed: bool, output: str) -> None:
    """List all settings: value, where it comes from, and what it means."""
    found = settings_module.load()
    docs = documentation()
    rows = [
        {
            "name": name,
            "value": shown(name, settings_module.value_of(found, name)),
            "origin": origin,
            "doc": docs.get(name, ""),
        }
        for name, origin in origins(found).items()
        if not changed or origin != "default"
    ]
    print_rows(rows, output, empty="all settings are at their defaults")


@click.command()
@click.argument("name")
@click.argument("key", required=False)
def get(name: str, key: str | None) -> None:
    """Print the value of the setting NAME. (With SECTION KEY, Airflow's name of it.)"""
    found = settings_module.load()
    if key is not None:
        from tradewind.cli.config.airflow_table import MEANS  # only for Airflow's names

        meant = MEANS.get(f"{name}.{key}")
        if meant is None:
            raise NotFoundError(f"Airflow's {name}.{key} is no setting here", hint="see `tradewind config list`")
        name = meant.name
    if name not in settings_module.field_names():
        import difflib  # only on this error

        near = difflib.get_close_matches(name, settings_module.field_names(), n=1)
        raise NotFoundError(
            f"there is no setting {name!r}", hint=f"did you mean {near[0]}?" if near else "see `tradewind config list`"
        )
    value = settings_module.value_of(found, name)
    if name in ("database_url", "secrets"):
        value = shown(name, value)
    click.echo(str(value).lower() if isinstance(value, bool) else value)
