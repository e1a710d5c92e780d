"""`tradewind config`: the settings in force, and those of an airflow.cfg."""

from __future__ import annotations

import click

from tradewind.cli import old_words
from tradewind.cli.lazy import LazyGroup

COMMANDS = {
    "list": ("tradewind.cli.config.list:list_settings", "List all settings: value, origin, meaning."),
    "get": ("tradewind.cli.config.list:get", "Print the value of one setting."),
    "import": ("tradewind.cli.config.airflow_cfg:import_config", "Write a tradewind.toml from an airflow.cfg."),
}
ALIASES = {"get-value": "get"}


@click.group(cls=LazyGroup, table=COMMANDS, aliases=ALIASES, notes=old_words.CONFIG)
def config() -> None:
    """Show settings; import an airflow.cfg.

    Settings come from HOME/tradewind.toml, ./tradewind.toml, the environment (TRADEWIND_NAME) and flags; later wins.
    """
