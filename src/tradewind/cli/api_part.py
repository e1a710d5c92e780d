"""The API server as a part of `standalone`, and what it says when it starts."""

from __future__ import annotations

import socket

from msgspec.structs import replace

from tradewind.api.access.first_admin import FILE, NAME, make_first_admin
from tradewind.api.process import AddressTakenError, address_of, open_socket, serve
from tradewind.cli.home import opened_store
from tradewind.cli.narrator import say
from tradewind.scheduler.clock import utc_now
from tradewind.settings import ApiSettings, Settings

NEXT_PORTS = 20


def serve_part(settings: Settings, stop: int) -> None:
    """Where the usual port is taken, the next that is free is as good: it is said. One that somebody chose is not."""
    listening = _open(settings.api)
    announce(settings, listening)
    serve(settings, stop, listening, utc_now)


def announce(settings: Settings, listening: socket.socket) -> None:
    """Where to go, and, once, how to get in."""
    with opened_store(settings) as store:
        password = make_first_admin(store, settings.home, utc_now())
    say("api-server", f"open {address_of(listening, settings.api)}")
    if password is not None:
        say("api-server", f"sign in as {NAME} with the password {password}", "note")
        say("api-server", f"it is in {settings.home / FILE}; the first thing you do is choose another one", "note")
    elif (settings.home / FILE).exists():
        say("api-server", f"{NAME}'s first password is in {settings.home / FILE}")


def _open(settings: ApiSettings) -> socket.socket:
    if settings.port != ApiSettings().port:
        return open_socket(settings)
    for port in range(settings.port, settings.port + NEXT_PORTS):
        try:
            return open_socket(replace(settings, port=port))
        except AddressTakenError:
            continue
    return open_socket(replace(settings, port=0))
