"""`tradewind dags pause` and `unpause`: the schedule alone; `tradewind run` runs a paused DAG, too."""

from __future__ import annotations

import getpass
import re
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import click

from tradewind.cli.complete import complete_dag_id
from tradewind.cli.home import Home, open_home
from tradewind.model.errors import NotFoundError
from tradewind.model.service import AuditRecord, Topic
from tradewind.scheduler.clock import utc_now

F = TypeVar("F", bound=Callable[..., Any])


def which_dags(function: F) -> F:
    """`DAG_ID…`, or with Airflow's flag regular expressions."""
    yes = click.option("-y", "--yes", is_flag=True, hidden=True, help="As Airflow has it: nothing is asked.")
    pattern = click.option(
        "--treat-dag-id-as-regex", "is_pattern", is_flag=True, help="DAG_IDS are regular expressions: all that fit."
    )
    return click.argument("dag_ids", nargs=-1, required=True, shell_complete=complete_dag_id)(pattern(yes(function)))


@click.command()
@which_dags
def pause(dag_ids: tuple[str, ...], is_pattern: bool, yes: bool) -> None:
    """Pause DAG_IDS: nothing of them starts any more; runs that go on end as they would. `tradewind run` still runs
    them."""
    _set(dag_ids, is_pattern=is_pattern, is_paused=True)


@click.command()
@which_dags
def unpause(dag_ids: tuple[str, ...], is_pattern: bool, yes: bool) -> None:
    """Let DAG_IDS go on: what was queued, and the schedule."""
    _set(dag_ids, is_pattern=is_pattern, is_paused=False)


def _set(dag_ids: tuple[str, ...], *, is_pattern: bool, is_paused: bool) -> None:
    who = getpass.getuser()
    with open_home() as home:
        for dag_id in _fitting(home, dag_ids) if is_pattern else dag_ids:
            home.store.set_paused(dag_id, is_paused)
            home.store.write_audit(AuditRecord(utc_now(), who, "pause" if is_paused else "unpause", dag_id))
            click.echo(f"{dag_id} is {'paused' if is_paused else 'active'}")
        home.store.ring(Topic.DAGS)


def _fitting(home: Home, patterns: Sequence[str]) -> list[str]:
    """Raises NotFoundError where none fits."""
    try:
        compiled = [re.compile(pattern) for pattern in patterns]
    except re.error as error:
        raise click.BadParameter(f"no regular expression: {error}", param_hint="DAG_IDS") from error
    found = [dag.dag_id for dag in home.store.dags() if any(one.match(dag.dag_id) for one in compiled)]
    if not found:
        raise NotFoundError(f"no DAG fits {' '.join(patterns)}", hint="see `tradewind dags list`")
    return found
