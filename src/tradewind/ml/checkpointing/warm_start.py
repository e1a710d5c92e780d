"""scikit-learn: estimators with `warm_start`, fitted in steps and saved after each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tradewind.model.errors import TradewindError

if TYPE_CHECKING:
    from tradewind.ml.checkpointing.checkpoint import Checkpoint


def fit_warm_start(
    checkpoint: Checkpoint, model: Any, X: Any, y: Any, *, to: int, by: int, param: str | None = None, **fit: Any
) -> Any:
    """Fit `model` up to `to` trees or iterations, `by` at a time. `param`: which of its parameters counts them, by
    default `n_estimators` where it has one, else `max_iter`. Returns the fitted estimator: where the checkpoint has one
    already, that one, further fitted.

    Raises TradewindError for an estimator without `warm_start`."""
    settings: dict[str, Any] = model.get_params()
    if "warm_start" not in settings:
        raise TradewindError(
            f"{type(model).__name__} has no warm_start",
            hint="save it yourself: cp.save(model, step=…) after partial_fit",
        )
    name = param or ("n_estimators" if "n_estimators" in settings else "max_iter")
    if name not in settings:
        raise TradewindError(f"{type(model).__name__} has no parameter {name!r}", hint="say which counts: param=…")
    fitted = checkpoint.load()
    model = model if fitted is None else fitted
    # Trees are counted from the first one on; a solver's max_iter says how many more a fit may do.
    counts_all = name == "n_estimators" or hasattr(model, "_raw_predict")
    for done in range(checkpoint.step, to, by):
        step = min(done + by, to)
        model.set_params(**{"warm_start": True, name: step if counts_all else step - done})
        model.fit(X, y, **fit)
        checkpoint.save(model, step=step)
    return model
