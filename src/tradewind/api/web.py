"""The web server, which ends what it holds open before it ends itself."""

from __future__ import annotations

import socket

import uvicorn

from tradewind.api.server import Server


class Web(uvicorn.Server):
    def __init__(self, config: uvicorn.Config, server: Server) -> None:
        super().__init__(config)
        self._own = server

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Live streams never end by themselves; cut off, each would leave a story in the log."""
        for end in self._own.ending:
            end()
        await super().shutdown(sockets)
