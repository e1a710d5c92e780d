"""Whole sweeps, each trial a process of its own: parameters, pruning, failures, budgets, retries, what is handed on."""

from __future__ import annotations

import math
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tradewind.authoring.exceptions import AirflowFailException
from tradewind.executors.local.packing import THREAD_VARIABLES
from tradewind.ml.sweeping.searching import NEEDED
from tradewind.model.errors import DagFileError
from tradewind.testing import DagRunResult, load_dags

Run = Callable[[str], DagRunResult]
WriteFile = Callable[[str], Path]


def test_the_best_parameters_flow_to_the_next_task(run_sweep: Run) -> None:
    run = run_sweep("""
        @task
        def data():
            return [1, 2]
        @task
        def train(rows, x, shape):
            return {"loss": (x - 1) ** 2 + len(shape) + len(rows)}
        best = ml.sweep(train.partial(rows=data()), {"x": ml.uniform(-4, 4), "shape": ml.choice((1,), (1, 2))},
                        "loss", n_trials=8, parallel=2, seed=1)
        @task
        def use(found, loss):
            return found
        use(best["params"], best["value"])
    """)
    assert run.state == "success", run.errors
    losses = [one["loss"] for one in run.value("sweep.train")]
    assert len(losses) == 8
    assert run.value("sweep.best", "value") == min(losses)
    number = run.value("sweep.best", "number")
    assert losses[number] == min(losses)
    found = run.value("use")
    assert found["shape"] in ((1,), [1])
    assert math.isclose((found["x"] - 1) ** 2 + 3, min(losses))
    assert sum(run.value("sweep.best", "importances").values()) == pytest.approx(1, abs=1e-4)


def test_each_trial_knows_those_that_have_ended(run_sweep: Run) -> None:
    """A grid, one at a time: every point once, in the order of their numbers."""
    run = run_sweep("""
        def train(trial, x, y):
            ended = [one.number for one in trial.study.get_trials() if one.state.is_finished()]
            assert ended == list(range(trial.number)), ended
            return x * 10 + y
        ml.sweep(train, {"x": [1, 2, 3], "y": ml.int(0, 1)}, direction="maximize", sampler="grid")
    """)
    assert run.state == "success", run.errors
    assert sorted(run.value("sweep.train")) == [10, 11, 20, 21, 30, 31]
    assert run.value("sweep.best", "params") == {"x": 3, "y": 1}


def test_a_hopeless_trial_is_pruned_live(run_sweep: Run) -> None:
    run = run_sweep("""
        def train(x):
            for step in range(3):
                ml.report(x, step)
            return x
        ml.sweep(train, {"x": ml.int(0, 3)}, direction="minimize", n_trials=4, sampler=optuna.samplers.GridSampler({"x": [0, 1, 2, 3]}, seed=0),
                 pruner=optuna.pruners.ThresholdPruner(upper=1.5))
    """)
    assert run.state == "success", run.errors
    reported = run.metrics["value"]
    assert reported[-1] == 0, "the run is known by its best trial"
    assert sorted(reported[:-1]) == [0, 0, 0, 1, 1, 1, 2, 3]
    states = sorted(str(state) for (task, _), state in run.instances.items() if task == "sweep.train")
    assert states == ["skipped", "skipped", "success", "success"]
    assert any("pruned at step 0: 3" in log for log in run.logs.values())


def test_a_retry_takes_up_the_same_parameters(run_sweep: Run) -> None:
    run = run_sweep("""
        @task(retries=1, retry_delay=timedelta(0))
        def train(x, ti, log_metric):
            log_metric("x", x)
            if ti.try_number == 1:
                raise RuntimeError("once")
            return x
        ml.sweep(train, {"x": ml.uniform(0, 1)}, direction="minimize", n_trials=3)
    """)
    assert run.state == "success", run.errors
    chosen = run.value("sweep.train")
    assert sorted(run.metrics["x"]) == sorted([*chosen, *chosen])
    assert len(set(chosen)) == 3


