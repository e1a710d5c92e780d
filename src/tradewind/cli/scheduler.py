"""`tradewind scheduler`: the scheduler alone, for production. `tradewind standalone` starts all parts together."""

from __future__ import annotations

import click

from tradewind import settings as settings_module
from tradewind.cli.service_logs import log_to_terminal


@click.command()
@click.option("-q", "--quiet", is_flag=True, help="Say nothing of runs; warnings and errors alone.")
def scheduler(quiet: bool) -> None:
    """Make runs when they are due, start their tasks, and see them through, until SIGTERM.

    On SIGTERM nothing new starts, and it ends when the running tasks have (see `stop_mode`, `stop_timeout_seconds`); on
    a second one it ends at once. Either way its runs go on with the next start. DAG files are parsed by
    `tradewind dag-processor`, deferred tasks wait in `tradewind triggerer`.
    """
    # With the whole scheduler: not for --help.
    from tradewind.cli.narrator import Narrator, say
    from tradewind.cli.scheduler_process import serve

    found = settings_module.load()
    log_to_terminal("scheduler", found)
    say("scheduler", f"home {found.home}, database {found.shown_database_url}")
    serve(found, narrator=None if quiet else Narrator(found.log_folder))
