"""What a try depends on, part by part; the key made of them; what a success that is kept consists of."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterable, Mapping
from typing import Any, Literal

import msgspec
from msgspec import Struct

from tradewind.model.errors import TradewindError
from tradewind.model.outcomes import Succeeded
from tradewind.model.values import Value

Kind = Literal[
    "code", "global", "input", "upstream", "param", "context", "file", "url", "package", "python", "version", "operator"
]
MOST_PARTS_BYTES = 256 * 1024
"""Of what is kept to compare with; beyond it the source texts are left out."""


class CannotTell(TradewindError):
    """Whether the task depends on something that has changed cannot be told: it is run, and says why."""


class Part(Struct, frozen=True, array_like=True):
    kind: Kind
    name: str
    hash: str
    shown: str = ""
    """For people: a source text, a version, a short text of a value; secrets masked."""


class Made(Struct, frozen=True, array_like=True):
    """What a success handed on."""

    outcome: Succeeded
    pushed: tuple[tuple[str, Value], ...] = ()
    """By `xcom_push`, while it ran."""
    rendered: dict[str, Any] | None = None
    label: str | None = None
    downstream: tuple[str, ...] = ()
    """The tasks right after it."""

    @property
    def decided(self) -> bool:
        """Which of them run."""
        return self.outcome.followed is not None or bool(self.outcome.short_circuit)


def key_of(dag_id: str, task_id: str, parts: Iterable[Part]) -> str:
    """The map path is no part of it: what an instance works on is, wherever it stands."""
    told = sorted((part.kind, part.name, part.hash) for part in parts)
    return hashlib.sha256(msgspec.msgpack.encode((dag_id, task_id, told))).hexdigest()


def pack_parts(parts: Iterable[Part]) -> bytes:
    kept = list(parts)
    packed = zlib.compress(msgspec.msgpack.encode(kept), 1)
    if len(packed) > MOST_PARTS_BYTES:
        kept = [Part(part.kind, part.name, part.hash) if part.kind == "code" else part for part in kept]
        packed = zlib.compress(msgspec.msgpack.encode(kept), 1)
    return packed


def unpack_parts(packed: bytes) -> list[Part]:
    """Raises CannotTell where an other version of Tradewind wrote them otherwise."""
    try:
        return msgspec.msgpack.decode(zlib.decompress(packed), type=list[Part])
    except (zlib.error, msgspec.DecodeError) as error:
        raise CannotTell(f"what was kept of it cannot be read: {error}") from error


def pack_made(made: Made) -> bytes:
    return msgspec.msgpack.encode(made)


def unpack_made(packed: bytes) -> Made:
    """Raises CannotTell."""
    try:
        return msgspec.msgpack.decode(packed, type=Made)
    except msgspec.DecodeError as error:
        raise CannotTell(f"what was kept of it cannot be read: {error}") from error


def values_of(made: Made) -> Mapping[str, Value]:
    """All that it handed on, by key."""
    result = {"return_value": made.outcome.result} if made.outcome.result is not None else {}
    return {**dict(made.pushed), **dict(made.outcome.more), **result}
