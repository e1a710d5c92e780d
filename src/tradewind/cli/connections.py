"""`tradewind connections`: outside systems and how to log in to them. Lists and `get` mask what is secret."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, TypeVar

import click

from tradewind.authoring.connection_uri import to_uri
from tradewind.authoring.connections import Connection
from tradewind.authoring.ports import connection_from_environment
from tradewind.authoring.secrets import MASK, SecretsMasker
from tradewind.cli.audited import audited
from tradewind.cli.complete import complete_connection
from tradewind.cli.files import FORMATS, format_of, read_file, warn_of_masks, write_file
from tradewind.cli.home import Home, open_home
from tradewind.cli.output import output_option, print_record, print_rows
from tradewind.model.errors import ConfigurationError, NotFoundError, TradewindError
from tradewind.model.records import ConnectionRecord

F = TypeVar("F", bound=Callable[..., Any])
PARTS = ("type", "description", "host", "login", "password", "schema", "port", "extra")


@click.group()
def connections() -> None:
    """Get, set, list, import and export connections. One in the environment (AIRFLOW_CONN_ID) comes first."""


def _parts_options(function: F) -> F:
    """`--conn-uri`, `--conn-json`, or the parts: as Airflow's `connections add`."""
    function = click.option("--conn-extra", help="JSON with what else the type needs.")(function)
    function = click.option("--conn-port", type=int, help="Port.")(function)
    for name, text in (
        ("schema", "Schema, or database."),
        ("password", "Password; `-` asks for it."),
        ("login", "User."),
        ("host", "Host."),
        ("description", "What it is for."),
        ("type", "Type, e.g. postgres, http, smtp."),
    ):
        function = click.option(f"--conn-{name}", help=text)(function)
    function = click.option("--conn-json", help="All of it as JSON.")(function)
    return click.option("--conn-uri", help="All of it as type://login:password@host:port/schema?extra=value.")(function)


@connections.command()
@click.argument("conn_id")
@_parts_options
def add(conn_id: str, **parts: Any) -> None:
    """Add a connection; one of that id must not exist."""
    record = _from_options(conn_id, None, parts)
    with open_home() as home:
        if home.store.get_connection(conn_id) is not None:
            raise TradewindError(
                f"there is a connection {conn_id!r} already", hint=f"change it: tradewind connections set {conn_id} …"
            )
        home.store.set_connection(record)
        audited(home, "connection_added", conn_id=conn_id)
    click.echo(f"connection {conn_id} is added: {_masked_uri(record)}")


@connections.command("set")
@click.argument("conn_id", shell_complete=complete_connection)
@click.argument("uri_or_json", required=False)
@_parts_options
def set_connection(conn_id: str, uri_or_json: str | None, **parts: Any) -> None:
    """Add or replace a connection, from a URI or JSON, or from its parts."""
    record = _from_options(conn_id, uri_or_json, parts)
    with open_home() as home:
        home.store.set_connection(record)
        audited(home, "connection_set", conn_id=conn_id)
    click.echo(f"connection {conn_id} is set: {_masked_uri(record)}")
    if connection_from_environment(conn_id) is not None:
        click.echo(f"note: AIRFLOW_CONN_{conn_id.upper()} is set in the environment here, and comes first", err=True)


@connections.command()
@click.argument("conn_id", shell_complete=complete_connection)
@click.option("--show-secrets", is_flag=True, help="Also passwords.")
@output_option
def get(conn_id: str, show_secrets: bool, output: str) -> None:
    """Show one connection."""
    text = connection_from_environment(conn_id)
    with open_home() as home:
        record = Connection.from_text(conn_id, text).to_record() if text is not None else _stored(home, conn_id)
    print_record(_row(record, show_secrets=show_secrets), output)


@connections.command("list")
@click.option("--conn-id", help="Only this one.")
@click.option("--show-secrets", is_flag=True, help="Also passwords.")
@output_option
def list_connections(conn_id: str | None, show_secrets: bool, output: str) -> None:
    """List the connections of the store."""
    with open_home() as home:
        found = [one for one in home.store.connections() if conn_id in (None, one.conn_id)]
    rows = [_row(one, show_secrets=show_secrets) for one in found]
    empty = "no connections; set one: tradewind connections set CONN_ID URI"
    print_rows(rows, output, empty=empty, only_as_data=("uri",))


@connections.command()
@click.argument("conn_ids", nargs=-1, required=True, shell_complete=complete_connection)
def delete(conn_ids: tuple[str, ...]) -> None:
    """Delete connections."""
    with open_home() as home:
        for conn_id in conn_ids:
            if not home.store.delete_connection(conn_id):
                _stored(home, conn_id)
            audited(home, "connection_deleted", conn_id=conn_id)
            click.echo(f"connection {conn_id} is deleted")


@connections.command("import")
@click.argument("file", type=click.Path(allow_dash=True))
@click.option("--overwrite", is_flag=True, help="Replace those that exist; otherwise they are left as they are.")
@click.option("--file-format", "form", type=click.Choice(FORMATS), help="Default: by the file's ending.")
def import_connections(file: str, overwrite: bool, form: str | None) -> None:
    """Import connections from a JSON, YAML or .env FILE (`-`: standard input) in Airflow's format:
    {"id": "type://…"} or {"id": {"conn_type": "…", "host": "…"}}."""
    found = [_from_file(file, conn_id, value) for conn_id, value in read_file(file, form).items()]
    with open_home() as home:
        existing = {one.conn_id for one in home.store.connections()}
        wanted = [one for one in found if overwrite or one.conn_id not in existing]
        for record in wanted:
            home.store.set_connection(record)
        audited(home, "connections_imported", conn_ids=[record.conn_id for record in wanted])
    kept = f", {len(found) - len(wanted)} left as they are (--overwrite replaces them)" * (len(wanted) != len(found))
    click.echo(f"{len(wanted)} connections imported{kept}")


