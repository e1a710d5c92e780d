# -*- coding: utf-8 -*-
"""What files for Airflow 1.10 rely on: arguments, context, templates, custom operators. Tasks assert what they get."""
import json, logging, os, sys
from datetime import datetime, timedelta

import airflow
from airflow import DAG, settings
from airflow import configuration
from airflow.configuration import conf
from airflow.hooks.base_hook import BaseHook
from airflow.models import DAG as D2, BaseOperator, Connection, DagRun, TaskInstance, Variable, XCom
from airflow.operators.bash_operator import BashOperator
from airflow.operators.dummy_operator import DummyOperator
from airflow.operators.python_operator import BranchPythonOperator, PythonOperator, ShortCircuitOperator
from airflow.operators.sensors import BaseSensorOperator
from airflow.utils.dates import days_ago
from airflow.utils.decorators import apply_defaults
from airflow.utils.helpers import chain

logger = logging.getLogger(__name__)
logger.info("imported %s", __file__)
HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.append(os.path.join(HERE, "lib"))
assert os.path.isdir(conf.get('core', 'dags_folder')) or True
configuration.get('core', 'dags_folder')
configuration.conf.get('core', 'airflow_home')
config = Variable.get('my_conf', deserialize_json=True)
assert config['n'] == 3
missing = Variable.get('not_there', default_var=None)
assert missing is None
assert Variable.get('not_there', 'dflt') == 'dflt'
pw = BaseHook.get_connection('dwh').password
assert pw == 'pw@d', pw
assert BaseHook.get_connection('dwh').extra_dejson == {'sslmode': 'require'}
assert BaseHook('x') is not None if False else True

default_args = {
    'owner': 'me', 'depends_on_past': False, 'start_date': '2020-01-01', 'end_date': None,
    'email': ['a@x.com', 'b@x.com'], 'email_on_failure': False, 'email_on_retry': False,
    'retries': 0, 'retry_delay': timedelta(minutes=5), 'provide_context': True,
    'trigger_rule': 'all_success', 'sla': timedelta(hours=1), 'queue': 'q', 'priority_weight': 10, 'params': {'from_default': 'fd'},
    'bucket': 'the-bucket', 'some_thing_unknown': 5, 'catchup': False, 'concurrency': 3,
}
dag = DAG('old_semantics', default_args=default_args, schedule_interval=timedelta(days=1), concurrency=2,
          max_active_runs=1, catchup=False, dagrun_timeout=timedelta(minutes=60), params={'p': 'dag_p'},
          user_defined_macros={'hello': lambda n: 'hello ' + n, 'cfg': config}, user_defined_filters={'up': lambda s: s.upper()},
          template_searchpath=[HERE], orientation='LR', default_view='tree', access_control=None)


class UpperOperator(BaseOperator):
    template_fields = 'text'
    ui_color = '#fff'

    @apply_defaults
    def __init__(self, text, bucket=None, *args, **kwargs):
        super(UpperOperator, self).__init__(*args, **kwargs)
        self.text = text
        self.bucket = bucket

    def execute(self, context):
        assert self.bucket == 'the-bucket'
        assert context['params']['p'] == 'dag_p'
        self.xcom_push(context, key='k', value=self.text)
        return self.text.upper()


class UpperTuple(UpperOperator):
    template_fields = ('text')


