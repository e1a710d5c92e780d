"""Models on labelled feedback: metrics, baselines, what counts as worse, and what cannot be measured."""

from __future__ import annotations

import numpy
import pandas
import polars
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.ml.running import Home

from tradewind import ml
from tradewind.authoring.exceptions import AirflowFailException
from tradewind.ml.monitoring.metrics import KNOWN, is_error
from tradewind.ml.monitoring.monitor import NoFeedbackError

RIGHT, WRONG = [0, 1] * 50, [1, 0] * 50


def guesses(share_right):
    right = round(share_right * len(RIGHT))
    return RIGHT[:right] + WRONG[right:]


def test_a_model_that_got_worse_is_told_with_numbers():
    found = ml.monitor("churn", guesses(0.7), RIGHT, baseline={"accuracy": 0.9})
    assert found.degraded
    assert found.metrics == {"accuracy": 0.7}
    assert found.reason == "accuracy is 0.7, 22.2% worse than 0.9 (5.0% is allowed)"


@pytest.mark.parametrize(
    ("baseline", "max_drop", "degraded"),
    [(0.9, 0.05, True), (0.9, 0.25, False), (0.7, 0.0, False), (0.6, 0.0, False), (0.9, {"accuracy": 0.5}, False)],
)
def test_how_much_worse_it_may_be(baseline, max_drop, degraded):
    found = ml.monitor("churn", guesses(0.7), RIGHT, baseline={"accuracy": baseline}, max_drop=max_drop)
    assert found.degraded is degraded


def test_less_of_an_error_is_better():
    labels, near, far = numpy.zeros(40), numpy.full(40, 0.1), numpy.full(40, 5.0)
    assert not ml.monitor("price", near, labels, metrics=["mae"], baseline={"mae": 1.0}).degraded
    assert ml.monitor("price", far, labels, metrics=["rmse"], baseline={"rmse": 1.0}).degraded
    own = {"pinball_loss": lambda labels, predictions: 5.0}
    assert ml.monitor("price", far, labels, metrics=own, baseline={"pinball_loss": 1.0}).degraded
    assert [is_error(name) for name in ("accuracy", "r2", "max_error", "log_loss")] == [False, False, True, True]


def test_predictions_without_a_label_are_left_out():
    labels = pandas.Series([0.0, 1.0, None, 1.0] * 20)
    found = ml.monitor("churn", [0, 1, 1, 1] * 20, labels, baseline={"accuracy": 0.9})
    assert (found.rows, found.metrics["accuracy"], found.degraded) == (60, 1.0, False)


def test_few_rows_decide_nothing():
    found = ml.monitor("churn", [0] * 5, [1] * 5, baseline={"accuracy": 0.9})
    assert (found.degraded, found.reason) == (False, "only 5 labelled rows, nothing is decided below 30")


def test_a_metric_that_cannot_be_had_is_said_and_decides_nothing():
    metrics = {"broken": lambda labels, guesses: float("nan"), "raises": lambda labels, guesses: 1 / 0}
    found = ml.monitor("churn", guesses(1.0), RIGHT, metrics=metrics, baseline={"broken": 1.0})
    assert (found.metrics, found.degraded) == ({}, False)
    assert "no broken: it is nan" in found.reason
    assert "no raises: division by zero" in found.reason


@pytest.mark.parametrize(
    "make", [list, numpy.array, pandas.Series, polars.Series, lambda v: pandas.DataFrame({"y": v})]
)
def test_whatever_holds_the_values(make):
    assert ml.monitor("churn", make(RIGHT), make(RIGHT)).metrics == {"accuracy": 1.0}


@pytest.mark.parametrize("name", KNOWN)
def test_every_known_metric_measures(name):
    rng = numpy.random.default_rng(1)
    labels = rng.integers(0, 2, 200)
    predictions = labels if name in {"accuracy", "f1"} else numpy.clip(labels * 0.8 + 0.1, 0, 1)
    predictions = labels if "accuracy" in name or name in {"f1", "precision", "recall"} else predictions
    assert name in ml.monitor("any", predictions, labels, metrics=[name]).metrics


@pytest.mark.parametrize(
    ("predictions", "labels", "options", "error", "says"),
    [
        ([1], [1, 2], {}, NoFeedbackError, "1 predictions and 2 labels"),
        ([1, 2], [None, float("nan")], {}, NoFeedbackError, "none of 2 predictions has a label yet"),
        ([], [], {}, NoFeedbackError, "none of 0"),
        (pandas.DataFrame({"a": [1], "b": [2]}), [1], {}, NoFeedbackError, "a frame of 2 columns"),
        ([1], [1], {"metrics": ["acuracy"]}, AirflowFailException, "there is no metric 'acuracy'"),
    ],
    ids=["lengths", "no labels", "nothing", "columns", "unknown metric"],
)
def test_what_cannot_be_measured_is_told(predictions, labels, options, error, says):
    with pytest.raises(error, match=says):
        ml.monitor("churn", predictions, labels, **options)


@settings(deadline=None)
@given(st.lists(st.booleans(), min_size=30, max_size=60))
def test_the_same_as_the_baseline_is_never_worse(values):
    accuracy = ml.monitor("m", values, [True] * len(values)).metrics["accuracy"]
    again = ml.monitor("m", values, [True] * len(values), baseline={"accuracy": accuracy}, max_drop=0)
    assert not again.degraded


FLOWS = """
from datetime import timedelta
from tradewind import ml
from airflow.sdk import DAG, Param, task

with DAG("feedback", params={"right": Param(1.0)}):
    @task
    def predictions(**context):
        right = round(100 * context["params"]["right"])
        return [0, 1] * (right // 2) + [1, 0] * (50 - right // 2)

    @task
    def labels():
        return [0, 1] * 50

    ml.monitor("churn", predictions(), labels(), max_drop=0.1)

with DAG("retrain", schedule=ml.OnDegradation("churn", cooldown=timedelta(days=1))):
    @task
    def train():
        pass
    train()
"""


def test_the_first_check_is_the_baseline_and_degradation_starts_the_dag_that_waits(tmp_path):
    home = Home(tmp_path)
    home.write(FLOWS)
    for right in (1.0, 0.96, 0.5, 0.4):
        assert home.run("feedback", right=right)["monitor_churn"] == "success"
    bodies = [one.body for one in reversed(home.entries("PerformanceChecked", name="churn"))]
    assert [body["baseline"] for body in bodies] == [{}, *[{"accuracy": 1.0}] * 3]
    assert [body["degraded"] for body in bodies] == [False, False, True, True]
    assert [body["triggered"] for body in bodies] == [False, False, True, False]
    assert "its cooldown runs until" in bodies[3]["held_why"]
    with home.store() as store:
        (event,) = store.waiting_events("retrain")
        assert event.extra["metrics"] == {"accuracy": 0.5}
