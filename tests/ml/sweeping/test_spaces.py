"""What a space says, before anything runs: dimensions, mistakes, labels of what Optuna cannot hold."""

from __future__ import annotations

from datetime import timedelta

import optuna
import pytest

from tradewind import ml
from tradewind.ml.sweeping.config import Budget, budget_of, direction_of
from tradewind.ml.sweeping.searching import make_sampler
from tradewind.ml.sweeping.spaces import Choice, Range, space_of
from tradewind.model.errors import DagFileError


def relu(x: float) -> float:
    return x


def test_a_trial_is_asked_for_each_dimension_once() -> None:
    space = space_of(
        {
            "lr": ml.loguniform(1e-4, 1),
            "drop": ml.uniform(0, 0.5, step=0.25),
            "depth": ml.int(2, 8, 2),
            "kind": ml.choice((32,), (64, 64)),
            "own": optuna.distributions.IntDistribution(1, 3),
            "listed": ["a", None, 2],
        }
    )
    trial = optuna.create_study().ask()
    arguments = space.suggest(trial)
    assert 1e-4 <= arguments["lr"] <= 1
    assert arguments["drop"] in (0, 0.25, 0.5)
    assert arguments["depth"] in (2, 4, 6, 8)
    assert arguments["kind"] in ((32,), (64, 64))
    assert arguments["own"] in (1, 2, 3)
    assert arguments["listed"] in ("a", None, 2)
    assert set(trial.params) == set(arguments)
    assert space.suggest(trial) == arguments


def test_a_space_with_conditions_is_a_function_of_the_trial() -> None:
    def space(trial: optuna.Trial) -> dict[str, object]:
        kind = trial.suggest_categorical("kind", ["svm", "tree"])
        return {"kind": kind, "c": trial.suggest_float("c", 0, 1) if kind == "svm" else None}

    study = optuna.create_study(sampler=optuna.samplers.RandomSampler(seed=1))
    found = [space_of(space).suggest(study.ask()) for _ in range(20)]
    assert {one["kind"] for one in found} == {"svm", "tree"}
    assert all((one["c"] is None) == (one["kind"] == "tree") for one in found)


@pytest.mark.parametrize(
    ("write", "why"),
    [
        (lambda: ml.uniform(2, 1), "holds nothing"),
        (lambda: ml.loguniform(0, 1), "logarithmic"),
        (lambda: ml.int(0.5, 3), "whole"),
        (lambda: ml.choice(), "nothing to choose"),
        (lambda: ml.uniform(0, 1, step=0), "a step is positive"),
        (lambda: ml.uniform(float("nan"), 1), "holds nothing"),
        (lambda: space_of({"lr": (0, 1)}), "'lr'"),
        (lambda: space_of({}), "a space is"),
        (lambda: space_of(None), "a space is"),
    ],
    ids=["upside down", "log of zero", "half", "no choice", "no step", "nan", "tuple", "empty", "none"],
)
def test_a_mistake_in_a_space_names_the_line(write: object, why: str) -> None:
    with pytest.raises(DagFileError, match=why) as caught:
        write()  # type: ignore[operator]
    assert "test_spaces.py" in str(caught.value)


@pytest.mark.parametrize(
    ("options", "labels"),
    [
        ([1, "a", None], [1, "a", None]),
        ([(1,), (1, 2)], ["(1,)", "(1, 2)"]),
        ([relu, len], ["relu", "len"]),
        ([object(), object()], ["0: <object object", "1: <object object"]),
    ],
    ids=["plain", "tuples", "functions", "objects"],
)
def test_labels_are_the_same_in_every_process(options: list[object], labels: list[object]) -> None:
    choice = Choice(options)
    assert choice.labels == labels
    assert [choice.meant(label) for label in labels] == options


def test_true_and_one_are_two_options() -> None:
    choice = Choice([1, True])
    assert choice.meant(True) is True
    assert choice.meant(1) is not True


@pytest.mark.parametrize(
    ("dimension", "points"),
    [
        (Range(1, 4, step=2, is_int=True), [1, 3]),
        (Range(0, 1, step=0.5), [0, 0.5, 1]),
        (Range(0, 1), None),
        (Range(1, 8, log=True, is_int=True), None),
    ],
    ids=["ints", "steps", "endless", "log"],
)
def test_points_for_a_grid(dimension: Range, points: list[float] | None) -> None:
    assert dimension.points() == points


@pytest.mark.parametrize(
    ("objective", "direction"),
    [
        ("loss", "minimize"),
        ("val_rmse", "minimize"),
        ("logloss", "minimize"),
        ("accuracy", "maximize"),
        ("test_f1", "maximize"),
    ],
)
def test_a_name_that_says_its_direction_needs_none(objective: str, direction: str) -> None:
    assert direction_of(None, objective) == direction


@pytest.mark.parametrize(("given", "objective"), [(None, "quality"), (None, None), ("up", "loss")])
def test_a_direction_is_never_guessed(given: str | None, objective: str | None) -> None:
    with pytest.raises(DagFileError, match="minimize"):
        direction_of(given, objective)


def test_budgets() -> None:
    assert budget_of(timedelta(minutes=1)) == Budget(seconds=60)
    assert budget_of(5) == Budget(seconds=5)
    assert budget_of({"trials": 3, "target": 0.9}) == Budget(trials=3, target=0.9)
    for wrong in ("1h", {"hours": 1}, 0, -1, True):
        with pytest.raises(DagFileError):
            budget_of(wrong)


@pytest.mark.parametrize("given", ["tpe", "random", "nsgaii", "qmc"])
def test_trials_in_processes_of_their_own_draw_differently_and_the_same_again(given: str) -> None:
    def first_draw(number: int, sampler: object) -> float:
        study = optuna.create_study(sampler=make_sampler(sampler, seed=7, number=number, parallel=2, grid=None))
        for _ in range(number):
            study.ask()
        return study.ask().suggest_float("x", 0, 1)

    draws = [first_draw(number, given) for number in range(4)]
    assert draws == [first_draw(number, given) for number in range(4)]
    assert len(set(draws)) == 4


def test_a_sampler_with_a_seed_of_the_authors_own_draws_differently_for_each_trial() -> None:
    draws = []
    for number in range(3):
        sampler = make_sampler(optuna.samplers.TPESampler(seed=3), seed=None, number=number, parallel=1, grid=None)
        draws.append(optuna.create_study(sampler=sampler).ask().suggest_float("x", 0, 1))
    assert len(set(draws)) == 3
