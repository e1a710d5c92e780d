"""`tradewind db check`: damage in the database, and values whose files are gone."""

from __future__ import annotations

import click

from tradewind.cli.db.runs import all_runs
from tradewind.cli.home import open_home
from tradewind.cli.which_run import key_of
from tradewind.model.errors import TradewindError


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
        for run in all_runs(home.store):
            for xcom in home.store.all_xcoms(key_of(run)):
                if xcom.value.artifact is not None and not artifacts.exists(xcom.value.artifact):
                    problems.append(f"the value {xcom.key!r} of {run.dag_id} {run.run_id} {xcom.task_id} is gone")
        if problems:
            raise TradewindError(
                "\n".join(problems),
                hint="clear the tasks whose values are gone; put a copy in the place of a damaged database",
            )
        click.echo(f"{home.settings.shown_database_url} is sound, at revision {home.store.revision()}")
