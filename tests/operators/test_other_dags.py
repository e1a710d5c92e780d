import pytest

from tradewind.authoring.exceptions import AirflowFailException
from tradewind.operators.trigger_dagrun import TriggerDagRunOperator
from tradewind.sensors.external_task import ExternalTaskSensor


@pytest.mark.parametrize(
    "make",
    [
        lambda: TriggerDagRunOperator(task_id="t", trigger_dag_id="other", conf={"a": 1}, wait_for_completion=True),
        lambda: ExternalTaskSensor(task_id="t", external_dag_id="other", external_task_id="x", mode="reschedule"),
    ],
)
def test_what_needs_the_scheduler_service_loads_and_says_so_when_run(dag, context_of, make):
    task = make()

    with pytest.raises(AirflowFailException, match="scheduler service"):
        task.execute(context_of(task))


def test_contradicting_arguments_of_the_sensor(dag):
    with pytest.raises(ValueError, match="Only one of"):
        ExternalTaskSensor(task_id="t", external_dag_id="o", external_task_id="x", external_task_ids=["y"])
