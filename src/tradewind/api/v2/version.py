"""Which version answers."""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from tradewind import __version__
from tradewind.api.call import Call
from tradewind.api.operation import Operation


class VersionInfo(Struct, frozen=True):
    version: str
    git_version: str | None = None


def get_version(call: Call[Any, Any]) -> VersionInfo:
    """Version of this server."""
    return VersionInfo(__version__)


OPERATIONS = (
    Operation(
        method="GET",
        path="/api/v2/version",
        name="get_version",
        tag="Version",
        needs=None,
        do=get_version,
        answer=VersionInfo,
    ),
)
