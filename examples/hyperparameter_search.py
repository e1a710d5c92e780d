"""Hyper-parameter search by dynamic task mapping: one task instance a candidate, then a reduce that picks the best."""

from __future__ import annotations

from datetime import datetime

import matplotlib

matplotlib.use("Agg")

import matplotlib.pyplot as plt
from airflow.sdk import dag, task
from sklearn.datasets import load_breast_cancer
from sklearn.ensemble import RandomForestClassifier
from sklearn.model_selection import StratifiedKFold, cross_val_score


@dag(schedule=None, start_date=datetime(2025, 1, 1), catchup=False, tags=["ml", "example"])
def hyperparameter_search():
    @task
    def load() -> dict:
        features, labels = load_breast_cancer(return_X_y=True)
        return {"features": features, "labels": labels}

    @task
    def candidates() -> list[dict]:
        return [{"max_depth": depth, "n_estimators": trees} for depth in (2, 4, 8) for trees in (20, 60)]

    @task(map_index_template="{{ candidate.max_depth }} deep, {{ candidate.n_estimators }} trees", retries=1)
    def fit(candidate: dict, data: dict) -> dict:
        from airflow.sdk import get_current_context

        get_current_context()["candidate"] = candidate
        folds = StratifiedKFold(3, shuffle=True, random_state=0)
        model = RandomForestClassifier(**candidate, random_state=0)
        scores = cross_val_score(model, data["features"], data["labels"], cv=folds, scoring="roc_auc")
        return {**candidate, "roc_auc": scores.mean(), "spread": scores.std()}

    @task
    def best(results: list[dict], ti) -> dict:
        ranked = sorted(results, key=lambda result: result["roc_auc"], reverse=True)
        for result in ranked:
            print(result)
        ti.xcom_push("search", picture(ranked))
        return ranked[0]

    @task
    def refit(chosen: dict, data: dict) -> RandomForestClassifier:
        settings = {name: chosen[name] for name in ("max_depth", "n_estimators")}
        return RandomForestClassifier(**settings, random_state=0).fit(data["features"], data["labels"])

    data = load()
    results = fit.partial(data=data).expand(candidate=candidates())
    refit(best(results), data)


def picture(ranked: list[dict]) -> plt.Figure:
    figure, axes = plt.subplots(figsize=(5, 3), layout="constrained")
    names = [f"{result['max_depth']} deep, {result['n_estimators']} trees" for result in ranked]
    axes.barh(names, [result["roc_auc"] for result in ranked], xerr=[result["spread"] for result in ranked])
    axes.set(xlim=(0.9, 1.0), xlabel="ROC AUC", title="Candidates")
    axes.invert_yaxis()
    return figure


hyperparameter_search()
