from tradewind.airflow_compat.dag_bag import DagBag

GOOD = """
from airflow import DAG
from airflow.operators.bash import BashOperator
with DAG("good", schedule=None):
    BashOperator(task_id="t", bash_command="true")
"""
CYCLE = """
from airflow import DAG
from airflow.operators.empty import EmptyOperator
with DAG("cycle", schedule=None):
    a, b = EmptyOperator(task_id="a"), EmptyOperator(task_id="b")
    a >> b >> a
"""


def test_a_folder_of_dag_files(tmp_path, airflow_names):
    (tmp_path / "sub").mkdir()
    for name, text in {
        "good": GOOD,
        "sub/cycle": CYCLE,
        "broken": "from airflow import DAG, Nope\n",
        "plain": "1/0",
    }.items():
        (tmp_path / f"{name}.py").write_text(text)

    bag = DagBag(str(tmp_path), include_examples=False)

    assert bag.dag_ids == ["good"]
    assert bag.size() == 1
    assert bag.get_dag("good").task_ids == ["t"]
    assert bag.get_dag("gone") is None
    errors = {path.removeprefix(f"{tmp_path}/"): text for path, text in bag.import_errors.items()}
    assert set(errors) == {"broken.py", "sub/cycle.py"}
    assert "Nope" in errors["broken.py"]
    assert "a" in errors["sub/cycle.py"]


def test_a_single_file(tmp_path, airflow_names):
    (tmp_path / "good.py").write_text(GOOD)

    assert DagBag(tmp_path / "good.py").dag_ids == ["good"]
