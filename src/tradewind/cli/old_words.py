"""What to type instead of commands that Airflow has and we do not (yet), for each group of commands."""

CLUSTER_LATER = "comes with running on more than one machine, in a later release; tasks run on this machine now"

TOP = {
    "celery": CLUSTER_LATER,
    "kubernetes": CLUSTER_LATER,
    "worker": CLUSTER_LATER,
    "create_user": "use `tradewind users create NAME --role ROLE`",
    "trigger": "use `tradewind dags trigger DAG_ID`, or `tradewind run DAG_ID` without a service",
    "trigger_dag": "use `tradewind dags trigger DAG_ID`, or `tradewind run DAG_ID` without a service",
    "initdb": "use nothing: the database is made on first use (or `tradewind db init`)",
    "checkdb": "use `tradewind db check`",
    "partitions": "a run keeps its partition key; use `tradewind tasks clear DAG_ID --run RUN` to have it made again",
    "teams": "there are none; roles give rights on DAGs by pattern: `tradewind roles set NAME all:dag,run@sales_*`",
    "upgradedb": "use `tradewind db migrate`",
    "resetdb": "use `tradewind db reset`",
    "list_dags": "use `tradewind dags list`",
    "list_tasks": "use `tradewind tasks list DAG_ID`",
    "list_dag_runs": "use `tradewind runs list DAG_ID`",
    "show_dag": "use `tradewind dags show DAG_ID`",
    "next_execution": "use `tradewind dags next-execution DAG_ID`",
    "dag_state": "use `tradewind dags state DAG_ID [RUN]`",
    "task_state": "use `tradewind tasks state DAG_ID TASK_ID RUN`",
    "test": "use `tradewind tasks test DAG_ID TASK_ID`",
    "render": "use `tradewind tasks render DAG_ID TASK_ID`",
    "clear": "use `tradewind tasks clear DAG_ID`",
    "pause": "use `tradewind dags pause DAG_ID`",
    "unpause": "use `tradewind dags unpause DAG_ID`",
    "delete_dag": "use `tradewind dags delete DAG_ID`",
    "pool": "use `tradewind pools`",
    "plugins": "use `pip list`: plugins that define operators and macros are loaded with the DAG files",
    "kerberos": "there is no such renewer; run `kinit` or `k5start` beside it",
}

DAGS = {
    "show-dependencies": "use `tradewind assets show NAME`: who makes it, who waits for it",
}

TASKS = {"run": "use `tradewind run DAG_ID --task TASK_ID`"}

DB = {
    "shell": "use `sqlite3 ~/.tradewind/tradewind.db` (read only, please: the store checks every write it makes)",
    "export-archived": "`db clean` keeps no archive tables; use `runs show -o json` before it",
    "drop-archived": "`db clean` keeps no archive tables: nothing has to be dropped",
}

CONFIG = {
    "lint": "use `tradewind config import FILE --dry-run`: it says what becomes of each option of an airflow.cfg",
    "update": "use `tradewind config import FILE`",
}
