"""The five steps as a Flyte workflow, run locally, whose tasks are cached in its local cache: by version, and by their
inputs, for which Flyte asks to be told how a value that is no plain one is hashed."""

from typing import Annotated, Any

import pandas as pd
import work
from flytekit import HashMethod, task, workflow


def hash_frame(frame: pd.DataFrame) -> str:
    return str(pd.util.hash_pandas_object(frame).sum())


def hash_model(model: Any) -> str:
    import joblib

    return joblib.hash(model)


Frame = Annotated[pd.DataFrame, HashMethod(hash_frame)]
Model = Annotated[Any, HashMethod(hash_model)]


@task(cache=True, cache_version="1")
def load() -> Frame:
    return work.load()


@task(cache=True, cache_version="1")
def prepare(frame: pd.DataFrame) -> tuple[Frame, Frame]:
    parts = work.prepare(frame)
    return parts["train"], parts["test"]


@task(cache=True, cache_version="1")
def train(frame: pd.DataFrame) -> Model:
    return work.train({"train": frame})


@task(cache=True, cache_version="1")
def evaluate(model: Any, frame: pd.DataFrame) -> float:
    return work.evaluate(model, {"test": frame})


@task(cache=True, cache_version="1")
def deploy(accuracy: float) -> float:
    return work.deploy(accuracy)


@workflow
def five_steps() -> float:
    train_part, test_part = prepare(frame=load())
    return deploy(accuracy=evaluate(model=train(frame=train_part), frame=test_part))


if __name__ == "__main__":
    five_steps()
