"""`tradewind audit`: what people did, and whether the record of it is as it was written."""

from __future__ import annotations

import sys

import click

from tradewind.cli.home import open_home
from tradewind.cli.output import output_option, print_rows


@click.group()
def audit() -> None:
    """List what people did; check that nobody changed the record."""


@audit.command("list")
@click.option("--dag", "dag_id", help="Only what was done to this DAG.")
@click.option("-n", "--limit", type=click.IntRange(1, 10_000), default=50, show_default=True)
@output_option
def list_audit(dag_id: str | None, limit: int, output: str) -> None:
    """List what was done, newest first."""
    with open_home() as home:
        found = home.store.audit(dag_id=dag_id, limit=limit)
    rows = [
        {
            "at": one.at,
            "who": one.who,
            "action": one.action,
            "dag": one.dag_id,
            "run": one.run_id,
            "task": one.task_id,
            "detail": one.detail,
        }
        for one in found
    ]
    print_rows(rows, output, empty="nothing was done yet")


@audit.command()
@click.option("--expect", metavar="HASH", help="The head that an earlier check printed is still in the chain.")
def verify(expect: str | None) -> None:
    """Check the chain of hashes: the exit code is 1 where a row was changed, left out or cut off.

    Whoever can write to the database could compute a whole chain anew. Note the head that this prints elsewhere: with
    --expect a later check says whether it still stands in the chain.
    """
    with open_home() as home:
        found = home.store.verify_audit()
        is_expected = expect is None or home.store.has_audit_hash(expect)
    if not found.is_whole:
        click.secho(f"the audit is not whole: {found.why}", fg="red", err=True)
        sys.exit(1)
    if not is_expected:
        click.secho("the audit is another one: the expected hash is not in it", fg="red", err=True)
        sys.exit(1)
    click.echo(f"the audit is whole: {found.why}")
    if found.head:
        click.echo(f"head: {found.head}")
