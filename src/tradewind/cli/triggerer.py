"""`tradewind triggerer`: waits in the place of deferred tasks."""

from __future__ import annotations

import click

from tradewind import settings as settings_module
from tradewind.cli.service_logs import log_to_terminal


@click.command()
@click.option("--capacity", type=click.IntRange(min=1), help="Waiting tasks that it holds at most.")
@click.option("--queues", help="Take waiting tasks of these queues only, with commas between them.")
def triggerer(capacity: int | None, queues: str | None) -> None:
    """Wait for what deferred tasks wait for, thousands at once, until SIGTERM.

    Several may run, on several machines: they share the work, and one takes over what another leaves.
    """
    # The store and its room: not for --help.
    from tradewind.cli.narrator import say
    from tradewind.triggerer_service.serve import serve

    overrides = {"triggerer_capacity": capacity, "triggerer_queues": queues}
    found = settings_module.load(overrides={name: value for name, value in overrides.items() if value is not None})
    log_to_terminal("triggerer", found)
    say("triggerer", f"up to {found.triggerer_capacity:,} waiting tasks of {found.shown_database_url}")
    serve(found)
