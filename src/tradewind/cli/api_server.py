"""`tradewind api-server`: the REST API and the user interface."""

from __future__ import annotations

import click

from tradewind import settings as settings_module


@click.command("api-server")
@click.option("--host", help="Address to listen on (setting api_host).")
@click.option("--port", type=click.IntRange(0, 65535), help="Port; 0: one that is free (setting api_port).")
def api_server(host: str | None, port: int | None) -> None:
    """Answer the REST API and show the user interface, until SIGTERM.

    Several may run, on several machines. The first start makes the user `admin` with a random password, and says it.
    """
    # Starlette, uvicorn and SQLAlchemy: not for --help.
    from tradewind.api.process import open_socket, serve
    from tradewind.cli.api_part import announce
    from tradewind.cli.service_logs import log_to_terminal
    from tradewind.scheduler.clock import utc_now

    given = {"api_host": host, "api_port": port}
    found = settings_module.load(overrides={name: value for name, value in given.items() if value is not None})
    log_to_terminal("api-server", found)
    listening = open_socket(found.api)
    announce(found, listening)
    serve(found, None, listening, utc_now)
