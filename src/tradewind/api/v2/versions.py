"""Versions of DAGs as others' answers mention them, kept in memory: a version never changes."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterable
from datetime import UTC, datetime
from uuid import NAMESPACE_URL, UUID, uuid5

from msgspec import Struct

from tradewind.model.spec import DagSpec, TaskSpec
from tradewind.store.base import Store

MOST_KEPT = 2048
DEFAULT_BUNDLE = "dags-folder"
"""Airflow's name of the bundle of all DAG files that are in no other."""
LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


class DagVersionResponse(Struct, frozen=True):
    id: UUID
    version_number: int
    dag_id: str
    bundle_name: str | None
    bundle_version: str | None
    created_at: datetime
    dag_display_name: str
    bundle_url: str | None = None


class Known(Struct, frozen=True):
    """A version with what is asked of it again and again."""

    spec: DagSpec
    response: DagVersionResponse
    tasks: dict[str, TaskSpec]

    @property
    def label(self) -> str:
        return self.spec.label or self.spec.dag_id

    def task_label(self, task_id: str) -> str:
        found = self.tasks.get(task_id)
        return (found.label if found else "") or task_id


class Versions:
    """Of one server. Thread-safe."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: OrderedDict[tuple[str, str], Known] = OrderedDict()

    def known(self, store: Store, dag_id: str, dag_hash: str) -> Known:
        """One that is gone has no tasks."""
        key = (dag_id, dag_hash)
        with self._lock:
            if (found := self._kept.get(key)) is not None:
                self._kept.move_to_end(key)
                return found
        made = _read(store, dag_id, dag_hash)
        if made.response.version_number:
            self._keep(key, made)
        return made

    def of_many(self, store: Store, keys: Iterable[tuple[str, str]]) -> dict[tuple[str, str], Known]:
        return {key: self.known(store, *key) for key in set(keys)}

    def _keep(self, key: tuple[str, str], made: Known) -> None:
        with self._lock:
            self._kept[key] = made
            while len(self._kept) > MOST_KEPT:
                self._kept.popitem(last=False)


def _read(store: Store, dag_id: str, dag_hash: str) -> Known:
    spec = store.spec(dag_id, dag_hash) or DagSpec(dag_id)
    record = next((one for one in store.dag_versions(dag_id) if one.hash == dag_hash), None)
    dag = store.dag(dag_id)
    response = DagVersionResponse(
        id=version_id(dag_id, dag_hash),
        version_number=record.number if record else 0,
        dag_id=dag_id,
        bundle_name=(dag.bundle or DEFAULT_BUNDLE) if dag else None,
        bundle_version=(record.bundle_version or None) if record else None,
        created_at=record.created_at if record else LONG_AGO,
        dag_display_name=spec.label or dag_id,
    )
    return Known(spec, response, {task.task_id: task for task in spec.tasks})


def version_id(dag_id: str, dag_hash: str) -> UUID:
    return uuid5(NAMESPACE_URL, f"tradewind:version:{dag_id}:{dag_hash}")
