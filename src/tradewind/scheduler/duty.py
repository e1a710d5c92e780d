"""What the service does besides driving runs, one duty a file: each is called when its time has come or when another
process rang for one of its topics, in the scheduler's thread. A duty never waits and never runs user code."""

from __future__ import annotations

from collections.abc import Set
from datetime import datetime
from typing import Protocol

from tradewind.model.service import Topic


class Duty(Protocol):
    topics: frozenset[Topic]
    """Calls that it answers to."""

    def next_due(self) -> datetime | None:
        """When it wants to be called without being rung for; None: not at all. Cheap: asked at every turn."""
        ...

    def attend(self, now: datetime, heard: Set[Topic]) -> None:
        """Do what there is to do, at a cost that follows what has changed. `heard` has its own topics alone; at the
        first call after a start it has all of them."""
        ...
