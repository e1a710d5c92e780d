"""Data validation: a DataFrame goes through XCom, bad rows are set aside, a report says what was found."""

from __future__ import annotations

from datetime import datetime

import numpy as np
import pandas as pd
from airflow.decorators import dag, task, task_group
from sklearn.datasets import load_diabetes


@dag(
    schedule="0 6 * * 1-5",
    start_date=datetime(2025, 1, 1),
    catchup=False,
    params={"bad_rows": 12, "tolerated_share": 0.05},
    tags=["data", "example"],
)
def data_validation():
    @task
    def extract(params: dict) -> pd.DataFrame:
        frame = load_diabetes(as_frame=True, scaled=False).frame
        damaged = np.random.default_rng(0).choice(len(frame), params["bad_rows"], replace=False)
        frame.loc[damaged, "bmi"] = -1.0
        return frame

    @task_group
    def checks(frame):
        @task
        def ranges(frame: pd.DataFrame) -> pd.Series:
            return frame["bmi"].between(10, 70) & frame["age"].between(0, 120)

        @task
        def complete(frame: pd.DataFrame) -> pd.Series:
            return frame.notna().all(axis=1)

        @task
        def unique(frame: pd.DataFrame) -> pd.Series:
            return ~frame.duplicated()

        return [ranges(frame), complete(frame), unique(frame)]

    @task(multiple_outputs=True)
    def separate(frame: pd.DataFrame, verdicts: list[pd.Series], params: dict) -> dict:
        good = np.logical_and.reduce(verdicts)
        share = 1 - good.mean()
        if share > params["tolerated_share"]:
            raise ValueError(f"{share:.1%} of the rows are bad, {params['tolerated_share']:.1%} are tolerated")
        return {"clean": frame[good], "quarantine": frame[~good]}

    @task
    def report(clean: pd.DataFrame, quarantine: pd.DataFrame) -> str:
        summary = clean.describe().T[["mean", "std", "min", "max"]].round(2)
        print(summary.to_string())
        return f"{len(clean)} rows kept, {len(quarantine)} set aside"

    frame = extract()
    parts = separate(frame, checks(frame))
    report(parts["clean"], parts["quarantine"])


data_validation()
