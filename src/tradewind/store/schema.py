"""The schema as SQLAlchemy Core tables: for migrations and for reads that are composed. `sqlite/schema.sql` is the same
for a new SQLite home, so that SQLAlchemy need not be imported there; a test holds the two equal."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    text,
)

metadata = MetaData()

_Instant = BigInteger().with_variant(Integer, "sqlite")
"""Microseconds since 1970, UTC."""
_Text = Text().with_variant(Text(collation="C"), "postgresql")
"""Compared by its bytes, as SQLite does it."""
_RowId = BigInteger().with_variant(Integer, "sqlite")


def _id() -> Column[int]:
    return Column("id", _RowId, primary_key=True)


def _run(*, key: bool = False) -> Column[int]:
    return Column("run", _RowId, ForeignKey("run.id", ondelete="CASCADE"), nullable=False, primary_key=key)


def _try(*, key: bool = False) -> Column[str]:
    return Column("try_id", _Text, ForeignKey("try.try_id", ondelete="CASCADE"), nullable=False, primary_key=key)


def _text(name: str, *, null: bool = False, key: bool = False) -> Column[str]:
    return Column(name, _Text, nullable=null, primary_key=key)


def _whole(name: str, *, null: bool = False, key: bool = False) -> Column[int]:
    return Column(name, _RowId, nullable=null, primary_key=key)


def _at(name: str, *, null: bool = True) -> Column[int]:
    return Column(name, _Instant, nullable=null)


def _blob(name: str, *, null: bool = False) -> Column[bytes]:
    return Column(name, LargeBinary, nullable=null)


def _empty(name: str) -> Column[str]:
    """A text that is "" unless something is said."""
    return Column(name, _Text, nullable=False, server_default=text("''"))


def _zero(name: str) -> Column[int]:
    return Column(name, _RowId, nullable=False, server_default=text("0"))


_PAUSED = text("is_paused = 1")
dag = Table(
    "dag",
    metadata,
    _text("dag_id", key=True),
    _text("root"),
    _text("file"),
    _text("hash"),
    _text("snapshot"),
    _whole("is_paused"),
    _at("seen_at", null=False),
    _at("retired_at"),
    _blob("summary"),
    _empty("bundle"),
    _empty("bundle_version"),
    _zero("changed_at"),
    _at("next_run_after"),
    _at("next_logical_date"),
    _at("next_interval_start"),
    _at("next_interval_end"),
    _at("last_interval_start"),
    _at("last_interval_end"),
    _empty("held_why"),
    Index("dag_changed", "changed_at"),
    Index("dag_file_of", "root", "file"),
    Index("dag_paused", "dag_id", sqlite_where=_PAUSED, postgresql_where=_PAUSED),
)
stamp = Table("stamp", metadata, _text("name", key=True), _at("at", null=False), sqlite_with_rowid=False)
dag_version = Table(
    "dag_version",
    metadata,
    _text("dag_id", key=True),
    _text("hash", key=True),
    _blob("spec"),
    _at("created_at", null=False),
    _zero("number"),
    _empty("snapshot"),
    _empty("bundle_version"),
)
dag_file = Table(
    "dag_file",
    metadata,
    _text("root", key=True),
    _text("file", key=True),
    _at("parsed_at", null=False),
    Column("seconds", Float, nullable=False),
    _whole("dag_count"),
    _text("snapshot"),
    sqlite_with_rowid=False,
)
import_error = Table(
    "import_error",
    metadata,
    _id(),
    _text("root"),
    _text("file"),
    _text("message"),
    _whole("line"),
    _text("hint"),
    _text("traceback"),
    _text("dag_id", null=True),
    _at("seen_at", null=False),
    Index("import_error_file", "root", "file"),
)
run = Table(
    "run",
    metadata,
    _id(),
    _text("dag_id"),
    _text("run_id"),
    _text("state"),
    _text("run_type"),
    _at("logical_date"),
    _at("data_interval_start"),
    _at("data_interval_end"),
    _at("run_after", null=False),
    _at("queued_at", null=False),
    _at("started_at"),
    _at("running_since"),
    _at("ended_at"),
    _text("dag_hash"),
    _text("snapshot"),
    _blob("conf"),
    _blob("params"),
    _text("note"),
    _text("triggered_by"),
    _text("owner_id", null=True),
    _whole("owner_pid", null=True),
    _text("owner_host", null=True),
    _zero("epoch"),
    _at("claimed_at"),
    _whole("backfill_id", null=True),
    _text("partition_key", null=True),
    _blob("triggering_assets", null=True),
    UniqueConstraint("dag_id", "run_id"),
    UniqueConstraint("dag_id", "logical_date"),
    Index("run_state", "state", "id"),
    Index("run_state_dag", "state", "dag_id", "id"),
    Index("run_dag", "dag_id", "id"),
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
    _run(key=True),
    _text("node_id", key=True),
    _text("prefix", key=True),
    _whole("length"),
    sqlite_with_rowid=False,
)
task_instance = Table(
    "task_instance",
    metadata,
    _run(key=True),
    _text("task_id", key=True),
    _text("map_path", key=True),
    _text("state"),
    _text("try_id", null=True),
    _whole("try_number"),
    _whole("lost_count"),
    _whole("tries_before_clear"),
    _at("due_at"),
    _at("started_at"),
    _at("ended_at"),
    _text("label", null=True),
    _text("why"),
    sqlite_with_rowid=False,
)
try_ = Table(
    "try",
    metadata,
    _text("try_id", key=True),
    _run(),
    _text("task_id"),
    _text("map_path"),
    _whole("number"),
    _text("state"),
    _text("purpose"),
    _text("executor"),
    _text("pool"),
    _whole("pool_slots"),
    _text("log_path"),
    _at("queued_at", null=False),
    _at("started_at"),
    _at("ended_at"),
    _whole("pid", null=True),
    _text("host", null=True),
    _whole("exit_code", null=True),
    _whole("signal", null=True),
    _whole("max_rss_bytes", null=True),
    _empty("why"),
    _text("error_type", null=True),
    _text("error", null=True),
    _text("traceback", null=True),
    _blob("rendered", null=True),
    Index("try_run", "run", "task_id", "map_path"),
    sqlite_with_rowid=False,
)
_LIVE = text("state IN ('queued', 'running')")
Index("try_live", try_.c.pool, sqlite_where=_LIVE, postgresql_where=_LIVE)
xcom = Table(
    "xcom",
    metadata,
    _id(),
    _run(),
    _text("task_id"),
    _text("map_path"),
    _text("path_key"),
    _text("key"),
    _text("try_id"),
    _whole("length", null=True),
    _blob("value"),
    UniqueConstraint("run", "task_id", "path_key", "key"),
    sqlite_autoincrement=True,
)
artifact_use = Table(
    "artifact_use",
    metadata,
    _text("artifact", key=True),
    Column("xcom", _RowId, ForeignKey("xcom.id", ondelete="CASCADE"), nullable=False, primary_key=True),
    Index("artifact_use_xcom", "xcom"),
    sqlite_with_rowid=False,
)
artifact_garbage = Table("artifact_garbage", metadata, _text("artifact", key=True), sqlite_with_rowid=False)
value_read = Table(
    "value_read",
    metadata,
    _try(key=True),
    _text("hash", key=True),
    Index("value_read_hash", "hash"),
    sqlite_with_rowid=False,
)
metric = Table(
    "metric",
    metadata,
    _id(),
    _try(),
    _text("name"),
    Column("value", Float),
    _whole("step", null=True),
    _at("at", null=False),
    Index("metric_try", "try_id"),
)
progress = Table(
    "progress",
    metadata,
    _try(key=True),
    Column("done", Float),
    Column("total", Float),
    _text("message"),
    _at("at", null=False),
    sqlite_with_rowid=False,
)
history = Table(
    "history",
    metadata,
    _id(),
    _run(),
    _at("at", null=False),
    _text("who"),
    _text("entity"),
    _text("task_id", null=True),
    _text("map_path", null=True),
    _text("try_id", null=True),
    _text("old", null=True),
    _text("new", null=True),
    _text("why"),
    Index("history_run", "run", "task_id"),
    sqlite_autoincrement=True,
)
deferral = Table(
    "deferral",
    metadata,
    _id(),
    _run(),
    _text("task_id"),
    _text("map_path"),
    _text("try_id"),
    _text("trigger_path"),
    _blob("trigger_kwargs"),
    _text("method"),
    _blob("kwargs"),
    _text("snapshot"),
    _text("file"),
    _text("queue"),
    _at("created_at", null=False),
    _at("timeout_at"),
    _text("triggerer_id", null=True),
    _text("outcome", null=True),
    _blob("event", null=True),
    _empty("error"),
    _at("ended_at"),
    UniqueConstraint("run", "task_id", "map_path"),
    sqlite_autoincrement=True,
)
_OPEN = text("outcome IS NULL")
Index("deferral_open", deferral.c.triggerer_id, deferral.c.id, sqlite_where=_OPEN, postgresql_where=_OPEN)
_OUT = text("outcome IS NOT NULL")
Index("deferral_ended", deferral.c.ended_at, sqlite_where=_OUT, postgresql_where=_OUT)
approval = Table(
    "approval",
    metadata,
    _id(),
    _run(),
    _text("task_id"),
    _text("map_path"),
    _text("try_id"),
    _text("subject"),
    _text("body"),
    _blob("options"),
    _blob("defaults"),
    _whole("multiple"),
    _blob("params"),
    _blob("assigned_users"),
    _at("asked_at", null=False),
    _at("respond_by"),
    _at("responded_at"),
    _text("responded_by", null=True),
    _blob("chosen", null=True),
    _blob("params_input", null=True),
    UniqueConstraint("run", "task_id", "map_path"),
)
_UNANSWERED = text("responded_at IS NULL")
Index("approval_open", approval.c.asked_at, sqlite_where=_UNANSWERED, postgresql_where=_UNANSWERED)
asset = Table(
    "asset",
    metadata,
    _id(),
    _text("name"),
    _text("uri"),
    _text("group_name"),
    _blob("extra"),
    _at("created_at", null=False),
    _at("last_event_at"),
    UniqueConstraint("name", "uri"),
    Index("asset_uri", "uri"),
)
asset_ref = Table(
    "asset_ref",
    metadata,
    Column("dag_id", _Text, ForeignKey("dag.dag_id", ondelete="CASCADE"), nullable=False, primary_key=True),
    _text("kind", key=True),
    _text("task_id", key=True),
    _text("name", key=True),
    _text("uri", key=True),
    _text("alias", key=True),
    Index("asset_ref_name", "name"),
    Index("asset_ref_uri", "uri"),
    Index("asset_ref_alias", "alias"),
    sqlite_with_rowid=False,
)


def _asset(*, key: bool = False) -> Column[int]:
    return Column("asset", _RowId, ForeignKey("asset.id", ondelete="CASCADE"), nullable=False, primary_key=key)


asset_alias = Table(
    "asset_alias",
    metadata,
    _text("alias", key=True),
    _asset(key=True),
    Index("asset_alias_asset", "asset"),
    sqlite_with_rowid=False,
)
asset_event = Table(
    "asset_event",
    metadata,
    _id(),
    _asset(),
    _at("at", null=False),
    _blob("extra"),
    _text("source_dag_id", null=True),
    _text("source_run_id", null=True),
    _text("source_task_id", null=True),
    _text("source_map_path"),
    _text("alias", null=True),
    _text("partition_key", null=True),
    _text("who"),
    Index("asset_event_asset", "asset", "id"),
    Index("asset_event_at", "at"),
    sqlite_autoincrement=True,
)
asset_event_use = Table(
    "asset_event_use",
    metadata,
    Column("dag_id", _Text, ForeignKey("dag.dag_id", ondelete="CASCADE"), nullable=False, primary_key=True),
    Column("event", _RowId, ForeignKey("asset_event.id", ondelete="CASCADE"), nullable=False, primary_key=True),
    Column("run", _RowId, ForeignKey("run.id", ondelete="CASCADE"), nullable=True),
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
    _id(),
    _text("dag_id"),
    _at("from_date", null=False),
    _at("to_date", null=False),
    _whole("is_reverse"),
    _text("reprocess"),
    _whole("max_active_runs"),
    _blob("conf"),
    _whole("is_paused"),
    _at("created_at", null=False),
    _text("created_by"),
    _at("ended_at"),
    _zero("is_cancelled"),
    _zero("on_latest_version"),
    Index("backfill_dag", "dag_id", "id"),
    sqlite_autoincrement=True,
)
_GOING_ON = text("ended_at IS NULL")
Index("backfill_active", backfill.c.dag_id, unique=True, sqlite_where=_GOING_ON, postgresql_where=_GOING_ON)
backfill_date = Table(
    "backfill_date",
    metadata,
    Column("backfill", _RowId, ForeignKey("backfill.id", ondelete="CASCADE"), nullable=False, primary_key=True),
    _whole("place", key=True),
    _at("logical_date", null=False),
    _at("interval_start", null=False),
    _at("interval_end", null=False),
    _text("run_id", null=True),
    _empty("why_not"),
    sqlite_with_rowid=False,
)
deadline = Table(
    "deadline",
    metadata,
    _id(),
    _run(),
    _text("name"),
    _at("due_at", null=False),
    _blob("callback"),
    _at("warned_at"),
    _at("missed_at"),
    UniqueConstraint("run", "name"),
)
_MISSED = text("missed_at IS NOT NULL")
Index("deadline_missed", deadline.c.missed_at, sqlite_where=_MISSED, postgresql_where=_MISSED)
job = Table(
    "job",
    metadata,
    _text("job_id", key=True),
    _text("kind"),
    _whole("pid"),
    _text("host"),
    _at("started_at", null=False),
    _at("heartbeat_at", null=False),
    _at("lease_until", null=False),
    _text("version"),
    _blob("detail"),
    _at("ended_at"),
    sqlite_with_rowid=False,
)
_NOT_ENDED = text("ended_at IS NULL")
Index("job_alive", job.c.kind, sqlite_where=_NOT_ENDED, postgresql_where=_NOT_ENDED)
audit = Table(
    "audit",
    metadata,
    _id(),
    _at("at", null=False),
    _text("who"),
    _text("action"),
    _text("dag_id", null=True),
    _text("run_id", null=True),
    _text("task_id", null=True),
    _blob("detail"),
    Index("audit_dag", "dag_id", "id"),
    Index("audit_at", "at"),
    sqlite_autoincrement=True,
)
request = Table(
    "request",
    metadata,
    _id(),
    _text("kind"),
    _text("dag_id"),
    _text("run_id"),
    _blob("payload"),
    _text("who"),
    _at("at", null=False),
    Index("request_run", "dag_id", "run_id"),
    sqlite_autoincrement=True,
)
variable = Table("variable", metadata, _text("key", key=True), _text("value"), _text("description", null=True))
connection = Table("connection", metadata, _text("conn_id", key=True), _text("secret"))
pool = Table(
    "pool", metadata, _text("name", key=True), _whole("slots"), _text("description"), _whole("include_deferred")
)
