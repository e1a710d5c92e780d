"""`tradewind runs cancel`: through the process that drives the run, or in its place where it has died."""

from __future__ import annotations

import getpass
import os
import signal
import socket
import time
from contextlib import suppress

import click

from tradewind.cli.home import Home, open_home
from tradewind.cli.output import styled_state
from tradewind.cli.which_run import find_run, key_of, run_arguments
from tradewind.engine import events
from tradewind.engine.run import Bounds
from tradewind.engine.step import step
from tradewind.executors.base import CodeRef
from tradewind.model.errors import NotFoundError, TradewindError
from tradewind.model.ids import RunKey
from tradewind.model.records import RunRecord
from tradewind.model.requests import Cancel
from tradewind.scheduler.clock import utc_now
from tradewind.scheduler.takeover import left_behind, restored_run

LOOKS_PER_SECOND = 20


@click.command()
@run_arguments
@click.option("--timeout", type=float, default=60.0, show_default=True, help="Seconds to wait for the run's end.")
def cancel(dag_id: str, run_id: str | None, timeout: float) -> None:
    """Cancel a run of DAG_ID (default: the latest), also one that another process drives.

    Running tasks get SIGTERM, then SIGKILL after kill_grace_seconds. `runs resume` goes on with the run later.
    """
    with open_home() as home:
        run = find_run(home.store, dag_id, run_id)
        if run.state.is_finished:
            raise TradewindError(f"run {run.run_id!r} has ended already: {run.state}")
        state = _cancel(home, key_of(run), timeout).state
    by = "" if home.remote is not None else f" by {getpass.getuser()}"  # there it is the login's user
    click.echo(f"{run.dag_id} {run.run_id}: {styled_state(state)}, cancelled{by}")


def _cancel(home: Home, key: RunKey, timeout_seconds: float) -> RunRecord:
    if home.remote is not None:
        home.remote.leave_wish(key, Cancel())
        return _wait_for_remote_end(home, key, timeout_seconds)
    owner = home.store.owner_of(key)
    if owner is not None and home.store.owner_is_alive(owner.owner_id):
        if owner.host != socket.gethostname():
            raise TradewindError(
                f"run {key.run_id!r} is driven by process {owner.pid} on {owner.host}, out of reach from here",
                hint=f"run this command on {owner.host}",
            )
        home.store.add_request("cancel", key, {}, who=getpass.getuser(), now=utc_now())
        with suppress(ProcessLookupError):  # it ended just now: then its run is looked after below
            os.kill(owner.pid, signal.SIGUSR1)
        if (ended := _wait_for_end(home, key, owner.owner_id, timeout_seconds)) is not None:
            return ended
    _cancel_abandoned(home, key)
    record = home.store.run(key)
    assert record is not None, "it was just written"
    return record


def _wait_for_end(home: Home, key: RunKey, owner_id: str, timeout_seconds: float) -> RunRecord | None:
    """The ended run, or None where its process has died instead. Raises TradewindError after the timeout."""
    deadline = time.monotonic() + timeout_seconds
    while time.monotonic() < deadline:
        is_driven = home.store.owner_is_alive(owner_id)  # asked first: it may end the run and then itself
        record = home.store.run(key)
        if record is None or record.state.is_finished:
            return record
        if not is_driven:
            return None
        time.sleep(1 / LOOKS_PER_SECOND)
    raise TradewindError(
        f"run {key.run_id!r} was asked to stop, but has not ended within {timeout_seconds:g} seconds",
        hint="its tasks may take their time to end; look again with `tradewind runs show`",
    )


def _wait_for_remote_end(home: Home, key: RunKey, timeout_seconds: float) -> RunRecord:
    deadline = time.monotonic() + timeout_seconds
    while time.monotonic() < deadline:
        record = home.store.run(key)
        if record is not None and record.state.is_finished:
            return record
        time.sleep(2 / LOOKS_PER_SECOND)
    raise TradewindError(
        f"run {key.run_id!r} was asked to stop, but has not ended within {timeout_seconds:g} seconds",
        hint="look again with `tradewind runs show`",
    )


def _cancel_abandoned(home: Home, key: RunKey) -> None:
    """Nobody drives the run any more: the engine ends it here, and its last tries are written down as lost."""
    record, gone = home.store.run(key), home.store.owner_of(key)
    spec = record and home.store.spec(key.dag_id, record.dag_hash)
    if record is None or spec is None:
        raise NotFoundError(f"the DAG of run {key.run_id!r} is not in the store any more", hint="`runs delete` works")
    now = utc_now()
    code = CodeRef(record.snapshot, spec.file)
    bounds = Bounds(home.settings.max_lost_tries, home.settings.max_map_length)
    active, rows = restored_run(home.store, key, spec, code, bounds)
    changes, _ = left_behind(rows, "its process ended with the one that drove the run")
    decided = step(active.run, events.RunCancelled(f"cancelled by {getpass.getuser()}", is_final=True), now)
    home.store.commit([*changes, *decided.changes], who=getpass.getuser(), now=now)
    if gone is not None:
        home.store.release_run(key, owner_id=gone.owner_id)
