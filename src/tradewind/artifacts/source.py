"""Where codecs read from: inline bytes or an artifact, as one writable piece of memory.

Artifacts are mapped copy-on-write: nothing is read before it is used, several readers share the page cache, and a task
that changes its array or frame in place changes its own pages only, never the file.
"""

from __future__ import annotations

import contextlib
import mmap
import os
from collections.abc import Generator
from pathlib import Path

from tradewind.artifacts.hashing import hash_of
from tradewind.artifacts.store import ArtifactStore
from tradewind.model.errors import ValueStoreError
from tradewind.model.values import Value

VERIFIED_UP_TO_BYTES = 64 << 20
"""Smaller artifacts are hashed again before they are used: that costs little beside decoding them."""


class Source:
    """The encoded bytes of one value. `path` is None where they are inline."""

    def __init__(self, value: Value, memory: memoryview, path: Path | None) -> None:
        self.type = value.type
        self.memory = memory
        self.path = path


@contextlib.contextmanager
def open_source(value: Value, store: ArtifactStore) -> Generator[Source]:
    """Raises ValueStoreError where the artifact is missing, cut short or damaged."""
    if value.artifact is None:
        yield Source(value, memoryview(bytearray(value.inline or b"")), None)
        return
    with store.local(value.artifact) as path:
        memory = _map(path, value)
        yield Source(value, memory, path)


def _map(path: Path, value: Value) -> memoryview:
    own_bytes = value.size_bytes - sum(part.size_bytes for part in value.parts)
    try:
        with path.open("rb") as stream:
            size = os.fstat(stream.fileno()).st_size
            if size != own_bytes:
                raise _damaged(value, f"it has {size:,} bytes instead of {own_bytes:,}")
            memory = memoryview(_mapping(stream.fileno()) if size else bytearray())
    except OSError as error:
        raise ValueStoreError(f"the artifact {value.artifact} cannot be read: {error}") from error
    # The address names the hash of these bytes; `value.hash` also covers the parts.
    if size <= VERIFIED_UP_TO_BYTES and hash_of(memory) not in (value.artifact or ""):
        raise _damaged(value, "its bytes have another hash")
    return memory


def _mapping(descriptor: int) -> mmap.mmap:
    try:
        return mmap.mmap(descriptor, 0, access=mmap.ACCESS_COPY)
    except OSError:  # more than the memory: the kernel refuses a private mapping that large, a read-only one is fine
        return mmap.mmap(descriptor, 0, access=mmap.ACCESS_READ)


def _damaged(value: Value, what: str) -> ValueStoreError:
    return ValueStoreError(
        f"the artifact {value.artifact} is damaged: {what}",
        hint="clear the task that made it, so that it is made again",
    )
