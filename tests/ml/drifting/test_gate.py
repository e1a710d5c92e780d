"""Gates in front of retraining, in a process of their own: what they let through."""

from __future__ import annotations

import pytest

from tradewind import DAG, ml
from tradewind.authoring.exceptions import AirflowFailException
from tradewind.ml.drifting.gate import found_something
from tradewind.model.entries import DriftReport, PerformanceChecked

DRIFTED = DriftReport(drifted=True, share=1.0, columns=(), reference_rows=1, current_rows=1, reason="age drifted")
CALM = DriftReport(drifted=False, share=0.0, columns=(), reference_rows=1, current_rows=1)
WORSE = PerformanceChecked("churn", "3", {"accuracy": 0.5}, degraded=True)


@pytest.mark.parametrize(
    ("report", "said"),
    [
        (DRIFTED, (True, "age drifted")),
        (CALM, (False, "no drift")),
        (WORSE, (True, "degraded")),
        (PerformanceChecked("churn", "3", {}), (False, "as good as before")),
    ],
    ids=["drifted", "calm", "worse", "as good"],
)
def test_what_a_report_says(report, said):
    assert found_something(report) == said


def test_anything_else_is_refused():
    with pytest.raises(AirflowFailException, match=r"needs what ml\.drift\(\) or ml\.monitor\(\) gave, not bool"):
        found_something(True)


def test_a_cooldown_below_nothing_is_refused():
    with DAG("d"), pytest.raises(ValueError, match="0 or more"):
        ml.drift_gate(CALM, cooldown=-1)


@pytest.mark.parametrize("cooldown", [0, 60])
def test_without_a_scheduler_no_cooldown_holds_it(cooldown):
    with DAG("d") as dag:
        ml.drift_gate(WORSE, cooldown=cooldown)
    run = dag.test()
    assert run.get_task_instance("drift_gate").xcom_pull(task_ids="drift_gate") is True