class FileThere(BaseSensorOperator):
    template_fields = ['path']

    @apply_defaults
    def __init__(self, path, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.path = path

    def poke(self, context):
        return os.path.exists(self.path)


def all_kwargs(**kwargs):
    assert kwargs['ds'] == kwargs['execution_date'].strftime('%Y-%m-%d')
    assert kwargs['dag_run'].conf.get('absent', 'd') == 'd'
    assert kwargs['dag_run'].conf.get('absent') is None
    assert kwargs['task_instance'] is kwargs['ti']
    assert kwargs['ti'].xcom_pull(task_ids='upper') == 'TEXT ' + kwargs['ds'], kwargs['ti'].xcom_pull(task_ids='upper')
    assert kwargs['ti'].xcom_pull(task_ids=['upper', 'bash']) == ['TEXT ' + kwargs['ds'], 'last']
    assert kwargs['ti'].xcom_pull('upper', key='k') == 'text ' + kwargs['ds']
    assert kwargs['task'].task_id == 'all_kwargs'
    assert kwargs['dag'].dag_id == 'old_semantics'
    assert kwargs['params']['p'] == 'dag_p' and kwargs['params']['from_default'] == 'fd'
    pass
    assert kwargs['yesterday_ds'] < kwargs['ds'] < kwargs['tomorrow_ds']
    pass
    assert kwargs['run_id'] == kwargs['dag_run'].run_id
    assert kwargs['ts_nodash'] and kwargs['ds_nodash']
    assert kwargs['macros'].ds_add(kwargs['ds'], -7) < kwargs['ds']
    assert kwargs['templates_dict']['when'] == kwargs['ds']
    assert kwargs['var']['value'].x == 'ex'
    assert kwargs['conf'] is not None and kwargs['test_mode'] is False
    assert kwargs['extra_arg'] == 1
    assert kwargs['ti'].execution_date == kwargs['execution_date']
    assert kwargs['ti'].dag_id == 'old_semantics' and kwargs['ti'].task_id == 'all_kwargs' and kwargs['ti'].try_number == 1
    assert kwargs['dag'].default_args['owner'] == 'me'
    assert kwargs['dag_run'].external_trigger in (True, False)
    kwargs['ti'].xcom_push('pushed', {'a': [1, 2]})
    logging.info('date %s', kwargs['execution_date'].subtract(days=1).to_date_string())


def ds_and_kwargs(ds, **kwargs):
    assert len(ds) == 10 and 'ds' in kwargs or True
    assert kwargs['ti'].xcom_pull(key='pushed', task_ids='all_kwargs')['a'] == [1, 2]
    v = kwargs['ti'].xcom_pull(key=None, task_ids='all_kwargs')
    return 'done'


def positional(ds, execution_date, ti, number=3):
    assert number == 3 and ti.task_id == 'positional'


def no_args():
    return 7


def choose(**kwargs):
    return ['left']


with dag:
    t0 = DummyOperator(task_id='start')
upper = UpperOperator(task_id='upper', text='text {{ ds }}', dag=dag)
upper2 = UpperTuple(task_id='upper2', text='{{ execution_date.strftime("%Y") }}', dag=dag)
bash = BashOperator(task_id='bash', bash_command='echo first; echo last', xcom_push=True, dag=dag)
bash2 = BashOperator(
    task_id='bash2', dag=dag, params={'own': 'task_p'}, env={'A': '{{ ds }}'},
    bash_command='''
    test "{{ params.own }}{{ params.p }}" = task_pdag_p || exit 1
    test "{{ macros.ds_add(ds, -7) }}" \\< "{{ ds }}" || exit 2
    test "{{ var.value.x }}{{ var.json.my_conf.bucket }}" = exb || exit 3
    test "{{ ti.xcom_pull(task_ids='bash') }}" = last || exit 4
    test "{{ task_instance.xcom_pull('upper', key='k') }}" = "text {{ ds }}" || exit 5
    test "{{ hello('you') | up }}{{ cfg.n }}" = "HELLO YOU3" || exit 6
    test "$A" = "{{ execution_date.strftime('%Y-%m-%d') }}" || exit 7
    test "{{ dag_run.conf.get('x', 'none') }}" = none || exit 8
    test "{{ (execution_date - macros.timedelta(days=1)).strftime('%Y%m%d') }}" = "{{ yesterday_ds_nodash }}" || exit 9
    test "{{ dag.dag_id }}.{{ task.task_id }}" = old_semantics.bash2 || exit 10
    test "{{ macros.datetime.strptime(ds, '%Y-%m-%d').year }}" = "{{ execution_date.year }}" || exit 11
    {% if dag_run.conf %}exit 12{% endif %}
    ''')
ak = PythonOperator(task_id='all_kwargs', python_callable=all_kwargs, op_kwargs={'extra_arg': 1}, templates_dict={'when': '{{ ds }}'}, provide_context=True, dag=dag)
dk = PythonOperator(task_id='ds_and_kwargs', python_callable=ds_and_kwargs, provide_context=True, dag=dag)
po = PythonOperator(task_id='positional', python_callable=positional, dag=dag)
na = PythonOperator(task_id='no_args', python_callable=no_args, provide_context=True, dag=dag)
sensor = FileThere(task_id='sensor', path=HERE, poke_interval=1, timeout=5, dag=dag)
br = BranchPythonOperator(task_id='branch', python_callable=choose, provide_context=True, dag=dag)
left, right = [DummyOperator(task_id=n, dag=dag) for n in ('left', 'right')]
join = DummyOperator(task_id='join', trigger_rule='dummy', dag=dag)
end = DummyOperator(task_id='end', trigger_rule='none_failed', dag=dag)
upper.set_upstream([t0, sensor])
chain(upper, [bash, upper2], bash2)
bash2.set_downstream(ak)
ak >> dk >> [po, na] >> br
br >> [left, right] >> join >> end
dag >> DummyOperator(task_id='lonely')

if __name__ == '__main__':
    dag.cli()
