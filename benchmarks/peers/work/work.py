"""What the tasks of every side do: the same functions, in the sizes that the environment gives.

Imported inside of each tool's own environment, by Airflow's DAG files, Prefect's flows, and so on. Heavy libraries are
imported in the functions, since a flow that does not need them must not pay for them; with BENCH_IMPORT_EARLY at the
top, as Tradewind tells its authors to (its warm parent imports once, each task finds it done) and Airflow's guide tells
them not to.
"""

import json
import os
import time

CHAIN_LENGTH = int(os.environ.get("BENCH_CHAIN_LENGTH", "100"))
FAN_WIDTH = int(os.environ.get("BENCH_FAN_WIDTH", "1000"))
FIB_SHORT_COUNT = int(os.environ.get("BENCH_FIB_SHORT_COUNT", "40"))
FIB_LONG_COUNT = int(os.environ.get("BENCH_FIB_LONG_COUNT", "10"))
FRAME_BYTES = int(os.environ.get("BENCH_FRAME_BYTES", "1000000000"))
COLUMNS = 125

if os.environ.get("BENCH_IMPORT_EARLY"):
    import pandas  # noqa: F401
    import pyarrow  # noqa: F401
    import sklearn.datasets
    import sklearn.ensemble
    import sklearn.model_selection
    import sklearn.preprocessing  # noqa: F401


def fib(n):
    return n if n <= 1 else fib(n - 1) + fib(n - 2)


def load():
    from sklearn.datasets import load_breast_cancer

    return load_breast_cancer(as_frame=True).frame


def prepare(frame):
    from sklearn.model_selection import train_test_split
    from sklearn.preprocessing import StandardScaler

    train_part, test_part = train_test_split(frame, test_size=0.25, random_state=0, stratify=frame["target"])
    train_part, test_part = train_part.copy(), test_part.copy()
    columns = [name for name in frame.columns if name != "target"]
    scaler = StandardScaler().fit(train_part[columns])
    train_part[columns] = scaler.transform(train_part[columns])
    test_part[columns] = scaler.transform(test_part[columns])
    return {"train": train_part, "test": test_part}


def train(parts):
    from sklearn.ensemble import RandomForestClassifier

    frame = parts["train"]
    return RandomForestClassifier(n_estimators=100, random_state=0).fit(frame.drop(columns="target"), frame["target"])


def evaluate(model, parts):
    frame = parts["test"]
    return float(model.score(frame.drop(columns="target"), frame["target"]))


def deploy(accuracy):
    if accuracy < 0.9:
        raise ValueError("model too weak to deploy")
    return accuracy


def pipeline():
    parts = prepare(load())
    return deploy(evaluate(train(parts), parts))


def make_frame():
    import numpy as np
    import pandas as pd

    values = np.random.default_rng(0).standard_normal((FRAME_BYTES // 8 // COLUMNS, COLUMNS))
    return pd.DataFrame(values, columns=[f"c{i}" for i in range(COLUMNS)])


def note_made():
    """The hand-over begins: the frame is made. The time goes by a file, since tools differ in what they hand on."""
    with open(_notes(), "w") as file:
        json.dump({"made_at": time.time()}, file)


def note_used(frame):
    """The hand-over has ended: the next task has read a value of the frame."""
    float(frame["c0"].iloc[-1])
    now = time.time()
    with open(_notes()) as file:
        notes = json.load(file)
    with open(_notes(), "w") as file:
        json.dump({**notes, "used_at": now}, file)


def _notes():
    return os.environ["BENCH_NOTES"]


def result(seconds):
    """What a flow's process says at its end, for whoever measures it."""
    print("RESULT " + json.dumps({"seconds": seconds}), flush=True)
