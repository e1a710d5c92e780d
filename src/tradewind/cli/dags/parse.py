"""`tradewind dags parse` and `reserialize`: DAG files parsed again now, changed or not."""

from __future__ import annotations

import getpass
import sys

import click

from tradewind.cli.complete import complete_dag_id
from tradewind.cli.home import Home, open_home
from tradewind.cli.target import resolve
from tradewind.model.errors import NotFoundError, TradewindError
from tradewind.model.parsing import PARSE_REQUEST, TO_DAG_PROCESSOR
from tradewind.model.service import JobKind, Topic

NOBODY_PARSES = "no dag-processor of the server is alive"


@click.command()
@click.argument("file", metavar="FILE_OR_DAG_ID", shell_complete=complete_dag_id)
def parse(file: str) -> None:
    """Parse a DAG file again now: by the dag-processor where one is alive, else here. Says what it has.

    The exit code is 1 where the file has errors.
    """
    with open_home() as home:
        if home.remote is not None:
            _ask_there(home, file)
            return
        target = resolve(file, None, home.settings, home.store)
        if ask(home, {"root": str(target.root), "file": target.file}):
            return
    from tradewind.cli.session import open_session  # only where nobody else does it

    with open_session(home.settings) as session:
        loaded, _ = session.load_file(target)
    for spec in loaded.specs:
        click.echo(f"{spec.dag_id}: {len(spec.tasks)} task{'s' * (len(spec.tasks) != 1)}")
    for problem in loaded.problems:
        click.secho(f"{problem.file}:{problem.line}: {problem.message}", fg="red", err=True)
    sys.exit(1 if loaded.problems else 0)


@click.command()
def reserialize() -> None:
    """Parse all DAG files again now: by the dag-processor where one is alive, else here."""
    with open_home() as home:
        if ask(home, {}):
            return
        if home.remote is not None:
            raise TradewindError(NOBODY_PARSES, hint="start it there: tradewind dag-processor")
    from tradewind.cli.scan import scan  # only where nobody else does it

    found = scan(home.settings)
    dags, errors = sum(len(one.loaded.specs) for one in found), sum(len(one.loaded.problems) for one in found)
    click.echo(f"{len(found)} files, {dags} DAGs, {errors} errors")


def _ask_there(home: Home, dag_id: str) -> None:
    """A file of a server is known by its DAGs."""
    dag = home.store.dag(dag_id)
    if dag is None:
        raise NotFoundError(
            f"the server has no DAG {dag_id!r}", hint="see `tradewind dags list`; its files are not here"
        )
    if not ask(home, {"root": dag.root, "file": dag.file}):
        raise TradewindError(NOBODY_PARSES, hint="start it there: tradewind dag-processor")


def ask(home: Home, payload: dict[str, object], kind: str = PARSE_REQUEST) -> bool:
    """False where no dag-processor is alive."""
    if not home.store.jobs(kind=JobKind.DAG_PROCESSOR, only_alive=True):
        return False
    home.store.add_request(kind, TO_DAG_PROCESSOR, payload, who=getpass.getuser(), now=home.store.now())
    home.store.ring(Topic.PARSE)
    click.echo("asked the dag-processor; see `tradewind dags list` and `tradewind dags list-import-errors`")
    return True
