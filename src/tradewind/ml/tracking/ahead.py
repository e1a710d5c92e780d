"""Imported by a warm parent whose file tracks its tasks: MLflow, and its side of a database where that is the tracker.

Two seconds of processor time, which each forked try is spared. Without MLflow it imports nothing.
"""

from __future__ import annotations

from tradewind.ml.tracking.place import MissingLibraryError, mlflow_module, place_of_process


def _import() -> None:
    try:
        mlflow_module()
        if not place_of_process().is_server:
            mlflow_module("mlflow.store.tracking.sqlalchemy_store")
            mlflow_module("mlflow.store.model_registry.sqlalchemy_store")
    except (MissingLibraryError, ImportError):
        return  # the try itself says what to install


_import()
