"""A DataFrame of about 100 MB (and 1 MB, 10 MB) from one task to the next by return value."""

from airflow.sdk import DAG, task


def make(mb):
    with DAG(f"xcom_df_{mb}mb", schedule=None, catchup=False) as dag:

        @task
        def produce():
            import numpy as np
            import pandas as pd

            rows = mb * 1_000_000 // 80
            return pd.DataFrame(np.random.default_rng(0).random((rows, 10)), columns=[f"c{i}" for i in range(10)])

        @task
        def consume(df):
            print("GOT", type(df), df.shape, int(df.memory_usage().sum()))
            return float(df["c0"].sum())

        consume(produce())
    return dag


for _mb in (1, 10, 100):
    globals()[f"xcom_df_{_mb}mb"] = make(_mb)
