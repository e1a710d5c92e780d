"""A hash of any value by what it holds: the same in every process, and from day to day."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Callable, Mapping
from typing import Any, cast

import msgspec

from tradewind.artifacts import ArtifactStore, encode
from tradewind.authoring.aid import Described
from tradewind.authoring.reading import Lazy
from tradewind.authoring.secrets import redact, should_hide_value_for_key
from tradewind.ml.caching.parts import CannotTell
from tradewind.model.errors import TradewindError
from tradewind.model.values import Value

MOST_SHOWN_CHARACTERS = 120
WALKED_AT_MOST = 200
"""Items of a container that are looked at one by one; a longer one is encoded whole."""
PLAIN = (str, bytes, int, float, bool, type(None), complex)

Special = Callable[[Any], str | None]
"""A hash of what is no data (a function, a class); None for data."""


def hash_of(value: Any, special: Special = lambda _: None) -> str:
    """Hex. Raises CannotTell for what cannot be encoded."""
    if type(value) in PLAIN:
        return _sha(f"{type(value).__name__}:{value!r}".encode(errors="surrogatepass"))
    if isinstance(value, Described):
        return value_hash(value.value)
    if (found := special(value)) is not None:
        return found
    if type(value) in (list, tuple, set, frozenset) or isinstance(value, Lazy):
        return _hash_of_items(value, special)
    if type(value) is dict:
        return _hash_of_dict(cast("dict[Any, Any]", value), special)
    return _hash_of_bytes(value)


def value_hash(value: Value) -> str:
    """Of what another task handed on, without looking at it."""
    return f"{value.codec}:{value.type}:{value.hash}"


def shown(value: Any, name: str = "") -> str:
    """A short text for people, secrets masked (also by the value's name); "" for what is not short."""
    if name and should_hide_value_for_key(name):
        return ""
    if isinstance(value, Described):
        text = value.value.preview or ""
        return text if len(text) <= MOST_SHOWN_CHARACTERS else ""
    if not isinstance(value, (*PLAIN, list, tuple, dict)):
        return ""
    text = redact(repr(cast("object", value)))
    return text if len(text) <= MOST_SHOWN_CHARACTERS else ""


def _hash_of_items(value: Any, special: Special) -> str:
    kind = type(value).__name__
    if len(value) > WALKED_AT_MOST and type(value) in (list, tuple):
        try:
            return _sha(kind.encode() + msgspec.msgpack.encode(value))
        except (TypeError, ValueError, OverflowError, msgspec.MsgspecError):
            pass
    hashes = [hash_of(item, special) for item in value]
    if isinstance(value, (set, frozenset)):
        hashes.sort()
    return _sha("\0".join([kind, *hashes]).encode())


def _hash_of_dict(value: Mapping[Any, Any], special: Special) -> str:
    items = [f"{hash_of(key, special)}={hash_of(item, special)}" for key, item in value.items()]
    return _sha("\0".join(["dict", *items]).encode())


def _hash_of_bytes(value: Any) -> str:
    """As it would be handed on to another task."""
    with tempfile.TemporaryDirectory(prefix="tradewind-") as folder:
        try:
            return value_hash(encode(value, ArtifactStore(folder), inline_limit_bytes=1 << 62))
        except (TradewindError, RecursionError, MemoryError) as error:
            text = getattr(error, "message", None) or str(error)
            raise CannotTell(f"a value of type {type(value).__qualname__} has no hash: {text}") from error


def _sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
