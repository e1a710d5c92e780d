"""The server's process: from the model that is loaded first to the last line of the log."""

from __future__ import annotations

import asyncio
import contextlib
import importlib
import signal
import socket
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any

from msgspec import Struct

from tradewind.ml.missing import needed
from tradewind.ml.serving.app import Serving, make_app
from tradewind.ml.serving.log_folder import log_folder
from tradewind.ml.serving.numbers import Numbers
from tradewind.ml.serving.request_log import RequestLog, Rotation
from tradewind.ml.serving.shadow import Shadow
from tradewind.ml.serving.sources import source_of
from tradewind.ml.serving.switch import Switch
from tradewind.ml.tracking.place import Place, mlflow_module
from tradewind.model.errors import ConfigurationError

GRACE_SECONDS = 30


class Wishes(Struct, frozen=True):
    model: str
    """See `sources.source_of`."""
    shadow: str = ""
    """Alias or version of the same model, or a model of its own; "": none."""
    host: str = "127.0.0.1"
    port: int = 8000
    token: str = ""
    check_seconds: float = 5.0
    most_rows: int = 10_000
    has_log: bool = True
    rotation: Rotation = Rotation()


def serve(
    wishes: Wishes,
    place: Place,
    *,
    told: Callable[[str], None],
    on_part: Callable[[str, Path, int], object] = lambda model, part, rows: None,
) -> None:
    """Answer until SIGTERM or SIGINT; then requests that have begun are answered, and the log is written to its end.

    `told`: the address, once somebody answers there. `on_part` (model, file, rows): a part of the log is whole. Raises
    ModelError where the model is not there or does not load, ConfigurationError for an address that cannot be had."""
    with needed("serve", "uvicorn", "fastapi", "prometheus_client"):
        for one in ("fastapi", "prometheus_client"):  # told before a model is loaded, which takes longer
            importlib.import_module(one)
        import uvicorn
    mlflow_module().set_tracking_uri(place.uri)
    listening = _open_socket(wishes)
    serving, stop = _begin(wishes, place, on_part)
    try:
        config = uvicorn.Config(
            make_app(serving),
            log_config=None,
            access_log=False,
            timeout_graceful_shutdown=GRACE_SECONDS,
            lifespan="off",
        )
        asyncio.run(_answer(_server(uvicorn, config, serving), listening, wishes, told))
    finally:
        stop()


def _begin(
    wishes: Wishes, place: Place, on_part: Callable[[str, Path, int], object]
) -> tuple[Serving, Callable[[], None]]:
    source = source_of(wishes.model, place)
    numbers = Numbers(source.name)
    switch = Switch(source, wishes.check_seconds, lambda: numbers.failed("load"))
    shadow_switch = _shadow_switch(wishes, source.name, place, numbers) if wishes.shadow else None
    log = None
    if wishes.has_log:
        folder = log_folder(place.home, source.name)
        log = RequestLog(folder, wishes.rotation, lambda part, rows: on_part(source.name, part, rows))
    serving = Serving(switch, numbers, log, token=wishes.token, most_rows=wishes.most_rows)
    if shadow_switch is not None:
        serving.shadow = Shadow(shadow_switch, numbers, serving.keep)
        shadow_switch.start()
    switch.start()

    def stop() -> None:
        switch.stop()
        if serving.shadow is not None:
            serving.shadow.switch.stop()
            serving.shadow.close()
        if log is not None:
            log.close()

    return serving, stop


def _shadow_switch(wishes: Wishes, model: str, place: Place, numbers: Numbers) -> Switch:
    is_whole = any(sign in wishes.shadow for sign in "@:/")
    text = wishes.shadow if is_whole else f"{model}@{wishes.shadow}"
    return Switch(source_of(text, place), wishes.check_seconds, lambda: numbers.failed("shadow load"))


def _open_socket(wishes: Wishes) -> socket.socket:
    opened = socket.socket(socket.AF_INET6 if ":" in wishes.host else socket.AF_INET)
    try:
        opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        opened.bind((wishes.host, wishes.port))
    except (OSError, OverflowError) as error:
        opened.close()
        raise ConfigurationError(
            f"nothing can listen at {wishes.host}:{wishes.port}: {error}", hint="--port 0 takes one that is free"
        ) from error
    return opened


async def _answer(server: Any, listening: socket.socket, wishes: Wishes, told: Callable[[str], None]) -> None:
    answering = asyncio.ensure_future(server.serve(sockets=[listening]))
    while not server.started and not answering.done():
        await asyncio.sleep(0.01)
    if server.started:
        host, port = listening.getsockname()[:2]
        told(f"http://{f'[{host}]' if ':' in host else host}:{port}")
    await answering


def _server(uvicorn: Any, config: Any, serving: Serving) -> Any:
    class Server(uvicorn.Server):
        @contextlib.contextmanager
        def capture_signals(self) -> Generator[None]:
            """Uvicorn's own ends the process with the signal, before the log is written."""
            loop = asyncio.get_running_loop()

            def stop(number: int) -> None:
                serving.is_stopping = True
                self.handle_exit(number, None)

            for number in (signal.SIGINT, signal.SIGTERM):
                loop.add_signal_handler(number, stop, number)
            yield

    return Server(config)
