"""The files of a registered version, brought into a temporary folder."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from tradewind.ml.deploying.target import ModelFiles
from tradewind.ml.registry.load import ModelCannotLoadError
from tradewind.ml.registry.reading import PREFIX, Registry
from tradewind.ml.serving.sources import CARD, lineage_of
from tradewind.ml.tracking.place import Place, mlflow_module


@contextmanager
def fetched(model: str, version: str, place: Place) -> Generator[ModelFiles]:
    """Raises ModelError where there is no such version, ModelCannotLoadError where its files are gone."""
    found = Registry(place).version(model, version)
    with tempfile.TemporaryDirectory(prefix="tradewind-deploy-") as temporary:
        folder = _download(f"{PREFIX}{model}/{found.version}", Path(temporary), place)
        if not (folder / "MLmodel").is_file():
            raise ModelCannotLoadError(
                f"the files of version {found.version} of model {model!r} are gone",
                hint="they were deleted from MLflow's folder of artifacts: deploy another version",
            )
        lineage = lineage_of(found)
        card = {"name": model, "version": found.version, "lineage": lineage}
        (folder / CARD).write_bytes(msgspec.json.encode(card))
        yield ModelFiles(model, found.version, folder, place, lineage)


def version_in(folder: Path) -> str:
    """Of what was deployed there; "" where its card does not say."""
    try:
        return str(json.loads((folder / CARD).read_text())["version"])
    except (OSError, ValueError, KeyError):
        return ""


def _download(uri: str, into: Path, place: Place) -> Path:
    mlflow = mlflow_module()
    before = mlflow.get_tracking_uri()
    try:
        mlflow.set_tracking_uri(place.uri)
        return Path(mlflow_module("mlflow.artifacts").download_artifacts(artifact_uri=uri, dst_path=str(into)))
    except Exception as error:
        raise ModelCannotLoadError(
            f"the files of {uri} cannot be had: {type(error).__name__}: {error}",
            hint="they were deleted, or their place cannot be reached from here",
        ) from error
    finally:
        mlflow.set_tracking_uri(before)
