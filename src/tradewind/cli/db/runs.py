"""All runs of a store, page by page."""

from __future__ import annotations

from collections.abc import Iterator

from tradewind.model.records import RunRecord
from tradewind.store.base import Store

PAGE = 1_000


def all_runs(store: Store, *, dag_id: str | None = None) -> Iterator[RunRecord]:
    """Newest first."""
    offset = 0
    while page := store.runs(dag_id=dag_id, limit=PAGE, offset=offset):
        yield from page
        offset += len(page)
