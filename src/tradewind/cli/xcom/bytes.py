"""The stored bytes of a value, without rebuilding it: plain ones as text, others as files. Nothing here unpickles."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from tradewind.artifacts.codecs import codec_named
from tradewind.artifacts.codecs.nested import FROZENSET, PAIRS, SET, TUPLE
from tradewind.artifacts.store import ArtifactStore
from tradewind.model.errors import TradewindError
from tradewind.model.values import Value


class NotPlainError(Exception):
    """The value is more than JSON can say."""


def is_plain_codec(value: Value) -> bool:
    return value.codec in ("json", "text", "typed")


def plain(value: Value, artifact_url: str) -> Any:
    """What a JSON-like value is, tuples and sets as lists. Raises NotPlainError."""
    if not is_plain_codec(value):
        raise NotPlainError
    data = _bytes_of(value, ArtifactStore(artifact_url))
    if value.codec == "text":
        return data.decode()
    return msgspec.json.decode(data) if value.codec == "json" else _typed(data)


def save(value: Value, target: Path, artifact_url: str) -> Iterator[Path]:
    """Write the bytes to `target`; where they come in parts, into a folder of that name. Yields what was written.

    Raises TradewindError where the target is there already and is not a file."""
    store = ArtifactStore(artifact_url)
    if value.codec == "figure" and value.parts and target.suffix == ".png":
        value = value.parts[0]
    if not value.parts:
        yield _write(value, target, store)
        return
    if target.is_file():
        raise TradewindError(f"{target} is a file; the value has {len(value.parts)} parts, which need a folder")
    target.mkdir(parents=True, exist_ok=True)
    yield _write(msgspec.structs.replace(value, parts=()), target / f"value.{codec_named(value.codec).suffix}", store)
    for place, part in enumerate(value.parts):
        name = f"part-{place}" if part.parts else f"part-{place}.{codec_named(part.codec).suffix}"
        yield from save(part, target / name, artifact_url)


def _write(value: Value, target: Path, store: ArtifactStore) -> Path:
    if target.is_dir():
        target = target / f"value.{codec_named(value.codec).suffix}"
    try:
        if value.artifact is None:
            target.write_bytes(value.inline or b"")
        else:
            with store.local(value.artifact) as path:
                shutil.copyfile(path, target)
    except OSError as error:
        raise TradewindError(f"{target} cannot be written: {error.strerror}") from error
    return target


def _bytes_of(value: Value, store: ArtifactStore) -> bytes:
    if value.artifact is None:
        return value.inline or b""
    with store.local(value.artifact) as path:
        return path.read_bytes()


def _typed(data: bytes) -> Any:
    """As the codec `typed` reads it, but for the parts of it that are pickles: dates, decimals and such."""

    def rebuild(code: int, payload: memoryview) -> Any:
        if code in (TUPLE, SET, FROZENSET):
            return decoder.decode(payload)
        if code == PAIRS:
            pairs = decoder.decode(payload)
            return {json.dumps(key) if not isinstance(key, str) else key: item for key, item in pairs}
        raise NotPlainError

    decoder = msgspec.msgpack.Decoder(ext_hook=rebuild)
    try:
        return decoder.decode(data)
    except msgspec.DecodeError as error:
        raise NotPlainError from error
