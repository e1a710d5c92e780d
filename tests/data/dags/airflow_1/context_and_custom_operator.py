import logging
from datetime import datetime, timedelta

from airflow import DAG
from airflow.models import BaseOperator, Variable
from airflow.operators.python_operator import PythonOperator, ShortCircuitOperator
from airflow.operators.sensors import TimeDeltaSensor
from airflow.sensors.base_sensor_operator import BaseSensorOperator
from airflow.utils.decorators import apply_defaults


class StageOperator(BaseOperator):
    ui_color = '#358140'
    template_fields = ('s3_key', 'sql')
    template_ext = ('.sql',)

    @apply_defaults
    def __init__(self, redshift_conn_id='', table='', s3_key='', sql=None, *args, **kwargs):
        super(StageOperator, self).__init__(*args, **kwargs)
        self.redshift_conn_id = redshift_conn_id
        self.table = table
        self.s3_key = s3_key
        self.sql = sql

    def execute(self, context):
        self.log.info('staging %s', self.s3_key)


class LoadOperator(StageOperator):
    @apply_defaults
    def __init__(self, truncate=False, my_default=3, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.truncate = truncate
        self.my_default = my_default


class CountSensor(BaseSensorOperator):
    @apply_defaults
    def __init__(self, threshold, *args, **kwargs):
        super(CountSensor, self).__init__(*args, **kwargs)
        self.threshold = threshold

    def poke(self, context):
        return True


default_args = {
    'owner': 'udacity',
    'start_date': '2019-01-12',
    'end_date': datetime(2030, 1, 1),
    'redshift_conn_id': 'redshift',
    'my_default': 7,
    'retries': 3,
    'retry_delay': timedelta(minutes=5),
    'retry_exponential_backoff': True,
    'max_retry_delay': timedelta(hours=1),
    'catchup': False,
    'email_on_retry': False,
    'on_failure_callback': lambda context: logging.error('failed'),
    'provide_context': True,
}

with DAG('sparkify.dag-1', default_args=default_args, description='Load and transform', schedule_interval='0 * * * *',
         max_active_runs=1, user_defined_macros={'double': lambda x: x * 2}, template_searchpath='/tmp') as dag:
    stage = StageOperator(task_id='Stage_events', s3_key='log_data/{{ execution_date.year }}/{{ ds }}', table='staging')
    load = LoadOperator(task_id='Load_songplays_fact_table', truncate=True)
    wait = TimeDeltaSensor(task_id='wait', delta=timedelta(seconds=1))
    count = CountSensor(task_id='count', threshold=3, poke_interval=10, timeout=60, mode='reschedule', soft_fail=True)
    go = ShortCircuitOperator(task_id='go', python_callable=lambda **kw: True)
    done = PythonOperator(task_id='done', python_callable=lambda ds, **kw: ds, provide_context=True)
    stage >> [load, wait] >> count >> go >> done

dag.doc_md = __doc__
stage.doc_md = "# staging"
