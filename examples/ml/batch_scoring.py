"""Rows are checked, scored in batches by mapped tasks, and put together; rows that break the schema are set aside
instead of stopping the others."""

from __future__ import annotations

import pandera.pandas as pa
from airflow.sdk import dag, task

from tradewind import ml

SCHEMA = pa.DataFrameSchema(
    {"sepal length (cm)": pa.Column(float, pa.Check.gt(0)), "petal length (cm)": pa.Column(float, pa.Check.gt(0))},
    name="flowers",
)


@dag(schedule="@hourly", catchup=False, tags=["ml", "scoring"])
def batch_scoring():
    @task(cache=True)
    def model():
        from sklearn.datasets import load_iris
        from sklearn.linear_model import LogisticRegression

        frame = load_iris(as_frame=True).frame
        return LogisticRegression(max_iter=1000).fit(frame.drop(columns="target"), frame["target"])

    @task
    def rows():
        from sklearn.datasets import load_iris

        frame = load_iris(as_frame=True).frame.drop(columns="target")
        frame.loc[:2, "sepal length (cm)"] = -1.0  # a broken sensor
        return frame

    @task
    def batches(frame):
        return [frame.iloc[start : start + 50] for start in range(0, len(frame), 50)]

    @task
    def score(batch, model):
        return batch.assign(species=model.predict(batch))

    @task
    def together(scored):
        import pandas

        found = pandas.concat(list(scored))
        ml.log_metric("rows", len(found))
        return found

    good = ml.contract(SCHEMA, on_failure="quarantine")(rows())
    together(score.partial(model=model()).expand(batch=batches(good)))


batch_scoring()
