"""The journal: what the machine-learning features note down of tries, models and data, one entry after the other.

An entry is never changed; the newest of a kind and name counts. What is in an entry is one of the structs of
`model.entries`, as plain data.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from msgspec import Struct

from tradewind.model.ids import MapPath


class JournalEntry(Struct, frozen=True):
    kind: str
    """Name of the struct that its body is: a key of `model.entries.KINDS`."""
    name: str
    """What it is about: a model, a monitor, a sweep, the hash of a value …; "" where the kind says it all."""
    body: dict[str, Any]
    at: datetime
    who: str = ""
    dag_id: str = ""
    run_id: str = ""
    task_id: str = ""
    map_path: MapPath = ()
    try_id: str = ""
    entry_id: int = 0
    """Ascending as they were written; given by the store."""


class EntryQuery(Struct, frozen=True):
    """Which entries, newest first."""

    kind: str
    name: str | None = None
    dag_id: str | None = None
    run_id: str | None = None
    task_id: str | None = None
    try_id: str | None = None
    before_id: int | None = None
    """For the next page: the last entry's id of the page before."""
    after_id: int | None = None
    """Only what was written since the entry of this id."""
    further_kinds: tuple[str, ...] = ()
    """Besides `kind`."""
    limit: int = 100
