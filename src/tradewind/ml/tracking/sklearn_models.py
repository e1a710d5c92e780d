"""Models of scikit-learn that users' code logs by MLflow's own call, without saying how they are to be kept.

MLflow 3 keeps them with skops, and refuses whatever skops does not know to be harmless: every random forest, and each
class of the author's own. Here the model is in the memory of the process that keeps it: its types are trusted as they
are, and written beside it as such. What skops cannot keep at all (a lambda in a pipeline) is pickled, as MLflow 2 did.
"""

from __future__ import annotations

import functools
import importlib
import inspect
import logging
import tempfile
from pathlib import Path
from typing import Any

from tradewind.ml.tracking.place import mlflow_module

_log = logging.getLogger("tradewind.task")


def let_them_be_kept() -> None:
    """Stand before `mlflow.sklearn.save_model`, by which `log_model` and autologging keep models. Once a process."""
    module = mlflow_module("mlflow.sklearn")
    real = module.save_model
    if getattr(real, "is_tradewinds", False):
        return
    if "skops_trusted_types" not in inspect.signature(real).parameters:
        return  # an MLflow that keeps anything

    @functools.wraps(real)
    def save_model(sk_model: Any, *args: Any, **kwargs: Any) -> Any:
        given = inspect.signature(real).bind(sk_model, *args, **kwargs)
        if _is_left_open(module, given.arguments):
            given.arguments.update(_how_to_keep(module, sk_model))
        return real(*given.args, **given.kwargs)

    save_model.is_tradewinds = True  # type: ignore[attr-defined]
    module.save_model = save_model


def _is_left_open(module: Any, arguments: dict[str, Any]) -> bool:
    chosen = arguments.get("serialization_format")
    return chosen in (None, module.SERIALIZATION_FORMAT_SKOPS) and arguments.get("skops_trusted_types") is None


def _how_to_keep(module: Any, model: Any) -> dict[str, Any]:
    try:
        skops: Any = importlib.import_module("skops.io")  # MLflow may come without it
        with tempfile.TemporaryDirectory(prefix="tradewind-") as folder:
            file = Path(folder) / "model.skops"
            skops.dump(model, file)
            unknown: list[str] = skops.get_untrusted_types(file=file)
            skops.load(file, trusted=unknown)
    except Exception as error:
        _log.info("skops cannot keep this model, so it is pickled: %s: %s", type(error).__name__, error)
        return {"serialization_format": module.SERIALIZATION_FORMAT_CLOUDPICKLE}
    return {"serialization_format": module.SERIALIZATION_FORMAT_SKOPS, "skops_trusted_types": unknown or None}
