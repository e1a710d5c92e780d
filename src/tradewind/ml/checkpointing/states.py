"""The state that a training saves, as a file: what has tensors by torch.save, anything else by cloudpickle."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast

from tradewind.model.errors import ValueStoreError

PICKLED, TORCH = "state.pkl", "state.pt"
MOST_LEVELS = 6
"""How deep tensors are looked for."""


def write_state(folder: Path, state: object) -> None:
    """Raises ValueStoreError for what cannot be pickled."""
    if _has_tensors(state, MOST_LEVELS):
        sys.modules["torch"].save(state, folder / TORCH)
        return
    cloudpickle: Any = importlib.import_module("cloudpickle")  # 20 ms: only where a state is saved

    try:
        with open(folder / PICKLED, "wb") as file:
            cloudpickle.dump(state, file, protocol=5)
    except OSError:
        raise
    except Exception as error:
        raise ValueStoreError(
            f"a {type(state).__name__} cannot be saved in a checkpoint: {error}",
            hint="save what it is made of (weights, settings), or write files: with cp.saving(step) as folder: …",
        ) from error


def read_state(folder: Path, default: Any, map_location: Any = None) -> Any:
    """`default` where none was saved. `map_location` is torch's; without a GPU it is the CPU."""
    if (folder / TORCH).exists():
        import torch  # what was saved needs it

        where = map_location if map_location is not None or torch.cuda.is_available() else "cpu"
        return torch.load(folder / TORCH, map_location=where, weights_only=False)
    if not (folder / PICKLED).exists():
        return default
    cloudpickle: Any = importlib.import_module("cloudpickle")

    with open(folder / PICKLED, "rb") as file:
        return cloudpickle.load(file)


def _has_tensors(state: object, levels: int) -> bool:
    torch = sys.modules.get("torch")
    if torch is None:
        return False
    if isinstance(state, (torch.Tensor, torch.nn.Module)):
        return True
    if levels == 0:
        return False
    if isinstance(state, Mapping):
        return any(_has_tensors(one, levels - 1) for one in cast("Mapping[Any, Any]", state).values())
    if isinstance(state, (list, tuple)):
        return any(_has_tensors(one, levels - 1) for one in cast("list[Any]", state))
    return False
