"""Which run is meant by `DAG_ID RUN_ID` on the command line: exact, `latest`, a date, or the beginning of a run id."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any, TypeVar

import click

from tradewind.cli.complete import complete_dag_id, complete_run_id
from tradewind.model.errors import NotFoundError, TradewindError
from tradewind.model.ids import RunKey
from tradewind.model.records import RunRecord
from tradewind.store.base import Store

F = TypeVar("F", bound=Callable[..., Any])
LATEST = "latest"
SEARCHED_AT_MOST = 10_000
NAMED_AT_MOST = 6


def run_arguments(function: F) -> F:
    """`DAG_ID [RUN_ID]` as the parameters `dag_id` and `run_id`, to be given to `find_run`."""
    function = click.argument("run_id", required=False, shell_complete=complete_run_id)(function)
    return click.argument("dag_id", shell_complete=complete_dag_id)(function)


def find_run(store: Store, dag_id: str, run_id: str | None) -> RunRecord:
    """`run_id` may be None or `latest`, the beginning of an id (with or without `manual__`), or a logical date. With
    one word alone, a run id is looked for in all DAGs where no DAG has that name.

    Raises NotFoundError naming what there is, TradewindError where several runs fit."""
    if run_id is not None and (exact := store.run(RunKey(dag_id, run_id))) is not None:
        return exact
    runs = store.runs(dag_id=dag_id, limit=1 if run_id in (None, LATEST) else SEARCHED_AT_MOST)
    if run_id in (None, LATEST):
        if runs:
            return runs[0]
        if store.dag(dag_id) is not None:
            raise NotFoundError(f"DAG {dag_id!r} has no run yet", hint=f"start one: tradewind run {dag_id}")
        runs, run_id = store.runs(limit=SEARCHED_AT_MOST), dag_id
        if not any(_fits(run, run_id) for run in runs):
            raise _no_dag(store, dag_id, runs)
    elif not runs and store.dag(dag_id) is None:
        raise _no_dag(store, dag_id, store.runs(limit=SEARCHED_AT_MOST))
    return _the_one(runs, run_id, dag_id)


def key_of(run: RunRecord) -> RunKey:
    return RunKey(run.dag_id, run.run_id)


def _the_one(runs: Sequence[RunRecord], text: str, dag_id: str) -> RunRecord:
    found = [run for run in runs if run.run_id == text]
    found = found or [run for run in runs if _is_date_of(run, text)]
    found = found or [run for run in runs if _fits(run, text)]
    if len(found) == 1:
        return found[0]
    names = ", ".join(run.run_id for run in (found or runs)[:NAMED_AT_MOST])
    if found:
        raise TradewindError(f"{len(found)} runs begin with {text!r}", hint=f"say more of it: {names}")
    raise NotFoundError(
        f"DAG {dag_id!r} has no run {text!r}",
        hint=f"its latest are {names}" if names else f"start one: tradewind run {dag_id}",
    )


def _fits(run: RunRecord, text: str) -> bool:
    return run.run_id.startswith(text) or run.run_id.partition("__")[2].startswith(text)


def _is_date_of(run: RunRecord, text: str) -> bool:
    try:
        date = datetime.fromisoformat(text)
    except ValueError:
        return False
    return run.logical_date == (date if date.tzinfo else date.replace(tzinfo=UTC))


def _no_dag(store: Store, text: str, runs: Sequence[RunRecord]) -> NotFoundError:
    import difflib  # only on this error

    names = {dag.dag_id for dag in store.dags()} | {run.dag_id for run in runs}
    near = difflib.get_close_matches(text, names, n=3)
    hint = f"did you mean {', '.join(near)}?" if near else "see `tradewind dags list` and `tradewind runs list`"
    return NotFoundError(f"there is no DAG and no run {text!r}", hint=hint)
