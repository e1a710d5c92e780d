"""`tradewind dags list-import-errors`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from tradewind.cli.home import open_home
from tradewind.cli.output import output_option, print_rows
from tradewind.model.errors import TradewindError
from tradewind.model.records import ImportErrorRecord


@click.command()
@click.option("--refresh", "-l", "--local", "refresh", is_flag=True, help="Load every file of the DAG folder first.")
@output_option
def list_import_errors(refresh: bool, output: str) -> None:
    """List DAG files, and DAGs of them, that were refused, with file, line and hint. The exit code is 1 where there are
    any: `tradewind dags list-import-errors --refresh` is a check for CI."""
    if refresh:
        from tradewind.cli.scan import scan  # the rooms that run things: only for this

        with open_home() as home:
            settings = home.settings
            if home.remote is not None:
                raise TradewindError("a server's dag-processor loads its files; there is nothing to refresh from here")
        scan(settings)
    with open_home() as home:
        errors = home.store.import_errors()
    if output == "table":
        for error in errors:
            _print_error(error)
        if not errors:
            click.echo("no import errors")
    else:
        print_rows([_row(error) for error in errors], output)
    sys.exit(1 if errors else 0)


def _print_error(error: ImportErrorRecord) -> None:
    line = f":{error.line}" if error.line else ""
    click.secho(f"{Path(error.root) / error.file}{line}", bold=True, nl=False)
    click.echo(f"  DAG {error.dag_id}" if error.dag_id else "")
    click.secho(f"  {error.message}", fg="red")
    for text in error.traceback.splitlines():
        click.echo(f"    {text}")
    if error.hint:
        click.echo(f"  hint: {error.hint}")


def _row(error: ImportErrorRecord) -> dict[str, object]:
    return {
        "filepath": str(Path(error.root) / error.file),
        "line": error.line,
        "dag_id": error.dag_id,
        "error": error.message,
        "hint": error.hint,
        "traceback": error.traceback,
        "seen_at": error.seen_at,
    }
