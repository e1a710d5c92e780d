"""What a triggerer is told of where it runs, and what it takes."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from msgspec import Struct


class Place(Struct, frozen=True):
    log_folder: Path
    capacity: int
    """Waits that it takes at most."""
    queues: frozenset[str] | None = None
    """None: any."""
    version: str = ""


def queues_of(names: Collection[str]) -> frozenset[str] | None:
    """None (any queue) where none is named."""
    return frozenset(name.strip() for name in names if name.strip()) or None
