"""encode and decode: picks the codec for a value, lets it write, and describes the result."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tradewind.artifacts.codecs import CODECS, codec_named
from tradewind.artifacts.codecs.base import CannotCarryError
from tradewind.artifacts.describe import describe, type_name
from tradewind.artifacts.hashing import hash_of
from tradewind.artifacts.preview import preview
from tradewind.artifacts.refusals import place_of, refuse_what_no_task_can_use
from tradewind.artifacts.sink import Sink
from tradewind.artifacts.source import open_source
from tradewind.artifacts.store import ArtifactStore
from tradewind.model.errors import TradewindError, ValueStoreError
from tradewind.model.values import Value

Mask = Callable[[str], str]


def encode(value: Any, store: ArtifactStore, *, inline_limit_bytes: int, mask: Mask | None = None) -> Value:
    """Write a value for another task to read. Up to `inline_limit_bytes` its bytes travel in the result, else they go
    to the store. `mask` hides secrets in the preview, before it is cut.

    Raises ValueStoreError: no codec can carry the value, or the store cannot take it."""
    refuse_what_no_task_can_use(value)
    sink = Sink(store, inline_limit_bytes)
    for codec in CODECS:
        if not codec.takes(value):
            continue
        try:
            leaves = codec.write(value, sink)
            parts = tuple(_encode_leaf(leaf, value, store, inline_limit_bytes, mask) for leaf in leaves)
            stored = sink.finish(codec.suffix)
        except BaseException as error:
            failure = sink.failure
            sink.discard()
            if failure is not None:
                raise failure from None
            if isinstance(error, CannotCarryError):
                continue
            raise
        about = describe(value)
        return Value(
            codec=codec.name,
            type=type_name(value),
            size_bytes=stored.size_bytes + sum(part.size_bytes for part in parts),
            hash=_hash_with_parts(stored.hash, parts),
            inline=stored.inline,
            artifact=stored.artifact,
            parts=parts,
            length=about.length,
            keys=about.keys,
            shape=about.shape,
            schema=about.schema,
            preview=preview(value, mask),
        )
    raise AssertionError("the last codec takes every value or says why not")


def _encode_leaf(leaf: Any, whole: Any, store: ArtifactStore, inline_limit_bytes: int, mask: Mask | None) -> Value:
    try:
        return encode(leaf, store, inline_limit_bytes=inline_limit_bytes, mask=mask)
    except ValueStoreError as error:
        where = place_of(leaf, whole)
        raise ValueStoreError(f"{error.message} (at {where} of the value)", hint=error.hint) from error


def _hash_with_parts(own: str, parts: tuple[Value, ...]) -> str:
    """A tree's skeleton only counts its leaves: what they hold has to show in the hash too."""
    return hash_of("".join([own, *(part.hash for part in parts)]).encode()) if parts else own


def decode(value: Value, store: ArtifactStore) -> Any:
    """The Python value again, equal and of the same type; arrays and frames are mapped, not copied.

    Raises ValueStoreError: its bytes are gone or damaged, or this process lacks what it takes to rebuild it."""
    codec = codec_named(value.codec)
    parts = [lambda part=part: decode(part, store) for part in value.parts]
    try:
        with open_source(value, store) as source:
            return codec.read(source, parts)
    except TradewindError:
        raise
    except ImportError as error:
        raise ValueStoreError(
            f"a value of type {value.type} cannot be read: {error}",
            hint="install the package here too; a class of a DAG file is known to that file's tasks only",
        ) from error
    except Exception as error:
        raise ValueStoreError(
            f"a value of type {value.type} ({value.codec}) cannot be read: {type(error).__name__}: {error}",
            hint="clear the task that made it; the class or library may have changed since",
        ) from error
