from enum import StrEnum
from pathlib import Path

import pytest

from tradewind import DAG, Asset
from tradewind.authoring.compile import compile_dag
from tradewind.model.errors import DagFileError
from tradewind.operators.empty import EmptyOperator


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"dag_display_name": Path("x")}, "label: "),
        ({"is_paused_upon_creation": "yes"}, "$.is_paused_upon_creation"),
        ({"schedule": [Asset("a", group=Path("x"))]}, "schedule.assets"),
        ({"max_active_runs": 2**70}, "max_active_runs: "),
        ({"dag_display_name": "\ud800"}, "label: "),
    ],
)
def test_what_no_other_process_could_read_is_refused_with_its_place(options, said):
    """Else the process that loads the file ends over it, and nobody knows which argument it was."""
    with DAG("d", **{"schedule": None, **options}) as dag:
        EmptyOperator(task_id="t")

    with pytest.raises(DagFileError, match="not of the kind that is wanted") as caught:
        compile_dag(dag)

    assert said in caught.value.message
    assert caught.value.location.file.endswith("test_crossing.py")


class RunType(StrEnum):
    MANUAL = "manual"


@pytest.mark.parametrize(
    ("given", "kept"),
    [("manual", ["manual"]), (RunType.MANUAL, ["manual"]), ({"scheduled", "manual"}, ["manual", "scheduled"])],
)
def test_types_of_runs_are_kept_by_name(given, kept):
    with DAG("d", schedule=None, allowed_run_types=given) as dag:
        EmptyOperator(task_id="t")
    assert compile_dag(dag).extra["allowed_run_types"] == kept


def test_a_type_of_runs_that_there_is_not_is_refused():
    with DAG("d", schedule=None, allowed_run_types=["by_hand"]) as dag:
        EmptyOperator(task_id="t")
    with pytest.raises(DagFileError, match="'by_hand' in allowed_run_types"):
        compile_dag(dag)


def test_the_task_is_named_by_its_place():
    with DAG("d", schedule=None) as dag:
        EmptyOperator(task_id="t") >> EmptyOperator(task_id="u", pool_slots=2**70)

    with pytest.raises(DagFileError, match=r"tasks\[1\]\.pool_slots"):
        compile_dag(dag)
