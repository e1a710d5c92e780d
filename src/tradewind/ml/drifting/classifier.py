"""The domain classifier: can a model tell today's rows from the reference's? It sees what no column shows alone."""

from __future__ import annotations

import importlib
import importlib.util
from collections import Counter
from typing import Any

from tradewind.ml.drifting.statistics import auc_p_value
from tradewind.ml.profiling.frames import column_names, frame_kind, row_count, sampled
from tradewind.model.entries import ColumnDrift

ROWS = 4000
"""Of each side, at most: more would cost seconds and tell the same."""
LEAST_ROWS = 25
FOLDS = 5
ALL = "(all columns)"


def compare_all(reference: Any, current: Any, columns: list[str], seed: int = 0) -> ColumnDrift:
    """The area under the ROC curve of a gradient boosting over these columns, cross-validated: 0.5 is chance, 1 tells
    every row. Without scikit-learn or pandas, or with few rows, there is no p-value, and a reason."""
    rows = min(row_count(reference), row_count(current))
    if any(importlib.util.find_spec(name) is None for name in ("sklearn", "pandas")):
        return _not_done("not compared: pip install 'tradewind[ml]'")
    if rows < LEAST_ROWS:
        return _not_done(f"not compared: {rows} rows are too few")
    before, now = Counter(column_names(reference)), Counter(column_names(current))
    once = [name for name in columns if before[name] == now[name] == 1]
    features, is_current = _features(sampled(reference, ROWS), sampled(current, ROWS), once)
    if not features.shape[1]:
        return _not_done("not compared: no column has numbers or categories")
    auc = _cross_validated(features, is_current, seed)
    current_rows = int(is_current.sum())
    p_value = auc_p_value(auc, len(is_current) - current_rows, current_rows)
    return ColumnDrift(ALL, "all", {"roc_auc": auc}, p_value)


def _cross_validated(features: Any, is_current: Any, seed: int) -> float:
    """The mean over folds: scores of different models are not to be ranked together."""
    ensemble: Any = importlib.import_module("sklearn.ensemble")  # an optional extra, 1 s to import
    selection: Any = importlib.import_module("sklearn.model_selection")
    model = ensemble.HistGradientBoostingClassifier(max_iter=40, max_leaf_nodes=15, random_state=seed)
    folds = selection.StratifiedKFold(FOLDS, shuffle=True, random_state=seed)
    threads: Any = importlib.import_module("threadpoolctl")  # comes with scikit-learn
    with threads.threadpool_limits(1):  # so little work: threads that wait for each other would cost most of the time
        return float(selection.cross_val_score(model, features, is_current, cv=folds, scoring="roc_auc").mean())


def _features(reference: Any, current: Any, columns: list[str]) -> tuple[Any, Any]:
    """Numbers as they are, categories by their frequency's rank in both together; missing ones as the least."""
    numpy: Any = importlib.import_module("numpy")
    pandas: Any = importlib.import_module("pandas")
    before, now = _as_pandas(reference, columns), _as_pandas(current, columns)
    found: list[Any] = []
    for name in columns:
        both = pandas.concat([before[name], now[name]], ignore_index=True)
        if both.dtype.kind in "iufb":
            found.append(both.to_numpy(dtype=float, na_value=numpy.nan))
        elif both.dtype.kind in "mM":
            found.append(numpy.where(both.isna(), numpy.nan, both.astype("int64")))
        else:
            codes = pandas.factorize(both.astype("string"))[0].astype(float)
            found.append(numpy.where(codes < 0, numpy.nan, codes))
    matrix = numpy.column_stack(found) if found else numpy.empty((len(before) + len(now), 0))
    for column in matrix.T:
        # A number below all others instead of NaN, which a fold's column may not consist of.
        there = column[numpy.isfinite(column)]
        column[~numpy.isfinite(column)] = there.min() - 1 if len(there) else 0
    return matrix, numpy.repeat([0, 1], [len(before), len(now)])


def _as_pandas(frame: Any, columns: list[str]) -> Any:
    match frame_kind(frame):
        case "pandas":
            named = frame.set_axis([str(name) for name in frame.columns], axis=1)
        case _:
            named = frame.to_pandas()
    return named[columns]


def _not_done(why: str) -> ColumnDrift:
    return ColumnDrift(ALL, "all", {"roc_auc": None}, reason=why)
