"""Lists, tuples and dicts that hold frames, arrays, models: a skeleton, and each such leaf encoded as its own part."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from tradewind.artifacts.codecs.base import CannotCarryError
from tradewind.artifacts.codecs.nested import pack, part_reference, unpack
from tradewind.artifacts.sink import Sink
from tradewind.artifacts.source import Source

MAX_PARTS = 256
"""A container with more such leaves is pickled whole (its arrays out of band): thousands of tiny files help nobody."""
_CONTAINERS = (list, tuple, dict)


class TreeCodec:
    name = "tree"
    suffix = "tree"

    def takes(self, value: Any) -> bool:
        return type(value) in _CONTAINERS

    def write(self, value: Any, sink: Sink) -> Sequence[Any]:
        leaves: list[Any] = []
        places: dict[int, int] = {}

        def on_leaf(leaf: Any) -> Any:
            if id(leaf) not in places:  # the same object twice is one part, and one object again when decoded
                if len(leaves) == MAX_PARTS:
                    raise CannotCarryError("too many parts")
                places[id(leaf)] = len(leaves)
                leaves.append(leaf)
            return part_reference(places[id(leaf)])

        sink.write(pack(value, on_leaf))
        return leaves

    def read(self, source: Source, parts: Sequence[Callable[[], Any]]) -> Any:
        decoded = [part() for part in parts]
        return unpack(source.memory, decoded.__getitem__)
