"""Values that JSON carries without loss: None, bool, int, finite float, str, lists, dicts with text keys."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Sequence
from typing import Any, cast

import msgspec

from tradewind.artifacts.codecs.base import CannotCarryError
from tradewind.artifacts.sink import Sink
from tradewind.artifacts.source import Source

_ATOMS: frozenset[type] = frozenset({type(None), bool, int, float, str})
_ALL: frozenset[type] = _ATOMS | {list, dict}
_encoder = msgspec.json.Encoder()


class JsonCodec:
    name = "json"
    suffix = "json"

    def takes(self, value: Any) -> bool:
        try:
            return _is_json((value,))
        except RecursionError:  # nested too deeply, or a list that holds itself: not for JSON
            return False

    def write(self, value: Any, sink: Sink) -> Sequence[Any]:
        try:
            sink.write(_encoder.encode(value))
        except (UnicodeEncodeError, RecursionError, ValueError) as error:
            raise CannotCarryError from error
        return ()

    def read(self, source: Source, parts: Sequence[Callable[[], Any]]) -> Any:
        return msgspec.json.decode(source.memory)


def _is_json(items: Collection[Any]) -> bool:
    """Exact types only: a subclass (an IntEnum, np.float64) would come back as its base."""
    kinds: set[type] = set(map(type, items))
    if not kinds <= _ALL:
        return False
    if float in kinds and not all(math.isfinite(item) for item in items if type(item) is float):
        return False
    if list in kinds and not all(_is_json(cast("list[Any]", item)) for item in items if type(item) is list):
        return False
    return dict not in kinds or all(_is_json_dict(item) for item in items if type(item) is dict)


def _is_json_dict(value: Any) -> bool:
    found = cast("dict[Any, Any]", value)
    return set(map(type, found)) <= {str} and _is_json(found.values())
