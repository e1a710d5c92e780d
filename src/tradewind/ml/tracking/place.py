"""Where MLflow keeps things: a tracking server, where one is set, else a database in the home."""

from __future__ import annotations

import importlib
import os
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from fcntl import LOCK_EX, LOCK_UN, flock
from pathlib import Path
from typing import Any

from msgspec import Struct

from tradewind.model.errors import TradewindError


class Place(Struct, frozen=True):
    uri: str
    """Tracking URI: http(s)://… of a server, else of a database or folder."""
    home: Path

    @property
    def embedded_uri(self) -> str:
        return f"sqlite:///{self.home / 'mlflow.db'}"

    @property
    def artifact_folder(self) -> Path:
        """Of the embedded store."""
        return self.home / "mlflow-artifacts"

    @property
    def spool(self) -> Path:
        """What a server that was down has still to get."""
        return self.home / "mlflow-spool"

    @property
    def is_server(self) -> bool:
        return is_server(self.uri)

    @contextmanager
    def locked(self, name: str) -> Generator[None]:
        """One process of this home at a time."""
        folder = self.home / "locks"
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        safe = "".join(one if one.isalnum() or one in "-_." else f"%{ord(one):x}" for one in name)
        with open(folder / f"{safe}.lock", "w") as file:
            flock(file, LOCK_EX)
            try:
                yield
            finally:
                flock(file, LOCK_UN)


def place_of_process(environment: Mapping[str, str] = os.environ) -> Place:
    """By MLFLOW_TRACKING_URI, else by the setting, else the home's own database. A try is told of home and setting by
    its environment."""
    home = Path(environment.get("TRADEWIND_HOME") or Path.home() / ".tradewind").expanduser().absolute()
    given = environment.get("MLFLOW_TRACKING_URI") or environment.get("TRADEWIND_MLFLOW_TRACKING_URI")
    return Place(given or f"sqlite:///{home / 'mlflow.db'}", home)


def is_server(uri: str) -> bool:
    return uri.startswith(("http://", "https://"))


class MissingLibraryError(TradewindError):
    """A machine-learning feature needs a library that is not installed."""


def mlflow_module(name: str = "mlflow") -> Any:
    """MLflow, or a module of it; it takes seconds to import. Raises MissingLibraryError."""
    os.environ.setdefault("MLFLOW_DISABLE_TELEMETRY", "true")
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError as error:
        if error.name is not None and error.name.split(".")[0] != "mlflow":
            raise
        raise MissingLibraryError(
            "MLflow is not installed here", hint="pip install 'tradewind[mlflow]', or leave ml.mlflow and models away"
        ) from error
