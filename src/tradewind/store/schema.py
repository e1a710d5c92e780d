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
_RowId = BigInteger().with_variant(Integer, "sqlite")


def _id() -> Column[int]:
    return Column("id", _RowId, primary_key=True)


def _run(*, key: bool = False) -> Column[int]:
    return Column("run", _RowId, ForeignKey("run.id", ondelete="CASCADE"), nullable=False, primary_key=key)


def _try(*, key: bool = False) -> Column[str]:
    return Column("try_id", Text, ForeignKey("try.try_id", ondelete="CASCADE"), nullable=False, primary_key=key)


def _text(name: str, *, null: bool = False, key: bool = False) -> Column[str]:
    return Column(name, Text, nullable=null, primary_key=key)


def _whole(name: str, *, null: bool = False, key: bool = False) -> Column[int]:
    return Column(name, _RowId, nullable=null, primary_key=key)


def _at(name: str, *, null: bool = True) -> Column[int]:
    return Column(name, _Instant, nullable=null)


def _blob(name: str) -> Column[bytes]:
    return Column(name, LargeBinary, nullable=False)


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
)
dag_version = Table(
    "dag_version",
    metadata,
    _text("dag_id", key=True),
    _text("hash", key=True),
    _blob("spec"),
    _at("created_at", null=False),
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
    Column("epoch", _RowId, nullable=False, server_default=text("0")),
    _at("claimed_at"),
    UniqueConstraint("dag_id", "run_id"),
    UniqueConstraint("dag_id", "logical_date"),
    Index("run_state", "state"),
    Index("run_dag", "dag_id", "id"),
    sqlite_autoincrement=True,
)
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
    Column("why", Text, nullable=False, server_default=text("''")),
    _text("error_type", null=True),
    _text("error", null=True),
    _text("traceback", null=True),
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
