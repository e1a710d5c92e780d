"""`tradewind runs reproduce`: a past run once more, with all that made it what it was, and what comes out otherwise."""

from __future__ import annotations

import getpass
import sys
import time
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import click
import msgspec
from msgspec import Struct

from tradewind import settings
from tradewind.artifacts import ArtifactStore
from tradewind.artifacts.difference import difference
from tradewind.cli.home import open_home
from tradewind.cli.output import output_option, print_record
from tradewind.cli.remote.target import remote
from tradewind.cli.service import note_without_scheduler
from tradewind.cli.session import Session, open_session
from tradewind.cli.watch import watch
from tradewind.cli.which_run import find_run, key_of, run_arguments
from tradewind.model.entries import Reproduced
from tradewind.model.errors import TradewindError
from tradewind.model.ids import RunKey
from tradewind.model.journal import JournalEntry
from tradewind.model.records import RunRecord
from tradewind.model.values import Value
from tradewind.reproducing import Compared, compare_environments, compare_values, environment_of, repeated
from tradewind.scheduler.clock import utc_now

if TYPE_CHECKING:
    from tradewind.cli.remote.client import Client

SAME, DIFFERENT = 0, 1
ENVIRONMENT_SECONDS, PAUSE_SECONDS = 10.0, 0.3


@click.command()
@run_arguments
@click.option("--plain", is_flag=True, help="One line an event, with the tasks' logs; for pipes and CI.")
@click.option("--parallelism", type=click.IntRange(min=1), help="Tries that may run at once.")
@click.option("-q", "--quiet", is_flag=True, help="Say nothing while it runs; only the report.")
@output_option
def reproduce(dag_id: str, run_id: str | None, plain: bool, parallelism: int | None, quiet: bool, output: str) -> None:
    """Run a run of DAG_ID (default: the latest) once more: with its code, params, conf, data interval and seeds, and
    without any cache. Then tell what differs in the environment and in each value.

    The exit code is 0 where all values are the same, 1 where some differ or the new run fails.
    """
    found = settings.load(overrides={"parallelism": parallelism} if parallelism else {})
    if remote(found.home) is not None:
        sys.exit(_on_server(dag_id, run_id, plain=plain, quiet=quiet, output=output))
    with open_session(found) as session:
        record = find_run(session.store, dag_id, run_id)
        if not record.state.is_finished:
            raise TradewindError(f"run {record.run_id!r} has not ended yet", hint="reproduce it when it has")
        past = session.load_past(record)
        created = repeated(session.store, record, past.spec, now=utc_now(), who=getpass.getuser())
        view = session.begin(created, past)
        code = watch(session, view, plain=plain, quiet=quiet or output != "table")
        if code not in (0, 1):
            sys.exit(code)
        session.surroundings.finish()
        differ = partial(_difference, artifacts=ArtifactStore(found.artifact_url))
        compared = compare_values(session.store, differ, past.spec, key_of(record), created.run)
        said = _keep(session, record, created.run, compared)
    _show(record, created.run, compared, said, output)
    sys.exit(DIFFERENT if code or said.different else SAME)


class _Made(Struct, frozen=True):
    run_id: str


class _Report(Struct, frozen=True):
    tasks: list[Compared]
    environment: list[str]
    has_environment: bool
    is_same: bool | None


def _on_server(dag_id: str, run_id: str | None, *, plain: bool, quiet: bool, output: str) -> int:
    """A scheduler there runs it, and what is not JSON is compared by its bytes. The exit code."""
    from tradewind.cli.follow import followed  # with the live view: only here

    with open_home() as home:
        assert home.remote is not None
        client, record = home.remote.client, find_run(home.store, dag_id, run_id)
        made = msgspec.json.decode(client.request("POST", f"{_path(key_of(record))}/reproduce").data, type=_Made)
        new = RunKey(record.dag_id, made.run_id)
        note_without_scheduler(home.store)
        followed(home, find_run(home.store, new.dag_id, new.run_id), plain=plain, quiet=quiet or output != "table")
        report = _report(client, new)
    _show(record, new, report.tasks, _said(report.tasks, report.environment), output)
    return SAME if report.is_same else DIFFERENT


def _report(client: Client, new: RunKey) -> _Report:
    """Once the environment of the new run is noted down, which is done beside it."""
    until = time.monotonic() + ENVIRONMENT_SECONDS
    while True:
        found = msgspec.json.decode(client.request("GET", f"{_path(new)}/reproduction").data, type=_Report)
        if found.has_environment or time.monotonic() > until:
            return found
        time.sleep(PAUSE_SECONDS)


def _path(key: RunKey) -> str:
    return f"/api/tradewind/v1/dags/{quote(key.dag_id, safe='')}/runs/{quote(key.run_id, safe='')}"


def _difference(old: Value, new: Value, artifacts: ArtifactStore) -> Sequence[str]:
    try:
        return difference(old, new, artifacts)
    except TradewindError as error:
        return [f"other bytes ({old.codec}, {old.hash[:12]} → {new.hash[:12]}); not looked into: {error.message}"]


def _said(compared: list[Compared], environment: list[str]) -> Reproduced:
    return Reproduced(
        tuple(one.task_id for one in compared if one.result == "same"),
        {one.task_id: _told(one) for one in compared if one.result == "different"},
        tuple(environment),
    )


def _keep(session: Session, record: RunRecord, new: RunKey, compared: list[Compared]) -> Reproduced:
    environments = environment_of(session.store, key_of(record)), environment_of(session.store, new)
    said = _said(compared, compare_environments(*environments))
    body = msgspec.to_builtins(said)
    who = getpass.getuser()
    session.store.write_entries(
        [JournalEntry("Reproduced", record.run_id, body, utc_now(), who, new.dag_id, new.run_id)]
    )
    return said


def _told(one: Compared) -> str:
    cause = f" (after what differs in {', '.join(one.follows_from)})" if one.follows_from else ""
    return f"{one.detail}{cause}"


def _show(record: RunRecord, new: RunKey, compared: list[Compared], said: Reproduced, output: str) -> None:
    if output == "table":
        _print(record, new, compared, said)
    else:
        print_record(_as_data(record, new, compared, said), output)


def _print(record: RunRecord, new: RunKey, compared: list[Compared], said: Reproduced) -> None:
    click.secho(f"\n{record.run_id} reproduced as {new.run_id}", bold=True)
    click.echo("  environment: " + ("the same" if not said.environment else ""))
    for line in said.environment:
        click.echo(f"    {line}")
    click.echo("  values:")
    width = max((len(one.task_id) for one in compared), default=0)
    for one in compared:
        first, *more = _told(one).splitlines() or [""]
        colour = {"same": "green", "different": "red"}.get(one.result, "bright_black")
        click.echo(f"    {one.task_id:<{width}}  {click.style(f'{one.result:<9}', fg=colour)}  {first}".rstrip())
        for line in more:
            click.echo(f"    {'':<{width}}             {line}")
    if not said.different:
        click.secho(f"  all {len(said.same)} tasks made the same", fg="green")


def _as_data(record: RunRecord, new: RunKey, compared: list[Compared], said: Reproduced) -> dict[str, Any]:
    return {
        "dag_id": new.dag_id,
        "run_id": record.run_id,
        "reproduced_as": new.run_id,
        "environment": list(said.environment),
        "tasks": [msgspec.to_builtins(one) for one in compared],
    }
