"""Content hashes of streams of any length, computed beside the writing, in threads.

Up to one leaf (8 MiB) the hash is the plain SHA-256; above, SHA-256 over the leaves' SHA-256 digests. Why a tree, and
why SHA-256: docs/decisions/0004-values-are-hashed-as-a-tree.md.
"""

from __future__ import annotations

import hashlib
import os
from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import TypeAlias

Bytes: TypeAlias = bytes | bytearray | memoryview

LEAF_BYTES = 8 << 20
LEAVES_WAITING = 8
"""Bounds what is kept alive for hashing: the writer waits for the hash rather than filling the memory."""
READ_BYTES = 1 << 20
_ROOT_PREFIX = b"tradewind leaves of 8 MiB\0"
_COPIED_BELOW = 1 << 16


class TreeHash:
    """Feed it a stream; ask once. Memory given to `update` in large pieces must not change before `hexdigest`."""

    def __init__(self) -> None:
        self._leaf: list[Bytes] = []
        self._room = LEAF_BYTES
        self._digests: list[bytes] = []
        self._waiting: deque[Future[bytes]] = deque()
        self._pool: ThreadPoolExecutor | None = None

    def update(self, data: Bytes) -> None:
        view = memoryview(data).cast("B")
        while view.nbytes:
            if not self._room:
                self._submit()
            piece = view[: self._room]
            self._leaf.append(bytes(piece) if piece.nbytes < _COPIED_BELOW else piece)
            self._room -= piece.nbytes
            view = view[piece.nbytes :]

    def hexdigest(self) -> str:
        if not self._digests and not self._waiting:
            return _digest(self._leaf).hex()
        self._submit()
        while self._waiting:
            self._digests.append(self._waiting.popleft().result())
        self.close()
        return hashlib.sha256(_ROOT_PREFIX + b"".join(self._digests)).hexdigest()

    def close(self) -> None:
        """Let go of the threads; done by `hexdigest`, needed only where the stream was given up."""
        if self._pool:
            self._pool.shutdown()
            self._pool = None

    def _submit(self) -> None:
        if self._pool is None:
            self._pool = ThreadPoolExecutor(min(4, os.cpu_count() or 1), thread_name_prefix="tradewind-hash")
        if len(self._waiting) >= LEAVES_WAITING:
            self._digests.append(self._waiting.popleft().result())
        self._waiting.append(self._pool.submit(_digest, self._leaf))
        self._leaf, self._room = [], LEAF_BYTES


def hash_of(data: Bytes) -> str:
    hasher = TreeHash()
    hasher.update(data)
    return hasher.hexdigest()


def hash_of_file(path: Path | str) -> str:
    """The hash of a file that another library wrote. Raises OSError."""
    hasher = TreeHash()
    try:
        with open(path, "rb", buffering=0) as stream:
            while data := stream.read(READ_BYTES):
                hasher.update(data)
        return hasher.hexdigest()
    finally:
        hasher.close()


def _digest(pieces: list[Bytes]) -> bytes:
    hasher = hashlib.sha256()
    for piece in pieces:
        hasher.update(piece)
    return hasher.digest()
