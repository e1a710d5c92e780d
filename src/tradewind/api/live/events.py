"""From rows of the store to server-sent events: what is told of each, folded where many follow each other. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

import msgspec
from msgspec import Struct

from tradewind.api.live.cursor import Cursor
from tradewind.api.ours.bodies.home import LiveEvent
from tradewind.model.records import OWN_METRICS
from tradewind.model.service import Topic
from tradewind.store.facets.views import Happening, Told

KINDS = {
    Topic.DAGS: "dag",
    Topic.POOLS: "pool",
    Topic.ASSETS: "asset",
    Topic.DEFERRALS: "ask",
    Topic.EVENTS: "ask",
    Topic.DELETED: "deleted",
}
"""Topics of the store that tell viewers to look again at a list."""
RESET = LiveEvent("reset")
_encode = msgspec.json.Encoder().encode


class Event(Struct, frozen=True):
    """One thing to tell. `cursor`: where a viewer stands that has heard it and all before it; None: as before."""

    body: LiveEvent
    cursor: Cursor | None = None
    is_value: bool = False
    """Of values and metrics: another right than the others'."""
    is_detail: bool = False
    """Only for whoever follows one run."""


class Batch(Struct, frozen=True):
    events: tuple[Event, ...]
    cursor: Cursor
    """After all of them."""


class Scope(Struct, frozen=True):
    """What one stream tells of. `tasks`, `values`: DAGs whose runs, whose metrics its viewer may see; None: all."""

    dag_id: str = ""
    run_id: str = ""
    tasks: frozenset[str] | None = None
    values: frozenset[str] | None = None

    def wants(self, event: Event) -> bool:
        body = event.body
        if not body.dag_id:
            return True
        seen = self.values if event.is_value else self.tasks
        return (
            (seen is None or body.dag_id in seen)
            and (not self.dag_id or body.dag_id == self.dag_id)
            and (not self.run_id or body.run_id == self.run_id)
            and (not event.is_detail or bool(self.run_id))
        )


def of_happening(row: Happening, cursor: Cursor) -> Event:
    body = LiveEvent(
        kind=row.entity,
        dag_id=row.dag_id,
        run_id=row.run_id,
        task_id=row.task_id or "",
        map_path=row.map_path or (),
        state=row.new or "",
        at=row.at,
        why=row.why,
        data={"try_id": row.try_id} if row.try_id else {},
    )
    return Event(body, cursor, is_detail=row.entity not in ("run", "task"))


def of_metric(row: Told, cursor: Cursor) -> Event:
    data = {"name": row.name, "value": row.value, "step": row.step, "try_id": row.try_id}
    own = row.name.startswith(OWN_METRICS)
    return Event(_told("metric", row, data), cursor, is_value=not own, is_detail=own)


def of_entry(row: Told) -> Event:
    return Event(_told("entry", row, {"kind": row.name}), is_value=True)


def of_progress(row: Told) -> Event:
    return Event(
        _told("progress", row, {"done": row.value, "total": row.step, "message": row.name, "try_id": row.try_id})
    )


def of_topics(topics: Iterable[Topic], at: datetime) -> list[Event]:
    kinds = dict.fromkeys(KINDS[topic] for topic in sorted(topics) if topic in KINDS)
    return [Event(LiveEvent(kind, at=at)) for kind in kinds]


def lists_to_look_at(at: datetime) -> list[Event]:
    """All that is told of without a place in the history: for who was away."""
    return [Event(LiveEvent(kind, at=at)) for kind in (*dict.fromkeys(KINDS.values()), "entry")]


def rendered(batch: Batch, scope: Scope) -> bytes:
    """What a stream of this scope sends. Of a task instance, a run or a metric that changed several times in one batch
    only the last is told, but to who follows one run: there every step is."""
    wanted = [event for event in batch.events if scope.wants(event)]
    if not scope.run_id:
        wanted = _folded(wanted)
    return b"".join(sent(event.body, event.cursor) for event in wanted)


def sent(body: LiveEvent, cursor: Cursor | None) -> bytes:
    start = b"" if cursor is None else f"id: {cursor}\n".encode()
    return b"%sdata: %s\n\n" % (start, _encode(body))


def _folded(events: Sequence[Event]) -> list[Event]:
    last: dict[tuple[object, ...], Event] = {}
    for event in events:
        body = event.body
        key = (body.kind, body.dag_id, body.run_id, body.task_id, body.map_path, body.data.get("name"))
        last.pop(key, None)  # the newest stands last, so that cursors only grow
        last[key] = event
    return list(last.values())


def _told(kind: str, row: Told, data: dict[str, Any]) -> LiveEvent:
    return LiveEvent(
        kind=kind,
        dag_id=row.dag_id,
        run_id=row.run_id,
        task_id=row.task_id,
        map_path=row.map_path,
        at=row.at,
        data=data,
    )
