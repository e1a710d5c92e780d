"""What the machine-learning features keep: their journal, and the successes that may be used again."""

from __future__ import annotations

from sqlalchemy import Column, Float, ForeignKey, Index, Table, text

from tradewind.store.schema.columns import RowId, at, blob, metadata, row_id, text_of

journal = Table(
    "journal",
    metadata,
    row_id(),
    Column("run", RowId, ForeignKey("run.id", ondelete="CASCADE"), nullable=True),
    text_of("kind"),
    text_of("name"),
    text_of("dag_id"),
    text_of("run_id"),
    text_of("task_id"),
    text_of("map_path"),
    text_of("try_id"),
    text_of("who"),
    at("at", null=False),
    blob("body"),
    Index("journal_name", "kind", "name", "id"),
    Index("journal_of_run", "dag_id", "run_id", "kind", "id"),
    sqlite_autoincrement=True,
)
_OF_RUN = text("run IS NOT NULL")
Index("journal_run", journal.c.run, sqlite_where=_OF_RUN, postgresql_where=_OF_RUN)
cached = Table(
    "cached",
    metadata,
    text_of("key", key=True),
    text_of("dag_id"),
    text_of("task_id"),
    text_of("run_id"),
    text_of("try_id"),
    at("at", null=False),
    Column("seconds", Float, nullable=False),
    blob("parts"),
    blob("made"),
    Index("cached_task", "dag_id", "task_id", "at"),
    sqlite_with_rowid=False,
)
