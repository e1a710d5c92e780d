"""`tradewind db init`, `migrate` and `downgrade`: the schema's revision."""

from __future__ import annotations

from pathlib import Path

import click

from tradewind import settings as settings_module
from tradewind.cli.asking import make_sure
from tradewind.cli.db.in_use import refuse_while_something_runs
from tradewind.cli.home import open_home, opened_store
from tradewind.model.database_url import is_postgres
from tradewind.settings import Settings


@click.command()
def init() -> None:
    """Create the database, where it is not there yet."""
    with open_home() as home:
        click.echo(f"{home.settings.shown_database_url} is there, at revision {home.store.revision()}")


@click.command()
def migrate() -> None:
    """Bring the database to this version of Tradewind; runs in flight go on afterwards.

    A copy of an older SQLite database is kept beside it. Back up PostgreSQL first, with pg_dump or `db export` of the
    older version.
    """
    settings = settings_module.load()
    before = set(_backups(settings))
    with open_home() as home:
        click.echo(f"{settings.shown_database_url} is at revision {home.store.revision()}")
    for backup in sorted(set(_backups(settings)) - before):
        click.echo(f"the database as it was before: {backup}")


@click.command()
@click.argument("revision")
@click.option("-y", "--yes", is_flag=True, help="Do not ask.")
def downgrade(revision: str, yes: bool) -> None:
    """Bring the database back to the schema of an earlier version (its REVISION: see its `db init`).

    What that version knows nothing of is lost. Start only the earlier version afterwards: this one would bring the
    database up again.
    """
    from tradewind.store.migrate import downgrade as bring_down  # Alembic costs 0.6 s: only here

    settings = settings_module.load()
    with opened_store(settings) as store:
        refuse_while_something_runs(settings, store)
        found = store.revision()
    shown = settings.shown_database_url
    make_sure(f"Bring {shown} from revision {found} down to {revision}? What is new in {found} is lost.", yes=yes)
    backup = bring_down(settings.database_url, from_revision=found, to=revision)
    click.echo(f"{shown} is at revision {revision}; start the version of Tradewind that belongs to it")
    if backup is not None:
        click.echo(f"the database as it was before: {backup}")


def _backups(settings: Settings) -> list[Path]:
    if is_postgres(settings.database_url):
        return []
    database = Path(settings.database_url.removeprefix("sqlite:///"))
    return list(database.parent.glob(f"{database.name}.before-*"))
