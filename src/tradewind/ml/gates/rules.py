"""What a gate asks of a challenger: `ml.Rule`, and how numbers become passed, failed or unsure."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from tradewind.ml.gates.metrics import Direction, Metric, metric_of
from tradewind.ml.gates.statistics import Interval

Verdict = Literal["passed", "failed", "unsure"]
Test = Literal["auto", "bootstrap", "mcnemar"]


@dataclass(frozen=True)
class Rule:
    """One demand on the challenger. All rules have to pass.

    `metric`: a name (accuracy, f1, roc_auc, mae, rmse …) or a function (truth, prediction) → number; in a gate with
    `metrics=` any name that tasks log, with its `direction`. `threshold`: at
    least this (at most, where less is better). `better_by`: by how much it has to be better than the champion on the
    same rows, in the metric's own unit, with this `confidence`; 0.0: better at all; negative: so much worse is allowed.
    `slices`: columns of the data; in each of their groups with `slice_min_rows` rows it must not be surely worse than
    the champion by more than `slice_worse_by`. `test`: `mcnemar` for accuracy and `bootstrap` else, where it says
    `auto`."""

    metric: str | Callable[..., Any]
    threshold: float | None = None
    better_by: float | None = None
    confidence: float = 0.95
    slices: Sequence[str] = ()
    slice_worse_by: float = 0.0
    slice_min_rows: int = 30
    direction: Direction | None = None
    test: Test = "auto"
    resamples: int = 2000

    def __post_init__(self) -> None:
        kept = metric_of(self.metric, self.direction)
        if self.threshold is None and self.better_by is None and not self.slices:
            raise ValueError(f"the rule about {kept.name!r} asks nothing: give threshold=, better_by= or slices=")
        if not 0.5 <= self.confidence < 1:
            raise ValueError(f"confidence is between 0.5 and 1, not {self.confidence}")
        if self.test == "mcnemar" and kept.name != "accuracy":
            raise ValueError(f"McNemar's test is about accuracy, not {kept.name!r}: take test='bootstrap'")

    @property
    def known(self) -> Metric:
        return metric_of(self.metric, self.direction)

    @property
    def name(self) -> str:
        return self.known.name

    @property
    def sign(self) -> int:
        """Times a difference: positive is better."""
        return 1 if self.known.direction == "maximize" else -1


def against_threshold(value: float, threshold: float, sign: int) -> tuple[Verdict, str]:
    """A metric that is no number passes nothing."""
    if math.isnan(value):
        return "failed", "it is not a number"
    if sign * (value - threshold) >= 0:
        return "passed", f"{value:.4g} {'≥' if sign > 0 else '≤'} {threshold:.4g}"
    return "failed", f"{value:.4g} is {'below' if sign > 0 else 'above'} {threshold:.4g}"


def better(found: Interval, better_by: float) -> tuple[Verdict, str]:
    """`found` is signed: positive is better. The whole interval has to be beyond the least effect; of an interval that
    begins at it, zero effect, equality is not enough."""
    if math.isnan(found.difference):
        return "failed", "the difference is not a number"
    said = f"{found.difference:+.4g} [{found.low:+.4g}, {found.high:+.4g}]"
    is_beyond = found.low > better_by or (found.low == better_by and better_by < 0)
    if is_beyond:
        return "passed", f"better by {said}" if better_by >= 0 else f"not worse by more than {-better_by:.4g}: {said}"
    if found.high <= better_by:
        return "failed", f"not better by {better_by:.4g}: {said}" if better_by >= 0 else f"worse: {said}"
    return "unsure", f"the data cannot tell: {said} against {better_by:+.4g}"


def better_by_mcnemar(found: Interval, p_value: float, better_by: float, confidence: float) -> tuple[Verdict, str]:
    """The test says whether there is a difference, the difference itself whether it is large enough."""
    said = f"{found.difference:+.4g}, p = {p_value:.3g}"
    if p_value > 1 - confidence:
        if better_by < 0:
            return better(found, better_by)
        return "unsure", f"the data cannot tell them apart: {said}"
    if found.difference >= better_by and (better_by < 0 or found.difference > 0):
        return "passed", f"better by {said}"
    return "failed", f"not better by {better_by:.4g}: {said}"


def not_surely_worse(found: Interval, allowed: float) -> tuple[Verdict, str]:
    """Of a slice, which is small: it is held only for what is certain."""
    said = f"{found.difference:+.4g} [{found.low:+.4g}, {found.high:+.4g}]"
    if math.isnan(found.difference):
        return "passed", "not defined in this slice"
    return ("failed", f"surely worse: {said}") if found.high < -allowed else ("passed", said)
