"""The table of codecs, in the order they are asked. The last one takes everything."""

from __future__ import annotations

from typing import Final

from tradewind.artifacts.codecs.array import ArrayCodec
from tradewind.artifacts.codecs.arrow import ArrowCodec
from tradewind.artifacts.codecs.base import Codec
from tradewind.artifacts.codecs.estimator import EstimatorCodec
from tradewind.artifacts.codecs.figure import FigureCodec
from tradewind.artifacts.codecs.image import ImageCodec
from tradewind.artifacts.codecs.json import JsonCodec
from tradewind.artifacts.codecs.pickled import PickleCodec
from tradewind.artifacts.codecs.raw import BytesCodec, TextCodec
from tradewind.artifacts.codecs.tensor import TensorCodec
from tradewind.artifacts.codecs.tree import TreeCodec
from tradewind.artifacts.codecs.typed import TypedCodec
from tradewind.model.errors import ValueStoreError

CODECS: Final[tuple[Codec, ...]] = (
    TextCodec(),
    BytesCodec(),
    JsonCodec(),
    ArrowCodec(),
    ArrayCodec(),
    TensorCodec(),
    EstimatorCodec(),
    FigureCodec(),
    ImageCodec(),
    TypedCodec(),
    TreeCodec(),
    PickleCodec(),
)
_BY_NAME = {codec.name: codec for codec in CODECS}


def codec_named(name: str) -> Codec:
    """Raises ValueStoreError for a name of a newer version."""
    codec = _BY_NAME.get(name)
    if codec is None:
        raise ValueStoreError(f"there is no codec {name!r}", hint="the value was written by a newer version: upgrade")
    return codec
