from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tradewind.authoring.compile import compile_dag
from tradewind.authoring.dag import DAG
from tradewind.authoring.deadlines import (
    AsyncCallback,
    BaseDeadlineReference,
    DeadlineAlert,
    DeadlineReference,
    SyncCallback,
    VariableInterval,
)
from tradewind.model.errors import DagFileError
from tradewind.operators.empty import EmptyOperator


def tell(**_):
    """A callback."""


def hear(*_):
    """Another."""


class OwnReference(BaseDeadlineReference):
    """One that only the author's code can tell."""


def specs(deadline, **more):
    with DAG("d", start_date=datetime(2026, 1, 1, tzinfo=UTC), schedule=None, deadline=deadline, **more) as dag:
        EmptyOperator(task_id="quick")
        EmptyOperator(task_id="slow", sla=timedelta(hours=2))
    return compile_dag(dag).deadlines


def alert(reference=DeadlineReference.DAGRUN_QUEUED_AT, interval=timedelta(minutes=5), **more):
    return DeadlineAlert(reference, interval, more.pop("callback", SyncCallback(tell)), **more)


@pytest.mark.parametrize(
    ("reference", "name", "options"),
    [
        (DeadlineReference.DAGRUN_QUEUED_AT, "DagRunQueuedAtDeadline", {}),
        (DeadlineReference.DAGRUN_LOGICAL_DATE, "DagRunLogicalDateDeadline", {}),
        (DeadlineReference.AVERAGE_RUNTIME(), "AverageRuntimeDeadline", {"max_runs": 10, "min_runs": 10}),
        (DeadlineReference.AVERAGE_RUNTIME(20, 3), "AverageRuntimeDeadline", {"max_runs": 20, "min_runs": 3}),
        (
            DeadlineReference.FIXED_DATETIME(datetime(2026, 5, 1, tzinfo=UTC)),
            "FixedDatetimeDeadline",
            {"datetime": "2026-05-01T00:00:00+00:00"},
        ),
        (OwnReference(), "Custom", {}),
    ],
)
def test_references(reference, name, options):
    first = specs(alert(reference))[0]

    assert (first.reference, first.options, first.seconds, first.callback) == (name, options, 300.0, "tell")


def test_several_alerts_then_the_slas_of_tasks_each_with_a_name():
    found = specs(
        [alert(), alert(), alert(name="mine", callback=AsyncCallback("pkg.notify"))], sla_miss_callback=[tell, hear]
    )

    assert [(one.name, one.task_id, one.callback) for one in found] == [
        ("DagRunQueuedAtDeadline + 0:05:00", "", "tell"),
        ("DagRunQueuedAtDeadline + 0:05:00 (2)", "", "tell"),
        ("mine", "", "pkg.notify"),
        ("SLA of slow", "slow", "tell, hear"),
    ]
    assert found[-1].seconds == 7200.0


@pytest.mark.parametrize(
    ("interval", "name"),
    [
        (timedelta(minutes=-5), "DagRunQueuedAtDeadline - 0:05:00"),
        (VariableInterval("patience"), "DagRunQueuedAtDeadline + variable patience"),
    ],
)
def test_a_name_says_before_or_after(interval, name):
    assert specs(alert(interval=interval))[0].name == name


def test_an_interval_in_a_variable_and_a_callback_for_a_risk():
    first = specs(alert(interval=VariableInterval("patience"), on_deadline_risk=hear))[0]

    assert (first.variable, first.warns) == ("patience", True)


@pytest.mark.parametrize("wrong", ["tomorrow", [timedelta(hours=1)], DeadlineAlert("soon", timedelta(1), tell)])
def test_what_is_no_deadline_is_refused_with_its_place(wrong):
    with pytest.raises(DagFileError, match="no deadline") as caught:
        specs(wrong)

    assert caught.value.location.file.endswith("test_deadlines.py")


def test_an_interval_that_is_none_is_refused():
    with pytest.raises(DagFileError, match="interval of a deadline"):
        specs(alert(interval="soon"))
