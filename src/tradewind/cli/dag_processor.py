"""`tradewind dag-processor`: the watching and parsing of DAG files alone, for production."""

from __future__ import annotations

import os
import signal
from types import FrameType

import click

from tradewind import settings as settings_module
from tradewind.cli.service_logs import log_to_terminal


@click.command("dag-processor")
def dag_processor() -> None:
    """Watch the DAG folder and git bundles, parse what changes, and keep the database in step, until SIGTERM.

    Each file is imported in a process of its own, with limits on time and memory. One of these is enough for each
    database; `tradewind standalone` has one.
    """
    from tradewind.dag_processor.service import serve  # with the store and the watcher: not for --help

    found = settings_module.load()
    log_to_terminal("dag-processor", found)
    read, write = os.pipe()

    def end(number: int, frame: FrameType | None) -> None:
        os.write(write, b".")

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, end)
    serve(found, read)
