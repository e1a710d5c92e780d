"""One home for all tests of a worker: MLflow takes seconds to make its tables."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path

import pytest

from .tracked import Tracking, forget_everything


@pytest.fixture(scope="session")
def mlflow_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture
def tracking(mlflow_home: Path, monkeypatch: pytest.MonkeyPatch) -> Generator[Tracking]:
    pytest.importorskip("mlflow")
    monkeypatch.setenv("TRADEWIND_HOME", str(mlflow_home))
    for name in ("MLFLOW_TRACKING_URI", "TRADEWIND_MLFLOW_TRACKING_URI", "MLFLOW_RUN_ID", "MLFLOW_EXPERIMENT_NAME"):
        monkeypatch.delenv(name, raising=False)
    found = Tracking(mlflow_home)
    forget_everything(found.place.uri)
    yield found
    forget_everything(found.place.uri)
