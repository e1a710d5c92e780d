"""`tradewind db reset`: everything that was recorded goes."""

from __future__ import annotations

import shutil
from pathlib import Path

import click

from tradewind import settings as settings_module
from tradewind.cli.asking import make_sure
from tradewind.cli.db.in_use import refuse_while_something_runs
from tradewind.cli.home import open_home, opened_store
from tradewind.model.database_url import is_postgres
from tradewind.model.errors import ConfigurationError
from tradewind.settings import Settings


@click.command()
@click.option("-y", "--yes", is_flag=True, help="Do not ask.")
def reset(yes: bool) -> None:
    """Delete everything that was recorded: runs, logs, values, variables, connections, pools. DAG files, settings and
    the key of the secrets stay."""
    settings = settings_module.load()
    doomed = [path for path in _recorded(settings) if path.exists()]
    on_server = is_postgres(settings.database_url)
    if on_server or _sqlite_file(settings).exists():
        with opened_store(settings) as store:
            refuse_while_something_runs(settings, store)
    if doomed or on_server:
        listed = "\n".join(
            [f"  all rows of {settings.shown_database_url}"] * on_server + [f"  {one}" for one in doomed]
        )
        make_sure(f"{listed}\nDelete all of this? It cannot be undone.", yes=yes)
    if on_server:
        with opened_store(settings) as store:
            owners = {owner.owner_id for _, owner in store.abandoned_runs() if owner is not None}
            store.reset(even_if_owned_by=owners)
            store.forget_artifacts(store.unused_artifacts())
    for path in doomed:
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()
    with open_home() as home:
        click.echo(f"{home.settings.shown_database_url} is empty, at revision {home.store.revision()}")


def _recorded(settings: Settings) -> list[Path]:
    """Raises ConfigurationError where the values are kept elsewhere: those are not ours to delete whole."""
    home = settings.home
    artifacts = Path(settings.artifact_url)
    if "://" in settings.artifact_url or not artifacts.is_relative_to(home):
        raise ConfigurationError(
            f"the values are kept in {settings.artifact_url}, outside of the home folder",
            hint="use `tradewind db clean --before DATE`, which deletes those of our runs only",
        )
    database = _sqlite_file(settings)
    files = [database, *(database.with_name(database.name + end) for end in ("-wal", "-shm", "-journal"))]
    kept = [] if is_postgres(settings.database_url) else files
    return [*kept, artifacts, *(home / name for name in ("logs", "reports", "snapshots"))]


def _sqlite_file(settings: Settings) -> Path:
    return Path(settings.database_url.removeprefix("sqlite:///"))
