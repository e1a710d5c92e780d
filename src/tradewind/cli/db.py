"""`tradewind db`: the metadata database of the home folder."""

from __future__ import annotations

import shutil
from datetime import datetime
from pathlib import Path

import click

from tradewind import settings as settings_module
from tradewind.cli import old_words
from tradewind.cli.asking import make_sure
from tradewind.cli.home import Home, open_home
from tradewind.cli.lazy import LazyGroup
from tradewind.cli.output import output_option, print_rows
from tradewind.cli.purge import delete_runs
from tradewind.cli.runs.list import run_row
from tradewind.cli.values import instant
from tradewind.cli.which_run import key_of
from tradewind.model.errors import ConfigurationError, TradewindError
from tradewind.model.messages import RunRecord
from tradewind.scheduler.owner import is_alive
from tradewind.settings import Settings

PAGE = 1_000

COMMANDS = {
    "init": ("tradewind.cli.db:init", "Create the database, where it is not there yet."),
    "migrate": ("tradewind.cli.db:migrate", "Bring the database to this version; a copy is kept."),
    "check": ("tradewind.cli.db:check", "Look for damage in the database and for missing values."),
    "clean": ("tradewind.cli.db:clean", "Delete old runs with their logs and values."),
    "reset": ("tradewind.cli.db:reset", "Delete everything that was recorded."),
}
ALIASES = {"upgrade": "migrate", "check-migrations": "check"}


@click.group(cls=LazyGroup, table=COMMANDS, aliases=ALIASES, notes=old_words.DB)
def db() -> None:
    """Create, migrate, check, clean and reset the database. It is made on first use: none of these has to be run."""


@click.command()
def init() -> None:
    """Create the database, where it is not there yet."""
    with open_home() as home:
        click.echo(f"{home.settings.database_url} is there, at revision {home.store.revision()}")


@click.command()
def migrate() -> None:
    """Bring the database to this version of Tradewind; a copy of an older one is kept beside it."""
    settings = settings_module.load()
    before = set(_backups(settings))
    with open_home() as home:
        click.echo(f"{settings.database_url} is at revision {home.store.revision()}")
    for backup in sorted(set(_backups(settings)) - before):
        click.echo(f"the database as it was before: {backup}")


@click.command()
def check() -> None:
    """Look for damage in the database, and for values whose files are gone. The exit code is 1 where there is any."""
    from tradewind.artifacts.store import ArtifactStore  # only for this
    from tradewind.store.base import NOTE

    with open_home() as home:
        found = home.store.check(is_alive=home.store.owner_is_alive)
        problems = [one for one in found if not one.startswith(NOTE)]
        for note in found:
            if note.startswith(NOTE):
                click.secho(note, fg="yellow", err=True)
        artifacts = ArtifactStore(home.settings.artifact_url)
        for run in _all_runs(home):
            for xcom in home.store.all_xcoms(key_of(run)):
                if xcom.value.artifact is not None and not artifacts.exists(xcom.value.artifact):
                    problems.append(f"the value {xcom.key!r} of {run.dag_id} {run.run_id} {xcom.task_id} is gone")
        if problems:
            raise TradewindError(
                "\n".join(problems),
                hint="clear the tasks whose values are gone; put a copy in the place of a damaged database",
            )
        click.echo(f"{home.settings.database_url} is sound, at revision {home.store.revision()}")


@click.command()
@click.option(
    "--before",
    "--clean-before-timestamp",
    callback=instant,
    required=True,
    metavar="DATE",
    help="ISO date.",
)
@click.option("--dry-run", is_flag=True, help="Only say what would be deleted.")
@click.option("-y", "--yes", is_flag=True, help="Do not ask.")
@output_option
def clean(before: datetime, dry_run: bool, yes: bool, output: str) -> None:
    """Delete runs that ended before DATE: their history, logs, pictures, and the values that only they used."""
    with open_home() as home:
        old = [run for run in _all_runs(home) if run.ended_at is not None and run.ended_at < before]
        if dry_run:
            print_rows([run_row(run) for run in old], output, empty="nothing would be deleted")
            return
        if not old:
            click.echo(f"no run ended before {before}")
            return
        make_sure(f"Delete {len(old)} runs that ended before {before}, with logs and values?", yes=yes)
        runs, artifacts = delete_runs(home, [key_of(run) for run in old])
    click.echo(f"deleted {runs} run{'s' * (runs != 1)} and {artifacts} artifact{'s' * (artifacts != 1)}")


@click.command()
@click.option("-y", "--yes", is_flag=True, help="Do not ask.")
def reset(yes: bool) -> None:
    """Delete everything that was recorded: runs, logs, values, variables, connections, pools. DAG files, settings and
    the key of the secrets stay."""
    settings = settings_module.load()
    _refuse_while_something_runs(settings)
    doomed = [path for path in _recorded(settings) if path.exists()]
    if doomed:
        listed = "\n".join(f"  {path}" for path in doomed)
        make_sure(f"{listed}\nDelete all of this? It cannot be undone.", yes=yes)
    for path in doomed:
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()
    with open_home() as home:
        click.echo(f"{home.settings.database_url} is empty, at revision {home.store.revision()}")


def _all_runs(home: Home) -> list[RunRecord]:
    found: list[RunRecord] = []
    while page := home.store.runs(limit=PAGE, offset=len(found)):
        found += page
    return found


def _recorded(settings: Settings) -> list[Path]:
    """Raises ConfigurationError where the values are kept elsewhere: those are not ours to delete whole."""
    home = settings.home
    database = Path(settings.database_url.removeprefix("sqlite:///"))
    artifacts = Path(settings.artifact_url)
    if "://" in settings.artifact_url or not artifacts.is_relative_to(home):
        raise ConfigurationError(
            f"the values are kept in {settings.artifact_url}, outside of the home folder",
            hint="use `tradewind db clean --before DATE`, which deletes those of our runs only",
        )
    files = [database, *(database.with_name(database.name + end) for end in ("-wal", "-shm", "-journal"))]
    return [*files, artifacts, *(home / name for name in ("logs", "reports", "snapshots"))]


def _refuse_while_something_runs(settings: Settings) -> None:
    """A process that drives runs holds the lock of its file."""
    for lock in (settings.home / "owners").glob("*.lock"):
        if is_alive(settings.home, lock.stem):
            raise TradewindError(
                "a Tradewind process is running on this home", hint="wait for it, or cancel: tradewind runs cancel"
            )


def _backups(settings: Settings) -> list[Path]:
    database = Path(settings.database_url.removeprefix("sqlite:///"))
    return list(database.parent.glob(f"{database.name}.before-*"))
