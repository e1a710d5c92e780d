"""DAGs with their last run, their versions, and files that could not be imported."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from msgspec import Struct
from sqlalchemy import and_, exists, func, select

from tradewind.store.browse.among import AsItIs, like
from tradewind.store.browse.listing import Field, Joined, Kind, Listing, fields_of, flag
from tradewind.store.browse.summary import of_summary, texts_of_summary
from tradewind.store.schema.core import dag, dag_file, dag_version, import_error, run


class DagRow(Struct, frozen=True):
    dag_id: str
    root: str
    file: str
    hash: str
    snapshot: str
    bundle: str
    bundle_version: str
    version: int | None
    is_paused: bool
    seen_at: datetime
    parsed_at: datetime | None
    parse_seconds: float | None
    retired_at: datetime | None
    summary: dict[str, Any]
    """`tags`, `owners`, `description`, `schedule`."""
    next_run_after: datetime | None
    next_logical_date: datetime | None
    next_interval_start: datetime | None
    next_interval_end: datetime | None
    held_why: str
    has_import_errors: bool
    """Of its file."""
    last_run_id: str | None
    last_run_state: str | None
    last_run_after: datetime | None
    last_run_started_at: datetime | None
    last_run_ended_at: datetime | None


_ANY_RUN = run.alias("any_run")
_LAST = select(func.max(_ANY_RUN.c.id)).where(_ANY_RUN.c.dag_id == dag.c.dag_id).correlate(dag).scalar_subquery()
_IS_BROKEN = exists().where(and_(import_error.c.root == dag.c.root, import_error.c.file == dag.c.file)).correlate(dag)
_VERSION = and_(dag_version.c.dag_id == dag.c.dag_id, dag_version.c.hash == dag.c.hash)
_FILE = and_(dag_file.c.root == dag.c.root, dag_file.c.file == dag.c.file)

DAGS = Listing(
    name="DAGs",
    row=DagRow,
    base=dag,
    joins=(
        Joined(run, run.c.id == _LAST, may_lack=True),
        Joined(dag_version, _VERSION, may_lack=True),
        Joined(dag_file, _FILE, may_lack=True),
    ),
    fields=(
        *fields_of(
            dag.c.dag_id,
            dag.c.root,
            dag.c.file,
            dag.c.hash,
            dag.c.snapshot,
            dag.c.bundle,
            dag.c.bundle_version,
            dag.c.is_paused,
            dag.c.seen_at,
            dag.c.retired_at,
            dag.c.next_run_after,
            dag.c.next_logical_date,
            dag.c.next_interval_start,
            dag.c.next_interval_end,
            dag.c.held_why,
        ),
        Field("summary", dag.c.summary, Kind.JSON, is_filter=False, is_sort=False),
        Field("tags", texts_of_summary("tags"), Kind.TEXTS, is_sort=False),
        Field("owners", texts_of_summary("owners"), Kind.TEXTS, is_sort=False),
        Field("description", of_summary("description")),
        Field("schedule", of_summary("schedule")),
        Field("label", func.coalesce(func.nullif(of_summary("label"), ""), dag.c.dag_id)),
        Field("is_by_assets", flag(like(of_summary("schedule"), "Asset%")), Kind.FLAG, is_sort=False),
        Field("has_import_errors", flag(_IS_BROKEN), Kind.FLAG),
        Field("version", dag_version.c.number, Kind.WHOLE),
        Field("parsed_at", dag_file.c.parsed_at, Kind.INSTANT),
        Field("parse_seconds", dag_file.c.seconds, Kind.REAL),
        Field("last_run_id", run.c.run_id),
        Field("last_run_state", AsItIs(run.c.state)),  # else SQLite begins with all the runs of this state
        Field("last_run_after", run.c.run_after, Kind.INSTANT),
        Field("last_run_started_at", run.c.started_at, Kind.INSTANT),
        Field("last_run_ended_at", run.c.ended_at, Kind.INSTANT),
    ),
    key=("dag_id",),
    order=("dag_id",),
    dag_id=dag.c.dag_id,
)


class DagVersionRow(Struct, frozen=True):
    dag_id: str
    number: int
    hash: str
    snapshot: str
    bundle: str | None
    bundle_version: str
    created_at: datetime


DAG_VERSIONS = Listing(
    name="DAG versions",
    row=DagVersionRow,
    base=dag_version,
    joins=(Joined(dag, dag.c.dag_id == dag_version.c.dag_id, may_lack=True),),
    fields=fields_of(
        dag_version.c.dag_id,
        dag_version.c.number,
        dag_version.c.hash,
        dag_version.c.snapshot,
        dag_version.c.bundle_version,
        dag_version.c.created_at,
        bundle=dag.c.bundle,
    ),
    key=("dag_id", "number"),
    order=("dag_id", "number"),
    dag_id=dag_version.c.dag_id,
)


class ImportErrorRow(Struct, frozen=True):
    number: int
    root: str
    file: str
    message: str
    line: int
    hint: str
    traceback: str
    dag_id: str | None
    seen_at: datetime


IMPORT_ERRORS = Listing(
    name="import errors",
    row=ImportErrorRow,
    base=import_error,
    fields=fields_of(
        import_error.c.root,
        import_error.c.file,
        import_error.c.message,
        import_error.c.line,
        import_error.c.hint,
        import_error.c.traceback,
        import_error.c.dag_id,
        import_error.c.seen_at,
        number=import_error.c.id,
    ),
    key=("number",),
    order=("number",),
    dag_id=import_error.c.dag_id,
)
