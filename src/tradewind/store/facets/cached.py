"""Successes that may be used again: the cache of tasks."""

from __future__ import annotations

from typing import Protocol

from tradewind.model.cached import CachedSuccess
from tradewind.model.ids import MapPath, TaskId, TryId


class Cached(Protocol):
    """They are written by `CachedKept` changes. A row outlives its run: whoever asks looks whether that is there."""

    def cached(self, key: str) -> CachedSuccess | None: ...

    def last_cached(self, dag_id: str, task_id: TaskId, path: MapPath) -> CachedSuccess | None:
        """The newest that this task instance has kept, of any run."""
        ...

    def metrics_of_try(self, try_id: TryId, most: int) -> list[tuple[str, float, int | None]]:
        """What it logged, as it came: name, value, step. Of more than `most` the last of each name."""
        ...

    def forget_cached(self, dag_id: str, task_id: TaskId | None = None) -> int:
        """Of a DAG, or of one task with all its instances; how many."""
        ...
