"""ml.checkpoint in one process: what is found, what fits, and the libraries' own callbacks."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy
import pytest

from tradewind import dag, ml, task
from tradewind.model.errors import TradewindError
from tradewind.runner.in_process import MemorySupervisor, execute_in_process


def run(function: Any, folder: Path, **more: Any) -> Any:
    """The function as a task in this process; checkpoints below `folder`."""

    @dag(schedule=None)
    def flow() -> None:
        task(function, task_id="train")()

    built = flow()
    report = execute_in_process(built, "train", artifact_url=str(folder), supervisor=MemorySupervisor(), **more)
    return report.outcome


def test_outside_of_a_try_it_lasts_for_the_block() -> None:
    with ml.checkpoint() as cp:
        assert not cp
        cp.save({"a": 1})
        assert cp
        assert (cp.step, cp.load()) == (1, {"a": 1})
    with ml.checkpoint() as cp:
        assert cp.load("nothing") == "nothing"


def test_a_folder_is_kept_whole(tmp_path: Path) -> None:
    def train() -> None:
        with ml.checkpoint() as cp:
            (cp.path / "deep").mkdir(exist_ok=True)
            (cp.path / "deep" / "a.txt").write_text(f"step {cp.step}")
            cp.save()
            with cp.saving(7) as folder:
                (folder / "b.txt").write_text("only this")
            raise RuntimeError("on the way")

    def look() -> None:
        with ml.checkpoint() as cp:
            assert cp.step == 7
            assert [one.name for one in cp.path.iterdir()] == ["b.txt"]

    assert run(train, tmp_path).error_type == "RuntimeError"
    assert getattr(run(look, tmp_path), "error_type", "") == ""


def test_a_save_that_fails_leaves_the_last_one(tmp_path: Path) -> None:
    class Refuses:
        def __reduce__(self) -> Any:
            raise TypeError("not me")

    def train() -> None:
        with ml.checkpoint() as cp:
            cp.save("whole", step=1)
            with pytest.raises(TradewindError, match="Refuses cannot be saved in a checkpoint: not me"):
                cp.save(Refuses(), step=2)
            assert (cp.step, cp.load()) == (1, "whole")

    assert getattr(run(train, tmp_path), "error_type", "") == ""
    assert not list(tmp_path.rglob(".incoming-*"))


@pytest.mark.parametrize("keep", [0, -1])
def test_one_is_kept_at_least(keep: int) -> None:
    with pytest.raises(TradewindError, match="keep="):
        ml.checkpoint(keep=keep)


@pytest.mark.parametrize("library", ["xgboost", "lightgbm"])
def test_boosting_goes_on_from_the_saved_booster(library: str) -> None:
    pytest.importorskip(library)
    rng = numpy.random.default_rng(0)
    X, y = rng.normal(size=(80, 3)), rng.integers(0, 2, 80)
    with ml.checkpoint() as cp:
        boosting = cp.boosting()
        assert (boosting.booster, boosting.rounds_left(10)) == (None, 10)
        _boost(library, boosting, X, y, 7)
        assert (cp.step, boosting.rounds_left(10)) == (7, 3)

        model = _boost(library, boosting, X, y, boosting.rounds_left(10))

        assert cp.step == 10
        assert (model.num_boosted_rounds() if library == "xgboost" else model.current_iteration()) == 10


def _boost(library: str, boosting: Any, X: Any, y: Any, rounds: int) -> Any:
    if library == "xgboost":
        import xgboost

        settings = {"objective": "binary:logistic", "nthread": 1}
        more = {"xgb_model": boosting.booster, "callbacks": [boosting.xgboost(every=5)]}
        return xgboost.train(settings, xgboost.DMatrix(X, y), num_boost_round=rounds, **more)
    import lightgbm

    settings = {"objective": "binary", "verbose": -1, "num_threads": 1}
    more = {"init_model": boosting.booster, "callbacks": [boosting.lightgbm(every=5)]}
    return lightgbm.train(settings, lightgbm.Dataset(X, y), num_boost_round=rounds, **more)


def test_a_solver_is_fitted_in_steps(tmp_path: Path) -> None:
    from sklearn.linear_model import LinearRegression, SGDClassifier

    X, y = numpy.random.default_rng(0).normal(size=(50, 2)), numpy.arange(50) % 2
    with ml.checkpoint() as cp:
        model = cp.fit_warm_start(SGDClassifier(tol=None, random_state=0), X, y, to=6, by=4)
        assert (cp.step, model.max_iter) == (6, 2)
        with pytest.raises(TradewindError, match="LinearRegression has no warm_start"):
            cp.fit_warm_start(LinearRegression(), X, y, to=2, by=1)


def test_a_torch_model_of_another_shape_is_told() -> None:
    torch = pytest.importorskip("torch")
    with ml.checkpoint() as cp:
        for _ in cp.torch(torch.nn.Linear(2, 1)).epochs(1):
            pass
        with pytest.raises(TradewindError, match="the checkpoint's model does not fit"):
            cp.torch(torch.nn.Linear(3, 1))
