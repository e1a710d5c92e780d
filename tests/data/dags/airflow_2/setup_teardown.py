import pendulum
from airflow.decorators import dag, setup, task, task_group, teardown
from airflow.models.dag import DAG
from airflow.operators.bash import BashOperator
from airflow.utils.task_group import TaskGroup

with DAG(dag_id="example_setup_teardown", start_date=pendulum.datetime(2021, 1, 1, tz="UTC"), catchup=False) as dag:
    root_setup = BashOperator(task_id="root_setup", bash_command="sleep 1").as_setup()
    root_normal = BashOperator(task_id="normal", bash_command="sleep 1")
    root_teardown = BashOperator(task_id="root_teardown", bash_command="sleep 1").as_teardown(setups=root_setup)
    root_setup >> root_normal >> root_teardown

    with TaskGroup("section_1") as section_1:
        inner_setup = BashOperator(task_id="taskgroup_setup", bash_command="sleep 1").as_setup()
        inner_normal = BashOperator(task_id="normal", bash_command="exit 1")
        inner_setup >> inner_normal >> BashOperator(task_id="taskgroup_teardown", bash_command="x").as_teardown(
            setups=inner_setup, on_failure_fail_dagrun=True
        )
    root_normal >> section_1

with DAG(dag_id="decorated_setup", start_date=pendulum.datetime(2021, 1, 1), schedule=None):

    @setup
    def make_cluster():
        return 1

    @task
    def work():
        return 2

    @teardown(on_failure_fail_dagrun=True)
    @task
    def drop_cluster(cluster):
        pass

    with drop_cluster(make_cluster()):
        work() >> work()
