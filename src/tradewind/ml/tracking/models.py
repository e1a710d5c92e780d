"""Models in a try's MLflow run, each kept as the library that it is of keeps it."""

from __future__ import annotations

import sys
import tempfile
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from msgspec import Struct

from tradewind.artifacts import ArtifactStore, encode
from tradewind.ml import journal
from tradewind.ml.tracking import joining
from tradewind.ml.tracking.place import mlflow_module
from tradewind.model.entries import LoggedArtifact
from tradewind.model.errors import TradewindError

FLAVORS = {
    "sklearn": "sklearn",
    "imblearn": "sklearn",
    "xgboost": "xgboost",
    "lightgbm": "lightgbm",
    "catboost": "catboost",
    "torch": "pytorch",
    "keras": "keras",
    "tensorflow": "tensorflow",
    "statsmodels": "statsmodels",
    "spacy": "spacy",
    "prophet": "prophet",
}
"""Package of a model's class, or of a class it is derived from → flavor of MLflow."""
_DISTRIBUTIONS = {"sklearn": "scikit-learn", "imblearn": "imbalanced-learn"}
ANY = "python"


class ModelError(TradewindError):
    """A model cannot be kept, found or loaded."""


class KeptModel(Struct, frozen=True):
    uri: str
    flavor: str
    value_hash: str


def log_model(model: Any, name: str = "model", *, flavor: str = "", input_example: Any = None, **more: Any) -> str:
    """Keep a model in the try's MLflow run; returns its URI. `flavor`: MLflow's, where it is not seen from the class;
    `more` goes to the flavor's `log_model`.

    Raises ModelError: outside of a try, or for a model that cannot be pickled."""
    return keep_model(model, name, flavor=flavor, input_example=input_example, **more).uri


def keep_model(model: Any, name: str, *, flavor: str = "", input_example: Any = None, **more: Any) -> KeptModel:
    content = checked_content(model)
    mlflow = mlflow_module()
    tracked = joining.current()
    if tracked is None:
        raise ModelError("a model was logged outside of a try", hint="log and register models in a task")
    chosen = flavor or flavor_of(model)
    arguments: dict[str, Any] = {"name": name, "pip_requirements": requirements_of(model), **more}
    if input_example is not None:
        arguments["input_example"] = input_example
    active = mlflow.active_run()
    is_ours = active is not None and active.info.run_id == tracked.run_id()
    if active is None:
        mlflow.start_run(run_id=tracked.run_id())
    try:
        logged = _log(model, chosen, arguments)
    finally:
        if active is None and not is_ours:
            mlflow.end_run()
    uri = str(logged.model_uri)
    journal.write(LoggedArtifact("model", "", "application/x-mlflow-model", content.size_bytes, uri), name)
    return KeptModel(uri, chosen, content.hash)


def _log(model: Any, flavor: str, arguments: dict[str, Any]) -> Any:
    if flavor == ANY:
        from tradewind.ml.tracking.any_model import AnyModel  # it is derived from a class of MLflow

        return mlflow_module("mlflow.pyfunc").log_model(python_model=AnyModel(model), **arguments)
    module = mlflow_module(f"mlflow.{flavor}")
    if flavor == "sklearn":
        arguments.setdefault("serialization_format", "cloudpickle")
    return module.log_model(model, **arguments)


class Content(Struct, frozen=True):
    hash: str
    size_bytes: int


def checked_content(model: Any) -> Content:
    """The hash that it has where a task hands it on. Raises ModelError where no other process could read it."""
    try:
        with tempfile.TemporaryDirectory(prefix="tradewind-") as folder:
            value = encode(model, ArtifactStore(Path(folder)), inline_limit_bytes=0)
    except (TradewindError, RecursionError) as error:
        why = error.message if isinstance(error, TradewindError) else "it contains itself"
        raise ModelError(
            f"the model of type {type(model).__module__}.{type(model).__qualname__} cannot be kept: {why}",
            hint="leave locks, open files, connections and generators out of it, or give it a __getstate__ that does",
        ) from error
    return Content(value.hash, value.size_bytes)


def flavor_of(model: Any) -> str:
    """By the classes it is derived from, its own first."""
    for one in type(model).__mro__:
        found = FLAVORS.get(one.__module__.split(".")[0])
        if found is not None:
            return found
    return ANY


def requirements_of(model: Any) -> list[str]:
    """Distributions of the packages it is of, as they are here: MLflow's own search imports the model anew, for half a
    minute."""
    packages = [one.__module__.split(".")[0] for one in type(model).__mro__]
    wanted = dict.fromkeys(one for one in (*packages, "numpy", "pandas") if one in sys.modules)
    found: list[str] = []
    for package in wanted:
        name = _DISTRIBUTIONS.get(package, package)
        try:
            found.append(f"{name}=={version(name).split('+')[0]}")
        except PackageNotFoundError:
            continue  # of the standard library, or the author's own
    return [*found, f"cloudpickle=={version('cloudpickle')}"]
