"""The triggerer as a process: started by `tradewind triggerer`, forked by `tradewind standalone`, or started by a
`tradewind run` for the tasks of its own run."""

from __future__ import annotations

import contextlib
import importlib.metadata
import logging
import os
import select
import signal
import sys
import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager
from datetime import UTC, datetime
from types import FrameType

import msgspec

from tradewind.metrics.setup import emitter_of
from tradewind.model.service import JobKind
from tradewind.model.triggers import RunTriggers
from tradewind.secret_backends import elsewhere
from tradewind.settings import Settings
from tradewind.store import open_store
from tradewind.store.errors import StoreError
from tradewind.store.outage import Outage
from tradewind.triggerer_service.crew import Crew, blobs_folder, snapshots_of
from tradewind.triggerer_service.place import Place, queues_of
from tradewind.triggerer_service.store_side import StoreSide

AWAY_SECONDS = 1.0
"""Between two looks for a database that is away."""


def serve(settings: Settings, stop: int | None = None, *, is_awaited: bool = False) -> None:
    """As `_serve`; where the database is away it begins anew once that is back: what it held waits in the store."""
    outage = Outage()
    while True:
        try:
            _serve(settings, stop, is_awaited=is_awaited, when_open=outage.is_over)
            return
        except StoreError as error:
            if not error.may_pass:
                raise
            outage.goes_on(error, AWAY_SECONDS)
        if select.select([] if stop is None else [stop], [], [], AWAY_SECONDS)[0]:
            return


def _serve(settings: Settings, stop: int | None, *, is_awaited: bool, when_open: Callable[[], None]) -> None:
    """Hold waiting tasks until `stop` becomes readable (or is closed at its other end), or until SIGTERM or SIGINT.
    `is_awaited`: somebody waits already, so the first process is started before the store is open.

    Opens its own store. Raises HomeError where the database cannot be used."""
    template = RunTriggers(
        snapshot=None,
        blobs=blobs_folder(settings.home),
        artifact_url=settings.artifact_url,
        inline_value_bytes=settings.inline_value_bytes,
        log_level=settings.log_level,
    )
    crew = Crew(template, snapshots_of(settings.home))
    if is_awaited:
        crew.start_one()
    place = Place(
        log_folder=settings.log_folder,
        capacity=settings.triggerer_capacity,
        queues=queues_of(settings.triggerer_queues.split(",")),
        version=importlib.metadata.version("tradewind"),
    )
    try:
        store = open_store(settings.database_url, home=settings.home, default_pool_slots=settings.default_pool_slots)
        when_open()
        try:
            side = StoreSide(store, crew, place, lambda: datetime.now(UTC), elsewhere=elsewhere(settings.secrets))
            side.emitter = emitter_of(settings)
            side.emitter.count("job_start", job_name=JobKind.TRIGGERER)
            try:
                with _stopping(stop) as stops:
                    side.serve(*stops)
            finally:
                side.stop()
                side.emitter.count("job_end", job_name=JobKind.TRIGGERER)
                side.emitter.close()
        finally:
            store.close()
    finally:
        crew.stop()


@contextmanager
def _stopping(stop: int | None) -> Generator[tuple[int, ...]]:
    """Descriptors that become readable when it is to end; a signal does so through a pipe."""
    if threading.current_thread() is not threading.main_thread():
        yield () if stop is None else (stop,)
        return
    read, write = os.pipe()
    os.set_blocking(write, False)

    def end(_number: int, _frame: FrameType | None) -> None:
        with contextlib.suppress(BlockingIOError):
            os.write(write, b"\0")

    before = {number: signal.signal(number, end) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield (read,) if stop is None else (read, stop)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        os.close(read)
        os.close(write)


def main() -> None:
    """`python -c ENTRY STOP`, settings on stdin: of a `tradewind run`; it ends with it."""
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    settings = msgspec.json.decode(sys.stdin.buffer.read(), type=Settings, dec_hook=lambda kind, text: kind(text))
    serve(settings, int(sys.argv[1]), is_awaited=True)
