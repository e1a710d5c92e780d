"""Setting a run aside: one that our own code or its rows in the store have broken ends, with its story, and blocks no
other. `runs resume` goes on with it, as with a cancelled run."""

from __future__ import annotations

import traceback
from collections.abc import Container
from datetime import datetime
from pathlib import Path

from tradewind.engine import events
from tradewind.engine.run import Run
from tradewind.engine.step import step
from tradewind.model.changes import Change, RunChanged, TryChanged
from tradewind.model.errors import TradewindError
from tradewind.model.ids import RunKey, TryId
from tradewind.model.records import RunRows
from tradewind.model.spec import DagSpec
from tradewind.model.states import RunState, TryState
from tradewind.store.base import Store


def story_of(error: Exception) -> str:
    """`set aside: AssertionError: a task instance may not go from … (engine/moves.py:66)`."""
    if isinstance(error, TradewindError):
        return f"set aside: {error.message}"
    frames = traceback.extract_tb(error.__traceback__)
    where = f" ({'/'.join(Path(frames[-1].filename).parts[-2:])}:{frames[-1].lineno})" if frames else ""
    return f"set aside: {type(error).__name__}: {error}{where}"


def set_aside(
    store: Store, key: RunKey, error: Exception, *, epoch: int, owner_id: str, who: str, now: datetime
) -> None:
    """End a run that we have claimed and cannot drive, and let it go."""
    rows = store.load_run(key)
    spec = store.spec(key.dag_id, rows.run.dag_hash) or DagSpec(key.dag_id)
    changes = closing_changes(spec, rows, story_of(error), (), now)
    store.commit(changes, who=who, now=now, epochs={key: epoch})
    store.release_run(key, owner_id=owner_id)


def closing_changes(
    spec: DagSpec, rows: RunRows, why: str, still_running: Container[TryId], now: datetime
) -> list[Change]:
    """What ends the run as the store has it: the run, its open task instances, and the tries that no process runs. The
    other tries (`still_running`) are written down when they end."""
    ends: list[Change] = [
        TryChanged(live.try_id, old=live.state, new=TryState.CANCELLED, why=why)
        for live in rows.live_tries
        if live.try_id not in still_running
    ]
    return ends if rows.run.state.is_finished else [*ends, *_run_ends(spec, rows, why, now)]


def _run_ends(spec: DagSpec, rows: RunRows, why: str, now: datetime) -> list[Change]:
    """By the engine, on a run made anew from the rows; where even that fails, the run's own row alone."""
    try:
        run = Run.restore(spec, rows.run, expansions=rows.expansions, tasks=rows.tasks, lengths=rows.lengths)
        return step(run, events.RunCancelled(why, is_final=True), now).changes
    except Exception:
        key = RunKey(rows.run.dag_id, rows.run.run_id)
        return [RunChanged(key, old=rows.run.state, new=RunState.FAILED, why=why)]
