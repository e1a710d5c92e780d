"""`tradewind config list` and `get`: every setting with its value, where that comes from, and what it means."""

from __future__ import annotations

from typing import Any

import click
import msgspec

from tradewind import settings as settings_module
from tradewind.cli.output import output_option, print_rows
from tradewind.cli.remote.target import Remote, remote
from tradewind.model.errors import NotFoundError
from tradewind.settings import Settings
from tradewind.settings_shown import documentation, origins, shown


@click.command("list")
@click.option("--changed", is_flag=True, help="Only settings that are not at their default.")
@output_option
def list_settings(changed: bool, output: str) -> None:
    """List all settings: value, where it comes from, and what it means."""
    found = settings_module.load()
    server = remote(found.home)
    rows = [row for row in (_here(found) if server is None else _there(server)) if _counts(row, changed=changed)]
    print_rows(rows, output, empty="all settings are at their defaults")


def _here(found: Settings) -> list[dict[str, Any]]:
    docs = documentation()
    return [
        {
            "name": name,
            "value": shown(name, settings_module.value_of(found, name)),
            "origin": origin,
            "doc": docs.get(name, ""),
        }
        for name, origin in origins(found).items()
    ]


def _there(server: Remote) -> list[dict[str, Any]]:
    """Those that the server's process has."""
    from tradewind.cli.remote.client import Client  # urllib3: only where there is a server

    client = Client(server)
    lines: list[dict[str, str]] = msgspec.json.decode(client.request("GET", "/api/tradewind/v1/settings").data)
    client.close()
    return [
        {"name": one["name"], "value": _plain(one["value"]), "origin": one["origin"], "doc": one["about"]}
        for one in lines
    ]


def _plain(text: str) -> Any:
    """A setting as it is printed here: the server sends what is no text as JSON."""
    try:
        return msgspec.json.decode(text)
    except msgspec.DecodeError:
        return text


def _counts(row: dict[str, Any], *, changed: bool) -> bool:
    return not changed or row["origin"] != "default"


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
    server = remote(found.home)
    if server is not None:
        value = next((row["value"] for row in _there(server) if row["name"] == name), None)
    else:
        value = settings_module.value_of(found, name)
        if name in ("database_url", "secrets"):
            value = shown(name, value)
    click.echo(str(value).lower() if isinstance(value, bool) else value)
