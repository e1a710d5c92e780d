"""DAG versions that the scheduler's duties have at hand, so that each is read from the store once."""

from __future__ import annotations

from collections import OrderedDict

from tradewind.model.errors import NotFoundError
from tradewind.model.spec import DagSpec
from tradewind.store.base import Store

MOST_KEPT = 1024


class Specs:
    """Versions never change, so nothing here grows old. The one asked for longest ago goes first."""

    def __init__(self, store: Store, most_kept: int = MOST_KEPT) -> None:
        self._store = store
        self._most_kept = most_kept
        self._kept: OrderedDict[tuple[str, str], DagSpec] = OrderedDict()

    def get(self, dag_id: str, dag_hash: str) -> DagSpec:
        """Raises NotFoundError where the store has no such version, or none that can be read."""
        key = (dag_id, dag_hash)
        spec = self._kept.get(key) or self._store.spec(dag_id, dag_hash)
        if spec is None:
            raise NotFoundError(
                f"version {dag_hash} of DAG {dag_id!r} is not in the store any more, or cannot be read",
                hint="parse its file again: tradewind dags parse",
            )
        self._kept[key] = spec
        self._kept.move_to_end(key)
        if len(self._kept) > self._most_kept:
            self._kept.popitem(last=False)
        return spec
