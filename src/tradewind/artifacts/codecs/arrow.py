"""Frames and tables as uncompressed Arrow IPC files, mapped when read: pandas, polars, pyarrow."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from tradewind.artifacts.codecs import arrow_pandas, arrow_polars, arrow_table
from tradewind.artifacts.codecs.base import CannotCarryError, class_name
from tradewind.artifacts.sink import Sink
from tradewind.artifacts.source import Source
from tradewind.model.errors import TradewindError

_BACK_ENDS = {"pandas": arrow_pandas, "polars": arrow_polars, "pyarrow": arrow_table}


class ArrowCodec:
    name = "arrow"
    suffix = "arrow"

    def takes(self, value: Any) -> bool:
        """Exact classes only: a GeoDataFrame knows more than its columns."""
        back_end = _BACK_ENDS.get(_package(type(value).__module__))
        return back_end is not None and class_name(value) in back_end.CLASSES

    def write(self, value: Any, sink: Sink) -> Sequence[Any]:
        try:
            _BACK_ENDS[_package(type(value).__module__)].write(value, sink)
        except (CannotCarryError, TradewindError, MemoryError, OSError):
            raise
        except Exception as error:  # whatever Arrow cannot carry, or pyarrow not being installed
            raise CannotCarryError(str(error)) from error
        return ()

    def read(self, source: Source, parts: Sequence[Callable[[], Any]]) -> Any:
        return _BACK_ENDS[_package(source.type)].read(source)


def _package(name: str) -> str:
    return name.partition(".")[0]
