"""Distributed training as a task: a real all-reduce over gloo, a rank that dies, a retry, resources for all at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from tradewind.testing import load_dags, run_dag

TRAINING = """
import os, signal
from datetime import timedelta
from tradewind import dag, ml, task, log_metric

@dag(schedule=None)
def gang():
    @ml.torchrun(nproc=2, retries=1, retry_delay=timedelta(0))
    def train(start, ti):
        import torch
        import torch.distributed as dist
        dist.init_process_group("gloo")
        total = torch.tensor([start + dist.get_rank()])
        dist.all_reduce(total)
        log_metric("total", total.item())
        ti.xcom_push(key="rank", value=dist.get_rank())
        print("reduced", total.item())
        if ti.try_number == 1 and dist.get_rank() == 1:
            os.kill(os.getpid(), signal.SIGKILL)
        dist.barrier()
        dist.destroy_process_group()
        return {"total": total.item(), "restarts": os.environ["TORCHELASTIC_RESTART_COUNT"]}

    @task
    def start():
        return 10.0

    train(start())

gang()
"""


def test_a_gang_reduces_loses_a_rank_and_starts_again(tmp_path: Path) -> None:
    pytest.importorskip("torch")
    file = tmp_path / "gang.py"
    file.write_text(TRAINING)
    run = run_dag(file)
    assert run.state == "success", run.errors
    assert run.value("train") == {"total": 21.0, "restarts": "1"}
    assert run.value("train", "rank") == 0, "what rank 0 hands on counts"
    assert run.metrics == {"total": [21.0, 21.0]}, "once a try, not once a rank"
    assert "[rank 1] reduced 21.0" in run.logs["train", ()]


PLACED = """
from tradewind import dag, ml, task

@dag(schedule=None)
def gang():
    @ml.torchrun(nproc=3, resources=dict(gpus=1, cpus=2))
    def own(): ...

    @ml.torchrun(nproc=2)
    @task(resources=dict(gpus=0.5), retries=4, task_id="other")
    def decorated(): ...

    own(); decorated()

gang()
"""


def test_a_gang_asks_for_all_of_its_resources_at_once(tmp_path: Path) -> None:
    file = tmp_path / "gang.py"
    file.write_text(PLACED)
    tasks = load_dags(file)["gang"].task_dict
    own, other = tasks["own"], tasks["other"]
    assert (own.resources.gpus, own.resources.cpus) == (3.0, 6.0)
    assert (other.resources.gpus, other.retries) == (1.0, 4)
    assert (own.nproc, other.nproc) == (3, 2)
