"""Rows to predictions with one model, in whatever thread asks."""

from __future__ import annotations

from typing import Any

from tradewind.ml.serving.rows import BadRequestError, fitted, is_nameless, plain, suspects
from tradewind.ml.serving.sources import Loaded


class ModelFailedError(Exception):
    """The model raised what cannot be the rows' fault, or answered with another number of rows."""


def predict(loaded: Loaded, frame: Any) -> list[Any]:
    """One prediction a row. Raises BadRequestError, ModelFailedError."""
    features = fitted(frame, loaded)
    given = features.to_numpy() if is_nameless(features) else features
    try:
        found = plain(loaded.model.predict(given))
    except (ValueError, TypeError, KeyError) as error:
        found_out = suspects(features, loaded.columns)
        if found_out or isinstance(error, ValueError):
            raise BadRequestError([f"the model refuses these rows: {error}", *found_out]) from error
        raise ModelFailedError(f"{type(error).__name__}: {error}") from error
    except Exception as error:
        raise ModelFailedError(f"{type(error).__name__}: {error}") from error
    if len(found) != len(frame):
        raise ModelFailedError(f"the model gave {len(found)} predictions for {len(frame)} rows")
    return found
