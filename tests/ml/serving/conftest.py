"""A home for each file: what others have registered under the same names would be served."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture(scope="module")
def mlflow_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")
