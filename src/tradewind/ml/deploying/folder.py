"""`ml.FolderTarget`: the model's files in a folder, behind a link that moves at once."""

from __future__ import annotations

import os
import shutil
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tradewind.ml.deploying.files import version_in
from tradewind.ml.deploying.switching import VERSIONS, VersionedFolder
from tradewind.ml.deploying.target import DeploymentFailedError, ModelFiles, Placed, Predict
from tradewind.ml.tracking.place import Place


@dataclass(frozen=True)
class FolderTarget:
    """`folder/current` is the model's files; `folder/versions` has the last `keep` ones. Whoever serves
    `folder/current` (`tradewind serve` does) takes the new one up by itself."""

    folder: str
    keep: int = 5
    kind: str = "folder"
    model_folder: str = ""
    """Where in a version the model is: of targets that put more into it."""

    @property
    def place(self) -> str:
        return os.path.abspath(os.path.expanduser(self.folder))

    @property
    def versioned(self) -> VersionedFolder:
        return VersionedFolder(Path(self.place))

    @property
    def served(self) -> Path:
        """The model's files, by the link."""
        return self.versioned.current / self.model_folder

    def put(self, files: ModelFiles) -> Placed:
        versioned = self.versioned
        if versioned.current.exists() and not versioned.current.is_symlink():
            raise DeploymentFailedError(
                f"{versioned.current} is no link of ours", hint="give a folder that is empty, or was deployed to before"
            )
        old, old_version = versioned.used(), version_in(self.served)
        made = versioned.add(files.version, lambda folder: self.fill(folder, files))
        versioned.switch(f"{VERSIONS}/{made.name}")
        versioned.forget_all_but(max(1, self.keep))
        return Placed(self.place, str(made), old, old_version)

    def fill(self, folder: Path, files: ModelFiles) -> None:
        shutil.copytree(files.folder, folder / self.model_folder, dirs_exist_ok=True)

    @contextmanager
    def answering(self, files: ModelFiles, placed: Placed) -> Generator[Predict]:
        yield predict_with(self.served, files.place)

    def undo(self, placed: Placed) -> None:
        self.versioned.switch(placed.old or "")
        shutil.rmtree(placed.new, ignore_errors=True)


def predict_with(folder: Path, place: Place) -> Predict:
    """The model in a folder, loaded here."""
    import pandas as pd  # pyright: ignore[reportMissingTypeStubs]  # for those who deploy

    from tradewind.ml.serving.predicting import predict
    from tradewind.ml.serving.sources import FolderSource

    source = FolderSource(folder, place)
    loaded = source.load(source.newest())
    return lambda rows: predict(loaded, rows if hasattr(rows, "columns") else pd.DataFrame(rows))
