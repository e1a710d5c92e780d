"""`--host` and `--port` of the commands that serve the API and its pages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click


def listening_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Adds both; the command gets `host` and `port`, None where they were not given."""
    port = click.option(
        "-p", "--port", type=click.IntRange(0, 65535), help="Port; 0: one that is free (setting api_port)."
    )
    host = click.option("-H", "--host", help="Address to listen on (setting api_host).")
    return host(port(command))


def listening_settings(host: str | None, port: int | None) -> dict[str, Any]:
    """What was given, as overrides of settings."""
    given = {"api_host": host, "api_port": port}
    return {name: value for name, value in given.items() if value is not None}
