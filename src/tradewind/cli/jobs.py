"""`tradewind jobs check`: Airflow's probe of a part of the service; its own is `tradewind health`."""

from __future__ import annotations

import socket
import sys

import click

from tradewind.cli.health import PARTS, of_part
from tradewind.cli.home import open_home

KINDS = {
    "SchedulerJob": "scheduler",
    "TriggererJob": "triggerer",
    "DagProcessorJob": "dag-processor",
    "LocalTaskJob": "scheduler",
}


@click.group()
def jobs() -> None:
    """Probe the parts of the service, as Airflow has it. In full: `tradewind health`."""


@jobs.command()
@click.option("--job-type", type=click.Choice([*KINDS, *PARTS]), help="Only this part.")
@click.option("--hostname", help="Only processes of this host.")
@click.option("--local", is_flag=True, help="Only processes of this host: the one that asks.")
@click.option("--limit", type=click.IntRange(min=0), default=1, show_default=True, help="Look at so many; 0: at all.")
@click.option("--allow-multiple", is_flag=True, help="Fine where more than one is found (with --limit 0).")
def check(job_type: str | None, hostname: str | None, local: bool, limit: int, allow_multiple: bool) -> None:
    """Say whether a process of the service is alive and moving. The exit code is 1 where none is."""
    parts = [KINDS.get(job_type, job_type)] if job_type else list(PARTS)
    host = socket.gethostname() if local else hostname
    with open_home() as home:
        known, now = home.store.jobs(), home.store.now()
    known = [job for job in known if host is None or job.host == host]
    alive = [one for part in parts for one in of_part(part, known, now) if one.is_well]
    shown = alive[:limit] if limit else alive
    if not shown:
        click.echo("No alive jobs found.", err=True)
        sys.exit(1)
    if len(shown) > 1 and not allow_multiple:
        click.echo(f"Found {len(shown)} alive jobs, where one was expected (--allow-multiple).", err=True)
        sys.exit(1)
    for one in shown:
        click.echo(f"{one.part} is alive")
