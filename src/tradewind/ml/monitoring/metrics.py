"""Metrics of predictions against what turned out to be true, by name or as a function of the author's own."""

from __future__ import annotations

import importlib
import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple, TypeAlias

from tradewind.authoring.exceptions import AirflowFailException
from tradewind.ml.missing import needed

Metrics: TypeAlias = Sequence[str] | Mapping[str, Callable[[Any, Any], float]]


class Known(NamedTuple):
    function: str
    """In sklearn.metrics: (labels, predictions) → number."""
    is_error: bool = False
    """Less is better."""
    options: Mapping[str, Any] = {}


KNOWN: dict[str, Known] = {
    "accuracy": Known("accuracy_score"),
    "balanced_accuracy": Known("balanced_accuracy_score"),
    "f1": Known("f1_score", options={"average": "weighted", "zero_division": 0}),
    "precision": Known("precision_score", options={"average": "weighted", "zero_division": 0}),
    "recall": Known("recall_score", options={"average": "weighted", "zero_division": 0}),
    "roc_auc": Known("roc_auc_score"),
    "average_precision": Known("average_precision_score"),
    "log_loss": Known("log_loss", is_error=True),
    "brier": Known("brier_score_loss", is_error=True),
    "r2": Known("r2_score"),
    "mae": Known("mean_absolute_error", is_error=True),
    "mse": Known("mean_squared_error", is_error=True),
    "rmse": Known("root_mean_squared_error", is_error=True),
    "mape": Known("mean_absolute_percentage_error", is_error=True),
}
ERROR_WORDS = ("error", "loss", "mae", "mse", "rmse", "mape", "brier", "deviance")


def is_error(name: str) -> bool:
    """Whether less of it is better: as the table says, of others by their name."""
    known = KNOWN.get(name)
    return known.is_error if known is not None else any(word in name.lower() for word in ERROR_WORDS)


def measure(metrics: Metrics, labels: Any, predictions: Any) -> tuple[dict[str, float], dict[str, str]]:
    """(metric → number, metric → why it has none). Raises AirflowFailException for a name that is not known."""
    found: dict[str, float] = {}
    without: dict[str, str] = {}
    for name, function in _functions(metrics).items():
        try:
            value = float(function(labels, predictions))
        except (ValueError, ZeroDivisionError, TypeError) as error:
            without[name] = str(error).splitlines()[0][:200] or type(error).__name__
            continue
        if math.isfinite(value):
            found[name] = value
        else:
            without[name] = f"it is {value}"
    return found, without


def _functions(metrics: Metrics) -> dict[str, Callable[[Any, Any], float]]:
    if isinstance(metrics, Mapping):
        return dict(metrics)
    return {name: _known(name) for name in ([metrics] if isinstance(metrics, str) else metrics)}


def _known(name: str) -> Callable[[Any, Any], float]:
    known = KNOWN.get(name)
    if known is None:
        raise AirflowFailException(
            f"there is no metric {name!r}",
            hint=f"there are {', '.join(KNOWN)}; others as functions: metrics={{{name!r}: f(labels, predictions)}}",
        )
    with needed("ml", "sklearn"):
        module: Any = importlib.import_module("sklearn.metrics")  # an optional extra
    function = getattr(module, known.function)
    return lambda labels, predictions: function(labels, predictions, **known.options)
