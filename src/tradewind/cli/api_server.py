"""`tradewind api-server`: the REST API and the user interface."""

from __future__ import annotations

import click

from tradewind import settings as settings_module
from tradewind.cli.listening import listening_options, listening_settings


@click.command("api-server")
@listening_options
def api_server(host: str | None, port: int | None) -> None:
    """Answer the REST API and show the user interface, until SIGTERM.

    Several may run, on several machines. The first start makes the user `admin` with a random password, and says it.
    """
    # Starlette, uvicorn and SQLAlchemy: not for --help.
    from tradewind.api.process import open_socket, serve
    from tradewind.cli.api_part import announce
    from tradewind.cli.service_logs import log_to_terminal
    from tradewind.scheduler.clock import utc_now

    found = settings_module.load(overrides=listening_settings(host, port))
    log_to_terminal("api-server", found)
    listening = open_socket(found.api)
    announce(found, listening)
    serve(found, None, listening, utc_now)
