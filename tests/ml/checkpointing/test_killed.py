"""Trainings that are killed with SIGKILL, cancelled or forked go on from their last checkpoint: real processes."""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tradewind import settings
from tradewind.cli.home import opened_store
from tradewind.model.entries import CheckpointSaved, read_entry
from tradewind.model.journal import EntryQuery
from tradewind.store.base import Store

HEAD = """
    import os, signal
    from pathlib import Path
    from tradewind import dag, ml, task

    def die_once(name="died"):
        mark = Path(os.environ["MARKS"], name)
        if not mark.exists():
            mark.touch()
            os.kill(os.getpid(), signal.SIGKILL)
"""
TORCH = (
    HEAD
    + """
    @dag(schedule=None, params={"epochs": 5})
    def torched():
        @task
        def train(params):
            import torch

            torch.manual_seed(1)
            model = torch.nn.Linear(2, 1)
            optimizer = torch.optim.Adam(model.parameters(), lr=0.1)
            done = []
            with ml.checkpoint() as cp:
                started = cp.step
                for epoch in cp.torch(model, optimizer).epochs(params["epochs"]):
                    x = torch.rand(8, 2)
                    optimizer.zero_grad()
                    ((model(x) - x.sum(1, keepdim=True)) ** 2).mean().backward()
                    optimizer.step()
                    done.append(epoch)
                    if epoch == 3 and params["epochs"] == 5:
                        die_once()
            return {"started": started, "done": done, "weights": model.weight.tolist()}

        train()

    torched()
"""
)
SKLEARN = (
    HEAD
    + """
    @dag(schedule=None)
    def forest():
        @task
        def train():
            from sklearn.datasets import make_classification
            from sklearn.ensemble import GradientBoostingClassifier

            X, y = make_classification(60, random_state=0)

            class Dying(GradientBoostingClassifier):
                def fit(self, X, y):
                    if self.n_estimators == 15:
                        die_once()
                    return super().fit(X, y)

            with ml.checkpoint() as cp:
                started = cp.step
                model = cp.fit_warm_start(Dying(random_state=0), X, y, to=20, by=5)
            return {"started": started, "trees": len(model.estimators_)}

        train()

    forest()
"""
)
SAVING = (
    HEAD
    + """
    class Deadly:
        def __init__(self, step):
            self.step = step
        def __getstate__(self):
            if self.step == 3:
                die_once()
            return self.__dict__

    @dag(schedule=None)
    def saving():
        @task
        def train():
            with ml.checkpoint(keep=1) as cp:
                started = cp.step
                (cp.path / "notes.txt").open("a").write("begun ")
                for step in range(cp.step, 4):
                    cp.save(["x" * 1_000_000, Deadly(step + 1)], step=step + 1)
                last = cp.load()[1].step
                return {"started": started, "last": last, "notes": (cp.path / "notes.txt").read_text()}

        train()

    saving()
"""
)


@pytest.mark.parametrize(
    ("text", "dag_id", "expected"),
    [
        (SKLEARN, "forest", {"started": 10, "trees": 20}),
        (SAVING, "saving", {"started": 2, "last": 4, "notes": "begun begun "}),
    ],
    ids=["warm_start", "in the middle of a save"],
)
def test_a_killed_training_goes_on(
    home: Any, dag_file: Callable[[str], str], text: str, dag_id: str, expected: dict[str, Any]
) -> None:
    out = home("run", dag_file(text), "--plain")

    assert "goes on from step" in out
    found = home.value(dag_id, "train")
    assert {name: found[name] for name in expected} == expected


def test_a_torch_training_ends_where_it_would_have_and_its_fork_goes_further(
    home: Any, dag_file: Callable[[str], str], tmp_path: Path
) -> None:
    file = dag_file(TORCH)
    home("run", file, "-q", "--run-id", "killed")
    home("run", file, "-q", "--run-id", "smooth")
    assert home.value("torched", "train", "killed")["weights"] == home.value("torched", "train", "smooth")["weights"]

    home("runs", "fork", "torched", "killed", "--from", "train", "--params", "epochs=7", "-q", "-r", "further")

    assert home.value("torched", "train", "killed")["done"] == [3, 4]
    assert home.value("torched", "train", "further")["done"] == [5, 6]

    shelves = tmp_path / "home" / "artifacts" / "checkpoints"
    assert len(list(shelves.rglob("checkpoint.json"))) == 6
    home("runs", "delete", "torched", "killed", "-y")
    assert len(list(shelves.rglob("checkpoint.json"))) == 4


STEPS = (
    HEAD
    + """
    @dag(schedule=None, params={"fail": True})
    def stepping():
        @task
        def data():
            return 1

        @task
        def train(value):
            with ml.checkpoint() as cp:
                started = cp.step
                for step in range(cp.step, 3):
                    cp.save({"step": step}, step=step + 1)
                    if step == 1 and not Path(os.environ["MARKS"], "failed").exists():
                        Path(os.environ["MARKS"], "failed").touch()
                        raise RuntimeError("on the way")
            return {"started": started}

        train(data())

    stepping()
"""
)


def test_a_failed_run_that_is_resumed_goes_on_and_one_that_is_cleared_after_its_success_begins_anew(
    home: Any, dag_file: Callable[[str], str]
) -> None:
    home("run", dag_file(STEPS), "-q", code=1)

    home("runs", "resume", "stepping", "-q")
    assert home.value("stepping", "train") == {"started": 2}

    home("runs", "rerun", "stepping", "--from", "train", "-y", "-q")
    assert home.value("stepping", "train") == {"started": 0}

    home("runs", "fork", "stepping", "--from", "train", "--no-checkpoints", "-q", "-r", "anew")
    assert home.value("stepping", "train", "anew") == {"started": 0}
    home("runs", "fork", "stepping", "--from", "train", "-q", "-r", "further")
    assert home.value("stepping", "train", "further") == {"started": 3}

    with store_of(home) as store:
        found = store.entries(EntryQuery("CheckpointSaved", name="checkpoint", run_id=store.runs(limit=9)[-1].run_id))
    saved = [read_entry(one.body, CheckpointSaved) for one in reversed(found)]
    assert [(one.step, bool(one.resumed_from_try)) for one in saved] == [
        (1, False), (2, False), (3, True), (1, False), (2, False), (3, False),
    ]  # fmt: skip


@contextmanager
def store_of(home: Any) -> Generator[Store]:
    with opened_store(settings.load({}, overrides={"home": str(home.home)}, cwd=home.folder)) as store:
        yield store
