import os
import tempfile
from itertools import pairwise

from airflow.providers.standard.operators.python import PythonOperator
from airflow.sdk import DAG

OUT = os.environ.get("BENCH_SCRATCH", tempfile.gettempdir()) + "/ml"


def _dir(run_id):
    d = os.path.join(OUT, run_id.replace(":", "_").replace("+", "_"))
    os.makedirs(d, exist_ok=True)
    return d


def load(run_id):
    from sklearn.datasets import load_breast_cancer

    df = load_breast_cancer(as_frame=True).frame
    path = os.path.join(_dir(run_id), "raw.parquet")
    df.to_parquet(path)
    return path


def preprocess(ti, run_id):
    import pandas as pd
    from sklearn.model_selection import train_test_split
    from sklearn.preprocessing import StandardScaler

    df = pd.read_parquet(ti.xcom_pull(task_ids="load"))
    train_df, test_df = train_test_split(df, test_size=0.25, random_state=0, stratify=df["target"])
    train_df, test_df = train_df.copy(), test_df.copy()
    cols = [c for c in df.columns if c != "target"]
    sc = StandardScaler().fit(train_df[cols])
    train_df[cols] = sc.transform(train_df[cols])
    test_df[cols] = sc.transform(test_df[cols])
    paths = {}
    for name, part in (("train", train_df), ("test", test_df)):
        paths[name] = os.path.join(_dir(run_id), f"{name}.parquet")
        part.to_parquet(paths[name])
    return paths


def train(ti, run_id):
    import joblib
    import pandas as pd
    from sklearn.ensemble import RandomForestClassifier

    df = pd.read_parquet(ti.xcom_pull(task_ids="preprocess")["train"])
    model = RandomForestClassifier(n_estimators=100, random_state=0)
    model.fit(df.drop(columns="target"), df["target"])
    path = os.path.join(_dir(run_id), "model.joblib")
    joblib.dump(model, path)
    return path


def evaluate(ti):
    import joblib
    import pandas as pd

    df = pd.read_parquet(ti.xcom_pull(task_ids="preprocess")["test"])
    model = joblib.load(ti.xcom_pull(task_ids="train"))
    return {"accuracy": float(model.score(df.drop(columns="target"), df["target"]))}


def deploy(ti, run_id):
    import shutil

    if ti.xcom_pull(task_ids="evaluate")["accuracy"] < 0.9:
        raise ValueError("model too weak to deploy")
    dst = os.path.join(OUT, "deployed.joblib")
    shutil.copy(ti.xcom_pull(task_ids="train"), dst)
    return dst


with DAG("ml_pipeline", schedule=None, catchup=False) as dag:
    steps = [PythonOperator(task_id=f.__name__, python_callable=f) for f in (load, preprocess, train, evaluate, deploy)]
    for a, b in pairwise(steps):
        a >> b
