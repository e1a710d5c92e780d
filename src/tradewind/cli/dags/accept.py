"""`tradewind dags accept`."""

from __future__ import annotations

import getpass

import click

from tradewind.cli.complete import complete_dag_id
from tradewind.cli.home import open_home
from tradewind.model.errors import NotFoundError
from tradewind.model.parsing import NEXT_RUN_REQUEST, TO_DAG_PROCESSOR
from tradewind.model.service import AuditRecord, Topic


@click.command()
@click.argument("dag_ids", nargs=-1, required=True, shell_complete=complete_dag_id)
def accept(dag_ids: tuple[str, ...]) -> None:
    """Let the held schedules of DAG_IDS go on: make the runs that `tradewind dags diff` shows."""
    who = getpass.getuser()
    with open_home() as home:
        for dag_id in dag_ids:
            clock = next(iter(home.store.schedules(dag_id=dag_id)), None)
            if clock is None:
                raise NotFoundError(f"there is no DAG {dag_id!r}", hint="see `tradewind dags list`")
            if not clock.held_why:
                click.echo(f"{dag_id} is not held")
                continue
            home.store.accept_schedule(dag_id)
            now = home.store.now()
            home.store.write_audit(
                AuditRecord(now, who, "schedule_accepted", dag_id, detail={"why_held": clock.held_why})
            )
            if clock.next_run_after is None:  # nobody knew what comes next
                home.store.add_request(NEXT_RUN_REQUEST, TO_DAG_PROCESSOR, {"dag_id": dag_id}, who=who, now=now)
                home.store.ring(Topic.PARSE)
            click.echo(f"{dag_id} goes on (it was held: {clock.held_why})")
        home.store.ring(Topic.DAGS)
