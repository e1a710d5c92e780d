"""`tradewind variables`: named texts for DAG files. Lists mask what looks secret by its name."""

from __future__ import annotations

import json
from typing import Any, cast

import click

from tradewind.authoring.ports import variable_from_environment
from tradewind.authoring.secrets import MASK, masker
from tradewind.cli.audited import audited
from tradewind.cli.complete import complete_variable
from tradewind.cli.files import FORMATS, read_file, warn_of_masks, write_file
from tradewind.cli.home import open_home
from tradewind.cli.output import output_option, print_rows
from tradewind.model.errors import NotFoundError, TradewindError

ACTIONS = ("overwrite", "skip", "fail")


@click.group()
def variables() -> None:
    """Get, set, list, import and export variables. A variable in the environment (AIRFLOW_VAR_KEY) comes first."""


@variables.command("list")
@click.option("--show-secrets", is_flag=True, help="Also values whose key sounds secret.")
@output_option
def list_variables(show_secrets: bool, output: str) -> None:
    """List the variables of the store."""
    with open_home() as home:
        found = home.store.variables()
    rows = [
        {
            "key": one.key,
            "value": one.value if show_secrets or not masker().is_sensitive(one.key) else MASK,
            "description": one.description,
        }
        for one in found
    ]
    print_rows(rows, output, empty="no variables; set one: tradewind variables set KEY VALUE")


@variables.command()
@click.argument("key", shell_complete=complete_variable)
@click.option("-d", "--default", help="Printed where there is none.")
@click.option(
    "-j", "--json", "--deserialize-json", "as_json", is_flag=True, help="Its text is JSON: print it laid out."
)
def get(key: str, default: str | None, as_json: bool) -> None:
    """Print the value of KEY."""
    text = variable_from_environment(key)
    if text is None:
        with open_home() as home:
            text = home.store.get_variable(key)
            known = [one.key for one in home.store.variables()] if text is None and default is None else []
        text = default if text is None else text
        if text is None:
            raise NotFoundError(f"there is no variable {key!r}", hint=_near(key, known))
    click.echo(_laid_out(key, text) if as_json else text)


@variables.command("set")
@click.argument("key", shell_complete=complete_variable)
@click.argument("value")
@click.option("--description", help="What it is for.")
@click.option("-j", "--json", "--serialize-json", "as_json", is_flag=True, help="Refuse a value that is not JSON.")
def set_variable(key: str, value: str, description: str | None, as_json: bool) -> None:
    """Set KEY to VALUE."""
    if as_json:
        _laid_out(key, value)
    with open_home() as home:
        home.store.set_variable(key, value, description)
        audited(home, "variable_set", key=key)
    click.echo(f"variable {key} is set")
    if variable_from_environment(key) is not None:
        click.echo(f"note: AIRFLOW_VAR_{key.upper()} is set in the environment here, and comes first", err=True)


@variables.command()
@click.argument("keys", nargs=-1, required=True, shell_complete=complete_variable)
def delete(keys: tuple[str, ...]) -> None:
    """Delete variables."""
    with open_home() as home:
        for key in keys:
            if not home.store.delete_variable(key):
                known = [one.key for one in home.store.variables()]
                raise NotFoundError(f"there is no variable {key!r}", hint=_near(key, known))
            audited(home, "variable_deleted", key=key)
            click.echo(f"variable {key} is deleted")


@variables.command("import")
@click.argument("file", type=click.Path(allow_dash=True))
@click.option("-a", "--action-on-existing-key", "action", type=click.Choice(ACTIONS), default="overwrite")
@click.option("--file-format", "form", type=click.Choice(FORMATS), help="Default: by the file's ending.")
def import_variables(file: str, action: str, form: str | None) -> None:
    """Import variables from a JSON, YAML or .env FILE (`-`: standard input) in Airflow's format:
    {"key": value} or {"key": {"value": value, "description": "…"}}."""
    found = {key: _value_and_description(value) for key, value in read_file(file, form).items()}
    with open_home() as home:
        existing = {one.key for one in home.store.variables()} & found.keys()
        if existing and action == "fail":
            raise TradewindError(f"these exist already: {', '.join(sorted(existing))}", hint="nothing was imported")
        wanted = {key: one for key, one in found.items() if action == "overwrite" or key not in existing}
        for key, (value, description) in wanted.items():
            home.store.set_variable(key, value, description)
        audited(home, "variables_imported", keys=list(wanted))
    skipped = f", {len(found) - len(wanted)} skipped" if len(wanted) != len(found) else ""
    click.echo(f"{len(wanted)} variables imported{skipped}")


@variables.command("export")
@click.argument("file", type=click.Path(allow_dash=True))
@click.option("--file-format", "form", type=click.Choice(FORMATS), help="Default: by the file's ending.")
def export_variables(file: str, form: str | None) -> None:
    """Export all variables to FILE (`-`: standard output), secrets in clear text."""
    with open_home() as home:
        found = home.store.variables()
    data = {one.key: _for_file(one.value, one.description) for one in found}
    write_file(file, form, data, is_secret=True)
    if home.remote is not None and any(one.value == MASK for one in found):
        warn_of_masks()
    if file != "-":
        click.echo(f"{len(found)} variables exported to {file}")


def _value_and_description(value: Any) -> tuple[str, str | None]:
    found = cast("dict[str, Any]", value) if isinstance(value, dict) else {}
    if "value" in found and found.keys() <= {"value", "description"}:
        return _as_text(found["value"]), found.get("description")
    return _as_text(value), None


def _as_text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, indent=2, ensure_ascii=False)


def _for_file(text: str, description: str | None) -> Any:
    """JSON texts as what they mean, as Airflow does it."""
    try:
        value = json.loads(text)
    except json.JSONDecodeError:
        value = text
    return {"value": value, "description": description} if description else value


def _laid_out(key: str, text: str) -> str:
    try:
        return json.dumps(json.loads(text), indent=2, ensure_ascii=False)
    except json.JSONDecodeError as error:
        raise TradewindError(f"variable {key!r} is not JSON: {error.msg} at character {error.pos + 1}") from error


def _near(key: str, known: list[str]) -> str:
    import difflib  # only on this error

    near = difflib.get_close_matches(key, known, n=3)
    return f"did you mean {', '.join(near)}?" if near else f"set it: tradewind variables set {key} VALUE"
