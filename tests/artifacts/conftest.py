"""A store in a temporary folder, and the trip of a value through it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tradewind.artifacts import ArtifactStore, decode, encode

INLINE = 64 * 1024


@pytest.fixture
def store(tmp_path: Path) -> ArtifactStore:
    return ArtifactStore(tmp_path / "artifacts")


@pytest.fixture
def trip(store: ArtifactStore) -> Callable[..., tuple[Any, Any]]:
    """trip(value) → (value again, its Value)."""

    def go(value: Any, inline_limit_bytes: int = INLINE) -> tuple[Any, Any]:
        encoded = encode(value, store, inline_limit_bytes=inline_limit_bytes)
        return decode(encoded, store), encoded

    return go
