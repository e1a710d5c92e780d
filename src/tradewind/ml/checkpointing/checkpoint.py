"""`ml.checkpoint()`: a folder or an object that survives the tries of a task instance."""

from __future__ import annotations

import logging
import shutil
import tempfile
from collections.abc import Callable, Generator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from tradewind.artifacts.shelves import Kept, LocalShelf, Manifest, Shelf, is_remote
from tradewind.authoring.context import get_current_context
from tradewind.ml import journal
from tradewind.ml.checkpointing.beginning import Start, found_start, inputs_of, own_shelf
from tradewind.ml.checkpointing.states import read_state, write_state
from tradewind.model.entries import CheckpointSaved
from tradewind.model.errors import TradewindError

if TYPE_CHECKING:
    from tradewind.ml.checkpointing.boosting import BoosterCheckpoints
    from tradewind.ml.checkpointing.torch_training import TorchTraining

_log = logging.getLogger("tradewind.task")
_NOTHING = object()
FILES = "files"
"""Folder of a checkpoint that has what is of `path`."""


def checkpoint(name: str = "checkpoint", *, keep: int = 2, same_inputs: bool = True) -> Checkpoint:
    """What this task instance has saved in an earlier try, and where this one saves: `with ml.checkpoint() as cp:`.

    A retry, the try after a lost one, a run that was cancelled and goes on, and a fork (`runs fork`) begin with the
    last checkpoint that is whole. A task that is cleared after its success begins anew. `keep` of them are kept. With
    `same_inputs` one that was made from other values than this try reads is not used. Outside of a try it is kept for
    the length of the block."""
    if keep < 1:
        raise TradewindError(f"keep={keep}", hint="a checkpoint keeps at least its last one: keep=1")
    return Checkpoint(name, keep, same_inputs)


