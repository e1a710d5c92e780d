"""Whether a process uses the home or the database, so that nothing is taken from under it."""

from __future__ import annotations

from tradewind.model.errors import TradewindError
from tradewind.scheduler.owner import is_alive
from tradewind.settings import Settings
from tradewind.store.base import Store


def refuse_while_something_runs(settings: Settings, store: Store) -> None:
    """Raises TradewindError where a process of the service is alive, or one that drives a run of its own (which holds
    the lock of its file)."""
    jobs = store.jobs(only_alive=True)
    if jobs or any(is_alive(settings.home, lock.stem) for lock in (settings.home / "owners").glob("*.lock")):
        named = ", ".join(f"{job.kind} (process {job.pid} on {job.host})" for job in jobs)
        raise TradewindError(
            f"a Tradewind process is running on this home{': ' if named else ''}{named}",
            hint="end it, or wait for it; runs are cancelled by `tradewind runs cancel`",
        )
