"""XGBoost and LightGBM: callbacks that save the booster every so many rounds, and the booster to go on from."""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tradewind.ml.checkpointing.checkpoint import Checkpoint

XGBOOST_FILE, LIGHTGBM_FILE = "booster.ubj", "booster.txt"


class BoosterCheckpoints:
    """Made by `Checkpoint.boosting`: `b = cp.boosting()`."""

    def __init__(self, checkpoint: Checkpoint) -> None:
        self._checkpoint = checkpoint

    @property
    def booster(self) -> str | None:
        """The saved booster's file: `xgb_model=` of XGBoost, `init_model=` of LightGBM; None where there is none."""
        folder = self._checkpoint.last
        files = [folder / name for name in (XGBOOST_FILE, LIGHTGBM_FILE)] if folder is not None else []
        return next((str(file) for file in files if file.exists()), None)

    def rounds_left(self, total: int) -> int:
        """Of `total` boosting rounds."""
        return max(0, total - self._checkpoint.step)

    def xgboost(self, every: int = 10) -> Any:
        """For `callbacks=[…]` of `xgboost.train` and of its scikit-learn classes."""
        xgboost: Any = importlib.import_module("xgboost")  # an extra
        keep = self._keep

        class SavesBooster(xgboost.callback.TrainingCallback):
            def after_iteration(self, model: Any, epoch: int, evals_log: Any) -> bool:
                step = int(model.num_boosted_rounds())
                if step % every == 0:
                    keep(model, XGBOOST_FILE, step)
                return False

            def after_training(self, model: Any) -> Any:
                if int(model.num_boosted_rounds()) % every:
                    keep(model, XGBOOST_FILE, int(model.num_boosted_rounds()))
                return model

        return SavesBooster()

    def lightgbm(self, every: int = 10) -> Any:
        """For `callbacks=[…]` of `lightgbm.train` and of its scikit-learn classes."""

        def saves_booster(env: Any) -> None:
            step = int(env.model.current_iteration())
            if step % every == 0 or env.iteration + 1 == env.end_iteration:
                self._keep(env.model, LIGHTGBM_FILE, step)

        saves_booster.order = 100  # pyright: ignore[reportFunctionMemberAccess]  # after those that stop early
        return saves_booster

    def _keep(self, model: Any, name: str, step: int) -> None:
        with self._checkpoint.saving(step) as folder:
            model.save_model(str(Path(folder) / name))
