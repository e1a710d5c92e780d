"""The content-addressed files of snapshots: <home>/snapshots/blobs/ab/abcdef…, written once, never changed."""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
from pathlib import Path

from tradewind.model.errors import HomeError


def content_hash(data: bytes) -> str:
    """BLAKE2b-256, hex."""
    return hashlib.blake2b(data, digest_size=32).hexdigest()


def blob_path(blobs: Path | str, content: str) -> str:
    return os.path.join(blobs, content[:2], content)


def store_blob(blobs: Path, data: bytes) -> str:
    """Keep these bytes and return their hash. Bytes that are there already are not written again."""
    content = content_hash(data)
    target = blob_path(blobs, content)
    if not os.path.exists(target):
        write_atomically(target, data)
    return content


def write_atomically(target: Path | str, data: bytes) -> None:
    """The file appears whole or not at all. Raises HomeError naming the folder and the cause."""
    folder = os.path.dirname(target)
    try:
        os.makedirs(folder, mode=0o700, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=folder, prefix=".new-")
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(data)
            os.replace(temporary, target)
        except BaseException:
            with contextlib.suppress(OSError):
                os.unlink(temporary)
            raise
    except OSError as error:
        raise HomeError(
            f"cannot write to {folder}: {error.strerror or error}",
            hint="free some space, or set TRADEWIND_HOME to a folder you can write to",
        ) from error
