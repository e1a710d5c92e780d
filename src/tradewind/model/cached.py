"""Successes that may be used again: what they depended on and what they made, as the store keeps them for the cache."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from msgspec import Struct

from tradewind.model.ids import MapPath

CARRIED = ("LoggedParams", "LoggedArtifact")
"""Kinds of entries that are as true of a try that took over the success."""
SAME_AS = "the same as in run "
"""How the reason of a success begins that was not run."""


class SameAs(Struct, frozen=True):
    """Whose success a try took over instead of running."""

    dag_id: str
    run_id: str
    try_id: str

    @property
    def why(self) -> str:
        """For the history, and for people."""
        return f"{SAME_AS}{self.run_id}"


class CachedSuccess(Struct, frozen=True):
    key: str
    """Hash of all that the success depended on."""
    dag_id: str
    task_id: str
    map_path: MapPath
    run_id: str
    try_id: str
    at: datetime
    seconds: float
    """How long the try took."""
    parts: bytes
    """What it depended on, part by part; written and read by runners alone (`ml.caching.parts`)."""
    made: bytes
    """What it handed on (`ml.caching.parts.Made`); likewise."""


class FoundCached(Struct, frozen=True):
    """Answer to `FindCached`."""

    same: CachedSuccess | None
    """The success with that very key."""
    before: CachedSuccess | None
    """Without one: the last that this task instance has kept, to compare with."""
    is_run_there: bool = True
    """False: the run of `same` was deleted."""
    metrics: tuple[tuple[str, float, int | None], ...] = ()
    """What the try of `same` logged: name, value, step."""
    entries: tuple[tuple[str, str, dict[str, Any]], ...] = ()
    """Of its lines in the journal those that tell of its results (CARRIED): kind, name, body."""
