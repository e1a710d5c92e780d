"""Asset watchers: triggers that run for as long as some DAG mentions their asset; each event updates the asset."""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Iterator
from datetime import datetime
from typing import Any, cast

from msgspec import Struct

from tradewind.authoring.trigger_arguments import read_value
from tradewind.model.errors import NotFoundError, TradewindError
from tradewind.model.service import DagSchedule, NewAssetEvent, Topic
from tradewind.model.spec import DagSpec
from tradewind.model.triggers import END_EVENT, WaitFor
from tradewind.store.base import Store
from tradewind.triggerer_service.crew import Crew

_log = logging.getLogger(__name__)
AGAIN_AFTER_SECONDS = 30.0
"""A watcher that broke is started again after this time."""


class Watcher(Struct, frozen=True):
    """`key` is the same for the same watcher of the same asset in several DAGs: it is run once."""

    key: str
    name: str
    asset_name: str
    asset_uri: str
    trigger: str
    kwargs: dict[str, Any]
    snapshot: str
    file: str


class Watchers:
    def __init__(self, store: Store, crew: Crew) -> None:
        self._store = store
        self._crew = crew
        self._of_version: dict[tuple[str, str], tuple[Watcher, ...]] = {}
        self._running: dict[str, int] = {}
        self._by_id: dict[int, Watcher] = {}
        self._last_id = 0
        self._not_before: dict[str, float] = {}
        self._was_eldest = False

    def look(self, is_eldest: bool) -> None:
        """DAGs have changed, or we have become the one that watches, or are it no more."""
        self._was_eldest = is_eldest
        wanted = self._wanted() if is_eldest else {}
        for key in set(self._running) - set(wanted):
            self._drop(key)
        now = time.monotonic()
        for key, watcher in wanted.items():
            if key not in self._running and self._not_before.get(key, 0.0) <= now:
                self._start(watcher)

    def look_if_changed(self, is_eldest: bool) -> None:
        """With the heartbeat: another triggerer has gone, or one that broke is to be tried again."""
        if is_eldest != self._was_eldest or self._not_before:
            self.look(is_eldest)

    def fired(self, wait_id: int, event: Any, now: datetime) -> None:
        if (watcher := self._by_id.get(wait_id)) is None:
            return
        extra = {"from_trigger": True, "payload": _as_extra(event)}
        new = NewAssetEvent(watcher.asset_name, watcher.asset_uri, extra, by=f"watcher {watcher.name}")
        try:
            self._store.add_asset_event(new, now=now)
        except NotFoundError as error:  # no DAG mentions the asset any more
            _log.error("the event of watcher %s could not be written: %s", watcher.name, error)
            return
        self._store.ring(Topic.ASSETS)

    def broke(self, wait_id: int, error: str) -> None:
        watcher = self._by_id.pop(wait_id, None)
        if watcher is not None:
            self._running.pop(watcher.key, None)
            self._not_before[watcher.key] = time.monotonic() + AGAIN_AFTER_SECONDS
            _log.error(
                "watcher %s of asset %s broke, and is started again in %g s: %s",
                watcher.name,
                watcher.asset_name,
                AGAIN_AFTER_SECONDS,
                error,
            )

    def _start(self, watcher: Watcher) -> None:
        self._not_before.pop(watcher.key, None)
        self._last_id -= 1
        label = f"watcher {watcher.name} of asset {watcher.asset_name}"
        wait = WaitFor(self._last_id, watcher.trigger, watcher.kwargs, watcher.file, label=label)
        try:
            self._crew.wait_for(wait, watcher.snapshot)
        except (TradewindError, OSError) as error:
            self._not_before[watcher.key] = time.monotonic() + AGAIN_AFTER_SECONDS
            _log.error("watcher %s of asset %s cannot be started: %s", watcher.name, watcher.asset_name, error)
            return
        self._running[watcher.key] = self._last_id
        self._by_id[self._last_id] = watcher

    def _drop(self, key: str) -> None:
        wait_id = self._running.pop(key)
        self._by_id.pop(wait_id, None)
        self._crew.drop({wait_id})

    def _wanted(self) -> dict[str, Watcher]:
        schedules = [one for one in self._store.schedules() if not one.is_retired and not one.is_paused]
        versions = {(one.dag_id, one.dag_hash): one for one in schedules}
        self._of_version = {
            version: self._of_version[version] if version in self._of_version else self._watchers_of(schedule)
            for version, schedule in versions.items()
        }
        return {watcher.key: watcher for watchers in self._of_version.values() for watcher in watchers}

    def _watchers_of(self, schedule: DagSchedule) -> tuple[Watcher, ...]:
        spec = self._store.spec(schedule.dag_id, schedule.dag_hash)
        return tuple(watchers_in(spec, schedule.snapshot)) if spec is not None else ()


def watchers_in(spec: DagSpec, snapshot: str) -> Iterator[Watcher]:
    """Of all assets that the DAG waits for or updates."""
    for plain in (spec.schedule.assets, *(task.outlets for task in spec.tasks)):
        for asset in _assets_in(plain):
            for watcher in asset["watchers"]:
                identity = [asset["name"], asset["uri"], watcher["name"], watcher["trigger"], watcher["kwargs"]]
                yield Watcher(
                    key=json.dumps(identity, sort_keys=True),
                    name=watcher["name"],
                    asset_name=asset["name"],
                    asset_uri=asset["uri"],
                    trigger=watcher["trigger"],
                    kwargs=watcher["kwargs"],
                    snapshot=snapshot,
                    file=spec.file,
                )


def _assets_in(plain: Any) -> Iterator[dict[str, Any]]:
    """Assets with watchers, anywhere in a condition."""
    if isinstance(plain, (list, tuple)):
        for item in cast("list[Any]", plain):
            yield from _assets_in(item)
    elif isinstance(plain, dict):
        found = cast("dict[str, Any]", plain)
        if "watchers" in found and "name" in found:
            yield found
        for item in found.values():
            yield from _assets_in(item)


def _as_extra(event: Any) -> Any:
    """An event's extra is JSON: what JSON lacks is shown as text. An event that would end a task says nothing here."""
    if isinstance(event, dict) and END_EVENT in event:
        return None
    return json.loads(json.dumps(read_value(event), default=str))
