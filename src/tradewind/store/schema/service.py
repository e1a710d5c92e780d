"""What the service lives by: waiting tasks, assets, backfills, deadlines, processes."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Table, UniqueConstraint, text

from tradewind.store.schema.columns import (
    RowId,
    Words,
    at,
    blob,
    empty,
    metadata,
    of_asset,
    of_run,
    row_id,
    text_of,
    whole,
    zero,
)

deferral = Table(
    "deferral",
    metadata,
    row_id(),
    of_run(),
    text_of("task_id"),
    text_of("map_path"),
    text_of("try_id"),
    text_of("trigger_path"),
    blob("trigger_kwargs"),
    text_of("method"),
    blob("kwargs"),
    text_of("snapshot"),
    text_of("file"),
    text_of("queue"),
    at("created_at", null=False),
    at("timeout_at"),
    text_of("triggerer_id", null=True),
    text_of("outcome", null=True),
    blob("event", null=True),
    empty("error"),
    at("ended_at"),
    zero("is_resumed"),
    UniqueConstraint("run", "task_id", "map_path"),
    sqlite_autoincrement=True,
)
_OPEN = text("outcome IS NULL")
Index("deferral_open", deferral.c.triggerer_id, deferral.c.id, sqlite_where=_OPEN, postgresql_where=_OPEN)
_OUT = text("outcome IS NOT NULL AND is_resumed = 0")
Index("deferral_ended", deferral.c.ended_at, sqlite_where=_OUT, postgresql_where=_OUT)
approval = Table(
    "approval",
    metadata,
    row_id(),
    of_run(),
    text_of("task_id"),
    text_of("map_path"),
    text_of("try_id"),
    text_of("subject"),
    text_of("body"),
    blob("options"),
    blob("defaults"),
    whole("multiple"),
    blob("params"),
    blob("assigned_users"),
    at("asked_at", null=False),
    at("respond_by"),
    at("responded_at"),
    text_of("responded_by", null=True),
    blob("chosen", null=True),
    blob("params_input", null=True),
    UniqueConstraint("run", "task_id", "map_path"),
)
_UNANSWERED = text("responded_at IS NULL")
Index("approval_open", approval.c.asked_at, sqlite_where=_UNANSWERED, postgresql_where=_UNANSWERED)
asset = Table(
    "asset",
    metadata,
    row_id(),
    text_of("name"),
    text_of("uri"),
    text_of("group_name"),
    blob("extra"),
    at("created_at", null=False),
    at("last_event_at"),
    UniqueConstraint("name", "uri"),
    Index("asset_uri", "uri"),
)
asset_ref = Table(
    "asset_ref",
    metadata,
    Column("dag_id", Words, ForeignKey("dag.dag_id", ondelete="CASCADE"), nullable=False, primary_key=True),
    text_of("kind", key=True),
    text_of("task_id", key=True),
    text_of("name", key=True),
    text_of("uri", key=True),
    text_of("alias", key=True),
    Index("asset_ref_name", "name"),
    Index("asset_ref_uri", "uri"),
    Index("asset_ref_alias", "alias"),
    sqlite_with_rowid=False,
)

asset_alias = Table(
    "asset_alias",
    metadata,
    text_of("alias", key=True),
    of_asset(key=True),
    Index("asset_alias_asset", "asset"),
    sqlite_with_rowid=False,
)
asset_event = Table(
    "asset_event",
    metadata,
    row_id(),
    of_asset(),
    at("at", null=False),
    blob("extra"),
    text_of("source_dag_id", null=True),
    text_of("source_run_id", null=True),
    text_of("source_task_id", null=True),
    text_of("source_map_path"),
    text_of("alias", null=True),
    text_of("partition_key", null=True),
    text_of("who"),
    Index("asset_event_asset", "asset", "id"),
    Index("asset_event_at", "at"),
    sqlite_autoincrement=True,
)
asset_event_use = Table(
    "asset_event_use",
    metadata,
    Column("dag_id", Words, ForeignKey("dag.dag_id", ondelete="CASCADE"), nullable=False, primary_key=True),
    Column("event", RowId, ForeignKey("asset_event.id", ondelete="CASCADE"), nullable=False, primary_key=True),
    Column("run", RowId, ForeignKey("run.id", ondelete="CASCADE"), nullable=True),
    Index("asset_event_use_event", "event"),
    Index("asset_event_use_run", "run", "dag_id", "event"),
    sqlite_with_rowid=False,
)
_BY_ALIAS = text("alias IS NOT NULL")
Index(
    "asset_event_alias",
    asset_event.c.alias,
    asset_event.c.id,
    sqlite_where=_BY_ALIAS,
    postgresql_where=_BY_ALIAS,
)
backfill = Table(
    "backfill",
    metadata,
    row_id(),
    text_of("dag_id"),
    at("from_date", null=False),
    at("to_date", null=False),
    whole("is_reverse"),
    text_of("reprocess"),
    whole("max_active_runs"),
    blob("conf"),
    whole("is_paused"),
    at("created_at", null=False),
    text_of("created_by"),
    at("ended_at"),
    zero("is_cancelled"),
    zero("on_latest_version"),
    Index("backfill_dag", "dag_id", "id"),
    sqlite_autoincrement=True,
)
_GOING_ON = text("ended_at IS NULL")
Index("backfill_active", backfill.c.dag_id, unique=True, sqlite_where=_GOING_ON, postgresql_where=_GOING_ON)
backfill_date = Table(
    "backfill_date",
    metadata,
    Column("backfill", RowId, ForeignKey("backfill.id", ondelete="CASCADE"), nullable=False, primary_key=True),
    whole("place", key=True),
    at("logical_date", null=False),
    at("interval_start", null=False),
    at("interval_end", null=False),
    text_of("run_id", null=True),
    empty("why_not"),
    sqlite_with_rowid=False,
)
deadline = Table(
    "deadline",
    metadata,
    row_id(),
    of_run(),
    text_of("name"),
    at("due_at", null=False),
    blob("callback"),
    at("warned_at"),
    at("missed_at"),
    UniqueConstraint("run", "name"),
)
_MISSED = text("missed_at IS NOT NULL")
Index("deadline_missed", deadline.c.missed_at, sqlite_where=_MISSED, postgresql_where=_MISSED)
job = Table(
    "job",
    metadata,
    text_of("job_id", key=True),
    text_of("kind"),
    whole("pid"),
    text_of("host"),
    at("started_at", null=False),
    at("heartbeat_at", null=False),
    at("lease_until", null=False),
    text_of("version"),
    blob("detail"),
    at("ended_at"),
    sqlite_with_rowid=False,
)
_NOT_ENDED = text("ended_at IS NULL")
Index("job_alive", job.c.kind, sqlite_where=_NOT_ENDED, postgresql_where=_NOT_ENDED)
audit = Table(
    "audit",
    metadata,
    row_id(),
    at("at", null=False),
    text_of("who"),
    text_of("action"),
    text_of("dag_id", null=True),
    text_of("run_id", null=True),
    text_of("task_id", null=True),
    blob("detail"),
    empty("hash"),
    Index("audit_dag", "dag_id", "id"),
    Index("audit_at", "at"),
    sqlite_autoincrement=True,
)
