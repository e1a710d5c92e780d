from airflow import DAG
from airflow.utils.dates import days_ago
from airflow.operators.python_operator import PythonOperator
from airflow.utils.helpers import chain, cross_downstream

args = {'owner': 'airflow', 'start_date': days_ago(2), 'provide_context': True}
dag = DAG('example_xcom', schedule_interval="@once", default_args=args, tags=['example'])
value_1 = [1, 2, 3]


def push(**kwargs):
    kwargs['ti'].xcom_push(key='value from pusher 1', value=value_1)


def push_by_returning(**kwargs):
    return {'a': 'b'}


def puller(**kwargs):
    ti = kwargs['ti']
    assert ti.xcom_pull(key=None, task_ids='push') == value_1


push1 = PythonOperator(task_id='push', dag=dag, python_callable=push)
push2 = PythonOperator(task_id='push_by_returning', dag=dag, python_callable=push_by_returning)
pull = PythonOperator(task_id='puller', dag=dag, python_callable=puller)
pull << [push1, push2]
a = [PythonOperator(task_id=f'a{i}', dag=dag, python_callable=push) for i in range(2)]
b = [PythonOperator(task_id=f'b{i}', dag=dag, python_callable=push) for i in range(2)]
cross_downstream(a, b)
chain(pull, a)
