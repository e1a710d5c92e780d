"""Writing what a batch says of runs and their expansions."""

from __future__ import annotations

from tradewind.model.changes import ExpansionsForgotten, RunChanged, RunCreated, RunPinned, TaskExpanded
from tradewind.model.ids import path_to_text
from tradewind.model.states import RunState
from tradewind.store.errors import DuplicateRunError
from tradewind.store.sql.batch import Batch, stale
from tradewind.store.sql.coding import encode_plain, to_micros

INSERT_RUN = """
INSERT INTO run (dag_id, run_id, state, run_type, logical_date, data_interval_start, data_interval_end, run_after,
  queued_at, dag_hash, snapshot, conf, params, note, triggered_by, backfill_id, partition_key, triggering_assets)
VALUES (?, ?, 'queued', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING RETURNING id"""
INSERT_DEADLINE = "INSERT INTO deadline (run, name, due_at, callback) VALUES (?, ?, ?, ?)"
CLAIM_NEW = "UPDATE run SET owner_id = ?, owner_pid = ?, owner_host = ?, epoch = ?, claimed_at = ? WHERE id = ?"
UPSERT_EXPANSION = """
INSERT INTO expansion (run, node_id, prefix, length) VALUES (?, ?, ?, ?)
ON CONFLICT (run, node_id, prefix) DO UPDATE SET length = excluded.length"""
UPDATE_RUN = """
UPDATE run SET state = ?1, started_at = coalesce(started_at, ?2), running_since = coalesce(?2, running_since),
  ended_at = ?3
WHERE id = ?4 AND state = ?5"""


def run_created(batch: Batch, change: RunCreated) -> None:
    row = (
        change.run.dag_id,
        change.run.run_id,
        change.run_type,
        to_micros(change.logical_date),
        to_micros(change.data_interval_start),
        to_micros(change.data_interval_end),
        to_micros(change.run_after),
        batch.now,
        change.dag_hash,
        change.snapshot,
        encode_plain(change.conf),
        encode_plain(change.params),
        change.note,
        change.triggered_by,
        change.backfill_id,
        change.partition_key,
        None if change.triggering_assets is None else encode_plain(change.triggering_assets),
    )
    made = batch.execute(INSERT_RUN, row).fetchone()
    if made is None:
        raise _taken(batch, change)
    if (owner := change.claimed_by) is not None:
        values = (owner.owner_id, owner.pid, owner.host, owner.epoch, to_micros(owner.claimed_at), made[0])
        batch.execute(CLAIM_NEW, values)
    batch.created(change.run, made[0])
    batch.remember(made[0], "run", None, RunState.QUEUED, "created")
    batch.executemany(
        INSERT_DEADLINE,
        [(made[0], one.name, to_micros(one.due_at), encode_plain(one.callback)) for one in change.deadlines],
    )


def _taken(batch: Batch, change: RunCreated) -> DuplicateRunError:
    same_id = batch.execute(
        "SELECT 1 FROM run WHERE dag_id = ? AND run_id = ?", (change.run.dag_id, change.run.run_id)
    ).fetchone()
    what, value = ("id", change.run.run_id) if same_id else ("logical date", change.logical_date)
    return DuplicateRunError(
        f"DAG {change.run.dag_id!r} already has a run with the {what} {value}",
        hint="choose another, or go on with that run: `tradewind runs resume`",
    )


def run_changed(batch: Batch, change: RunChanged) -> None:
    """A run that goes on after its end keeps the time it first started."""
    run = batch.run(change.run)
    started_at = batch.now if change.new is RunState.RUNNING else None
    ended_at = batch.now if change.new.is_finished else None
    if batch.execute(UPDATE_RUN, (change.new, started_at, ended_at, run, change.old)).rowcount != 1:
        (actual,) = batch.execute("SELECT state FROM run WHERE id = ?", (run,)).fetchone()
        raise stale(f"run {change.run.run_id!r} of DAG {change.run.dag_id!r}", actual, change.old, change.new)
    batch.remember(run, "run", change.old, change.new, change.why)


def run_pinned(batch: Batch, change: RunPinned) -> None:
    run = batch.run(change.run)
    batch.execute("UPDATE run SET dag_hash = ?, snapshot = ? WHERE id = ?", (change.dag_hash, change.snapshot, run))
    batch.remember(run, "note", None, None, change.why)


def expanded(batch: Batch, change: TaskExpanded) -> None:
    row = (batch.run(change.run), change.node_id, path_to_text(change.prefix), change.length)
    batch.execute(UPSERT_EXPANSION, row)


def expansions_forgotten(batch: Batch, change: ExpansionsForgotten) -> None:
    row = (batch.run(change.run), change.node_id, path_to_text(change.prefix))
    batch.execute("DELETE FROM expansion WHERE run = ? AND node_id = ? AND prefix = ?", row)
