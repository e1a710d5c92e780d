"""Metrics that a gate knows by name: how each is computed, which way is better, and what it needs of a model."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import Any, Literal

import numpy as np
from msgspec import Struct

from tradewind.ml.gates.statistics import Array, Statistic

Direction = Literal["maximize", "minimize"]
Needs = Literal["labels", "scores"]


class Metric(Struct, frozen=True):
    name: str
    of: Statistic
    direction: Direction
    needs: Needs = "labels"
    """Predicted labels (or numbers), or the score of the positive class."""
    per_row: Callable[[Array, Array], Array] | None = None
    """Where it is the mean of a number a row: that is resampled much faster."""
    is_logged: bool = False
    """A number that tasks log under this name: a gate can hold it against others, not compute it."""


def metric_of(name: str | Callable[..., Any], direction: Direction | None) -> Metric:
    """By name, or a function (truth, prediction) → number of the author's; with a direction, any name that tasks log.
    Raises ValueError."""
    if callable(name):
        return Metric(getattr(name, "__name__", "metric"), name, direction or "maximize")
    known = METRICS.get(name)
    if known is None:
        if direction is None:
            raise ValueError(
                f"{name!r} is none of the metrics that a gate computes ({', '.join(sorted(METRICS))}): of a number "
                "that your tasks log, say which way is better, direction='maximize' or 'minimize'; or give a function"
            )
        return Metric(name, _not_computed, direction, is_logged=True)
    return known if direction in (None, known.direction) else Metric(known.name, known.of, direction, known.needs)


def _not_computed(truth: Array, guess: Array) -> float:
    raise ValueError("a metric that tasks log is not computed from data")


def _mean_of(name: str, direction: Direction, per_row: Callable[[Array, Array], Array], needs: Needs) -> Metric:
    return Metric(name, lambda truth, guess: float(per_row(truth, guess).mean()), direction, needs, per_row)


def _of_sklearn(name: str, function: str, needs: Needs = "labels", **arguments: Any) -> Metric:
    def statistic(truth: Array, guess: Array) -> float:
        module = importlib.import_module("sklearn.metrics")  # a second, for the gates that need it
        return float(getattr(module, function)(truth, guess, **arguments))

    return Metric(name, statistic, "maximize", needs)


def _hits(truth: Array, guess: Array) -> Array:
    return np.asarray(truth == guess, dtype=float)


def _distances(truth: Array, guess: Array) -> Array:
    return np.abs(np.asarray(truth, dtype=float) - np.asarray(guess, dtype=float))


def _squares(truth: Array, guess: Array) -> Array:
    return _distances(truth, guess) ** 2


def _log_losses(truth: Array, score: Array) -> Array:
    positive = np.clip(np.asarray(score, dtype=float), 1e-15, 1 - 1e-15)
    is_positive = np.asarray(truth, dtype=float) > 0
    return -np.log(np.where(is_positive, positive, 1 - positive))


def _rmse(truth: Array, guess: Array) -> float:
    return float(np.sqrt(_squares(truth, guess).mean()))


def _r2(truth: Array, guess: Array) -> float:
    numbers = np.asarray(truth, dtype=float)
    spread = float(((numbers - numbers.mean()) ** 2).sum())
    return float("nan") if spread == 0 else 1 - float(_squares(truth, guess).sum()) / spread


_ALL = (
    _mean_of("accuracy", "maximize", _hits, "labels"),
    _mean_of("mae", "minimize", _distances, "labels"),
    _mean_of("mse", "minimize", _squares, "labels"),
    _mean_of("log_loss", "minimize", _log_losses, "scores"),
    _mean_of("brier", "minimize", _squares, "scores"),
    Metric("rmse", _rmse, "minimize"),
    Metric("r2", _r2, "maximize"),
    _of_sklearn("balanced_accuracy", "balanced_accuracy_score"),
    _of_sklearn("f1", "f1_score"),
    _of_sklearn("f1_macro", "f1_score", average="macro"),
    _of_sklearn("precision", "precision_score", zero_division=0),
    _of_sklearn("recall", "recall_score", zero_division=0),
    _of_sklearn("roc_auc", "roc_auc_score", "scores"),
    _of_sklearn("average_precision", "average_precision_score", "scores"),
)
METRICS: dict[str, Metric] = {one.name: one for one in _ALL}
