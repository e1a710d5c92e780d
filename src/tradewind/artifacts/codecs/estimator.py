"""scikit-learn estimators, also custom ones and those of XGBoost or LightGBM, as joblib files that load anywhere.

Why joblib and not skops: docs/decisions/0022-estimators-as-joblib.md."""

from __future__ import annotations

import importlib
import io
from collections.abc import Callable, Sequence
from typing import Any

from tradewind.artifacts.codecs.base import CannotCarryError
from tradewind.artifacts.sink import Sink
from tradewind.artifacts.source import Source
from tradewind.model.errors import TradewindError

MAPPED_FROM_BYTES = 16 << 20
"""Smaller models are read plainly, so that their arrays are ordinary ones."""


class EstimatorCodec:
    name = "joblib"
    suffix = "joblib"

    def takes(self, value: Any) -> bool:
        return any(
            base.__module__ == "sklearn.base" and base.__name__ == "BaseEstimator" for base in type(value).__mro__
        )

    def write(self, value: Any, sink: Sink) -> Sequence[Any]:
        try:
            _joblib().dump(value, sink)
        except TradewindError:
            raise
        except Exception as error:  # a lambda in a pipeline step, say: cloudpickle carries more
            raise CannotCarryError(str(error)) from error
        return ()

    def read(self, source: Source, parts: Sequence[Callable[[], Any]]) -> Any:
        if source.path is not None and source.memory.nbytes >= MAPPED_FROM_BYTES:
            return _joblib().load(str(source.path), mmap_mode="c")
        return _joblib().load(io.BytesIO(source.memory))


def _joblib() -> Any:
    try:
        return importlib.import_module("joblib")  # comes with scikit-learn
    except ImportError as error:
        raise CannotCarryError("joblib is not installed") from error
