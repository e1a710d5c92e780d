"""What a person wants done to runs, done by whoever is to do it: the scheduler where one is alive, the process that
drives the run, or else this one."""

from __future__ import annotations

import getpass
import sys
from collections.abc import Sequence
from typing import Any

import click

from tradewind.cli.home import Home
from tradewind.cli.watch import watch
from tradewind.engine.run import Bounds, Run
from tradewind.model.errors import NotFoundError, TradewindError
from tradewind.model.ids import RunKey
from tradewind.model.records import OwnerRecord, RunRecord
from tradewind.model.requests import Wish
from tradewind.model.service import Topic
from tradewind.model.states import RunState
from tradewind.scheduler.asking import leave
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
    if home.remote is not None:
        whom = home.remote.leave_wish(RunKey(run.dag_id, run.run_id), wish)
        _say(f"{run.dag_id} {run.run_id}: asked {whom}", quiet=quiet)
        return True
    asked = leave(home.store, RunKey(run.dag_id, run.run_id), wish, who=getpass.getuser(), now=utc_now())
    if asked is None:
        return False
    whom = f"the scheduler (process {asked.pid} on {asked.host})"
    if isinstance(asked, OwnerRecord):
        whom = f"process {asked.pid}, which drives it"
    _say(f"{run.dag_id} {run.run_id}: asked {whom}", quiet=quiet)
    return True


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
