"""The API server as a process: from the socket to the last answer."""

from __future__ import annotations

import asyncio
import contextlib
import ctypes
import logging
import os
import resource
import socket
import ssl
from collections.abc import Callable
from datetime import datetime

import uvicorn
import uvloop

from tradewind.api.app import make_app
from tradewind.api.bounded import BoundedProtocol
from tradewind.api.heartbeat import Heartbeat
from tradewind.api.server import Server
from tradewind.api.web import Web
from tradewind.model.errors import ConfigurationError, TradewindError
from tradewind.settings import ApiSettings, Settings

BACKLOG = 512
MOST_FILES = 65_536
_M_MMAP_THRESHOLD, _M_ARENA_MAX = -3, -8
GRACE_SECONDS = 3
"""What is open at a stop (live streams mostly) may go on for so long."""
_log = logging.getLogger(__name__)


class AddressTakenError(TradewindError):
    """Another process listens at the address and port of the web server."""


def open_socket(settings: ApiSettings) -> socket.socket:
    """Listening already: who calls from now on waits until we are there.

    Raises AddressTakenError; ConfigurationError for an address that is none of this machine."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    opened = socket.socket(family, socket.SOCK_STREAM)
    try:
        opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        opened.bind((settings.host, settings.port))
        opened.listen(BACKLOG)
    except (OSError, OverflowError) as error:
        opened.close()
        if isinstance(error, OSError) and error.errno == 98:
            raise AddressTakenError(
                f"another process listens at {settings.host}:{settings.port}",
                hint="choose another port: TRADEWIND_API_PORT=8081 (0: any that is free)",
            ) from error
        raise ConfigurationError(
            f"the API cannot listen at {settings.host}:{settings.port}: {error}",
            hint="look at the settings api_host and api_port",
        ) from error
    return opened


def address_of(listening: socket.socket, settings: ApiSettings) -> str:
    """As a person opens it."""
    if settings.url:
        return settings.url.rstrip("/")
    host, port = listening.getsockname()[:2]
    shown = "localhost" if host in ("0.0.0.0", "::") else f"[{host}]" if ":" in host else host
    return f"{'https' if settings.tls_cert else 'http'}://{shown}:{port}"


def serve(settings: Settings, stop: int | None, listening: socket.socket, clock: Callable[[], datetime]) -> None:
    """Answer until `stop` (a descriptor) becomes readable or is closed at its other end, or until SIGTERM or SIGINT.

    Raises ConfigurationError where a setting cannot be used."""
    _allow_many_connections()
    _give_memory_back()
    server = Server(settings, clock)
    try:
        config = _config(server, settings.api)
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            runner.run(_serve(Web(config, server), Heartbeat(settings, server), stop, listening))
    finally:
        server.close()


def _allow_many_connections() -> None:
    """Each live stream is one, and a shell's usual limit is 1,024 files."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MOST_FILES if hard == resource.RLIM_INFINITY else min(hard, MOST_FILES)
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


def _give_memory_back() -> None:
    """glibc keeps what a thread has freed: the 19 MiB that a password costs, once for each of our threads."""
    with contextlib.suppress(AttributeError, OSError):
        mallopt = ctypes.CDLL(None).mallopt
        mallopt(_M_ARENA_MAX, 2)
        mallopt(_M_MMAP_THRESHOLD, 1024 * 1024)


def _config(server: Server, settings: ApiSettings) -> uvicorn.Config:
    try:
        config = uvicorn.Config(
            make_app(server),
            http=BoundedProtocol,
            ws="none",
            lifespan="off",
            interface="asgi3",
            proxy_headers=False,
            server_header=False,
            access_log=False,
            log_config=None,
            log_level="warning",
            timeout_keep_alive=75,
            timeout_graceful_shutdown=GRACE_SECONDS,
            ssl_certfile=settings.tls_cert or None,
            ssl_keyfile=settings.tls_key or None,
        )
        config.load()
    except (OSError, ssl.SSLError) as error:
        raise ConfigurationError(
            f"the certificate {settings.tls_cert} cannot be used: {error}",
            hint="look at the settings api_tls_cert and api_tls_key",
        ) from error
    return config


async def _serve(web: uvicorn.Server, heartbeat: Heartbeat, stop: int | None, listening: socket.socket) -> None:
    loop = asyncio.get_running_loop()
    beating = loop.create_task(heartbeat.beat())
    if stop is not None:

        def told() -> None:
            loop.remove_reader(stop)
            web.should_exit = True

        loop.add_reader(stop, told)
    await web.serve(sockets=[listening])
    beating.cancel()
    await asyncio.gather(beating, return_exceptions=True)
    if stop is not None:
        with contextlib.suppress(ValueError, OSError):
            loop.remove_reader(stop)
    _log.debug("process %d answers no more", os.getpid())
