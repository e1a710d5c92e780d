"""The journal of the machine-learning features."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from tradewind.model.journal import EntryQuery, JournalEntry


class Journal(Protocol):
    def entries(self, query: EntryQuery) -> list[JournalEntry]:
        """Newest first."""
        ...

    def entry_names(self, kind: str, *, dag_id: str | None = None) -> list[str]:
        """Those under which there are entries of a kind, in order."""
        ...

    def write_entries(self, entries: Sequence[JournalEntry]) -> None:
        """What no running try says: of people and of services. Ids are given here. An entry that names a run goes with
        it, but for the lasting kinds (`model.entries.LASTING`); one that names none, or none that is there, stays."""
        ...
