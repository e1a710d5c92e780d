import sys
from datetime import datetime

import pytest

from tradewind.authoring.dag import DAG
from tradewind.authoring.preloading import JINJA, PENDULUM, modules_needed, preload, preload_for_aids
from tradewind.operators.bash import BashOperator
from tradewind.operators.python import PythonOperator


def plain():
    pass


def wants_all(**context):
    pass


def wants_a_date(logical_date):
    pass


@pytest.mark.parametrize(
    ("make", "modules"),
    [
        (lambda: BashOperator(task_id="t", bash_command="echo 1"), ()),
        (lambda: BashOperator(task_id="t", bash_command="echo {{ ds }}"), (JINJA,)),
        (lambda: BashOperator(task_id="t", bash_command="run.sh"), (JINJA,)),
        (lambda: BashOperator(task_id="t", bash_command="echo", env={"A": "{{ logical_date }}"}), (PENDULUM, JINJA)),
        (lambda: BashOperator.partial(task_id="t", env={"A": "{{ ds }}"}).expand(bash_command=["a", "b"]), (JINJA,)),
        (lambda: PythonOperator(task_id="t", python_callable=plain), ()),
        (lambda: PythonOperator(task_id="t", python_callable=wants_all), (PENDULUM,)),
        (lambda: PythonOperator(task_id="t", python_callable=wants_a_date), (PENDULUM,)),
        (lambda: PythonOperator(task_id="t", python_callable=print), ()),
    ],
)
def test_what_the_tasks_of_a_dag_will_need(make, modules):
    with DAG("d", schedule=None, start_date=datetime(2025, 1, 1)) as dag:
        make()
    assert modules_needed([dag]) == modules
    assert preload([dag]) == modules


class Heavy(BashOperator):
    modules_ahead = ("this", "no.such.module")


@pytest.mark.parametrize(
    "make",
    [
        lambda: Heavy(task_id="t", bash_command="true"),
        lambda: Heavy.partial(task_id="t").expand(bash_command=["a"]),
    ],
    ids=["plain", "mapped"],
)
def test_what_an_operator_says_that_it_imports_is_imported(make, capsys):
    sys.modules.pop("this", None)
    with DAG("d", schedule=None, start_date=datetime(2025, 1, 1)) as dag:
        make()
    preload_for_aids([dag])
    assert "this" in sys.modules
