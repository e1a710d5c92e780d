"""k folds as mapped tasks, each of them cached: another run of the same code on the same data trains nothing, and of
another number of folds those that are new."""

from __future__ import annotations

from airflow.sdk import Param, dag, task

from tradewind import ml


@dag(schedule=None, params={"folds": Param(5, type="integer", minimum=2)}, tags=["ml", "cache"])
def cross_validation():
    @task(cache=True)
    def data():
        from sklearn.datasets import load_iris

        return load_iris(as_frame=True).frame

    @task
    def folds(params=None):
        return list(range(params["folds"]))

    @task(cache=ml.Cache(version=1))
    def fit(frame, fold: int, params=None):
        from sklearn.linear_model import LogisticRegression
        from sklearn.model_selection import StratifiedKFold

        parts = StratifiedKFold(params["folds"], shuffle=True, random_state=1).split(frame, frame["target"])
        train, test = list(parts)[fold]
        features = frame.drop(columns="target")
        model = LogisticRegression(max_iter=1000).fit(features.iloc[train], frame["target"].iloc[train])
        accuracy = model.score(features.iloc[test], frame["target"].iloc[test])
        ml.log_metric("accuracy", accuracy)
        return accuracy

    @task
    def summary(accuracies):
        scores = list(accuracies)
        mean = sum(scores) / len(scores)
        ml.log_metric("mean_accuracy", mean)
        print(f"{mean:.3f} over {len(scores)} folds")
        return mean

    summary(fit.partial(frame=data()).expand(fold=folds()))


cross_validation()
