"""Does a DAG start itself? Followed back from the events that are about to start it: the runs that made them, the
events that had started those, and so on."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from datetime import datetime

from tradewind.model.ids import RunKey
from tradewind.model.service import AssetEventRecord
from tradewind.store.facets.assets import Assets

MOST_RUNS_SEEN = 1000
"""Of a long chain only the newest part is looked at."""


def rounds_of(
    store: Assets, dag_id: str, events: Iterable[AssetEventRecord], *, since: datetime | None = None, at_most: int
) -> int:
    """How many runs of this DAG are among those that led to these events. Events up to `since` end the search, and so
    does the `at_most`th run."""
    waiting, seen, rounds = deque(_sources(events, since)), set[RunKey](), 0
    while waiting and len(seen) < MOST_RUNS_SEEN and rounds < at_most:
        run = waiting.popleft()
        if run in seen:
            continue
        seen.add(run)
        rounds += run.dag_id == dag_id
        waiting.extend(_sources(store.asset_events(run=run), since))
    return rounds


def _sources(events: Iterable[AssetEventRecord], since: datetime | None) -> list[RunKey]:
    found = (
        RunKey(event.source_dag_id, event.source_run_id)
        for event in events
        if event.source_dag_id and event.source_run_id and (since is None or event.at > since)
    )
    return list(dict.fromkeys(found))
