"""A model of no library that MLflow knows: an object with `predict`, pickled as it is."""

from __future__ import annotations

from typing import Any

from mlflow.pyfunc.model import PythonModel


class AnyModel(PythonModel):
    def __init__(self, model: Any) -> None:
        self.model = model

    def predict(self, context: Any, model_input: Any, params: Any = None) -> Any:
        return self.model.predict(model_input)
