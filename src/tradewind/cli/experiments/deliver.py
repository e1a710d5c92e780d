"""`tradewind experiments deliver`: what was kept while an MLflow server was down goes there now."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import click
import msgspec

from tradewind.cli.audited import user_here
from tradewind.cli.home import Home, open_home
from tradewind.cli.models.place import place_of
from tradewind.cli.output import output_option, print_rows
from tradewind.model.entries import TrackedRun
from tradewind.model.errors import TradewindError
from tradewind.model.journal import EntryQuery, JournalEntry

if TYPE_CHECKING:
    from tradewind.ml.tracking.deliver import Delivered

SEARCHED_ENTRIES = 10_000


@click.command()
@output_option
def deliver(output: str) -> None:
    """Hand over runs and metrics that MLflow servers missed while they were down."""
    from tradewind.ml.tracking import deliver as delivering
    from tradewind.ml.tracking import spool
    from tradewind.ml.tracking.outage import is_up  # none of it for --help

    with open_home() as home:
        place = place_of(home)
        down: list[str] = []
        rows: list[dict[str, Any]] = []
        for uri in spool.servers(place):
            if not is_up(uri):
                down.append(uri)
                continue
            done = delivering.deliver(place, uri)
            _note(home, done)
            rows.append({"server": uri, "runs": len(done.runs), "calls": done.calls, "still_running": done.waiting})
    print_rows(rows, output, empty="nothing waits" if not down else "nothing was delivered")
    if down:
        raise TradewindError(f"{', '.join(down)}: still down", hint="what waits for it is kept")


def _note(home: Home, done: Delivered) -> None:
    """The runs' links lead to the server from now on."""
    old = {
        one.body["mlflow_run_id"]: one for one in home.store.entries(EntryQuery("TrackedRun", limit=SEARCHED_ENTRIES))
    }
    entries: list[JournalEntry] = []
    for was, now in done.runs.items():
        if (entry := old.get(was)) is None:
            continue
        url = f"{done.uri.rstrip('/')}/#/experiments/{done.experiments[now]}/runs/{now}"
        tracked = TrackedRun(done.uri, done.experiments[now], now, url)
        body: dict[str, Any] = msgspec.to_builtins(tracked)
        entries.append(
            msgspec.structs.replace(entry, body=body, at=datetime.now(UTC), who=f"cli:{user_here()}", entry_id=0)
        )
    home.store.write_entries(entries)
