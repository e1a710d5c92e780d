"""Where a served model comes from: an alias or a version of the registry, or a folder that `ml.deploy` has filled."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Protocol, cast

from msgspec import Struct, structs

from tradewind.ml.registry.load import load_folder, load_model
from tradewind.ml.registry.reading import CHAMPION, PREFIX, Registry, Version
from tradewind.ml.serving.columns import Column, columns_of
from tradewind.ml.tracking.models import ModelError
from tradewind.ml.tracking.place import Place, mlflow_module

CARD = "tradewind-model.json"
"""Beside the files of a deployed model: which version it is."""


class Loaded(Struct, frozen=True):
    """A model that answers."""

    name: str
    version: str
    model: Any
    columns: tuple[Column, ...] = ()
    """What it is given, in order; none: not known."""
    lineage: dict[str, Any] = {}


class Source(Protocol):
    name: str

    def newest(self) -> str:
        """Which version is meant now. Raises ModelError."""
        ...

    def load(self, version: str) -> Loaded:
        """Raises ModelError."""
        ...


class RegistrySource:
    """`which`: an alias, whose version may change, or a version."""

    def __init__(self, name: str, which: str, place: Place) -> None:
        self.name = name
        self.which = which
        self.place = place

    def newest(self) -> str:
        return Registry(self.place).version(self.name, self.which).version

    def load(self, version: str) -> Loaded:
        found = Registry(self.place).version(self.name, version)
        model = load_model(self.name, version, place=self.place)
        uri = f"{PREFIX}{self.name}/{version}"
        return Loaded(self.name, version, model, _columns(model, uri), lineage_of(found))


class FolderSource:
    """A folder with MLflow's files of a model, or a link to one: the link may move."""

    def __init__(self, folder: Path, place: Place) -> None:
        if not (folder / "MLmodel").is_file():
            raise ModelError(
                f"{folder} holds no model: there is no file MLmodel in it",
                hint="give the name of a registered model, or a folder that ml.deploy has filled",
            )
        self.folder = folder
        self.place = place
        self.name = str(self._card(folder.resolve()).get("name") or folder.resolve().name)

    def newest(self) -> str:
        """The card says it; of a folder without one, the folder that the link leads to."""
        real = self.folder.resolve()
        return str(self._card(real).get("version") or real)

    def load(self, version: str) -> Loaded:
        """What the link leads to now, whatever it was when `version` was asked for."""
        real = self.folder.resolve()
        card = self._card(real)
        model = load_folder(real, self.place)
        found = str(card.get("version") or real)
        return Loaded(self.name, found, model, _columns(model, str(real)), dict(card.get("lineage") or {}))

    def _card(self, real: Path) -> dict[str, Any]:
        try:
            return json.loads((real / CARD).read_text())
        except (OSError, ValueError):
            return {}


def source_of(text: str, place: Place) -> Source:
    """`churn`, `churn@challenger`, `churn:3`, `models:/churn@champion`, `models:/churn/3`, or a folder."""
    if Path(text).is_dir() and (Path(text) / "MLmodel").is_file():
        return FolderSource(Path(text), place)
    wanted = text.removeprefix(PREFIX)
    if wanted.startswith((".", "/", "~")):
        return FolderSource(Path(wanted).expanduser(), place)
    for sign in ("@", ":") if wanted == text else ("@", "/"):
        name, found, which = wanted.rpartition(sign)
        if found and name and which:
            return RegistrySource(name, which, place)
    return RegistrySource(wanted, CHAMPION, place)


def lineage_of(found: Version) -> dict[str, Any]:
    """What made it, as the registry has kept it."""
    kept = structs.asdict(found)
    return {
        key: list(cast("tuple[Any, ...]", value)) if isinstance(value, tuple) else value for key, value in kept.items()
    }


def _columns(model: Any, uri: str) -> tuple[Column, ...]:
    return columns_of(model, mlflow_module("mlflow.models").get_model_info(uri).signature)