def test_failed_trials_do_not_end_the_sweep_and_nan_is_no_objective(run_sweep: Run) -> None:
    run = run_sweep("""
        @task(retries=2, retry_delay=timedelta(0))
        def train(x):
            return {"loss": [float("nan"), "text", None, 2.5][x]}
        ml.sweep(train, {"x": ml.int(0, 3)}, "loss", sampler="grid")
    """)
    assert run.state == "success", run.errors
    assert run.value("sweep.best", "value") == 2.5
    log = run.logs["sweep.best", ()]
    assert "is nan" in log
    assert "no number but str" in log
    assert all("try 1 of 3" in run.logs[at] for at, state in run.instances.items() if state == "failed")


def test_a_sweep_whose_every_trial_fails_says_why(run_sweep: Run) -> None:
    run = run_sweep("""
        def train(x):
            raise ValueError("odd" if x % 2 else "even")
        best = ml.sweep(train, {"x": ml.int(0, 4)}, direction="minimize", sampler="grid")
        @task
        def use(found): ...
        use(best["params"])
    """)
    assert run.state == "failed"
    assert run.states["use"] == "upstream_failed"
    told = run.errors["sweep.best", ()]
    assert "no trial of 5 is complete" in told
    assert "3 failed: ValueError: even" in told
    assert "2 failed: ValueError: odd" in told


@pytest.mark.parametrize(
    ("budget", "is_begun", "why"),
    [
        ('{"trials": 2}', True, "budget of 2 trials is used up"),
        ('{"target": 1}', True, "has reached the sweep's target"),
        ("timedelta(microseconds=1)", False, "budget of 1e-06 s is used up"),
    ],
    ids=["trials", "target", "time"],
)
def test_a_budget_skips_the_rest(run_sweep: Run, budget: str, is_begun: bool, why: str) -> None:
    run = run_sweep(f"""
        def train(x):
            return x
        ml.sweep(train, {{"x": ml.int(0, 5)}}, direction="maximize", sampler="grid", budget={budget})
    """)
    states = [str(run.instances["sweep.train", (n,)]) for n in range(6)]
    if is_begun:
        assert 1 <= states.count("success") < 6
        assert states == sorted(states, reverse=True)
        assert run.state == "success"
    else:
        assert set(states) == {"skipped"}
        assert run.state == "failed"
    assert why in run.logs["sweep.train", (5,)]


def test_a_pruner_without_reports_is_told(run_sweep: Run) -> None:
    run = run_sweep("""
        def train(x):
            return x
        ml.sweep(train, {"x": ml.int(0, 1)}, direction="minimize", n_trials=2, pruner="median")
    """)
    assert run.state == "success"
    assert "no trial has reported" in run.logs["sweep.best", ()]


def test_conditions_given_parameters_and_a_sampler_that_keeps_state(run_sweep: Run) -> None:
    run = run_sweep("""
        def space(trial):
            kind = trial.suggest_categorical("kind", ["a", "b"])
            return {"kind": kind, "c": trial.suggest_float("c", 0, 1) if kind == "a" else None}
        def train(kind, c):
            return {"accuracy": 0.5 if c is None else c}
        ml.sweep(train, space, "accuracy", n_trials=6, sampler="qmc", enqueue=[{"kind": "a", "c": 1.0}])
    """)
    assert run.state == "success", run.errors
    assert run.value("sweep.train", map_path=0) == {"accuracy": 1.0}
    assert run.value("sweep.best", "params") == {"kind": "a", "c": 1.0}
    assert len({one["accuracy"] for one in run.value("sweep.train")}) > 2


def test_a_cached_trial_counts(run_sweep: Run) -> None:
    run = run_sweep("""
        from tradewind.authoring.aid import Aid, Reused
        from tradewind.authoring import aid
        class Always(Aid):
            def reuse(self, attempt):
                from tradewind.artifacts import ArtifactStore, encode
                from tradewind.model.outcomes import Succeeded
                x = attempt.operator.op_kwargs["x"]
                value = encode(x * 2, ArtifactStore(attempt.message.artifact_url), inline_limit_bytes=1000)
                return Reused(Succeeded(value), "the same as in run Y")
        @task(aids=[Always()])
        def train(x):
            raise AssertionError("not run")
        ml.sweep(train, {"x": ml.int(1, 3)}, direction="maximize", sampler="grid")
    """)
    assert run.state == "success", run.errors
    assert run.value("sweep.best", "value") == 6


