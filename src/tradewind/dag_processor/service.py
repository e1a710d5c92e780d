"""The dag-processor as a process: one loop that waits for changed files, parsed files, calls and the clock."""

from __future__ import annotations

from tradewind.settings import Settings


def serve(settings: Settings, stop: int) -> None:
    """Keep the store in step with the DAG folders until `stop` becomes readable (or is closed at its other end): a file
    descriptor, e.g. of a pipe, so that whoever starts this process ends it without signals, by dying too.

    Opens its own store and starts its own processes. Raises ConfigurationError for bundles that cannot be; HomeError
    where the database cannot be used."""
    raise NotImplementedError
