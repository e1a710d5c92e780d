"""All processes that run triggers: one for installed packages, one for each snapshot with classes of its own."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from tradewind.dagfiles.snapshot import load_snapshot
from tradewind.model.triggers import RunTriggers, WaitFor
from tradewind.model.warm import Snapshot
from tradewind.triggerer_service.addressing import is_authors_own
from tradewind.triggerer_service.children import END_SECONDS, Child

_log = logging.getLogger(__name__)
IDLE_SECONDS = 60.0
"""A process that nobody waits in is ended after this time."""
MOST_DEATHS = 3
"""A wait whose process has died so often is given up: it may be what kills it."""


class Crew:
    """`snapshot_of(id)` loads a snapshot's description; it raises TradewindError where it is not there."""

    def __init__(self, template: RunTriggers, snapshot_of: Callable[[str], Snapshot]) -> None:
        self._template = template
        self._snapshot_of = snapshot_of
        self._children: dict[str, Child] = {}
        self._place: dict[int, str] = {}
        self._snapshots: dict[str, Snapshot] = {}
        self._deaths: dict[int, int] = {}

    def __iter__(self) -> Iterator[Child]:
        return iter(tuple(self._children.values()))

    def __len__(self) -> int:
        """How many waits are held."""
        return len(self._place)

    def __contains__(self, wait_id: int) -> bool:
        return wait_id in self._place

    @property
    def wait_ids(self) -> set[int]:
        return set(self._place)

    def start_one(self) -> None:
        """Ahead of need: the process of installed packages."""
        self._child("")

    def wait_for(self, wait: WaitFor, snapshot_id: str) -> None:
        """Raises TradewindError where the snapshot is not there; OSError where no process can be started."""
        place = self._place_of(wait.trigger, snapshot_id)
        self._child(place).wait_for(wait)
        self._place[wait.wait_id] = place

    def drop(self, wait_ids: set[int], *, is_unwanted: bool = True) -> None:
        """`is_unwanted=False`: another triggerer waits for them from here on."""
        for child in self:
            child.drop(wait_ids, is_unwanted=is_unwanted)
        for wait_id in wait_ids:
            self._forget(wait_id)

    def ended(self, child: Child, wait_id: int) -> WaitFor | None:
        """The process has answered for this wait; None where it was dropped meanwhile."""
        wait = child.waits.pop(wait_id, None)
        child.note_idle()
        self._forget(wait_id)
        return wait

    def bury(self, child: Child) -> list[WaitFor]:
        """The process has ended by itself: its waits go to another, but those that were there too often when one died,
        which are returned."""
        child.close()
        child.kill()
        place = next((place for place, one in self._children.items() if one is child), None)
        if place is None:
            return []
        del self._children[place]
        _log.error(
            "a process that ran %d triggers ended by itself (%s); others take them over",
            len(child.waits),
            _end(child.process.returncode),
        )
        given_up: list[WaitFor] = []
        for wait in child.waits.values():
            self._deaths[wait.wait_id] = deaths = self._deaths.get(wait.wait_id, 0) + 1
            if deaths < MOST_DEATHS:
                self._child(place).wait_for(wait)
            else:
                self._forget(wait.wait_id)
                given_up.append(wait)
        return given_up

    def retire_idle(self) -> None:
        for place, child in tuple(self._children.items()):
            if not child.waits and time.monotonic() - child.idle_since >= IDLE_SECONDS:
                del self._children[place]
                child.close()
                child.reap(END_SECONDS)

    def seconds_until_idle(self) -> float | None:
        idle = [child.idle_since + IDLE_SECONDS for child in self if not child.waits]
        return max(0.0, min(idle) - time.monotonic()) if idle else None

    def stop(self) -> None:
        """Triggers clean up; what they wait for goes to another triggerer."""
        children = tuple(self)
        self._children.clear()
        self._place.clear()
        for child in children:
            child.close()
        deadline = time.monotonic() + END_SECONDS
        for child in children:
            child.reap(max(0.0, deadline - time.monotonic()))

    # ------------------------------------------------------------------------------------

    def _forget(self, wait_id: int) -> None:
        self._place.pop(wait_id, None)
        self._deaths.pop(wait_id, None)

    def _place_of(self, trigger: str, snapshot_id: str) -> str:
        if not snapshot_id:
            return ""
        snapshot = self._snapshots.get(snapshot_id)
        if snapshot is None:
            snapshot = self._snapshots[snapshot_id] = self._snapshot_of(snapshot_id)
        return snapshot_id if is_authors_own(trigger, snapshot) else ""

    def _child(self, place: str) -> Child:
        if (child := self._children.get(place)) is None:
            template = self._template
            snapshot = self._snapshots[place] if place else None
            begin = RunTriggers(
                snapshot, template.blobs, template.artifact_url, template.inline_value_bytes, template.log_level
            )
            child = self._children[place] = Child(begin)
        return child


def blobs_folder(home: Path) -> str:
    return str(home / "snapshots" / "blobs")


def snapshots_of(home: Path) -> Callable[[str], Snapshot]:
    return lambda snapshot_id: load_snapshot(home, snapshot_id)


def _end(code: int | None) -> str:
    return f"signal {-code}" if code is not None and code < 0 else f"exit code {code}"
