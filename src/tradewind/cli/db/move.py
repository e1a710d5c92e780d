"""`tradewind db export` and `import`: from SQLite to PostgreSQL and back, or to another machine."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path

import click

from tradewind.cli.db.in_use import refuse_while_something_runs
from tradewind.cli.home import open_home
from tradewind.model.errors import HomeError
from tradewind.store.sql.secrets import KEY_FILE


@click.command("export")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--force", is_flag=True, help="Overwrite FILE; export although a process goes on.")
def export_database(file: Path, force: bool) -> None:
    """Write every row of every table into FILE, as it is at one instant.

    Logs and large values are files of the home folder, and not in it. Secrets are in it encrypted, with the key in the
    home's secret.key.
    """
    if file.exists() and not force:
        raise HomeError(f"{file} is there already", hint="choose another name, or say --force")
    with open_home() as home:
        if not force:
            refuse_while_something_runs(home.settings, home.store)
        part = file.with_name(f"{file.name}.part")
        try:
            with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as stream:
                counts = home.store.export_all(stream, _tell)
                stream.flush()
                os.fsync(stream.fileno())
            part.replace(file)
        except OSError as error:
            raise HomeError(f"{file} cannot be written: {error.strerror}", hint="choose another place") from error
        finally:
            part.unlink(missing_ok=True)
        click.echo(f"{_sum(counts)} of {home.settings.shown_database_url} are in {file}")


@click.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def import_database(file: Path) -> None:
    """Fill the database, which must be empty, from FILE: all of it or nothing."""
    with open_home() as home:
        refuse_while_something_runs(home.settings, home.store)
        with file.open("rb") as stream:
            counts = home.store.import_all(stream, _tell)
        click.echo(f"{_sum(counts)} are in {home.settings.shown_database_url} now")
        if (counts.get("variable") or counts.get("connection")) and not (home.settings.home / KEY_FILE).exists():
            place = home.settings.home
            text = f"note: variables and connections are encrypted: copy {KEY_FILE} of the other home to {place}"
            click.secho(text, fg="yellow", err=True)


def _tell(table: str, rows: int) -> None:
    """Where somebody looks, in place; else not at all."""
    if sys.stderr.isatty():
        click.echo(f"\r\x1b[K{table}: {rows:,} rows", nl=False, err=True)


def _sum(counts: Mapping[str, int]) -> str:
    if sys.stderr.isatty():
        click.echo("\r\x1b[K", nl=False, err=True)
    tables = sum(1 for rows in counts.values() if rows)
    return f"{sum(counts.values()):,} rows of {tables} tables"
