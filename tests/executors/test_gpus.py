"""GPUs of a machine in whole runs. Their names come from CUDA_VISIBLE_DEVICES: none has to be there."""

from __future__ import annotations

from pathlib import Path

import pytest

from tradewind.model.errors import ResourceError
from tradewind.testing import run_dag

HEAD = """
import os, time
from tradewind import dag, task

def seen():
    return os.environ["CUDA_VISIBLE_DEVICES"]

def among(folder, name):
    "Who else is there while this one is."
    os.makedirs(folder, exist_ok=True)
    open(f"{folder}/{name}", "w").close()
    found = sorted(os.listdir(folder))
    os.unlink(f"{folder}/{name}")
    return found
"""


def write(folder: Path, body: str) -> Path:
    file = folder / "gpus.py"
    file.write_text(f"{HEAD}\n@dag(schedule=None)\ndef gpus():\n{body}\ngpus()\n")
    return file


def test_what_waits_for_a_gpu_is_told_when_it_is_free(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A device is given back when the process has ended, after its report: with nothing else going on, nobody would
    look again."""
    monkeypatch.setenv("CUDA_VISIBLE_DEVICES", "5")
    body = f"""
    @task(resources=dict(gpus=1))
    def train(n):
        assert seen() == "5"
        return among({str(tmp_path / "in")!r}, n)
    train.expand(n=[0, 1, 2])
    """
    run = run_dag(write(tmp_path, body), parallelism=3)
    assert run.state == "success", run.errors
    assert run.value("train") == [["0"], ["1"], ["2"]]


def test_whole_ones_differ_and_fractions_share(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """All of them are there at once: they wait for each other."""
    monkeypatch.setenv("CUDA_VISIBLE_DEVICES", "0,1,2")
    body = f"""
    def meet(name):
        folder = {str(tmp_path / "met")!r}
        os.makedirs(folder, exist_ok=True)
        open(f"{{folder}}/{{name}}", "w").close()
        while len(os.listdir(folder)) < 4:
            time.sleep(0.01)
        return seen()
    @task(resources=dict(gpus=1))
    def whole(n):
        return meet(f"whole{{n}}")
    @task(resources=dict(gpus=0.5))
    def half(n):
        return meet(f"half{{n}}")
    whole.expand(n=[0, 1])
    half.expand(n=[0, 1])
    """
    run = run_dag(write(tmp_path, body), parallelism=4)
    assert run.state == "success", run.errors
    whole, half = run.value("whole"), run.value("half")
    assert half[0] == half[1]
    assert sorted([*whole, half[0]]) == ["0", "1", "2"]


def test_more_than_there_are_is_refused_before_anything_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CUDA_VISIBLE_DEVICES", "0")
    body = """
    @task
    def first():
        open(os.environ["TRACE"], "w").close()
    @task(resources=dict(gpus=2))
    def train(): ...
    first() >> train()
    """
    trace = tmp_path / "trace"
    monkeypatch.setenv("TRACE", str(trace))
    with pytest.raises(ResourceError, match=r"task 'train'.*asks for 2 GPUs, and this machine has 1"):
        run_dag(write(tmp_path, body))
    assert not trace.exists()
