"""DAGs, runs, tries, values, and what users set."""

from __future__ import annotations

from sqlalchemy import Column, Float, ForeignKey, Index, Table, UniqueConstraint, text

from tradewind.store.schema.columns import (
    RowId,
    at,
    blob,
    empty,
    metadata,
    of_run,
    of_try,
    row_id,
    text_of,
    whole,
    zero,
)

_PAUSED = text("is_paused = 1")
dag = Table(
    "dag",
    metadata,
    text_of("dag_id", key=True),
    text_of("root"),
    text_of("file"),
    text_of("hash"),
    text_of("snapshot"),
    whole("is_paused"),
    at("seen_at", null=False),
    at("retired_at"),
    blob("summary"),
    empty("bundle"),
    empty("bundle_version"),
    zero("changed_at"),
    at("next_run_after"),
    at("next_logical_date"),
    at("next_interval_start"),
    at("next_interval_end"),
    at("last_interval_start"),
    at("last_interval_end"),
    empty("held_why"),
    Index("dag_changed", "changed_at"),
    Index("dag_file_of", "root", "file"),
    Index("dag_paused", "dag_id", sqlite_where=_PAUSED, postgresql_where=_PAUSED),
)
stamp = Table("stamp", metadata, text_of("name", key=True), at("at", null=False), sqlite_with_rowid=False)
dag_version = Table(
    "dag_version",
    metadata,
    text_of("dag_id", key=True),
    text_of("hash", key=True),
    blob("spec"),
    at("created_at", null=False),
    zero("number"),
    empty("snapshot"),
    empty("bundle_version"),
)
dag_file = Table(
    "dag_file",
    metadata,
    text_of("root", key=True),
    text_of("file", key=True),
    at("parsed_at", null=False),
    Column("seconds", Float, nullable=False),
    whole("dag_count"),
    text_of("snapshot"),
    blob("made_of", null=True),
    sqlite_with_rowid=False,
)
import_error = Table(
    "import_error",
    metadata,
    row_id(),
    text_of("root"),
    text_of("file"),
    text_of("message"),
    whole("line"),
    text_of("hint"),
    text_of("traceback"),
    text_of("dag_id", null=True),
    at("seen_at", null=False),
    Index("import_error_file", "root", "file"),
)
run = Table(
    "run",
    metadata,
    row_id(),
    text_of("dag_id"),
    text_of("run_id"),
    text_of("state"),
    text_of("run_type"),
    at("logical_date"),
    at("data_interval_start"),
    at("data_interval_end"),
    at("run_after", null=False),
    at("queued_at", null=False),
    at("started_at"),
    at("running_since"),
    at("ended_at"),
    text_of("dag_hash"),
    text_of("snapshot"),
    blob("conf"),
    blob("params"),
    text_of("note"),
    text_of("triggered_by"),
    text_of("owner_id", null=True),
    whole("owner_pid", null=True),
    text_of("owner_host", null=True),
    zero("epoch"),
    at("claimed_at"),
    whole("backfill_id", null=True),
    text_of("partition_key", null=True),
    blob("triggering_assets", null=True),
    UniqueConstraint("dag_id", "run_id"),
    UniqueConstraint("dag_id", "logical_date"),
    Index("run_state", "state", "id"),
    Index("run_state_dag", "state", "dag_id", "id"),
    Index("run_dag", "dag_id", "id"),
    Index("run_after", "run_after"),
    Index("run_logical", "logical_date"),
    sqlite_autoincrement=True,
)
_WAITING = text("state = 'queued' AND owner_id IS NULL")
Index(
    "run_waiting",
    run.c.state,
    run.c.owner_id,
    run.c.dag_id,
    run.c.id,
    run.c.backfill_id,
    sqlite_where=_WAITING,
    postgresql_where=_WAITING,
)
_BUSY = text("(state = 'running' OR (state = 'queued' AND owner_id IS NOT NULL))")
Index("run_busy", run.c.dag_id, run.c.backfill_id, sqlite_where=_BUSY, postgresql_where=_BUSY)
_ENDED = text("ended_at IS NOT NULL")
Index("run_ended", run.c.dag_id, run.c.ended_at, sqlite_where=_ENDED, postgresql_where=_ENDED)
_UNDATED = text("logical_date IS NULL")
Index("run_undated", run.c.dag_id, run.c.run_after, sqlite_where=_UNDATED, postgresql_where=_UNDATED)
_CLAIMED = text("owner_id IS NOT NULL")
Index("run_claimed", run.c.owner_id, sqlite_where=_CLAIMED, postgresql_where=_CLAIMED)
expansion = Table(
    "expansion",
    metadata,
    of_run(key=True),
    text_of("node_id", key=True),
    text_of("prefix", key=True),
    whole("length"),
    sqlite_with_rowid=False,
)
task_instance = Table(
    "task_instance",
    metadata,
    of_run(key=True),
    text_of("task_id", key=True),
    text_of("map_path", key=True),
    text_of("state"),
    text_of("try_id", null=True),
    whole("try_number"),
    whole("lost_count"),
    whole("tries_before_clear"),
    at("due_at"),
    at("started_at"),
    at("ended_at"),
    text_of("label", null=True),
    text_of("why"),
    sqlite_with_rowid=False,
)
_BEGUN = text("started_at IS NOT NULL")
Index("task_instance_started", task_instance.c.started_at, sqlite_where=_BEGUN, postgresql_where=_BEGUN)
Index("task_instance_ended", task_instance.c.ended_at, sqlite_where=_ENDED, postgresql_where=_ENDED)
_NOT_SUCCEEDED = text("state != 'success'")
Index(
    "task_instance_unsettled",
    task_instance.c.state,
    task_instance.c.started_at,
    sqlite_where=_NOT_SUCCEEDED,
    postgresql_where=_NOT_SUCCEEDED,
)
Index("task_instance_task", task_instance.c.task_id, task_instance.c.run, task_instance.c.map_path)
_DURATION = task_instance.c.ended_at - task_instance.c.started_at
Index("task_instance_duration", _DURATION, sqlite_where=_ENDED, postgresql_where=_ENDED)
task_note = Table(
    "task_note",
    metadata,
    of_run(key=True),
    text_of("task_id", key=True),
    text_of("map_path", key=True),
    text_of("note"),
    text_of("who"),
    at("at", null=False),
    sqlite_with_rowid=False,
)
try_ = Table(
    "try",
    metadata,
    text_of("try_id", key=True),
    of_run(),
    text_of("task_id"),
    text_of("map_path"),
    whole("number"),
    text_of("state"),
    text_of("purpose"),
    text_of("executor"),
    text_of("pool"),
    whole("pool_slots"),
    text_of("log_path"),
    at("queued_at", null=False),
    at("started_at"),
    at("ended_at"),
    whole("pid", null=True),
    text_of("host", null=True),
    whole("exit_code", null=True),
    whole("signal", null=True),
    whole("max_rss_bytes", null=True),
    empty("why"),
    text_of("error_type", null=True),
    text_of("error", null=True),
    text_of("traceback", null=True),
    blob("rendered", null=True),
    at("imported_at"),
    at("executed_at"),
    Index("try_run", "run", "task_id", "map_path"),
    sqlite_with_rowid=False,
)
_LIVE = text("state IN ('queued', 'running')")
Index("try_live", try_.c.pool, sqlite_where=_LIVE, postgresql_where=_LIVE)
xcom = Table(
    "xcom",
    metadata,
    row_id(),
    of_run(),
    text_of("task_id"),
    text_of("map_path"),
    text_of("path_key"),
    text_of("key"),
    text_of("try_id"),
    whole("length", null=True),
    blob("value"),
    UniqueConstraint("run", "task_id", "path_key", "key"),
    sqlite_autoincrement=True,
)
artifact_use = Table(
    "artifact_use",
    metadata,
    text_of("artifact", key=True),
    Column("xcom", RowId, ForeignKey("xcom.id", ondelete="CASCADE"), nullable=False, primary_key=True),
    Index("artifact_use_xcom", "xcom"),
    sqlite_with_rowid=False,
)
artifact_garbage = Table("artifact_garbage", metadata, text_of("artifact", key=True), sqlite_with_rowid=False)
value_read = Table(
    "value_read",
    metadata,
    of_try(key=True),
    text_of("hash", key=True),
    Index("value_read_hash", "hash"),
    sqlite_with_rowid=False,
)
metric = Table(
    "metric",
    metadata,
    row_id(),
    of_try(),
    text_of("name"),
    Column("value", Float),
    whole("step", null=True),
    at("at", null=False),
    Index("metric_try", "try_id"),
)
progress = Table(
    "progress",
    metadata,
    of_try(key=True),
    Column("done", Float),
    Column("total", Float),
    text_of("message"),
    at("at", null=False),
    sqlite_with_rowid=False,
)
history = Table(
    "history",
    metadata,
    row_id(),
    of_run(),
    at("at", null=False),
    text_of("who"),
    text_of("entity"),
    text_of("task_id", null=True),
    text_of("map_path", null=True),
    text_of("try_id", null=True),
    text_of("old", null=True),
    text_of("new", null=True),
    text_of("why"),
    Index("history_run", "run", "task_id"),
    sqlite_autoincrement=True,
)
request = Table(
    "request",
    metadata,
    row_id(),
    text_of("kind"),
    text_of("dag_id"),
    text_of("run_id"),
    blob("payload"),
    text_of("who"),
    at("at", null=False),
    Index("request_run", "dag_id", "run_id"),
    sqlite_autoincrement=True,
)
variable = Table("variable", metadata, text_of("key", key=True), text_of("value"), text_of("description", null=True))
connection = Table("connection", metadata, text_of("conn_id", key=True), text_of("secret"))
pool = Table(
    "pool", metadata, text_of("name", key=True), whole("slots"), text_of("description"), whole("include_deferred")
)
