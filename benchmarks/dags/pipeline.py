"""The five-step pipeline; `functions()` are the same five in one process, for comparison."""

from sklearn.datasets import load_breast_cancer
from sklearn.ensemble import RandomForestClassifier
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler

from tradewind import DAG, task


def load():
    return load_breast_cancer(as_frame=True).frame


def prepare(frame):
    train, test = train_test_split(frame, test_size=0.25, random_state=0, stratify=frame["target"])
    columns = [name for name in frame.columns if name != "target"]
    scaler = StandardScaler().fit(train[columns])
    train, test = train.copy(), test.copy()
    train[columns], test[columns] = scaler.transform(train[columns]), scaler.transform(test[columns])
    return {"train": train, "test": test}


def fit(parts):
    frame = parts["train"]
    model = RandomForestClassifier(n_estimators=400, random_state=0)
    return model.fit(frame.drop(columns="target"), frame["target"])


def evaluate(model, parts):
    return float(model.score(parts["test"].drop(columns="target"), parts["test"]["target"]))


def deploy(accuracy):
    if accuracy < 0.9:
        raise ValueError("model too weak to deploy")
    return "deployed"


def in_one_process():
    parts = prepare(load())
    return deploy(evaluate(fit(parts), parts))


with DAG("pipeline", schedule=None) as dag:
    parts = task(prepare)(task(load)())
    task(deploy)(task(evaluate)(task(fit)(parts), parts))
