"""What a person wants done to runs, done by whoever is to do it: the scheduler where one is alive, the process that
drives the run, or else this one."""

from __future__ import annotations

import getpass
import os
import signal
import socket
import sys
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

import click

from tradewind.cli.home import Home
from tradewind.cli.watch import watch
from tradewind.engine.run import Bounds, Run
from tradewind.model.errors import NotFoundError, TradewindError
from tradewind.model.ids import RunKey
from tradewind.model.messages import RunRecord
from tradewind.model.requests import Wish, kind_and_payload
from tradewind.model.service import JobKind, Topic
from tradewind.model.states import RunState
from tradewind.scheduler.clock import utc_now
from tradewind.settings import Settings


def restored(home: Home, record: RunRecord) -> Run:
    """The engine's run, for looking at. Raises NotFoundError where its DAG is not in the store any more."""
    key = RunKey(record.dag_id, record.run_id)
    spec = home.store.spec(record.dag_id, record.dag_hash)
    if spec is None:
        raise NotFoundError(f"version {record.dag_hash} of DAG {record.dag_id!r} is not in the store any more")
    rows = home.store.load_run(key)
    bounds = Bounds(home.settings.max_lost_tries, home.settings.max_map_length)
    return Run.restore(
        spec, rows.run, expansions=rows.expansions, tasks=rows.tasks, lengths=rows.lengths, bounds=bounds
    )


def carry_out(home: Home, wishes: Sequence[tuple[RunRecord, Wish]], *, plain: bool, quiet: bool) -> None:
    """Exits with the code of `tradewind run` where this process does it, and otherwise once everybody was asked."""
    left = [(run, wish) for run, wish in wishes if not _ask(home, run, wish, quiet=quiet)]
    if len(left) != len(wishes):
        home.store.ring(Topic.REQUESTS)
    if left:
        sys.exit(_do_here(home.settings, left, plain=plain, quiet=quiet))


def _ask(home: Home, run: RunRecord, wish: Wish, *, quiet: bool) -> bool:
    """False where nobody is there to be asked."""
    key = RunKey(run.dag_id, run.run_id)
    schedulers = {job.job_id: job for job in home.store.jobs(kind=JobKind.SCHEDULER, only_alive=True)}
    owner = home.store.owner_of(key)
    is_driven = owner is not None and home.store.owner_is_alive(owner.owner_id)
    if owner is not None and is_driven and owner.owner_id not in schedulers:
        if owner.host != socket.gethostname():
            raise TradewindError(
                f"run {key.run_id!r} is driven by process {owner.pid} on {owner.host}, out of reach from here",
                hint=f"run this command on {owner.host}",
            )
        _leave_request(home, key, wish)
        with suppress(ProcessLookupError):
            os.kill(owner.pid, signal.SIGUSR1)
        _say(f"{run.dag_id} {run.run_id}: asked process {owner.pid}, which drives it", quiet=quiet)
        return True
    if not schedulers:
        return False
    _leave_request(home, key, wish)
    job = schedulers.get(owner.owner_id) if owner is not None and is_driven else next(iter(schedulers.values()))
    where = f" (process {job.pid} on {job.host})" if job is not None else ""
    _say(f"{run.dag_id} {run.run_id}: asked the scheduler{where}", quiet=quiet)
    return True


def _leave_request(home: Home, key: RunKey, wish: Wish) -> None:
    kind, payload = kind_and_payload(wish)
    home.store.add_request(kind, key, payload, who=getpass.getuser(), now=utc_now())


def _say(text: str, *, quiet: bool) -> None:
    if not quiet:
        click.echo(text)


def _do_here(settings: Settings, wishes: Sequence[tuple[RunRecord, Wish]], *, plain: bool, quiet: bool) -> int:
    """One run after the other, each to its end."""
    from tradewind.cli.session import open_session  # an executor: not where the scheduler does it

    code = 0
    with open_session(settings) as session:
        for run, wish in wishes:
            if run.state is RunState.QUEUED:
                raise TradewindError(
                    f"run {run.run_id!r} is queued, and no scheduler is alive to start it",
                    hint="start one: tradewind standalone; or run it: tradewind runs resume",
                )
            view: Any = session.wish(RunKey(run.dag_id, run.run_id), wish)
            code = max(code, watch(session, view, plain=plain, quiet=quiet))
    return code
