from airflow import DAG
from datetime import datetime
from airflow.operators.python import PythonOperator
from airflow.operators.python import BranchPythonOperator

# Push data
def task_a(**context):
    result = {"accuracy": 0.95, "model_path": "/tmp/model.pkl"}
    context["ti"].xcom_push(key="result", value=result)

# Pull data
def task_b(**context):
    result = context["ti"].xcom_pull(task_ids="task_a", key="result")
    print(f"Accuracy: {result['accuracy']}")
    return {"accuracy": result["accuracy"]}

def choose_branch(**context):
    accuracy = context["ti"].xcom_pull(task_ids="evaluate")["accuracy"]
    if accuracy > 0.9:
        return "deploy_production"
    else:
        return "deploy_staging"

with DAG("xcom_and_branching", start_date=datetime(2025, 1, 1), schedule=None) as dag:
    push = PythonOperator(task_id="task_a", python_callable=task_a)
    evaluate = PythonOperator(task_id="evaluate", python_callable=task_b)
    branch = BranchPythonOperator(
        task_id="choose_deployment",
        python_callable=choose_branch,
    )
    production = PythonOperator(task_id="deploy_production", python_callable=lambda: print("production"))
    staging = PythonOperator(task_id="deploy_staging", python_callable=lambda: print("staging"))
    push >> evaluate >> branch >> [production, staging]
