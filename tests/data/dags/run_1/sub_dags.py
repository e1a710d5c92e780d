"""A DAG as a task of another one, as Airflow 1.10 and 2.x had it."""
from datetime import datetime, timedelta

from airflow.models import DAG
from airflow.operators.bash_operator import BashOperator
from airflow.operators.dummy_operator import DummyOperator
from airflow.operators.python_operator import BranchPythonOperator, PythonOperator
from airflow.operators.subdag_operator import SubDagOperator

DAG_NAME = 'sub_dags'
args = {'owner': 'airflow', 'start_date': datetime(2020, 1, 1), 'retries': 1, 'retry_delay': timedelta(0)}


def seen(**context):
    assert context['dag'].dag_id == 'sub_dags.section-1'
    assert context['ti'].xcom_pull(task_ids='task-0') == 'section-1 of %s' % context['ds']
    if context['ti'].try_number == 1:
        raise RuntimeError('the second try will do')
    return context['ds']


def subdag(parent, child, args):
    with DAG('%s.%s' % (parent, child), default_args=args, schedule_interval='@daily') as dag:
        first = BashOperator(task_id='task-0', bash_command="echo '%s of {{ ds }}'" % child, xcom_push=True)
        pick = BranchPythonOperator(task_id='pick', python_callable=lambda: 'left')
        check = PythonOperator(task_id='check', python_callable=seen, provide_context=True)
        first >> pick >> [DummyOperator(task_id='left'), DummyOperator(task_id='right')] >> check
        check.trigger_rule = 'one_success'
    return dag


dag = DAG(DAG_NAME, default_args=args, schedule_interval='@once')
sub = subdag(DAG_NAME, 'section-1', args)
start = DummyOperator(task_id='start', dag=dag)
section = SubDagOperator(task_id='section-1', subdag=sub, default_args=args, dag=dag)
end = PythonOperator(task_id='end', python_callable=lambda ds, **kw: ds, provide_context=True, dag=dag)
start >> section >> end
