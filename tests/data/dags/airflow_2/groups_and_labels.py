from __future__ import annotations

import datetime

import pendulum
from airflow import DAG
from airflow.models.baseoperator import chain, chain_linear
from airflow.operators.bash import BashOperator
from airflow.operators.empty import EmptyOperator
from airflow.operators.python import BranchPythonOperator, PythonOperator, get_current_context
from airflow.utils.edgemodifier import Label
from airflow.utils.task_group import TaskGroup
from airflow.utils.trigger_rule import TriggerRule
from airflow.utils.weekday import WeekDay

with DAG(
    dag_id="example_task_group",
    schedule="0 0 * * *",
    start_date=pendulum.datetime(2021, 1, 1, tz="Europe/Berlin"),
    catchup=False,
    dagrun_timeout=datetime.timedelta(minutes=60),
    tags=["example", "groups"],
    max_active_tasks=3,
    max_active_runs=1,
    render_template_as_native_obj=True,
    access_control={"role": {"can_read"}},
    owner_links={"airflow": "https://airflow.apache.org"},
    on_failure_callback=[lambda context: None],
    doc_md="# Hello",
) as dag:
    start = EmptyOperator(task_id="start")

    with TaskGroup("section_1", tooltip="Tasks for section_1") as section_1:
        task_1 = EmptyOperator(task_id="task_1")
        task_2 = BashOperator(task_id="task_2", bash_command="echo 1", env={"A": "{{ ds }}"}, append_env=True)
        task_3 = EmptyOperator(task_id="task_3")
        task_1 >> [task_2, task_3]

    with TaskGroup("section_2", tooltip="Tasks for section_2", default_args={"retries": 5}) as section_2:
        task_1 = EmptyOperator(task_id="task_1")
        with TaskGroup("inner_section_2", prefix_group_id=False) as inner_section_2:
            task_2 = BashOperator(task_id="task_2", bash_command="echo 1")
            task_4 = EmptyOperator(task_id="task_4")
        task_1 >> inner_section_2

    def branch():
        context = get_current_context()
        return ["section_1.task_1"]

    check = BranchPythonOperator(task_id="check", python_callable=branch)
    end = EmptyOperator(task_id="end", trigger_rule=TriggerRule.NONE_FAILED_MIN_ONE_SUCCESS)
    start >> check
    check >> Label("first") >> section_1
    check >> Label("second") >> section_2
    [section_1, section_2] >> end

    t = [EmptyOperator(task_id=f"t{i}") for i in range(1, 8)]
    chain(t[0], [Label("branch one"), Label("branch two")], [t[1], t[2]], [t[3], t[4]], t[5])
    chain_linear(end, [t[0], t[6]])
