"""A registered model as the Python object it was."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tradewind.ml.registry.reading import CHAMPION, PREFIX, Registry
from tradewind.ml.tracking.models import ModelError
from tradewind.ml.tracking.place import Place, mlflow_module, place_of_process

_NATIVE = ("sklearn", "xgboost", "lightgbm", "catboost", "pytorch", "keras", "tensorflow", "statsmodels", "spacy")


class ModelCannotLoadError(ModelError):
    """It is in the registry, and cannot be brought back to life here."""


def load_model(name: str, which: str | int = CHAMPION, *, place: Place | None = None) -> Any:
    """`which`: a version or an alias. `name` may be a URI of MLflow's instead (`models:/…`, `runs:/…`).

    Raises ModelError where there is none, ModelCannotLoadError where its files or libraries are gone."""
    where = place or place_of_process()
    if ":/" in name:
        return _load(name, name, where)
    found = Registry(where).version(name, str(which))
    return _load(f"{PREFIX}{name}/{found.version}", f"version {found.version} of model {name!r}", where)


def load_folder(folder: Path, place: Place) -> Any:
    """A model whose files were copied out of the registry. Raises ModelCannotLoadError."""
    return _load(str(folder), f"the model in {folder}", place)


def _load(uri: str, what: str, place: Place) -> Any:
    mlflow = mlflow_module()
    before = mlflow.get_tracking_uri()
    try:
        if before != place.uri:
            mlflow.set_tracking_uri(place.uri)
        about = mlflow_module("mlflow.models").get_model_info(uri)
        native = next((flavor for flavor in _NATIVE if flavor in about.flavors), None)
        if native is not None:
            return mlflow_module(f"mlflow.{native}").load_model(uri)
        return _unwrapped(mlflow_module("mlflow.pyfunc").load_model(uri))
    except Exception as error:
        raise ModelCannotLoadError(
            f"{what} cannot be loaded: {type(error).__name__}: {error}",
            hint="its files are gone, or a library that it needs is missing or of another version here",
        ) from error
    finally:
        if mlflow.get_tracking_uri() != before:
            mlflow.set_tracking_uri(before)


def _unwrapped(loaded: Any) -> Any:
    """What MLflow has wrapped to give it its own `predict`."""
    inner = loaded.unwrap_python_model() if hasattr(loaded, "unwrap_python_model") else loaded
    return getattr(inner, "model", inner) if type(inner).__name__ == "AnyModel" else inner
