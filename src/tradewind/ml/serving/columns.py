"""What columns a model is given: by its signature in MLflow, else by what it remembers of its training."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

from msgspec import Struct

Kind = Literal["any", "integer", "number", "boolean", "text", "datetime"]
_KINDS: dict[str, Kind] = {
    "integer": "integer",
    "long": "integer",
    "float": "number",
    "double": "number",
    "boolean": "boolean",
    "string": "text",
    "datetime": "datetime",
}


class Column(Struct, frozen=True):
    name: str
    kind: Kind = "any"
    is_required: bool = True
    dtype: str = ""
    """Of pandas or numpy, where the signature says it."""


def columns_of(model: Any, signature: Any) -> tuple[Column, ...]:
    """None where neither knows names."""
    inputs = getattr(signature, "inputs", None)
    if inputs is not None and not inputs.is_tensor_spec() and inputs.has_input_names():
        return tuple(_of_spec(one) for one in inputs.inputs)
    for find in _NAMES:
        names = find(model)
        if names is not None and len(names):
            return tuple(Column(str(one)) for one in names)
    return ()


def width_of(model: Any) -> int | None:
    """How many columns, where they have no names."""
    found = getattr(model, "n_features_in_", None)
    return int(found) if found is not None else None


def _of_spec(one: Any) -> Column:
    kind = _KINDS.get(str(getattr(one.type, "name", "")), "any")
    dtype = "" if kind in ("any", "text") else str(one.type.to_pandas())
    return Column(str(one.name), kind, bool(one.required), dtype)


def _of_xgboost(model: Any) -> Any:
    return getattr(model, "feature_names", None)


def _of_lightgbm(model: Any) -> Any:
    found = getattr(model, "feature_name", None)
    return found() if callable(found) else None


_NAMES: tuple[Callable[[Any], Any], ...] = (
    lambda model: getattr(model, "feature_names_in_", None),
    _of_xgboost,
    _of_lightgbm,
)
