"""`ml.SmokeTest`: sample rows that a deployed model has to answer, before anybody relies on it."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias, cast

from tradewind.ml.deploying.target import Predict


@dataclass(frozen=True)
class SmokeTest:
    """`rows` (dicts, lists or a DataFrame) are predicted. `expect`: what has to come out, numbers within `tolerance`;
    without it, as many predictions as rows, none of them missing."""

    rows: Any
    expect: Sequence[Any] | None = None
    tolerance: float = 1e-6

    def __post_init__(self) -> None:
        if not len(self.rows):
            raise ValueError("a smoke test without rows tests nothing: give rows=[{…}]")
        if self.expect is not None and len(self.expect) != len(self.rows):
            raise ValueError(f"{len(self.rows)} rows, but {len(self.expect)} values to expect")

    def __call__(self, predict: Predict) -> str:
        """What was seen, in words. Raises AssertionError."""
        found = predict(self.rows)
        if len(found) != len(self.rows):
            raise AssertionError(f"{len(found)} predictions for {len(self.rows)} rows")
        for index, one in enumerate(found):
            if one is None:
                raise AssertionError(f"row {index} has no prediction")
            if self.expect is not None and not _same(one, self.expect[index], self.tolerance):
                raise AssertionError(f"row {index}: {one!r} instead of {self.expect[index]!r}")
        return f"{len(found)} rows {'as expected' if self.expect is not None else 'predicted'}"


Smoke: TypeAlias = SmokeTest | Callable[[Predict], Any]


def tested(smoke: Smoke | None, predict: Predict) -> str:
    """What a test says, for the record. A function that returns False has failed; so has one that raises."""
    if smoke is None:
        return "it loads"
    said = smoke(predict)
    if said is False:
        raise AssertionError("the smoke test returned False")
    return said if isinstance(said, str) else "passed"


def rows_as_json(rows: Any) -> str:
    """A body for `tradewind serve` and, as far as it goes, for MLflow's server."""
    if hasattr(rows, "to_json"):
        return f'{{"dataframe_split": {rows.to_json(orient="split")}}}'
    listed = cast("list[Any]", rows)
    if listed and isinstance(listed[0], dict):
        return json.dumps({"dataframe_records": listed})
    return json.dumps({"inputs": listed})


def _same(found: Any, wanted: Any, tolerance: float) -> bool:
    if isinstance(found, (list, tuple)) and isinstance(wanted, (list, tuple)):
        mine, theirs = cast("Sequence[Any]", found), cast("Sequence[Any]", wanted)
        return len(mine) == len(theirs) and all(_same(a, b, tolerance) for a, b in zip(mine, theirs, strict=True))
    if isinstance(found, (int, float)) and isinstance(wanted, (int, float)):
        return math.isclose(found, wanted, rel_tol=tolerance, abs_tol=tolerance)
    return bool(found == wanted)
