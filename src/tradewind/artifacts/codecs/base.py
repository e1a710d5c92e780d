"""What every codec is. A codec looks at a value's type alone and imports its library only once it is to be used."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Protocol

from tradewind.artifacts.sink import Sink
from tradewind.artifacts.source import Source


class CannotCarryError(Exception):
    """The codec looked closer and found that the value would not come back the same: the next codec is asked."""


class Codec(Protocol):
    name: str
    suffix: str
    """Of its files in the artifact store."""

    def takes(self, value: Any) -> bool:
        """Whether this codec is for such values. Cheap, imports nothing."""
        ...

    def write(self, value: Any, sink: Sink) -> Sequence[Any]:
        """Write the value; returns the leaves that are to be encoded as parts of their own."""
        ...

    def read(self, source: Source, parts: Sequence[Callable[[], Any]]) -> Any:
        """The value again. Each of `parts` decodes one leaf."""
        ...


def is_from(value: Any, package: str) -> bool:
    """Whether the value's class comes from this package. Nothing is imported to find out."""
    return type(value).__module__.partition(".")[0] == package


def exact_type(value: object) -> type:
    return type(value)


def class_name(value: Any) -> str:
    return type(value).__name__
