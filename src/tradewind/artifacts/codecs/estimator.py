"""scikit-learn estimators, custom ones and XGBoost's or LightGBM's too, as files that `joblib.load` opens anywhere.

Why joblib and not skops, and when a plain pickle: docs/decisions/0007-estimators-as-joblib.md."""

from __future__ import annotations

import importlib
import io
import pickle
from collections.abc import Callable, Sequence
from typing import Any

from tradewind.artifacts.codecs.base import CannotCarryError
from tradewind.artifacts.sink import Sink
from tradewind.artifacts.source import Source
from tradewind.model.errors import TradewindError

MAPPED_FROM_BYTES = 16 << 20
"""Smaller models are read plainly, so that their arrays are ordinary ones."""
LARGE_ARRAY_BYTES = 1 << 20
"""An array of this size is worth joblib's own format, which can be mapped. joblib's pickler is written in Python: for a
forest of small trees it takes eight times as long as pickle's."""
JOBLIB_PROTOCOL = 4
PLAIN_PROTOCOL = 5
"""Tells, as the second byte of a file, which of the two has written it: pickle cannot read what joblib adds."""


class _HasLargeArray(Exception):
    pass


class EstimatorCodec:
    name = "joblib"
    suffix = "joblib"

    def takes(self, value: Any) -> bool:
        return any(
            base.__module__ == "sklearn.base" and base.__name__ == "BaseEstimator" for base in type(value).__mro__
        )

    def write(self, value: Any, sink: Sink) -> Sequence[Any]:
        try:
            try:
                pickle.Pickler(sink, PLAIN_PROTOCOL, buffer_callback=_refuse_large_array).dump(value)
            except _HasLargeArray:
                sink.discard()
                _joblib().dump(value, sink, protocol=JOBLIB_PROTOCOL)
        except TradewindError:
            raise
        except Exception as error:  # a lambda in a pipeline step, say: cloudpickle carries more
            raise CannotCarryError(str(error)) from error
        return ()

    def read(self, source: Source, parts: Sequence[Callable[[], Any]]) -> Any:
        if bytes(source.memory[:2]) == bytes([pickle.PROTO[0], PLAIN_PROTOCOL]):
            return pickle.loads(source.memory)  # noqa: S301  # in the author's own process; see the decision
        if source.path is not None and source.memory.nbytes >= MAPPED_FROM_BYTES:
            return _joblib().load(str(source.path), mmap_mode="c")
        return _joblib().load(io.BytesIO(source.memory))


def _refuse_large_array(buffer: pickle.PickleBuffer) -> bool:
    if buffer.raw().nbytes >= LARGE_ARRAY_BYTES:
        raise _HasLargeArray
    return True  # inside of the pickle, like everything else


def _joblib() -> Any:
    try:
        return importlib.import_module("joblib")  # comes with scikit-learn
    except ImportError as error:
        raise CannotCarryError("joblib is not installed") from error
