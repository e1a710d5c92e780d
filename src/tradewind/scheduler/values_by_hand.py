"""Values that a person puts in the place of a task's, or takes away."""

from __future__ import annotations

from tradewind.model.changes import Change, XComsCleared, XComStored
from tradewind.model.errors import NotFoundError
from tradewind.model.ids import RunKey
from tradewind.model.requests import DropXCom, SetXCom
from tradewind.store.base import Store


def changes_by_hand(store: Store, key: RunKey, wish: SetXCom | DropXCom) -> list[Change]:
    """Raises NotFoundError for a value that is not there."""
    if isinstance(wish, SetXCom):
        return [XComStored(key, wish.xcom)]
    own = [one for one in store.all_xcoms(key) if (one.task_id, one.map_path) == (wish.task_id, wish.map_path)]
    kept = [one for one in own if one.key != wish.key]
    if len(kept) == len(own):
        raise NotFoundError(f"task {wish.task_id!r} of run {key.run_id!r} has no value {wish.key!r}")
    return [XComsCleared(key, wish.task_id, wish.map_path), *(XComStored(key, one) for one in kept)]
