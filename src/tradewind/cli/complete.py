"""Shell completion of ids from the store. Never fails and never makes a home: no answer is better than an error."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import click

from tradewind import settings
from tradewind.cli.home import open_home, opened_store
from tradewind.cli.remote.target import remote
from tradewind.model.database_url import is_postgres
from tradewind.model.errors import TradewindError

if TYPE_CHECKING:
    from tradewind.store.base import Store

Complete: TypeAlias = Callable[[click.Context, click.Parameter, str], list[str]]
SHOWN_AT_MOST = 100
REMOTE_SECONDS = 1.5
"""Nobody waits longer for a server's answer to a press of the tabulator."""


def from_store(names: Callable[[Store, click.Context], Iterable[str]]) -> Complete:
    def complete(ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[str]:
        home = ctx.find_root().params.get("home")  # callbacks do not run while a word is completed
        with suppress(TradewindError, OSError):
            found = settings.load(overrides={"home": home} if home else {})
            if remote(found.home) is not None:
                with open_home(timeout_seconds=REMOTE_SECONDS) as opened:
                    return [name for name in names(opened.store, ctx) if name.startswith(incomplete)]
            if not is_postgres(found.database_url) and not Path(found.database_url.removeprefix("sqlite:///")).exists():
                return []
            with opened_store(found) as store:
                return [name for name in names(store, ctx) if name.startswith(incomplete)]
        return []

    return complete


def _dag_of(ctx: click.Context) -> str | None:
    """An option that has no value yet (`--from <TAB>`) keeps Click from looking at the arguments before it."""
    return ctx.params.get("dag_id") or next((word for word in ctx.args if not word.startswith("-")), None)


def _tasks(store: Store, ctx: click.Context) -> list[str]:
    spec = store.spec(_dag_of(ctx) or "")
    return [task.task_id for task in spec.tasks] if spec else []


def _tasks_of_run(store: Store, ctx: click.Context) -> list[str]:
    """Where a run may be said by its DAG, or by its own id: `debug`, `tasks replay`."""
    said = ctx.params.get("run") or ""
    spec = store.spec(ctx.params.get("dag_id") or said)
    if spec is None:
        found = [run for run in store.runs(limit=SHOWN_AT_MOST) if run.run_id.startswith(said)]
        spec = store.spec(found[0].dag_id, found[0].dag_hash) if found else None
    return [task.task_id for task in spec.tasks] if spec else []


complete_dag_id = from_store(lambda store, _: [dag.dag_id for dag in store.dags()])
complete_run_id = from_store(
    lambda store, ctx: [run.run_id for run in store.runs(dag_id=_dag_of(ctx), limit=SHOWN_AT_MOST)]
)
complete_run = from_store(
    lambda store, _: [
        *(dag.dag_id for dag in store.dags()),
        *(run.run_id for run in store.runs(limit=SHOWN_AT_MOST)),
    ]
)
"""A run by its id, or a DAG for its latest."""
complete_task_id = from_store(_tasks)
complete_task_of_run = from_store(_tasks_of_run)
complete_variable = from_store(lambda store, _: [one.key for one in store.variables()])
complete_connection = from_store(lambda store, _: [one.conn_id for one in store.connections()])
complete_sweep = from_store(lambda store, _: store.entry_names("SweepStarted"))
complete_pool = from_store(lambda store, _: [pool.name for pool in store.pools()])
