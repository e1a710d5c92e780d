"""Where codecs write: memory while the bytes are few, then a file of the artifact store, hashed on the way."""

from __future__ import annotations

import contextlib
from io import BufferedWriter, FileIO
from pathlib import Path
from typing import Any

from msgspec import Struct

from tradewind.artifacts.hashing import LEAF_BYTES, TreeHash, hash_of, hash_of_file
from tradewind.artifacts.store import ArtifactStore, storage_errors
from tradewind.model.errors import ValueStoreError

BUFFER_BYTES = 1 << 18


class Stored(Struct, frozen=True):
    hash: str
    size_bytes: int
    inline: bytes | None = None
    artifact: str | None = None


class Sink:
    """A binary file, as far as libraries need one. Ends in `finish` or `discard`; after `discard` it is empty again."""

    closed = False

    def __init__(self, store: ArtifactStore, inline_limit_bytes: int) -> None:
        self._store = store
        self._limit = inline_limit_bytes
        self._reset()

    def write(self, data: Any) -> int:
        view = memoryview(data).cast("B")
        self._size += view.nbytes
        if self._file is None and self._size <= self._limit:
            self._memory += view
        else:
            self._write_to_file(view)
        return view.nbytes

    def tell(self) -> int:
        return self._size

    def flush(self) -> None:
        pass

    def writable(self) -> bool:
        return True

    def readable(self) -> bool:
        return False

    def seekable(self) -> bool:
        return False

    def close(self) -> None:
        """Libraries close what they write to; the bytes are ours until `finish`."""

    def align(self, alignment_bytes: int) -> None:
        """Pad with zeros up to a multiple, so that what follows can be used in place when it is mapped."""
        self.write(bytes(-self._size % alignment_bytes))

    def path_to_fill(self) -> Path:
        """For a library that writes files itself: where to. The bytes go to the store however few they are."""
        self._path = self._store.new_file()
        self._is_filled_by_path = True
        return self._path

    def finish(self, suffix: str) -> Stored:
        if self._path is None:
            data = bytes(self._memory)
            return Stored(hash_of(data), len(data), inline=data)
        with storage_errors(self._store.url):
            if self._file:
                self._file.close()
            content = hash_of_file(self._path) if self._is_filled_by_path else self._hash.hexdigest()
            size = self._path.stat().st_size
        return Stored(content, size, artifact=self._store.keep(self._path, content, suffix))

    def discard(self) -> None:
        """Forget what was written, also on disk."""
        self._hash.close()
        with contextlib.suppress(OSError):  # closing flushes, which fails again on a full disk
            if self._file:
                self._file.close()
        if self._path:
            self._path.unlink(missing_ok=True)
        self._reset()

    def _reset(self) -> None:
        self._memory = bytearray()
        self._size = 0
        self._hash = TreeHash()
        self._path: Path | None = None
        self._file: BufferedWriter[FileIO] | None = None
        self._is_filled_by_path = False
        self.failure: ValueStoreError | None = None
        """Why the store could not take the bytes: libraries that write into us may report it as something else."""

    def _write_to_file(self, view: memoryview) -> None:
        try:
            with storage_errors(self._store.url):
                if self._file is None:
                    self._start_file()
                self._append(view)
        except ValueStoreError as error:
            self.failure = error
            raise

    def _start_file(self) -> None:
        self._path = self._store.new_file()
        self._file = BufferedWriter(FileIO(self._path, "wb"), BUFFER_BYTES)
        self._append(memoryview(bytes(self._memory)))
        self._memory = bytearray()

    def _append(self, view: memoryview) -> None:
        """Leaf by leaf, so that the threads hash one piece while the next is written."""
        assert self._file is not None
        for start in range(0, view.nbytes, LEAF_BYTES):
            piece = view[start : start + LEAF_BYTES]
            self._hash.update(piece)
            self._file.write(piece)
