"""Train a classifier end to end: load → check → train → evaluate → gate → deploy.

Run it: `tradewind run examples/train_classifier.py`. The data set (569 tumours, 30 measurements each) ships with
scikit-learn; nothing is downloaded. DataFrames and the model travel between the tasks as they are.
"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import matplotlib

matplotlib.use("Agg")

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from sklearn.datasets import load_breast_cancer
from sklearn.ensemble import GradientBoostingClassifier
from sklearn.metrics import ConfusionMatrixDisplay, RocCurveDisplay, accuracy_score, f1_score, roc_auc_score
from sklearn.model_selection import train_test_split

from tradewind import Param, dag, get_current_context, log_metric, task


@dag(
    schedule="@daily",
    default_args={"retries": 2, "retry_delay": timedelta(seconds=5)},
    params={
        "n_estimators": Param(300, type="integer", minimum=10, maximum=2000, description="trees to boost"),
        "learning_rate": Param(0.05, type="number", exclusiveMinimum=0, maximum=1),
        "minimum_accuracy": Param(0.9, type="number", minimum=0, maximum=1),
        "deploy_to": Param("", type="string", description="folder for the model; empty: a folder of the run's own"),
    },
    tags=["ml", "example"],
    doc_md=__doc__,
)
def train_classifier():
    @task
    def load() -> pd.DataFrame:
        frame = load_breast_cancer(as_frame=True).frame
        print(f"{len(frame)} rows, {len(frame.columns)} columns")
        return frame

    @task
    def check(frame: pd.DataFrame) -> pd.DataFrame:
        if frame.isna().any(axis=None):
            raise ValueError(f"missing values in {list(frame.columns[frame.isna().any()])}")
        balance = frame["target"].mean()
        if not 0.2 < balance < 0.8:
            raise ValueError(f"classes are out of balance: {balance:.0%} positive")
        log_metric("rows", len(frame))
        log_metric("positive_share", balance)
        return frame

    @task(multiple_outputs=True)
    def train(frame: pd.DataFrame, params: dict, progress) -> dict:
        features, labels = frame.drop(columns="target"), frame["target"]
        split = train_test_split(features, labels, test_size=0.3, random_state=7, stratify=labels)
        train_x, test_x, train_y, test_y = split
        model = GradientBoostingClassifier(
            n_estimators=params["n_estimators"], learning_rate=params["learning_rate"], subsample=0.8, random_state=7
        )

        def watch(step: int, fitted: GradientBoostingClassifier, _locals: dict) -> bool:
            if step % 10 == 0:
                progress.update(step + 1, total=params["n_estimators"], message=f"loss {fitted.train_score_[step]:.4f}")
                log_metric("train_loss", fitted.train_score_[step], step=step)
            return False

        model.fit(train_x, train_y, monitor=watch)
        return {"model": model, "test_x": test_x, "test_y": test_y}

    @task
    def evaluate(model: GradientBoostingClassifier, test_x: pd.DataFrame, test_y: pd.Series) -> dict:
        probability = model.predict_proba(test_x)[:, 1]
        predicted = model.predict(test_x)
        scores = {
            "accuracy": accuracy_score(test_y, predicted),
            "f1": f1_score(test_y, predicted),
            "roc_auc": roc_auc_score(test_y, probability),
        }
        for name, score in scores.items():
            log_metric(name, score)
        ti = get_current_context()["ti"]
        ti.xcom_push("confusion_matrix", picture_of_confusion(test_y, predicted))
        ti.xcom_push("roc_curve", picture_of_roc(test_y, probability))
        ti.xcom_push("learning_curve", picture_of_learning(model, test_x, test_y))
        return scores

    @task.short_circuit
    def gate(scores: dict, params: dict) -> bool:
        good_enough = scores["accuracy"] >= params["minimum_accuracy"]
        print(f"accuracy {scores['accuracy']:.3f}, needed {params['minimum_accuracy']}: {good_enough}")
        return good_enough

    @task
    def deploy(model: GradientBoostingClassifier, params: dict, run_id: str, ti) -> str:
        import joblib

        folder = Path(params["deploy_to"] or Path.cwd() / "deployed" / "train_classifier")
        folder.mkdir(parents=True, exist_ok=True)
        target = folder / "model.joblib"
        temporary = target.with_suffix(f".{ti.try_number}.tmp")
        joblib.dump({"model": model, "run_id": run_id}, temporary)
        temporary.replace(target)
        print(f"deployed {target} ({target.stat().st_size / 1024:.0f} KiB)")
        return str(target)

    checked = check(load())
    trained = train(checked)
    scores = evaluate(trained["model"], trained["test_x"], trained["test_y"])
    gate(scores) >> deploy(trained["model"])


def picture_of_confusion(labels: pd.Series, predicted: np.ndarray) -> plt.Figure:
    figure, axes = plt.subplots(figsize=(4, 4), layout="constrained")
    ConfusionMatrixDisplay.from_predictions(
        labels, predicted, display_labels=["malignant", "benign"], cmap="Blues", ax=axes, colorbar=False
    )
    axes.set_title("Confusion matrix on held-out tumours")
    return figure


def picture_of_roc(labels: pd.Series, probability: np.ndarray) -> plt.Figure:
    figure, axes = plt.subplots(figsize=(4, 4), layout="constrained")
    RocCurveDisplay.from_predictions(labels, probability, ax=axes, plot_chance_level=True)
    axes.set_title("ROC")
    return figure


def picture_of_learning(model: GradientBoostingClassifier, test_x: pd.DataFrame, test_y: pd.Series) -> plt.Figure:
    figure, axes = plt.subplots(figsize=(5, 3.5), layout="constrained")
    held_out = [accuracy_score(test_y, staged) for staged in model.staged_predict(test_x)]
    axes.plot(model.train_score_, label="training loss")
    axes.plot(1 - np.array(held_out), label="held-out error")
    axes.set(xlabel="trees", title="Learning curve", yscale="log")
    axes.legend()
    return figure


train_classifier()