@pytest.mark.parametrize(
    ("arguments", "threads"),
    [
        ("", len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()),
        ("resources=dict(cpus=1)", 1),
    ],
    ids=["one at a time", "declared"],
)
def test_a_trial_has_its_share_of_the_cpus(
    run_sweep: Run, monkeypatch: pytest.MonkeyPatch, arguments: str, threads: int
) -> None:
    for name in THREAD_VARIABLES:
        monkeypatch.delenv(name, raising=False)
    run = run_sweep(f"""
        import os
        @task({arguments})
        def train(x):
            return int(os.environ["OMP_NUM_THREADS"])
        ml.sweep(train, {{"x": ml.int(0, 1)}}, direction="minimize", sampler="grid", parallel=1)
    """)
    assert run.state == "success", run.errors
    assert run.value("sweep.train") == [threads] * 2


def test_a_sampler_that_needs_another_library_says_so(sweep_file: WriteFile, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(NEEDED, "qmc", "no_such_library")
    dag = load_dags(
        sweep_file("""
        def train(x):
            return x
        ml.sweep(train, {"x": ml.uniform(0, 1)}, direction="minimize", n_trials=2, sampler="qmc")
    """)
    )["tuning"]
    with pytest.raises(AirflowFailException, match="needs the package no_such_library"):
        dag.get_task("sweep.begin").execute({})


def test_a_sweep_in_a_mapped_group_is_one_each_and_asha_prunes(run_sweep: Run) -> None:
    run = run_sweep("""
        from tradewind import task_group
        def train(x, scale):
            for step in range(1, 5):
                ml.report(x * scale, step)
            return {"loss": x * scale}
        @task_group
        def per(scale):
            ml.sweep(task(train).partial(scale=scale), {"x": ml.uniform(0, 1)}, "loss", n_trials=6, pruner="asha",
                     seed=3, name="tune")
        per.expand(scale=[1, 10])
    """)
    assert run.state == "success", run.errors
    small, large = run.value("per.tune.best", "value", (0,)), run.value("per.tune.best", "value", (1,))
    assert large == pytest.approx(10 * small)
    assert any("pruned at step" in log for at, log in run.logs.items() if at[0] == "per.tune.train")


MISTAKES: dict[str, tuple[str, str]] = {
    "no such sampler": ('ml.sweep(train, {"x": [1]}, "loss", 2, sampler="tpa")', "tpa"),
    "no end": ('ml.sweep(train, {"x": [1]}, "loss")', "a sweep needs an end"),
    "an endless grid": ('ml.sweep(train, {"x": ml.uniform(0, 1)}, "loss", 3, sampler="grid")', "a grid needs"),
    "no parameter": ('ml.sweep(train, {"y": [1]}, "loss", 2)', "has no parameter 'y'"),
    "no task": ('ml.sweep(3, {"x": [1]}, "loss", 2)', "a sweep tries a @task function"),
    "no trials": ('ml.sweep(train, {"x": [1]}, "loss", 0)', "n_trials=0"),
    "a warm grid": ('ml.sweep(train, {"x": [1]}, "loss", sampler="grid", warm_start="previous")', "grid"),
}


@pytest.mark.parametrize("mistake", list(MISTAKES))
def test_a_mistake_is_told_while_the_dag_is_written(sweep_file: WriteFile, mistake: str) -> None:
    line, why = MISTAKES[mistake]
    with pytest.raises(DagFileError, match=why) as caught:
        load_dags(sweep_file(f"def train(x):\n    return x\n{line}"))
    assert "tuning.py:10" in str(caught.value) or "tuning.py:9" in str(caught.value)
