"""A DataFrame and an array of HANDOVER_BYTES (a gigabyte) from one task to the next; both tell the time as metrics."""

import os
import time

import numpy as np
import pandas as pd
import pyarrow

from tradewind import DAG, log_metric, task

assert pyarrow
SIZE_BYTES = int(os.environ.get("HANDOVER_BYTES", 1_000_000_000))
COLUMNS = 125

with DAG("handover_frame", schedule=None) as frames:

    @task
    def make_frame():
        values = np.random.default_rng(0).standard_normal((SIZE_BYTES // 8 // COLUMNS, COLUMNS))
        frame = pd.DataFrame(values, columns=[f"c{i}" for i in range(COLUMNS)])
        log_metric("made_at", time.time())
        return frame

    @task
    def use_frame(frame):
        log_metric("last", frame["c0"].iloc[-1])
        log_metric("used_at", time.time())

    use_frame(make_frame())

with DAG("handover_array", schedule=None) as arrays:

    @task
    def make_array():
        array = np.random.default_rng(0).standard_normal(SIZE_BYTES // 8)
        log_metric("made_at", time.time())
        return array

    @task
    def use_array(array):
        log_metric("last", array[-1])
        log_metric("used_at", time.time())

    use_array(make_array())
