"""The web server, which ends what it holds open before it ends itself."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import socket
import threading
from collections.abc import Generator

import uvicorn

from tradewind.api.server import Server


class Web(uvicorn.Server):
    def __init__(self, config: uvicorn.Config, server: Server) -> None:
        super().__init__(config)
        self._own = server

    @contextlib.contextmanager
    def capture_signals(self) -> Generator[None]:
        """Without uvicorn's own way, which in the end kills the process with the signal it was told to stop by."""
        loop = asyncio.get_running_loop()
        is_ours = threading.current_thread() is threading.main_thread()
        for number in (signal.SIGINT, signal.SIGTERM) if is_ours else ():
            loop.add_signal_handler(number, self.handle_exit, number, None)
        yield

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Live streams never end by themselves; cut off, each would leave a story in the log."""
        for end in self._own.ending:
            end()
        await super().shutdown(sockets)
