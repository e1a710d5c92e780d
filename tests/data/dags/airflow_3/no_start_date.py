from airflow.sdk import DAG, task, chain, XComArg
from airflow.providers.standard.operators.bash import BashOperator
from airflow.timetables.interval import CronDataIntervalTimetable

with DAG(dag_id="hourly", schedule="@hourly") as dag:
    a = BashOperator(task_id="a", bash_command="echo a")

    @task(task_id="b")
    def b(value, run_id, dag_run=None, **_):
        return value

    b(a.output) >> b(XComArg(a, key="other")) >> BashOperator(task_id="c", bash_command=f"echo {a.output}")

with DAG(dag_id="intervals", schedule=CronDataIntervalTimetable("0 0 * * *", timezone="UTC"), allowed_run_types=None):
    BashOperator.partial(task_id="many").expand(bash_command=["echo 1", "echo 2"])
