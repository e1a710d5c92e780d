"""matplotlib figures: the figure itself for the next task, and its picture beside it for people."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from typing import Any

from tradewind.artifacts.codecs.image import RenderedPicture
from tradewind.artifacts.codecs.pickled import read_pickle, write_pickle
from tradewind.artifacts.sink import Sink
from tradewind.artifacts.source import Source


class FigureCodec:
    name = "figure"
    suffix = "pickle"

    def takes(self, value: Any) -> bool:
        return any(base.__module__ == "matplotlib.figure" and base.__name__ == "Figure" for base in type(value).__mro__)

    def write(self, value: Any, sink: Sink) -> Sequence[Any]:
        picture = io.BytesIO()
        value.savefig(picture, format="png", bbox_inches="tight")
        write_pickle(value, sink)
        return (RenderedPicture(picture.getvalue()),)

    def read(self, source: Source, parts: Sequence[Callable[[], Any]]) -> Any:
        return read_pickle(source.memory)
