"""PyTorch: model, optimizer, schedulers and the random numbers, saved after epochs and loaded before the first."""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import torch

from tradewind.model.errors import ValueStoreError

if TYPE_CHECKING:
    from tradewind.ml.checkpointing.checkpoint import Checkpoint


class TorchTraining:
    """Made by `Checkpoint.torch`, which loads what was saved into the objects it is given."""

    def __init__(self, checkpoint: Checkpoint, model: Any, optimizer: Any, more: Mapping[str, Any]) -> None:
        self._checkpoint = checkpoint
        self._parts = {"model": model, **({} if optimizer is None else {"optimizer": optimizer}), **more}
        self.extra: dict[str, Any] = {}
        """Anything else that is to be saved along: the best score so far, a history."""
        state = checkpoint.load()
        if state is not None:
            self._load(state)

    def epochs(self, count: int, *, save_every: int = 1) -> Iterator[int]:
        """Those that are left of `count`, from 0 on; saved after every `save_every` of them, and after the last."""
        for epoch in range(self._checkpoint.step, count):
            yield epoch
            if (epoch + 1) % save_every == 0 or epoch + 1 == count:
                self.save(epoch + 1)

    def save(self, step: int) -> None:
        state = {name: part.state_dict() for name, part in self._parts.items()}
        self._checkpoint.save({"parts": state, "extra": self.extra, "random": _random_state()}, step=step)

    def _load(self, state: Mapping[str, Any]) -> None:
        """Raises ValueStoreError where the model is another one by now."""
        missing = sorted(set(self._parts) - set(state["parts"]))
        if missing:
            raise ValueStoreError(
                f"the checkpoint has no {', '.join(missing)}", hint="clear the run's checkpoints: `runs fork "
                "--no-checkpoints`, or give the checkpoint another name",
            )  # fmt: skip
        for name, part in self._parts.items():
            try:
                part.load_state_dict(state["parts"][name])
            except (RuntimeError, ValueError, KeyError) as error:
                raise ValueStoreError(
                    f"the checkpoint's {name} does not fit: {error}",
                    hint="it is of another shape by now: give the checkpoint another name",
                ) from error
        self.extra = dict(state["extra"])
        _set_random_state(state["random"])


def _random_state() -> dict[str, Any]:
    found: dict[str, Any] = {"torch": torch.get_rng_state(), "python": random.getstate()}
    if torch.cuda.is_available():
        found["cuda"] = torch.cuda.get_rng_state_all()
    if (numpy := sys.modules.get("numpy")) is not None:
        found["numpy"] = numpy.random.get_state()
    return found


def _set_random_state(state: Mapping[str, Any]) -> None:
    torch.set_rng_state(state["torch"].cpu())
    random.setstate(state["python"])
    if "cuda" in state and torch.cuda.device_count() == len(state["cuda"]):
        torch.cuda.set_rng_state_all([one.cpu() for one in state["cuda"]])
    if "numpy" in state and (numpy := sys.modules.get("numpy")) is not None:
        numpy.random.set_state(state["numpy"])