@connections.command("export")
@click.argument("file", type=click.Path(allow_dash=True))
@click.option("--file-format", "--format", "form", type=click.Choice(FORMATS), help="Default: by the file's ending.")
@click.option("--serialization-format", "inner", type=click.Choice(["json", "uri"]), help="Of a .env file's values.")
def export_connections(file: str, form: str | None, inner: str | None) -> None:
    """Export all connections to FILE (`-`: standard output), passwords in clear text."""
    chosen = format_of(file, form)
    if inner and chosen != "env":
        raise click.UsageError("--serialization-format is for .env files")
    with open_home() as home:
        found = home.store.connections()
    data: dict[str, Any] = {}
    for one in found:
        connection = Connection.from_record(one)
        if chosen == "env":
            data[one.conn_id] = connection.as_json() if inner == "json" else to_uri(one)
        else:
            data[one.conn_id] = {k: v for k, v in connection.to_dict().items() if k != "conn_id"}
    write_file(file, form, data, is_secret=True)
    if home.remote is not None and MASK in str(data):
        warn_of_masks()
    if file != "-":
        click.echo(f"{len(found)} connections exported to {file}")


@connections.command()
@click.argument("conn_id", shell_complete=complete_connection)
def test(conn_id: str) -> None:
    """Log in with a connection, by its type's hook. The type's provider package must be installed."""
    from tradewind.runner.connection_test import try_connection  # a provider's code: only for this

    text = connection_from_environment(conn_id)
    with open_home() as home:
        record = Connection.from_text(conn_id, text).to_record() if text is not None else _stored(home, conn_id)
    tried = try_connection(record)
    if not tried.is_good:
        raise TradewindError(f"connection {conn_id!r} does not work: {tried.message}")
    click.echo(f"connection {conn_id} works: {tried.message}")


def _from_options(conn_id: str, uri_or_json: str | None, options: dict[str, Any]) -> ConnectionRecord:
    """Raises UsageError where the ways to say it are mixed, or nothing is said."""
    parts = {name: options[f"conn_{name}"] for name in PARTS if options[f"conn_{name}"] is not None}
    whole = [text for text in (uri_or_json, options["conn_uri"], options["conn_json"]) if text]
    if len(whole) + bool(parts.keys() - {"description"}) != 1:
        raise click.UsageError("say it in one way: a URI, JSON, or parts (--conn-type, --conn-host, …)")
    if whole:
        connection = Connection.from_text(conn_id, whole[0])
        connection.description = parts.get("description") or connection.description
        return connection.to_record()
    if "type" not in parts:
        raise click.UsageError("the parts of a connection need --conn-type")
    if parts.get("password") == "-":
        parts["password"] = click.prompt("password", hide_input=True)
    _check_extra(conn_id, parts.get("extra"))
    return Connection(conn_id=conn_id, conn_type=parts.pop("type"), **parts).to_record()


def _check_extra(conn_id: str, extra: str | None) -> None:
    try:
        found: Any = json.loads(extra) if extra else {}
    except json.JSONDecodeError as error:
        raise ConfigurationError(f"the extra of connection {conn_id!r} is not JSON: {error.msg}") from error
    if not isinstance(found, dict):
        raise ConfigurationError(f"the extra of connection {conn_id!r} is no object", hint='e.g. {"verify": false}')


def _from_file(file: str, conn_id: str, value: Any) -> ConnectionRecord:
    if isinstance(value, str):
        return Connection.from_text(conn_id, value).to_record()
    if isinstance(value, dict):
        return Connection.from_json(json.dumps(value), conn_id).to_record()
    raise ConfigurationError(f"{file}: connection {conn_id!r} is neither a URI nor an object", hint="see --help")


def _stored(home: Home, conn_id: str) -> ConnectionRecord:
    found = home.store.get_connection(conn_id)
    if found is None:
        import difflib  # only on this error

        near = difflib.get_close_matches(conn_id, [one.conn_id for one in home.store.connections()], n=3)
        hint = f"did you mean {', '.join(near)}?" if near else f"add it: tradewind connections set {conn_id} URI"
        raise NotFoundError(f"there is no connection {conn_id!r}", hint=hint)
    return found


def _row(record: ConnectionRecord, *, show_secrets: bool) -> dict[str, Any]:
    extra: Any = Connection.from_record(record).extra_dejson
    return {
        "conn_id": record.conn_id,
        "conn_type": record.conn_type,
        "description": record.description,
        "host": record.host,
        "schema": record.schema,
        "login": record.login,
        "password": record.password if show_secrets or not record.password else MASK,
        "port": record.port,
        "extra": extra if show_secrets else SecretsMasker().redact(extra),
        "uri": to_uri(record) if show_secrets else _masked_uri(record),
    }


def _masked_uri(record: ConnectionRecord) -> str:
    """Without the extra, which may hold secrets under any name."""
    login = f"{record.login or ''}{':' + MASK if record.password else ''}@" if record.login or record.password else ""
    port = f":{record.port}" if record.port else ""
    schema = f"/{record.schema}" if record.schema else ""
    return f"{record.conn_type.replace('_', '-')}://{login}{record.host or ''}{port}{schema}"
