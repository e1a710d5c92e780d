"""`ml.shadow_gate`: decides on a challenger by what it has said beside the champion, from the log of a shadow run."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import timedelta
from typing import Any

import numpy as np

from tradewind.ml.gates.comparing import Guesses, Holdout, Line, compare
from tradewind.ml.gates.gate import GateOperator
from tradewind.ml.gates.rules import Rule, against_threshold
from tradewind.ml.registry.naming import version_of
from tradewind.ml.registry.reading import CHALLENGER, Registry
from tradewind.ml.serving.logged import request_log
from tradewind.ml.tracking.place import place_of_process
from tradewind.model.entries import GateDecision, MetricCompared


def shadow_gate(model: str, **wishes: Any) -> ShadowGateOperator:
    """Decides on `challenger` (default: the alias) by the request log of `tradewind serve MODEL --shadow challenger`:
    of the rows that it and the present champion have both predicted.

    `min_rows` and `min_period` (a timedelta, from the first such row to the last): before that it holds. `labels`: a
    DataFrame with the column `target` and the columns `on`, by which its rows are found in the log (`request_id` and
    `row`, or a column that was sent along); then `rules` compare the two as in `ml.gate`. `min_agreement`: the share of
    rows on which both say the same (numbers: within `tolerance`). `max_failures`: the share of rows that the challenger
    may fail at. What `ml.gate` takes about branches and people, it takes."""
    return ShadowGateOperator(model=model, **wishes)


class ShadowGateOperator(GateOperator):
    """See `shadow_gate`."""

    template_fields: Collection[str] = ("model", "challenger", "labels")

    def __init__(
        self,
        *,
        model: str,
        challenger: Any = CHALLENGER,
        labels: Any = None,
        target: str | None = None,
        on: str | Sequence[str] = ("request_id", "row"),
        rules: Sequence[Rule | str] = (),
        min_rows: int = 1000,
        min_period: timedelta = timedelta(0),
        min_agreement: float | None = None,
        tolerance: float = 1e-6,
        max_failures: float = 0.0,
        task_id: str = "shadow_gate",
        **kwargs: Any,
    ) -> None:
        self.labels = labels
        self.on = [on] if isinstance(on, str) else list(on)
        self.min_rows = min_rows
        self.min_period = min_period
        self.min_agreement = min_agreement
        self.tolerance = tolerance
        self.max_failures = max_failures
        super().__init__(
            model=model, challenger=challenger, target=target, rules=rules, task_id=task_id, **kwargs
        )  # fmt: skip

    def _check(self) -> None:
        if self.labels is None and self.min_agreement is None:
            raise ValueError("a shadow gate needs labels= and rules=, or min_agreement=")
        if self.labels is not None and (not self.rules or self.target is None):
            raise ValueError("a shadow gate with labels= needs rules= and target=, the column of the truth")

    def _decide(self) -> GateDecision:
        champion = Registry(place_of_process()).champion(self.model)
        challenger = version_of(self.model, self.challenger)
        if champion == challenger:
            return GateDecision("hold", f"version {champion} is the champion already", (), challenger, champion)
        seen = _seen(request_log(self.model), champion, challenger)
        if (too_early := self._too_early(seen)) != "":
            return GateDecision("hold", too_early, (), challenger, champion)
        whole = seen[seen["shadow_prediction"].notna()]
        lines = [self._failures(len(seen), len(seen) - len(whole))]
        if self.min_agreement is not None and len(whole):
            lines.append(self._agreement(whole))
        if self.labels is not None:
            known = _joined(whole, self.labels, self.on, str(self.target))
            if len(known) < self.min_rows:
                reason = f"labels are known of {len(known)} rows, {self.min_rows} are asked for"
                return GateDecision("hold", reason, (), challenger, champion)
            lines.extend(self._by_labels(known))
        return self._decided(lines, challenger, champion)

    def _too_early(self, seen: Any) -> str:
        if len(seen) < max(1, self.min_rows):
            return f"both have predicted {len(seen)} rows, {max(1, self.min_rows)} are asked for"
        lasted: timedelta = seen["at"].max() - seen["at"].min()
        return f"it has lasted {lasted}, {self.min_period} is asked for" if lasted < self.min_period else ""

    def _failures(self, rows: int, failed: int) -> Line:
        share = failed / rows
        verdict, reason = against_threshold(share, self.max_failures, -1)
        return _line("shadow_failures", share, self.max_failures, verdict, reason, rows)

    def _agreement(self, seen: Any) -> Line:
        assert self.min_agreement is not None
        pairs = zip(seen["prediction"], seen["shadow_prediction"], strict=True)
        share = float(np.mean([_agree(one, other, self.tolerance) for one, other in pairs]))
        verdict, reason = against_threshold(share, self.min_agreement, 1)
        return _line("agreement", share, self.min_agreement, verdict, reason, len(seen))

    def _by_labels(self, known: Any) -> list[Line]:
        holdout = Holdout(known.drop(columns=[str(self.target)]), np.asarray(known[self.target]))
        old, new = (_Said(np.asarray(known[name].tolist())) for name in ("prediction", "shadow_prediction"))
        challenger, champion = Guesses(new, holdout), Guesses(old, holdout)
        return [line for rule in self.rules for line in compare(rule, holdout, challenger, champion)]


class _Said:
    """A model that says what it has said."""

    def __init__(self, predictions: Any) -> None:
        self._predictions = predictions

    def predict(self, features: Any) -> Any:
        return self._predictions


def _seen(log: Any, champion: str, challenger: str) -> Any:
    return log[(log["version"] == champion) & (log["shadow_version"] == challenger)]


def _joined(seen: Any, labels: Any, on: Sequence[str], target: str) -> Any:
    for what, columns, wanted in (("labels have", labels.columns, [*on, target]), ("log has", seen.columns, on)):
        missing = [one for one in wanted if one not in columns]
        if missing:
            raise ValueError(f"the {what} no column {missing[0]!r}: there are {', '.join(map(str, columns))}")
    if target in seen.columns:
        seen = seen.drop(columns=[target])
    return seen.merge(labels[[*on, target]].drop_duplicates(list(on), keep="last"), on=list(on))


def _agree(one: Any, other: Any, tolerance: float) -> bool:
    if isinstance(one, (int, float)) and isinstance(other, (int, float)):
        return bool(np.isclose(one, other, rtol=tolerance, atol=tolerance))
    return bool(one == other)


def _line(metric: str, value: float, threshold: float, verdict: Any, reason: str, rows: int) -> Line:
    compared = MetricCompared(
        metric, "", value, threshold=threshold, passed=verdict == "passed", reason=reason, rows=rows
    )
    return Line(compared, verdict)
