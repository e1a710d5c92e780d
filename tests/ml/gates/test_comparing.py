"""A rule's lines over one holdout."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from tradewind.ml.gates.comparing import Guesses, compare, holdout_of
from tradewind.ml.gates.figure import differences
from tradewind.ml.gates.rules import Rule


class Fixed:
    """Right on the first `right` rows, wrong on the others."""

    def __init__(self, right: int, truth: Any) -> None:
        self._guess = np.where(np.arange(len(truth)) < right, truth, 1 - truth)

    def predict(self, features: Any) -> Any:
        return self._guess


@pytest.fixture
def data() -> pd.DataFrame:
    random = np.random.default_rng(0)
    frame = pd.DataFrame({"x": random.normal(size=400), "region": ["north"] * 200 + ["south"] * 190 + ["rare"] * 10})
    frame["label"] = random.integers(0, 2, 400)
    return frame


def lines(rule: Rule, data: pd.DataFrame, challenger: int, champion: int | None) -> list[Any]:
    holdout = holdout_of(data, "label")
    old = None if champion is None else Guesses(Fixed(champion, holdout.truth), holdout)
    return list(compare(rule, holdout, Guesses(Fixed(challenger, holdout.truth), holdout), old))


def test_a_better_challenger_passes_threshold_and_comparison(data: pd.DataFrame) -> None:
    first, second = lines(Rule("accuracy", threshold=0.9, better_by=0.01), data, 380, 320)
    assert (first.verdict, first.compared.challenger) == ("passed", 0.95)
    assert (second.verdict, second.compared.test) == ("passed", "McNemar")
    assert second.compared.difference == pytest.approx(0.15)
    assert second.compared.low < 0.15 < second.compared.high


def test_a_worse_one_fails_and_an_equal_one_is_unsure(data: pd.DataFrame) -> None:
    assert lines(Rule("accuracy", better_by=0.0), data, 300, 380)[0].verdict == "failed"
    assert lines(Rule("accuracy", better_by=0.0), data, 380, 380)[0].verdict == "unsure"


def test_less_is_better_for_errors(data: pd.DataFrame) -> None:
    line = lines(Rule("mae", better_by=0.0), data, 380, 300)[0]
    assert line.verdict == "passed"
    assert line.compared.difference == pytest.approx(0.2), "signed, so that positive is better"


def test_a_slice_that_is_surely_worse_fails_and_small_ones_are_left_out(data: pd.DataFrame) -> None:
    found = {one.compared.slice: one.verdict for one in lines(Rule("accuracy", slices=["region"]), data, 250, 399)}
    assert found == {"region=north": "passed", "region=south": "failed"}


def test_without_a_champion_a_number_is_enough(data: pd.DataFrame) -> None:
    (line,) = lines(Rule("accuracy", better_by=0.0), data, 300, None)
    assert (line.verdict, line.compared.reason) == ("passed", "there is no champion")


def test_a_function_of_the_authors_as_metric(data: pd.DataFrame) -> None:
    def cost(truth: Any, guess: Any) -> float:
        return float((truth != guess).sum())

    line = lines(Rule(cost, better_by=5.0, direction="minimize", resamples=300), data, 390, 300)[0]
    assert (line.compared.metric, line.verdict) == ("cost", "passed")


@pytest.mark.parametrize(
    ("given", "target", "says"),
    [
        (pd.DataFrame({"a": [1]}), "label", "has no column 'label'"),
        (pd.DataFrame({"label": []}), "label", "no rows"),
        (([], []), None, "no rows"),
        ("frame", None, "pair"),
    ],
    ids=["column", "empty frame", "empty pair", "text"],
)
def test_data_that_cannot_be_compared_on(given: Any, target: str | None, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        holdout_of(given, target)


def test_a_slice_column_that_is_not_there(data: pd.DataFrame) -> None:
    with pytest.raises(ValueError, match="no column 'country'"):
        lines(Rule("accuracy", slices=["country"]), data, 1, 1)


def test_a_picture_of_the_differences(data: pd.DataFrame) -> None:
    pytest.importorskip("matplotlib")
    compared = [one.compared for one in lines(Rule("accuracy", better_by=0.0, slices=["region"]), data, 380, 300)]
    figure = differences(compared)
    assert figure is not None
    assert [text.get_text() for text in figure.axes[0].get_yticklabels()][-1] == "accuracy"
    assert differences([]) is None
