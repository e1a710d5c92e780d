"""`ml.monitor(…)`: is a model still as good as it was, on labels that have come in since?"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import structs

from tradewind.authoring.exceptions import AirflowFailException
from tradewind.authoring.taskflow import task
from tradewind.authoring.xcom_arg import XComArg
from tradewind.ml import journal
from tradewind.ml.monitoring.alarms import Alarm, raise_alarm
from tradewind.ml.monitoring.metrics import Metrics, is_error, measure
from tradewind.model.entries import ModelVersion, PerformanceChecked
from tradewind.model.journal import EntryQuery

MAX_DROP = 0.05
MIN_ROWS = 30
_log = logging.getLogger("tradewind.task")


class NoFeedbackError(AirflowFailException):
    """There are no predictions with a label, or not as many labels as predictions."""


def monitor(
    model: str,
    predictions: Any,
    labels: Any,
    *,
    metrics: Metrics = ("accuracy",),
    baseline: Mapping[str, float] | None = None,
    max_drop: float | Mapping[str, float] = MAX_DROP,
    min_rows: int = MIN_ROWS,
    version: str = "",
    name: str = "",
) -> Any:
    """Compare a model's metrics on labelled feedback with a baseline; gives a `PerformanceChecked`. Rows whose label is
    missing are left out: their truth has not come yet. `metrics` are names (accuracy, f1, roc_auc, rmse …) or
    name → function(labels, predictions). Of values that other tasks hand on it makes a task of its own.

    The model degraded where a metric is worse than its baseline by more than `max_drop`, a share of the baseline (0.05
    is 5 %), of all metrics or by name. Without a `baseline` it is what the registered version was measured with, else
    this monitor's first check. With fewer than `min_rows` rows nothing is decided. `name` (else the model's) is what
    `schedule=ml.OnDegradation(name)` waits for.

    Raises NoFeedbackError; AirflowFailException for a metric that is not known."""
    options: dict[str, Any] = {"metrics": metrics, "baseline": baseline, "max_drop": max_drop, "min_rows": min_rows}
    options |= {"version": version, "name": name}
    if isinstance(predictions, XComArg) or isinstance(labels, XComArg):
        return task(monitor).override(task_id=_task_id(name or model))(model, predictions, labels, **options)
    known, predicted = _labelled(labels, predictions)
    found, without = measure(metrics, known, predicted)
    name = name or model
    before = dict(baseline) if baseline is not None else _baseline(model, version, name)
    reasons = _worse(found, before, max_drop) if len(known) >= min_rows else []
    checked = PerformanceChecked(
        model=model,
        version=version,
        metrics=found,
        baseline={key: value for key, value in before.items() if key in found},
        degraded=bool(reasons),
        rows=len(known),
        reason=_reason(reasons, without, len(known), min_rows, has_baseline=bool(before)),
    )
    return _made_known(checked, name)


def _made_known(checked: PerformanceChecked, name: str) -> PerformanceChecked:
    alarm = Alarm(False)
    if checked.degraded:
        said = {"monitor": name, "model": checked.model, "metrics": checked.metrics, "reason": checked.reason}
        alarm = raise_alarm("degradation", name, said)
    held_why = alarm.held_why if checked.degraded else ""
    checked = structs.replace(checked, triggered=alarm.raised, held_why=held_why)
    _log.log(logging.WARNING if checked.degraded else logging.INFO, "%s: %s", name, checked.reason)
    journal.write(checked, name)
    return checked


def _labelled(labels: Any, predictions: Any) -> tuple[list[Any], list[Any]]:
    known, predicted = _listed(labels), _listed(predictions)
    if len(known) != len(predicted):
        raise NoFeedbackError(
            f"there are {len(predicted)} predictions and {len(known)} labels",
            hint="join them by their key first, and keep rows without a label as missing",
        )
    pairs = [(label, guess) for label, guess in zip(known, predicted, strict=True) if not _is_missing(label)]
    if not pairs:
        raise NoFeedbackError(
            f"none of {len(known)} predictions has a label yet",
            hint="wait for feedback (a sensor, or a later data interval), or skip the task until there is some",
        )
    return [label for label, _ in pairs], [guess for _, guess in pairs]


def _listed(values: Any) -> list[Any]:
    """Of a series, an array, an Arrow column or a list; a frame's only column."""
    if getattr(values, "ndim", 1) == 2:
        if values.shape[1] != 1:
            raise NoFeedbackError(
                f"a frame of {values.shape[1]} columns is no list of labels or predictions", hint="choose one of them"
            )
        values = values.iloc[:, 0] if hasattr(values, "iloc") else values[:, 0]
    for method in ("tolist", "to_list", "to_pylist"):
        if hasattr(values, method):
            return list(getattr(values, method)())
    return list(values)


def _is_missing(value: Any) -> bool:
    return value is None or value != value or type(value).__name__ in {"NAType", "NaTType"}


def _baseline(model: str, version: str, name: str) -> dict[str, float]:
    """What it was measured with when it was registered, else the first check of this monitor that is known."""
    for entry in journal.read(EntryQuery(ModelVersion.__name__, name=model)):
        metrics: dict[str, float] = entry.body.get("metrics") or {}
        if metrics and version in ("", str(entry.body.get("version"))):
            return metrics
    checks = [
        entry.body
        for entry in journal.read(EntryQuery(PerformanceChecked.__name__, name=name, limit=1000))
        if version in ("", entry.body.get("version"))
    ]
    return dict(checks[-1]["baseline"] or checks[-1]["metrics"]) if checks else {}


def _worse(
    found: Mapping[str, float], baseline: Mapping[str, float], max_drop: float | Mapping[str, float]
) -> list[str]:
    reasons: list[str] = []
    for name, value in found.items():
        if name not in baseline:
            continue
        allowed = max_drop.get(name, MAX_DROP) if isinstance(max_drop, Mapping) else max_drop
        before = baseline[name]
        drop = (value - before if is_error(name) else before - value) / (abs(before) or 1.0)
        if drop > allowed:
            reasons.append(f"{name} is {value:.4g}, {drop:.1%} worse than {before:.4g} ({allowed:.1%} is allowed)")
    return reasons


def _reason(reasons: Sequence[str], without: Mapping[str, str], rows: int, min_rows: int, *, has_baseline: bool) -> str:
    said = list(reasons)
    if rows < min_rows:
        said.append(f"only {rows} labelled rows, nothing is decided below {min_rows}")
    elif not has_baseline:
        said.append("the first check: the next ones are compared with it")
    elif not reasons:
        said.append(f"as good as before on {rows} labelled rows")
    said += [f"no {name}: {why}" for name, why in without.items()]
    return "; ".join(said)


def _task_id(name: str) -> str:
    return "monitor_" + "".join(character if character.isalnum() else "_" for character in name)
