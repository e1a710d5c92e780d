"""Champion and challenger on the same rows: predictions, then a line of the decision for each rule and slice."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Any, cast

import numpy as np
from msgspec import Struct

from tradewind.ml.gates.metrics import Metric
from tradewind.ml.gates.rules import Rule, Verdict, against_threshold, better, better_by_mcnemar, not_surely_worse
from tradewind.ml.gates.statistics import Array, Interval, mcnemar, paired_means, paired_statistic
from tradewind.model.entries import MetricCompared

MOST_GROUPS = 50
"""Of one slice column: the largest."""


class Holdout(Struct, frozen=True):
    features: Any
    truth: Array


class Line(Struct, frozen=True):
    compared: MetricCompared
    verdict: Verdict


class Guesses:
    """What one model says of the rows, asked once for labels and once for scores."""

    def __init__(self, model: Any, holdout: Holdout) -> None:
        self._model = model
        self._features = _features_for(model, holdout.features)
        self._kept: dict[str, Array] = {}

    def of(self, metric: Metric) -> Array:
        if metric.needs not in self._kept:
            self._kept[metric.needs] = (
                np.asarray(self._model.predict(self._features)) if metric.needs == "labels" else self._scores()
            )
        return self._kept[metric.needs]

    def _scores(self) -> Array:
        if hasattr(self._model, "predict_proba"):
            found = np.asarray(self._model.predict_proba(self._features))
            return found[:, 1] if found.ndim == 2 and found.shape[1] == 2 else found
        if hasattr(self._model, "decision_function"):
            return np.asarray(self._model.decision_function(self._features))
        return np.asarray(self._model.predict(self._features))


def holdout_of(data: Any, target: str | None) -> Holdout:
    """`data`: a DataFrame with the target among its columns, or a pair (features, truth). Raises ValueError."""
    if target is not None:
        columns: list[str] = list(getattr(data, "columns", ()))
        if target not in columns:
            raise ValueError(
                f"the data has no column {target!r} for the target: it has {columns or type(data).__name__}"
            )
        return _with_rows(data.drop(columns=[target]), np.asarray(data[target]))
    pair = list(cast("Sequence[Any]", data)) if isinstance(data, (tuple, list)) else []
    if len(pair) != 2:
        raise ValueError("a gate needs a DataFrame and target=, or a pair (features, truth)")
    return _with_rows(pair[0], np.asarray(pair[1]))


def _with_rows(features: Any, truth: Array) -> Holdout:
    if not len(truth):
        raise ValueError("the data has no rows to compare on")
    return Holdout(features, truth)


def compare(rule: Rule, holdout: Holdout, challenger: Guesses, champion: Guesses | None) -> Iterator[Line]:
    """The lines of one rule. Without a champion only its threshold counts."""
    every = np.arange(len(holdout.truth))
    if rule.threshold is not None or (champion is None and rule.better_by is not None):
        yield _threshold(rule, holdout, challenger, every)
    if champion is None:
        return
    if rule.better_by is not None:
        yield _against(rule, holdout, challenger, champion, every, "")
    for column in rule.slices:
        for name, rows in _groups(holdout.features, column):
            if len(rows) >= rule.slice_min_rows:
                yield _against(rule, holdout, challenger, champion, rows, f"{column}={name}")


def _threshold(rule: Rule, holdout: Holdout, challenger: Guesses, rows: Array) -> Line:
    value = _value(rule.known, holdout.truth[rows], challenger.of(rule.known)[rows])
    if rule.threshold is None:
        verdict, reason = ("failed", "it is not a number") if math.isnan(value) else ("passed", "there is no champion")
    else:
        verdict, reason = against_threshold(value, rule.threshold, rule.sign)
    compared = MetricCompared(
        rule.name,
        "",
        _finite(value),
        threshold=rule.threshold,
        passed=verdict == "passed",
        reason=reason,
        rows=len(rows),
    )
    return Line(compared, verdict)  # pyright: ignore[reportArgumentType]


def _against(
    rule: Rule, holdout: Holdout, challenger: Guesses, champion: Guesses, rows: Array, slice_name: str
) -> Line:
    metric = rule.known
    truth, new, old = holdout.truth[rows], challenger.of(metric)[rows], champion.of(metric)[rows]
    found = _signed(_interval(rule, truth, new, old), rule.sign)
    p_value, test = found.p_value, "paired bootstrap"
    is_mcnemar = rule.test == "mcnemar" or (rule.test == "auto" and metric.name == "accuracy")
    if slice_name:
        verdict, reason = not_surely_worse(found, rule.slice_worse_by)
    elif is_mcnemar:
        right, wrong = new == truth, old == truth
        p_value, test = mcnemar(int((right & ~wrong).sum()), int((~right & wrong).sum())), "McNemar"
        verdict, reason = better_by_mcnemar(found, p_value, rule.better_by or 0.0, rule.confidence)
    else:
        verdict, reason = better(found, rule.better_by or 0.0)
    compared = MetricCompared(
        metric=metric.name,
        slice=slice_name,
        challenger=_finite(_value(metric, truth, new)),
        champion=_finite(_value(metric, truth, old)),
        difference=_finite(found.difference),
        low=_finite(found.low),
        high=_finite(found.high),
        p_value=p_value,
        test=test,
        passed=verdict == "passed",
        reason=reason,
        rows=len(rows),
    )
    return Line(compared, verdict)


def _interval(rule: Rule, truth: Array, new: Array, old: Array) -> Interval:
    metric = rule.known
    if metric.per_row is not None:
        return paired_means(
            metric.per_row(truth, new), metric.per_row(truth, old), confidence=rule.confidence, resamples=rule.resamples
        )
    try:
        return paired_statistic(metric.of, truth, new, old, confidence=rule.confidence, resamples=rule.resamples)
    except ValueError:  # not defined on these rows
        return Interval(math.nan, math.nan, math.nan, 1.0)


def _signed(found: Interval, sign: int) -> Interval:
    """So that positive is better."""
    if sign > 0:
        return found
    return Interval(-found.difference, -found.high, -found.low, found.p_value)


def _value(metric: Metric, truth: Array, guess: Array) -> float:
    try:
        return float(metric.of(truth, guess))
    except ValueError:
        return math.nan


def _finite(value: float) -> float | None:
    return value if math.isfinite(value) else None


def _groups(features: Any, column: str) -> Iterator[tuple[str, Array]]:
    if column not in getattr(features, "columns", ()):
        raise ValueError(
            f"the data has no column {column!r} to slice by: it has {list(getattr(features, 'columns', ()))}"
        )
    values = np.asarray(features[column].astype(str))
    names, counts = np.unique(values, return_counts=True)
    for place in np.argsort(-counts, kind="stable")[:MOST_GROUPS]:
        yield str(names[place]), np.flatnonzero(values == names[place])


def _features_for(model: Any, features: Any) -> Any:
    """The columns that it was trained on, where it knows them: the data may have more, to slice by."""
    names: Sequence[str] | None = getattr(model, "feature_names_in_", None)
    if names is None or not hasattr(features, "columns"):
        return features
    return features[list(names)]
