"""Shell and Python side by side, with templates and params: count words in generated reports, one a day."""

from __future__ import annotations

from datetime import datetime

from airflow import DAG
from airflow.models.param import Param
from airflow.operators.bash import BashOperator
from airflow.operators.python import PythonOperator


def summarise(counts: str, day: str, **context):
    lines, words = (int(number) for number in counts.split()[:2])
    print(f"{day}: {words} words in {lines} lines, by {context['params']['author']}")
    return {"day": day, "words": words, "lines": lines}


with DAG(
    dag_id="bash_and_python",
    schedule="@daily",
    start_date=datetime(2025, 1, 1),
    catchup=False,
    params={
        "author": Param("Ada", type="string", minLength=1),
        "lines": Param(100, type="integer", minimum=1, maximum=10_000),
    },
    user_defined_macros={"greeting": lambda name: f"Report by {name}"},
    tags=["example"],
) as dag:
    folder = BashOperator(task_id="folder", bash_command="mktemp -d")
    write = BashOperator(
        task_id="write",
        bash_command="""
        cd {{ ti.xcom_pull(task_ids='folder') }}
        for i in $(seq {{ params.lines }}); do
            echo "{{ greeting(params.author) }} for {{ ds }}, line $i"
        done > report-{{ ds_nodash }}.txt
        """,
    )
    count = BashOperator(
        task_id="count",
        bash_command="wc -l -w < {{ ti.xcom_pull(task_ids='folder') }}/report-{{ ds_nodash }}.txt",
    )
    summary = PythonOperator(
        task_id="summary",
        python_callable=summarise,
        op_kwargs={"counts": "{{ ti.xcom_pull(task_ids='count') }}", "day": "{{ ds }}"},
    )
    tidy = BashOperator(
        task_id="tidy",
        bash_command="rm -r {{ ti.xcom_pull(task_ids='folder') }}",
        trigger_rule="all_done",
    )

    folder >> write >> count >> summary >> tidy
