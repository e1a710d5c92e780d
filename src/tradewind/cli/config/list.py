"""`tradewind config list` and `get`: every setting with its value, where that comes from, and what it means."""

from __future__ import annotations

import ast
import inspect
import os
import tomllib
from contextlib import suppress
from itertools import pairwise
from pathlib import Path
from typing import Any

import click
from msgspec.structs import replace

from tradewind import settings as settings_module
from tradewind.authoring.secrets import MASK
from tradewind.cli.output import output_option, print_rows
from tradewind.model.database_url import without_password
from tradewind.model.errors import NotFoundError
from tradewind.settings import ENVIRONMENT_PREFIX, Settings

SECRET = frozenset({"smtp_password", "oidc_client_secret"})


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
            "value": _shown(name, settings_module.value_of(found, name)),
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
        value = _shown(name, value)
    click.echo(str(value).lower() if isinstance(value, bool) else value)


def origins(found: Settings, cwd: Path | None = None) -> dict[str, str]:
    """Setting → `default`, the file, or the environment variable that set it."""
    files = [found.home / "tradewind.toml", (cwd or Path.cwd()) / "tradewind.toml"]
    named = [(str(file), _names_in(file)) for file in files]
    return {name: _origin(name, named) for name in settings_module.field_names()}


def documentation() -> dict[str, str]:
    """Setting → its field's docstring, from the source of `settings`."""
    found = _docs_of(Settings.__name__)
    for group, kind in settings_module.GROUPS.items():
        found |= {f"{group}_{name}": doc for name, doc in _docs_of(kind.__name__).items()}
    return found


def _docs_of(kind: str) -> dict[str, str]:
    source = ast.parse(inspect.getsource(settings_module))
    body = next(node for node in source.body if isinstance(node, ast.ClassDef) and node.name == kind).body
    found: dict[str, str] = {}
    for field, doc in pairwise(body):
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name) and isinstance(doc, ast.Expr):
            found[field.target.id] = " ".join(str(ast.literal_eval(doc.value)).split())
    return found


def _origin(name: str, files: list[tuple[str, set[str]]]) -> str:
    variable = ENVIRONMENT_PREFIX + name.upper()
    if variable in os.environ:
        return f"${variable}"
    return next((file for file, names in reversed(files) if name in names), "default")


def _names_in(file: Path) -> set[str]:
    with suppress(OSError, tomllib.TOMLDecodeError), file.open("rb") as stream:
        return _flat(tomllib.load(stream))
    return set()


def _flat(found: dict[str, Any]) -> set[str]:
    tables = {name: value for name, value in found.items() if name in settings_module.GROUPS}
    inside = {f"{group}_{name}" for group, table in tables.items() for name in table}
    return {*(found.keys() - tables.keys()), *inside}


def _shown(name: str, value: Any) -> Any:
    if name in SECRET and value:
        return MASK
    if name == "database_url":
        return without_password(value)
    if name == "secrets":
        return [replace(one, token=MASK if one.token else "") for one in value]
    return str(value) if isinstance(value, Path) else value