class Checkpoint:
    """Made by `checkpoint`; to be used as a context manager."""

    step: int
    """Steps that are done by the last checkpoint; 0 where there is none."""

    def __init__(self, name: str, keep: int, same_inputs: bool) -> None:
        self.name = name
        self.step = 0
        self._keep = keep
        self._same_inputs = same_inputs
        self._shelf: Shelf | None = None
        self._newest: Kept | None = None
        self._source: Shelf | None = None
        """Where the newest is from: a fork's first one stands on another shelf."""
        self._resumed_from = ""
        self._try_id = ""
        self._inputs: dict[str, str] = {}
        self._work: Path | None = None
        self._fetched: Path | None = None
        self._copies: list[Path] = []

    def __enter__(self) -> Checkpoint:
        try:
            ti: Any = get_current_context()["ti"]
        except RuntimeError:
            self._shelf = LocalShelf(self._temporary())
            _log.warning("checkpoint %r is kept for this block only: there is no try around it", self.name)
            return self
        self._try_id = ti.id
        self._inputs = inputs_of(ti)
        self._shelf = own_shelf(ti, self.name)
        ti.when_succeeded.append(lambda: self._open_shelf.finish(self._try_id))
        self._begin(found_start(ti, self.name, self._inputs if self._same_inputs else None))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        for folder in self._copies:
            shutil.rmtree(folder, ignore_errors=True)
        self._copies.clear()

    def __bool__(self) -> bool:
        """There is one to go on from."""
        return self._newest is not None

    # ------------------------------------------------------------------------------------ what there is

    @property
    def path(self) -> Path:
        """A folder to work in. It begins with what was in it at the last checkpoint, and each `save` takes all that is
        in it along."""
        if self._work is None:
            self._work = self._temporary()
            if (last := self.last) is not None:
                shutil.copytree(last, self._work, dirs_exist_ok=True)
        return self._work

    @property
    def last(self) -> Path | None:
        """The files of the last checkpoint, to be read only; None where there is none."""
        if self._newest is None:
            return None
        folder = self._folder(self._newest) / FILES
        return folder if folder.exists() else None

    def load(self, default: Any = None, *, map_location: Any = None) -> Any:
        """The state that was saved last, else `default`."""
        if self._newest is None:
            return default
        return read_state(self._folder(self._newest), default, map_location)

    # ------------------------------------------------------------------------------------ saving

    def save(self, state: Any = _NOTHING, *, step: int | None = None) -> None:
        """Keep `state` (anything that can be pickled; tensors by torch) and what is in `path`. A process that is
        killed in the middle of it leaves the last one whole. `step`: how many are done, by default one more."""

        def write(folder: Path) -> None:
            if state is not _NOTHING:
                write_state(folder, state)
            if self._work is not None:
                shutil.copytree(self._work, folder / FILES)

        self._save(write, step)

    @contextmanager
    def saving(self, step: int | None = None) -> Generator[Path]:
        """An empty folder to write into; when the block ends well, it is the new checkpoint, without a copy. `last` has
        it in the next try."""
        folder = self._open_shelf.new_folder()
        try:
            (folder / FILES).mkdir()
            yield folder / FILES
            self._commit(folder, step)
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise

    def _save(self, write: Callable[[Path], None], step: int | None) -> None:
        folder = self._open_shelf.new_folder()
        try:
            write(folder)
            self._commit(folder, step)
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise

    def _commit(self, folder: Path, step: int | None) -> None:
        self.step = self.step + 1 if step is None else int(step)
        manifest = Manifest(0, self.step, self._try_id, datetime.now(UTC), self._inputs)
        self._newest = self._open_shelf.commit(folder, manifest)
        self._source = self._shelf
        self._forget_fetched()
        self._open_shelf.keep_newest(self._keep)
        made = self._newest.manifest
        journal.write(CheckpointSaved(made.step, self._newest.url, made.size_bytes, self._resumed_from), self.name)

    # ------------------------------------------------------------------------------------ of frameworks

    def torch(self, model: Any, optimizer: Any = None, **more: Any) -> TorchTraining:
        """Load a PyTorch training from the last checkpoint, where there is one, and save it after each epoch:
        `for epoch in cp.torch(model, optimizer).epochs(10): …`. `more`: whatever has a state_dict, by name
        (scheduler, scaler)."""
        from tradewind.ml.checkpointing.torch_training import TorchTraining  # PyTorch

        return TorchTraining(self, model, optimizer, more)

    def fit_warm_start(self, model: Any, X: Any, y: Any = None, **wishes: Any) -> Any:
        """Fit a scikit-learn estimator that has `warm_start` in steps, and save it after each: see
        `checkpointing.warm_start`. Returns the fitted estimator."""
        from tradewind.ml.checkpointing.warm_start import fit_warm_start

        return fit_warm_start(self, model, X, y, **wishes)

    def boosting(self) -> BoosterCheckpoints:
        """Of XGBoost and LightGBM: the callbacks that save, the booster to go on from, the rounds that are left."""
        from tradewind.ml.checkpointing.boosting import BoosterCheckpoints

        return BoosterCheckpoints(self)

    # ------------------------------------------------------------------------------------ inside

    def _begin(self, start: Start | None) -> None:
        if start is None:
            return
        self._newest, self._source = start.kept, start.shelf
        self.step = start.kept.manifest.step or 0
        self._resumed_from = start.kept.manifest.try_id
        _log.info("checkpoint %r: goes on from step %d%s", self.name, self.step, start.origin)

    @property
    def _open_shelf(self) -> Shelf:
        if self._shelf is None:
            raise TradewindError(
                "the checkpoint is not open", hint="use it as a context manager: with ml.checkpoint() as cp: …"
            )
        return self._shelf

    def _folder(self, kept: Kept) -> Path:
        if self._fetched is None:
            source = self._source or self._open_shelf
            self._fetched = source.local(kept)
            if is_remote(kept.url):
                self._copies.append(self._fetched)
        return self._fetched

    def _forget_fetched(self) -> None:
        if self._fetched is not None and self._fetched in self._copies:
            self._copies.remove(self._fetched)
            shutil.rmtree(self._fetched, ignore_errors=True)
        self._fetched = None

    def _temporary(self) -> Path:
        folder = Path(tempfile.mkdtemp(prefix="tradewind-checkpoint-"))
        self._copies.append(folder)
        return folder
