"""Pictures: PIL images as PNG where that loses nothing, and the picture kept beside a figure."""

from __future__ import annotations

import importlib
import io
from collections.abc import Callable, Sequence
from typing import Any

from tradewind.artifacts.codecs.base import CannotCarryError, is_from
from tradewind.artifacts.sink import Sink
from tradewind.artifacts.source import Source

LOSSLESS_MODES = frozenset({"1", "L", "LA", "P", "RGB", "RGBA", "I;16"})


class RenderedPicture:
    """The PNG of a figure, for people and reports to look at."""

    def __init__(self, png: bytes) -> None:
        self.png = png


class ImageCodec:
    name = "png"
    suffix = "png"

    def takes(self, value: Any) -> bool:
        if isinstance(value, RenderedPicture):
            return True
        return is_from(value, "PIL") and getattr(value, "mode", None) in LOSSLESS_MODES

    def write(self, value: Any, sink: Sink) -> Sequence[Any]:
        if isinstance(value, RenderedPicture):
            sink.write(value.png)
            return ()
        if getattr(value, "n_frames", 1) > 1 or not value.width or not value.height:
            raise CannotCarryError("a film, or an empty picture")
        encoded = io.BytesIO()
        value.save(encoded, format="PNG", compress_level=1)
        sink.write(encoded.getbuffer())
        return ()

    def read(self, source: Source, parts: Sequence[Callable[[], Any]]) -> Any:
        if source.type.endswith(RenderedPicture.__name__):
            return RenderedPicture(bytes(source.memory))
        image = importlib.import_module("PIL.Image")  # optional, and only needed for pictures
        opened = image.open(io.BytesIO(source.memory))
        return opened.copy()  # an image of its own: no longer tied to the file
