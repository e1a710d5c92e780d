"""Alarms: updates of assets that a monitor asks for from inside its task, at most one within a cooldown.

Who waits says how often it wants to hear, in the URI of its asset (`?cooldown=3600`). Of two monitors that ask at once
the database lets one through.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tradewind.model.ids import RunKey
from tradewind.model.messages import RaiseAlarm
from tradewind.model.service import AssetEventRecord, AssetRecord, NewAssetEvent, Topic
from tradewind.store.base import Store


def raise_alarm(store: Store, request: RaiseAlarm, run: RunKey | None, now: datetime) -> list[dict[str, Any]]:
    """The reply to a RaiseAlarm. `run` is the one whose task asks."""
    told = [
        _raise_one(store, request, name, uri, cooldown_seconds, run, now)
        for name, uri, cooldown_seconds in _meant(store, request)
    ]
    if any(one["raised"] for one in told):
        store.ring(Topic.ASSETS)
    return told


def cooldown_of(asset: AssetRecord) -> float | None:
    """Seconds; None where its URI names none that can be used."""
    given = parse_qs(urlsplit(asset.uri).query).get("cooldown", [""])[0]
    try:
        seconds = float(given)
    except ValueError:
        return None
    return seconds if math.isfinite(seconds) and seconds >= 0 else None


def _meant(store: Store, request: RaiseAlarm) -> Iterator[tuple[str, str, float]]:
    if request.cooldown_seconds is not None:
        yield request.uri, request.uri, request.cooldown_seconds
        return
    for asset in store.assets():
        cooldown_seconds = cooldown_of(asset)
        if asset.is_active and asset.uri.partition("?")[0] == request.uri and cooldown_seconds is not None:
            yield asset.name, asset.uri, cooldown_seconds


def _raise_one(
    store: Store, request: RaiseAlarm, name: str, uri: str, cooldown_seconds: float, run: RunKey | None, now: datetime
) -> dict[str, Any]:
    event = NewAssetEvent(
        name, uri, extra=request.extra, run=run, task_id=request.task_id, map_path=request.map_path, by="a monitor"
    )
    # A microsecond on, so that "at or after" lets the next one through exactly when the cooldown is over.
    since = now - timedelta(seconds=cooldown_seconds) + timedelta(microseconds=1)
    written = store.add_asset_event_unless(event, since=since, now=now)
    counts = written or next(iter(store.asset_events(name=name, uri=uri, limit=1)), None)
    is_own = counts is not None and _is_of(counts, request, run)
    return {
        "name": name,
        "uri": uri,
        "dag_ids": store.consumers_of(name, uri),
        "raised": written is not None or is_own,
        "at": now if counts is None else counts.at,
        "cooldown_seconds": cooldown_seconds,
    }


def _is_of(event: AssetEventRecord, request: RaiseAlarm, run: RunKey | None) -> bool:
    """A try after one that was lost asks again: its own alarm is not held against it."""
    return run is not None and (
        (event.source_dag_id, event.source_run_id) == (run.dag_id, run.run_id)
        and (event.source_task_id, event.source_map_path) == (request.task_id, request.map_path)
    )
