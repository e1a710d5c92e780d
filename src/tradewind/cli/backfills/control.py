"""`tradewind backfills pause`, `unpause` and `cancel`."""

from __future__ import annotations

import getpass
from collections.abc import Sequence

import click

from tradewind.cli.backfills.complete import complete_backfill
from tradewind.cli.home import Home, open_home
from tradewind.cli.service import has_scheduler
from tradewind.model.errors import TradewindError
from tradewind.model.ids import RunKey
from tradewind.model.messages import GetRuns
from tradewind.model.records import RunRecord
from tradewind.model.requests import Cancel, kind_and_payload
from tradewind.model.service import AuditRecord, BackfillRecord, Topic
from tradewind.model.states import RunState
from tradewind.scheduler.backfills import BackfillRuns
from tradewind.scheduler.clock import utc_now
from tradewind.scheduler.owner import Ownership
from tradewind.scheduler.specs import Specs


@click.command()
@click.argument("backfill_id", type=int, shell_complete=complete_backfill)
def pause(backfill_id: int) -> None:
    """Start no more runs of a backfill. Those that have begun go on."""
    _set_paused(backfill_id, is_paused=True)


@click.command()
@click.argument("backfill_id", type=int, shell_complete=complete_backfill)
def unpause(backfill_id: int) -> None:
    """Let a backfill go on."""
    _set_paused(backfill_id, is_paused=False)


@click.command()
@click.argument("backfill_id", type=int, shell_complete=complete_backfill)
@click.option("--kill", is_flag=True, help="Also cancel the runs that have begun.")
def cancel(backfill_id: int, kill: bool) -> None:
    """End a backfill: runs that wait are dropped (failed, with the reason), those that have begun finish."""
    with open_home() as home:
        backfill = _going_on(home, backfill_id)
        home.store.set_backfill(backfill_id, is_cancelled=True)
        _write_audit(home, backfill, "cancel")
        running = [run for run in _runs(home, backfill) if run.state is RunState.RUNNING]
        if home.remote is None and not has_scheduler(home.store):
            _drop_here(home)
        if kill:
            _cancel_runs(home, running)
        home.store.ring(Topic.RUNS)
    what = "is stopped" if kill else "goes on to its end"
    click.echo(f"backfill {backfill_id} is cancelled" + (f"; {len(running)} running: each {what}" if running else ""))


def _set_paused(backfill_id: int, *, is_paused: bool) -> None:
    word = "paused" if is_paused else "going on"
    with open_home() as home:
        backfill = _going_on(home, backfill_id)
        home.store.set_backfill(backfill_id, is_paused=is_paused)
        _write_audit(home, backfill, "pause" if is_paused else "unpause")
        home.store.ring(Topic.RUNS)
    click.echo(f"backfill {backfill_id} of {backfill.dag_id} is {word}")


def _going_on(home: Home, backfill_id: int) -> BackfillRecord:
    backfill = home.store.backfill(backfill_id)
    if backfill.ended_at is not None:
        raise TradewindError(f"backfill {backfill_id} has ended already", hint="see `tradewind backfills list`")
    return backfill


def _runs(home: Home, backfill: BackfillRecord) -> list[RunRecord]:
    dates = home.store.backfill_dates(backfill.backfill_id)
    ids = tuple(date.run_id for date in dates if date.run_id and not date.why_not)
    return home.store.runs_asked_for(GetRuns(backfill.dag_id, run_ids=ids)) if ids else []


def _drop_here(home: Home) -> None:
    """Without a scheduler nobody else would drop what waits."""
    ownership = Ownership(home.settings.home)
    try:
        BackfillRuns(home.store, Specs(home.store), ownership.owner, None).attend(utc_now(), frozenset({Topic.RUNS}))
    finally:
        ownership.end()


def _cancel_runs(home: Home, running: Sequence[RunRecord]) -> None:
    kind, payload = kind_and_payload(Cancel(why="its backfill was cancelled"))
    for run in running:
        key = RunKey(run.dag_id, run.run_id)
        home.store.add_request(kind, key, payload, who=getpass.getuser(), now=utc_now())
    home.store.ring(Topic.REQUESTS)


def _write_audit(home: Home, backfill: BackfillRecord, action: str) -> None:
    detail = {"backfill_id": backfill.backfill_id}
    home.store.write_audit(
        AuditRecord(utc_now(), getpass.getuser(), f"backfill_{action}", backfill.dag_id, detail=detail)
    )
