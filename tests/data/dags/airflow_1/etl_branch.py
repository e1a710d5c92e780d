# -*- coding: utf-8 -*-
from __future__ import print_function

import random
from builtins import range
from datetime import timedelta

import airflow
from airflow.models import DAG
from airflow.operators.bash_operator import BashOperator
from airflow.operators.dummy_operator import DummyOperator
from airflow.operators.python_operator import BranchPythonOperator, PythonOperator
from airflow.utils.dates import days_ago
from airflow.utils.trigger_rule import TriggerRule

args = {
    'owner': 'airflow',
    'start_date': airflow.utils.dates.days_ago(2),
    'email': ['airflow@example.com'],
    'email_on_failure': False,
    'email_on_retry': False,
    'retries': 1,
    'retry_delay': timedelta(minutes=5),
    'depends_on_past': False,
    # 'queue': 'bash_queue',
    'pool': 'default_pool',
    'priority_weight': 10,
    'wait_for_downstream': False,
    'sla': timedelta(hours=2),
    'execution_timeout': timedelta(seconds=300),
    'trigger_rule': 'all_success',
}

dag = DAG(
    dag_id='example_branch_operator',
    default_args=args,
    schedule_interval="@daily",
    dagrun_timeout=timedelta(minutes=60),
    concurrency=4,
    orientation='TB',
    default_view='graph',
    catchup=False,
)

run_this_first = DummyOperator(task_id='run_this_first', dag=dag)
options = ['branch_a', 'branch_b', 'branch_c']


def pick():
    return random.choice(options)


branching = BranchPythonOperator(task_id='branching', python_callable=pick, dag=dag)
branching.set_upstream(run_this_first)

join = DummyOperator(task_id='join', trigger_rule='one_success', dag=dag)
never_fail = DummyOperator(task_id='never_fail', trigger_rule=TriggerRule.NONE_FAILED_OR_SKIPPED, dag=dag)

for option in options:
    t = DummyOperator(task_id=option, dag=dag)
    t.set_upstream(branching)
    follow = BashOperator(
        task_id='follow_' + option,
        bash_command="""
        {% for i in range(3) %}
            echo "{{ ds }}" {{ params.my_param }} {{ macros.ds_add(ds, 7) }}
        {% endfor %}
        """,
        params={'my_param': 'Parameter I passed in'},
        xcom_push=True,
        dag=dag)
    t.set_downstream(follow)
    join.set_upstream(follow)
join >> never_fail


def print_context(ds, **kwargs):
    print(kwargs)
    print(ds)
    return 'Whatever you return gets printed in the logs'


for i in range(3):
    task = PythonOperator(
        task_id='sleep_for_' + str(i),
        provide_context=True,
        python_callable=print_context,
        op_kwargs={'random_base': float(i) / 10},
        templates_dict={'day': '{{ ds }}'},
        dag=dag,
    )
    never_fail >> task

if __name__ == "__main__":
    dag.cli()
