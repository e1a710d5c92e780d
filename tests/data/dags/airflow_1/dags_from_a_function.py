"""One DAG per entry of a dict, found through globals()."""
from datetime import datetime

from airflow import DAG
from airflow.operators.python_operator import PythonOperator
from airflow.operators.dummy_operator import DummyOperator
from airflow.models import Variable

CONFIG = {'one': {'schedule': '@daily', 'tables': ['a', 'b']}, 'two': {'schedule': None, 'tables': ['c']}}


def hello(*args, **kwargs):
    print('Hello', kwargs['table'])


def create_dag(dag_id, schedule, tables, default_args):
    dag = DAG(dag_id, schedule_interval=schedule, default_args=default_args, is_paused_upon_creation=True)
    with dag:
        start = DummyOperator(task_id='start')
        end = DummyOperator(task_id='end')
        for table in tables:
            t = PythonOperator(task_id='load_{}'.format(table), python_callable=hello, op_kwargs={'table': table})
            start >> t >> end
    return dag


for name, config in CONFIG.items():
    dag_id = 'generated_{}'.format(name)
    globals()[dag_id] = create_dag(dag_id, config['schedule'], config['tables'],
                                   {'owner': 'airflow', 'start_date': datetime(2018, 1, 1)})

retries = int(Variable.get('retries', default_var=2))
unused = DAG('tutorial', default_args={'owner': 'me', 'start_date': datetime(2015, 6, 1), 'retries': retries})
