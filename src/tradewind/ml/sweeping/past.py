"""What the journal knows of a sweep's trials: read whole once, then only what is new."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import msgspec

from tradewind.ml import journal
from tradewind.model.entries import TrialEnded, TrialNoted, TrialStarted
from tradewind.model.journal import EntryQuery, JournalEntry

ENDED, STARTED, NOTED = TrialEnded.__name__, TrialStarted.__name__, TrialNoted.__name__
EVERYTHING = 10_000_000


@dataclass
class Past:
    """Of one sweep in one run. `study` tells its entries from those of the same sweep before it was cleared."""

    name: str
    study: str
    run_id: str
    started: dict[int, TrialStarted] = field(default_factory=dict[int, TrialStarted])
    ended: dict[int, TrialEnded] = field(default_factory=dict[int, TrialEnded])
    noted: dict[int, dict[str, Any]] = field(default_factory=dict[int, dict[str, Any]])
    last_id: int = 0

    def read(self) -> list[int]:
        """Look for what is new; the numbers of the trials that it is about."""
        query = EntryQuery(
            ENDED,
            name=self.name,
            run_id=self.run_id,
            after_id=self.last_id,
            further_kinds=(STARTED, NOTED),
            limit=EVERYTHING,
        )
        return self.take(reversed(journal.read(query)))

    def take(self, entries: Any) -> list[int]:
        """Entries in the order in which they were written."""
        seen: dict[int, None] = {}
        entry: JournalEntry
        for entry in entries:
            self.last_id = max(self.last_id, entry.entry_id)
            if entry.body.get("study", "") == self.study:
                seen[self._take(entry)] = None
        return list(seen)

    def _take(self, entry: JournalEntry) -> int:
        if entry.kind == STARTED:
            started = msgspec.convert(entry.body, TrialStarted)
            self.started[started.number] = started
            return started.number
        if entry.kind == NOTED:
            noted = msgspec.convert(entry.body, TrialNoted)
            self.noted.setdefault(noted.number, {}).update(noted.attrs)
            return noted.number
        ended = msgspec.convert(entry.body, TrialEnded)
        self.ended[ended.number] = ended
        return ended.number

    def of_state(self, state: str) -> list[TrialEnded]:
        return sorted((one for one in self.ended.values() if one.state == state), key=lambda one: one.number)
