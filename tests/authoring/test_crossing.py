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


def test_the_task_is_named_by_its_place():
    with DAG("d", schedule=None) as dag:
        EmptyOperator(task_id="t") >> EmptyOperator(task_id="u", pool_slots=2**70)

    with pytest.raises(DagFileError, match=r"tasks\[1\]\.pool_slots"):
        compile_dag(dag)
