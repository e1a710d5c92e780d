"""What every target of a deployment can do, and what it is given. A new target is a file with one class like this."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, Protocol, TypeAlias

from msgspec import Struct

from tradewind.ml.tracking.place import Place
from tradewind.model.errors import TradewindError

Predict: TypeAlias = Callable[[Any], list[Any]]
"""Rows (a DataFrame, a list of dicts or of lists) → a prediction each, asked of what was deployed."""


class DeploymentFailedError(TradewindError):
    """A model could not be brought to where it is used, or did not answer there as it should."""


class ModelFiles(Struct, frozen=True):
    """Of one version, in a temporary folder: MLflow's files, and a card that says which it is."""

    name: str
    version: str
    folder: Path
    place: Place
    lineage: dict[str, Any] = {}


class Placed(Struct, frozen=True):
    """What `put` has done, and what `undo` needs."""

    place: str
    new: Any = None
    old: Any = None
    old_version: str = ""


class Target(Protocol):
    @property
    def kind(self) -> str:
        """`folder`, `mlflow`, …: as entries of the journal name it."""
        ...

    @property
    def place(self) -> str:
        """Where, for people; two deployments to the same place wait for each other."""
        ...

    def put(self, files: ModelFiles) -> Placed:
        """From now on the new version is used. Raises what it will, with the old one still used."""
        ...

    def answering(self, files: ModelFiles, placed: Placed) -> AbstractContextManager[Predict]:
        """What was deployed, to be asked."""
        ...

    def undo(self, placed: Placed) -> None:
        """The old version is used again, or none where there was none."""
        ...
