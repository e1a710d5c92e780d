"""Frames that tasks hand on are profiled: asked for by an aid, and unasked where it costs next to nothing."""

from __future__ import annotations

import pandas
import pytest
from tests.ml.running import Home

from tradewind import ml
from tradewind.ml.profiling.aid import LEAST_ROWS, Unasked, affordable_rows, frames_in
from tradewind.model.outcomes import Succeeded
from tradewind.model.values import Value

FLOWS = """
import time
import pandas
from tradewind import ml
from airflow.sdk import DAG, task

@task
def quick():
    return pandas.DataFrame({"a": [1.0, 2.0]})

@task
def slow():
    time.sleep(0.5)
    return {"train": pandas.DataFrame({"a": range(5000)}), "rows": 5000}

@task(multiple_outputs=True)
def parts():
    return {"good": pandas.DataFrame({"a": [1]}), "bad": pandas.DataFrame({"b": [2]})}

@task
def plain():
    return [1, 2]

with DAG("asked", default_args={"aids": [ml.profiled()]}):
    quick(), parts(), plain()

with DAG("unasked"):
    quick(), slow(), plain()

with DAG("declined", default_args={"aids": [ml.profiled(share=0)]}):
    quick(), slow()
"""


def test_frames_are_profiled_where_it_is_asked_for_and_where_it_is_cheap(tmp_path):
    home = Home(tmp_path)
    home.write(FLOWS)
    for dag_id in ("asked", "unasked", "declined"):
        assert set(home.run(dag_id).values()) == {"success"}
    entries = home.entries("ValueProfile")
    assert sorted((one.dag_id, one.task_id, one.name) for one in entries) == [
        ("asked", "parts", "bad"),
        ("asked", "parts", "good"),
        ("asked", "quick", "return_value"),
        ("unasked", "slow", "return_value['train']"),
    ]
    assert all(one.body["value_hash"] for one in entries if one.dag_id == "asked")


def test_the_time_for_a_profile_is_a_share_of_the_tasks():
    assert affordable_rows(0.001, 20) == 0
    assert affordable_rows(0.020, 10) == pytest.approx(2_500, abs=1)
    assert affordable_rows(10, 10) > 100_000
    frames = [("k", pandas.DataFrame({"a": range(5000)}), None)]
    assert Unasked()._rows(frames, 999) == 0, "a sample of less says too little"
    assert Unasked()._rows(frames, 2000) == 2000
    assert ml.profiled()._rows(frames, 0) == LEAST_ROWS


def test_wide_frames_are_not_profiled_unasked():
    wide = [("k", pandas.DataFrame([[1] * 300]), None)]
    assert Unasked()._rows(wide, 10**9) == 0


def test_frames_are_found_one_level_down():
    frame, value = pandas.DataFrame({"a": [1]}), Value("arrow", "t", 1, "hash")
    assert [key for key, *_ in frames_in((1, frame), Succeeded())] == ["return_value[1]"]
    assert next(frames_in({"a": frame}, Succeeded(more=(("a", value),))))[2] is value
    assert list(frames_in({"a": {"b": frame}}, Succeeded())) == []


@pytest.mark.parametrize("options", [{"sample_rows": 0}, {"share": -1}, {"share": float("nan")}])
def test_wrong_bounds_are_told(options):
    with pytest.raises(ValueError, match=r"ml\.profiled\(\) needs"):
        ml.profiled(**options)
